"""Rosters, notices, bundles, backups, anchors, scripts and settings that are not what they should be."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from tests.cli.bad.entry import CASE, NOT_FOUND, REFUSED, USAGE, Bad, Content, acting

FAILED = 1
"""Documented for checks and restores: "exit code 1 when something does not hold"."""
HEAD = "code,name,category,parent\n"
ROW = "500151001,巴川街道,镇（街道）,铜梁区\n"


def zipped(**members: str | bytes) -> bytes:
    """A zip of these members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


SLIP = zipped(**{"../../slipped": "x", "/etc/slipped": "x", "manifest.json": "{}"})
BOMB = zipped(**{"manifest.json": b"0" * 50_000_000})
GOOD = zipped(**{"manifest.json": json.dumps({"format": 1, "case": CASE, "files": []})})


def roster(name: str, content: Content, place: str = "roster.csv", code: int = REFUSED) -> Bad:
    """A roster that is founded with."""
    return Bad(f"roster: {name}", ("init", "--roster", "roster.csv"), code, place, {"roster.csv": content})


def notice(name: str, content: Content, place: str = "") -> Bad:
    """A notice that is to be taken in; one that can be read gets a report of everything that is wrong with it."""
    line = ("calendar", "import", "notice.txt", "--yes")
    return Bad(f"notice: {name}", line, REFUSED, place, {"notice.txt": content}, reported=bool(place))


def archive(name: str, content: Content, code: int = FAILED) -> list[Bad]:
    """A file that is neither a bundle nor a backup."""
    described = {"a.zip": content, "a.zip.json": json.dumps({"format": 1, "database": "sqlite", "sha256": "0" * 64})}
    bundle = Bad(f"bundle: {name}", ("bundle", "verify", "a.zip"), code, "a.zip", {"a.zip": content})
    backup = Bad(f"backup: {name}", ("restore", "a.zip", "--db", "new.db"), code, "a.zip", described)
    return [bundle, backup]


def anchor(name: str, content: Content) -> Bad:
    """A file that is no anchor."""
    return Bad(
        f"anchor: {name}",
        ("journal", "verify", "--anchor", "a.json"),
        FAILED,
        "a.json",
        {"a.json": content},
        environ=KEY,
        reported=True,
    )


def script(name: str, content: Content, code: int = REFUSED) -> Bad:
    """A file that is no script of a simulation."""
    return Bad(f"script: {name}", ("simulate", "--replay", "s.json"), code, "", {"s.json": content})


def address(name: str, url: str, place: str, code: int = NOT_FOUND) -> Bad:
    """A database that is not there."""
    return Bad(f"database: {name}", ("case", "list", "--db", url), code, place)


