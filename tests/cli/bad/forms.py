"""What is handed in for an act: files that cannot be read, and forms filled in with what does not belong there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.cli.bad.entry import NOT_FOUND, REFUSED, USAGE, Bad, Content, acting

PERIOD = {"begins": "2026-12-01", "ends": "2026-12-31"}
PLAN = {
    "purpose": "查",
    "targets": ["500151003"],
    "contents": ["9(1)"],
    "methods": ["on_site"],
    "ways": ["11(2)1"],
    "period": PERIOD,
}
DEEP = 3000


def read(name: str, file: str, content: Content, place: str = "", code: int = REFUSED) -> Bad:
    """A file that is not even data."""
    return Bad(f"file: {name}", acting("plan", "--data", file), code, place or file, {file: content})


def plan(name: str, changed: Mapping[str, Any], place: str) -> Bad:
    """A plan with something in it that does not belong there."""
    written = json.dumps({**PLAN, **changed})
    return Bad(f"plan: {name}", acting("plan", "--data", "plan.json"), REFUSED, place, {"plan.json": written})


def put(name: str, place: str, *pairs: str, code: int = REFUSED) -> Bad:
    """Fields set on the command line."""
    line = acting("submit", *(word for pair in pairs for word in ("--set", pair)))
    return Bad(f"set: {name}", line, code, place)


FILES = [
    read("nothing", "a.yaml", ""),
    read("blanks", "a.yaml", " \n\n  \n"),
    read("a mark only", "a.yaml", b"\xef\xbb\xbf"),
    read("UTF-16 cut", "a.yaml", "purpose: 督察\n".encode("utf-16")[:-1]),
    read("no encoding", "a.yaml", b"purpose: \xff\xff\n"),
    read("UTF-32", "a.yaml", "purpose: x\n".encode("utf-32")),
    read("a surrogate in UTF-8", "a.yaml", b"purpose: \xed\xa0\x80\n"),
    read("overlong UTF-8", "a.yaml", "purpose: 督察".encode() + b"\xc0\xaf\n"),
    read("cut in a character", "a.yaml", "purpose: 督".encode()[:-1]),
    read("NUL", "a.yaml", b"purpose: a\x00b\n"),
    read("NUL alone", "a.json", b"\x00" * 100),
    read("a bell", "a.yaml", "purpose: a\x07b\n"),
    read("an escape", "a.json", '{"purpose": "a\x1bb"}'),
    read("a picture", "a.yaml", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    read("a zip", "a.json", b"PK\x03\x04" + b"\x00" * 50),
    read("a line of ten megabytes", "a.yaml", "purpose: " + "x" * 10_000_000),
    read("a bomb of anchors", "a.yaml", "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a,*a]\n" for n in range(50))),
    read("an alias to nothing", "a.yaml", "a: *b\n"),
    read("merged in", "a.yaml", "a: &a {x: 1}\nb:\n  <<: *a\n"),
    read("a tag of Python", "a.yaml", "a: !!python/object/apply:os.system ['true']\n"),
    read("a tag of its own", "a.yaml", "a: !督察 x\n"),
    read("a binary", "a.yaml", "a: !!binary aGVsbG8=\n"),
    read("several documents", "a.yaml", "a: 1\n---\nb: 2\n"),
    read("a directive", "a.yaml", "%YAML 9.9\n---\na: 1\n"),
    read("tabs", "a.yaml", "a:\n\tb: 1\n"),
    read("a repeated key", "a.yaml", "purpose: a\npurpose: b\n"),
    read("a repeated key in JSON", "a.json", '{"purpose": 1, "purpose": 2}'),
    read("a key that is a list", "a.yaml", "? [a, b]\n: c\n"),
    read("an open quote", "a.yaml", "purpose: 'a\n"),
    read("an open brace", "a.json", '{"purpose": "a"'),
    read("a comma too many", "a.json", '{"purpose": "a",}'),
    read("a comment in JSON", "a.json", '// a\n{"purpose": "a"}'),
    read("deep JSON", "a.json", '{"a":' * DEEP + "1" + "}" * DEEP),
    read("deep lists", "a.json", "[" * 200_000),
    read("deep YAML", "a.yaml", "a: " + "[" * DEEP + "]" * DEEP),
    read("NaN", "a.json", '{"satisfaction": NaN}'),
    read("Infinity", "a.json", '{"satisfaction": -Infinity}'),
    read("a number of 5000 digits", "a.json", '{"size": ' + "9" * 5000 + "}"),
    read("a list of words", "a.json", '["督察"]'),
    read("a word", "a.json", '"督察"'),
    read("a number", "a.json", "42"),
    read("null", "a.json", "null"),
    read("a sentence", "a.yaml", "请批准本方案"),
    read("a folder", "a.yaml", lambda path: path.mkdir(), code=NOT_FOUND),
    read("a link to nowhere", "a.yaml", lambda path: path.symlink_to("nowhere"), code=NOT_FOUND),
    read("a link to itself", "a.yaml", lambda path: path.symlink_to(path), code=NOT_FOUND),
    Bad("file: not there", acting("plan", "--data", "none.yaml"), NOT_FOUND, "none.yaml"),
    Bad("file: a name too long", acting("plan", "--data", "a" * 5000), NOT_FOUND, "aaa"),
    Bad("file: below a file", acting("plan", "--data", "a.yaml/b"), NOT_FOUND, "a.yaml/b", {"a.yaml": "a: 1\n"}),
    Bad("file: a name that is not UTF-8", acting("plan", "--data", "\udcff.yaml"), USAGE, ".yaml"),
    Bad("piped: nothing", acting("plan", "--data", "-"), REFUSED, ""),
    Bad("piped: broken", acting("plan", "--data", "-"), REFUSED, "", stdin=b"\xff\xfe"),
    Bad("piped: deep", acting("plan", "--data", "-"), REFUSED, "", stdin=b"{" * 100_000),
]  # fmt: skip

FORMS = [
    plan("a target that is a mapping", {"targets": [{"code": "500151003"}]}, "targets"),
    plan("targets that are one text", {"targets": "500151003,500151004"}, "targets"),
    plan("no targets", {"targets": []}, "督察对象"),
    plan("a target twice", {"targets": ["500151003", "500151003"]}, "targets"),
    plan("a number for a code", {"targets": [500151003]}, "targets"),
    plan("a code with a zero-width space", {"targets": ["500151003\u200b"]}, "targets"),
    plan("a content of no article", {"contents": ["99(9)"]}, "99(9)"),
    plan("a method nobody knows", {"methods": ["telepathy"]}, "methods"),
    plan("a way nobody knows", {"ways": ["11(2)99"]}, "11(2)99"),
    plan("a blank purpose", {"purpose": "   "}, "督察目的"),
    plan("a purpose of zero width", {"purpose": "\u200b\u200b"}, "purpose"),
    plan("a purpose that is a list", {"purpose": ["查"]}, "purpose"),
    plan("a purpose that is true", {"purpose": True}, "purpose"),
    plan("a purpose with a surrogate", {"purpose": "查\ud800"}, "purpose"),
    plan("a purpose with NUL", {"purpose": "查\x00"}, "purpose"),
    plan("a purpose that turns round", {"purpose": "查\u202e"}, "purpose"),
    plan("a purpose of a million", {"purpose": "查" * 300_000}, "purpose"),
    plan("a period that is a text", {"period": "2026-12"}, "period"),
    plan(
        "a period that ends before it begins", {"period": {"begins": "2026-12-31", "ends": "2026-12-01"}}, "2026-12-01"
    ),
    plan("29 February", {"period": {**PERIOD, "begins": "2026-02-29"}}, "begins"),
    plan("a day that is a number", {"period": {**PERIOD, "begins": 20261201}}, "begins"),
    plan("a day with its hour", {"period": {**PERIOD, "begins": "2026-12-01T08:00:00Z"}}, "begins"),
    plan("a day in Chinese numerals", {"period": {**PERIOD, "begins": "二〇二六-12-01"}}, "begins"),
    plan("a field too many", {"budget": 5}, "budget"),
    plan("a field of Python", {"__class__": {"__init__": 1}}, "__class__"),
    plan("everything nested", {"purpose": {"purpose": {"purpose": "查"}}}, "purpose"),
    plan("a key nobody can see", {"\u200b": "x"}, ""),
    plan("a key with a surrogate", {"a\ud800": "x"}, ""),
    put("without a sign", "--set", "contents", code=USAGE),
    put("without a name", "--set", "=9(1)", code=USAGE),
    put("a blank name", "--set", " =9(1)", code=USAGE),
    put("twice", "note", "note=a", "note=b", code=USAGE),
    put("a field there is not", "colour", "contents=9(1)", "colour=red"),
    put("a content of another kind", "8(1)", "contents=8(1)"),
    put("nothing for a list", "9(1)", "contents="),
    put("a surrogate", "note=", "contents=9(1)", "note=\udcff", code=USAGE),
    put("NUL", "note", "contents=9(1)", "note=a\x01b"),
    put("a bell", "note", "contents=9(1)", "note=a\x07b"),
    put("a list where a text belongs", "note", "contents=9(1)", "note.0=a"),
]
BAD = [*FILES, *FORMS]