ROSTERS = [
    roster("nothing", ""),
    roster("a head only", HEAD),
    roster("UTF-16 cut", (HEAD + ROW).encode("utf-16")[:-1]),
    roster("UTF-8 cut", (HEAD + ROW).encode().rstrip()[:-1]),
    roster("NUL", f"{HEAD}500151001,巴川\x00街道,镇（街道）,铜梁区\n"),
    roster("no head", ROW),
    roster("another head", "编码,单位\n1,2\n"),
    roster("a column twice", "code,name,name,category,parent\n500151001,巴川街道,巴川街道,镇（街道）,铜梁区\n"),
    roster("a row twice", HEAD + ROW + ROW, "3"),
    roster("too few cells", f"{HEAD}500151001\n", "2"),
    roster("too many cells", f"{HEAD}500151001,巴川街道,镇（街道）,x,y,z\n", "2"),
    roster("a blank code", f"{HEAD},巴川街道,镇（街道）,铜梁区\n", "2"),
    roster("a blank name", f"{HEAD}500151001,  ,镇（街道）,铜梁区\n", "2"),
    roster("a category there is not", f"{HEAD}500151001,巴川街道,宇宙,铜梁区\n", "2"),
    roster("a formula", f"{HEAD}500151001,=1+1,镇（街道）,铜梁区\n", "2"),
    roster("a formula in full width", f"{HEAD}500151001,＝1+1,镇（街道）,铜梁区\n", "2"),
    roster("a command", f"{HEAD}500151001,@SUM(A1),镇（街道）,铜梁区\n", "2"),
    roster("a code twice, once in full width", f"{HEAD}{ROW}５００１５１００１,巴川,镇（街道）,铜梁区\n", "3"),
    roster("a path for a code", f"{HEAD}../../etc,巴川街道,镇（街道）,铜梁区\n", "2"),
    roster("zero width in a name", f"{HEAD}500151001,巴川\u200b街道,镇（街道）,铜梁区\n", "2"),
    roster("a name that turns round", f"{HEAD}500151001,\u202e道街川巴,镇（街道）,铜梁区\n", "2"),
    roster("a bell in a name", f"{HEAD}500151001,巴川\x07街道,镇（街道）,铜梁区\n", "2"),
    roster("a name of a page", f"{HEAD}500151001,{'巴' * 5000},镇（街道）,铜梁区\n", "2"),
    roster("an open quote", f'{HEAD}500151001,"巴川街道,镇（街道）,铜梁区\n'),
    roster("a line of ten megabytes", HEAD + "5" * 10_000_000),
    roster("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    roster("a workbook", zipped(**{"[Content_Types].xml": "<x/>"})),
    roster("semicolons", (HEAD + ROW).replace(",", ";")),
    roster("a folder", lambda path: path.mkdir(), code=NOT_FOUND),
    roster("a link to itself", lambda path: path.symlink_to(path), code=NOT_FOUND),
    Bad("roster: not there", ("init", "--roster", "none.csv"), NOT_FOUND, "none.csv"),
    Bad("roster: of no jurisdiction", ("init", "--jurisdiction", "XX"), NOT_FOUND, "XX"),
]
KEY = {"DUCHA_ANCHOR_KEY": "0123456789abcdef"}
TEXT = "国务院办公厅关于2027年部分节假日安排的通知\n国办发明电〔2026〕7号\n"
NOTICES = [
    notice("nothing", ""),
    notice("blanks", " \n \n"),
    notice("a poem", "床前明月光，疑是地上霜。\n"),
    notice("UTF-16 cut", TEXT.encode("utf-16")[:-1]),
    notice("bytes", bytes(range(256))),
    notice("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    notice("a PDF", b"%PDF-1.7\n" + b"\x00" * 100),
    notice("a workbook", zipped(a="b")),
    notice("too long", TEXT + "一、元旦：放假。\n" * 200_000),
    notice("a head only", TEXT),
    notice("no number", TEXT.partition("\n")[0] + "\n一、元旦：1月1日（周五）放假1天。\n", "2027"),
    notice("30 February", TEXT + "一、元旦：2月30日（周五）放假1天。\n", "2月30日"),
    notice("a wrong weekday", TEXT + "一、元旦：1月1日（周三）放假，共1天。\n", "1月1日"),
    notice("days that do not add up", TEXT + "一、元旦：1月1日（周五）至3日（周日）放假，共9天。\n", "1月1日"),
    notice("backward", TEXT + "一、元旦：1月3日（周日）至1日（周五）放假，共3天。\n", "1月3日"),
    notice("a holiday there is not", TEXT + "一、双十一：11月11日（周四）放假，共1天。\n"),
    notice("a page of HTML", "<html><script>alert(1)</script></html>"),
    notice("letters that turn round", TEXT + "\u202e一、元旦：1月1日（周五）放假，共1天。\n", "7号"),
    Bad("notice: not there", ("calendar", "import", "none.txt", "--yes"), NOT_FOUND, "none.txt"),
    Bad("notice: nobody to ask", ("calendar", "import", "-"), REFUSED, ""),
]
ARCHIVES = [
    one
    for name, content in (
        ("nothing", b""),
        ("a text", "不是压缩包"),
        ("cut short", GOOD[:-10]),
        ("without its end", GOOD[:40]),
        ("an empty zip", zipped()),
        ("no list of contents", zipped(a="b")),
        ("a list that is no JSON", zipped(**{"manifest.json": "{"})),
        ("a list of another shape", zipped(**{"manifest.json": "[1, 2]"})),
        ("a slip", SLIP),
        ("a bomb", BOMB),
        ("a deep list", zipped(**{"manifest.json": "[" * 100_000})),
        ("a database of something else", b"SQLite format 3\x00" + b"\x00" * 4080),
    )
    for one in archive(name, content)
] + [
    *archive("a folder", lambda path: path.mkdir(), NOT_FOUND),
    *archive("a link to nowhere", lambda path: path.symlink_to("nowhere"), NOT_FOUND),
    Bad("backup: not there", ("restore", "none.zip", "--db", "new.db"), NOT_FOUND, "none.zip"),
    Bad("bundle: not there", ("bundle", "verify", "none.zip"), NOT_FOUND, "none.zip"),
    Bad(
        "backup: without its description",
        ("restore", "a.zip", "--db", "new.db"),
        NOT_FOUND,
        "a.zip.json",
        {"a.zip": GOOD},
    ),
    Bad("backup: into a folder", ("backup", "."), FAILED, ""),
    Bad("backup: below a file", ("backup", "a/b.zip"), FAILED, "a", {"a": "x"}),
    Bad("bundle: below a file", ("bundle", "make", CASE, "a/b.zip"), FAILED, "a", {"a": "x"}),
]
ANCHORS = [
    anchor("nothing", ""),
    anchor("no JSON", "{"),
    anchor("a list", "[]"),
    anchor("GBK", "督察".encode("gbk")),
    anchor("deep", "[" * 100_000),
    anchor("NaN", '{"format": NaN}'),
    anchor("a folder", lambda path: path.mkdir()),
]
SCRIPTS = [
    script("nothing", ""),
    script("a list", "[]"),
    script("another format", '{"simulation": 99, "units": 1, "seed": 1, "steps": []}'),
    script("steps that are none", '{"simulation": 1, "units": 1, "seed": 1, "steps": [1]}'),
    script("a day that is none", '{"simulation": 1, "units": 1, "seed": 1, "steps": [{"at": "x", "do": "open"}]}'),
    script(
        "a deed there is not", '{"simulation": 1, "units": 1, "seed": 1, "steps": [{"at": "2024-01-02", "do": "rm"}]}'
    ),
    script("too many units", '{"simulation": 1, "units": 1e300, "seed": 1, "steps": []}'),
    script("a million units", '{"simulation": 1, "units": 1000000, "seed": 1, "steps": []}'),
    script("nobody", '{"simulation": 1, "units": 0, "seed": 1, "steps": []}'),
    script("GBK", "督察".encode("gbk")),
]
SETTINGS = [
    address("of no kind", "mysql://u:geheim@127.0.0.1/x", "mysql"),
    address("half an address", "postgresql://", "postgresql"),
    address("a server only", "postgresql://u:geheim@127.0.0.1:1", "127.0.0.1"),
    address("a path of a page", "a" * 5000, ""),
    Bad("backup: a path of a page", ("backup", "a" * 5000), FAILED, ""),
    address("no port", "postgresql://u:geheim@127.0.0.1:abc/x", "postgresql"),
    address("nobody there", "postgresql://u:geheim@127.0.0.1:1/x", "127.0.0.1"),
    address("no file", "none.db", "none.db"),
    address("no folder", "none/a.db", "none"),
    address("a folder", ".", "."),
    address("a text", "://", "://"),
    address("another file", __file__, Path(__file__).name),
    Bad("busy: a word", ("case", "list"), NOT_FOUND, "DUCHA_BUSY_SECONDS", environ={"DUCHA_BUSY_SECONDS": "ewig"}),
    Bad("busy: NaN", ("case", "list"), NOT_FOUND, "DUCHA_BUSY_SECONDS", environ={"DUCHA_BUSY_SECONDS": "nan"}),
    Bad("busy: for ever", ("case", "list"), NOT_FOUND, "DUCHA_BUSY_SECONDS", environ={"DUCHA_BUSY_SECONDS": "inf"}),
    Bad(
        "mail: a port",
        ("notice", "send"),
        NOT_FOUND,
        "DUCHA_SMTP_PORT",
        environ={"DUCHA_SMTP_HOST": "h", "DUCHA_SMTP_PORT": "x"},
    ),
    Bad("mail: no domain", ("notice", "send"), NOT_FOUND, "DUCHA_SMTP_SENDER", environ={"DUCHA_SMTP_HOST": "h"}),
    Bad(
        "anchor: a short key", ("journal", "anchor"), FAILED, "DUCHA_ANCHOR_KEY", environ={"DUCHA_ANCHOR_KEY": "short"}
    ),
    Bad(
        "anchor: below a file",
        ("journal", "anchor"),
        FAILED,
        "a",
        {"a": "x"},
        environ={**KEY, "DUCHA_ANCHOR_DIR": "a/b"},
    ),
    Bad("a language there is not", ("case", "list", "--lang", "fr"), USAGE, "--lang"),
    Bad("a command there is not", ("inspektion",), USAGE, "inspektion"),
    Bad("an option there is not", acting("submit", "--colour", "red"), USAGE, "--colour"),
    Bad("an option without its value", acting("submit", "--on"), USAGE, "--on"),
    Bad("a word too many", ("case", "show", CASE, "bitte"), USAGE, "bitte"),
]
BAD = [*ROSTERS, *NOTICES, *ARCHIVES, *ANCHORS, *SCRIPTS, *SETTINGS]
