"""An inspection handed over in one file: whole, the same each time, and checked where there is no database."""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import update

import calendars
from access.reader import operator
from casework.errors import NotFound, UpkeepFailed
from casework.nightly.follow_ups import follow_up
from operations.anchors import anchoring
from operations.anchors.anchor_files import AnchorSettings
from operations.bundles import bundle_format, checks, export
from operations.bundles.bundle_format import MANIFEST, Files
from operations.bundles.bundle_models import BundleVerification
from storage.journal.bundle_rows import breaks
from storage.journal.journal import FIRST, JOURNAL, digest
from tests.casework.office import Office

NOWHERE = AnchorSettings()


@pytest.fixture
def handed_over(office: Office, tmp_path: Path) -> Path:
    """The bundle of an inspection that came to its bulletin."""
    case = office.special()
    follow_up(office.database, office.clock, "test", limit=100)
    with office.reading() as session:
        export.write(session, operator(), case, tmp_path / "out.zip")
    return tmp_path / "out.zip"


def tampered(path: Path, change: Callable[[Files], object]) -> BundleVerification:
    """What the check says of a bundle changed within and packed again as we pack."""
    files = bundle_format.unpack(path)
    change(files)
    path.write_bytes(bundle_format.pack(files))
    return checks.check(path, NOWHERE)


def listed_anew(files: Files) -> None:
    """A manifest that fits the files, as a forger would make it."""
    said = json.loads(files.pop(MANIFEST))
    stand = json.loads(files["cases.json"])
    said["heads"] = [{"case": one["case"], "seq": one["version"], "hash": one["head"]} for one in stand]
    files[MANIFEST] = bundle_format.manifest(files, said)


def flaws(answer: BundleVerification) -> list[str]:
    assert answer.whole == (not answer.breaks)
    assert all(one.fact for one in answer.breaks)
    return [one.flaw for one in answer.breaks]


def test_a_bundle_holds_all_that_the_inspection_rests_on(handed_over: Path) -> None:
    files = bundle_format.unpack(handed_over)
    answer = checks.check(handed_over, NOWHERE)
    assert answer.whole and answer.documents > 3 and answer.events > 20
    assert answer.regulations == ("tongliang@2023-08-16",)
    assert sum(name.startswith("regulations/decree-733@") for name in files) == 1
    assert "ducha bundle verify" in files["README.txt"].decode()
    articles = json.loads(files["regulations/tongliang@2023-08-16.json"])["articles"]
    assert "15个工作日" in next(one["text"] for one in articles if one["article"] == "14")
    calendar = json.loads(files["calendar.json"])
    assert all(calendar["rests_on"].values()) and calendar["version"] in calendar["rests_on"]
    assert all(notice["file"] in files for notice in calendar["notices"])
    assert json.loads(files["deadlines.json"])[0]["calendar_version"] == calendar["version"]
    assert "巴川街道" in json.loads(files["units.json"]).values()


def test_the_same_inspection_gives_the_same_bytes(handed_over: Path, office: Office) -> None:
    case = checks.check(handed_over, NOWHERE).case
    again = handed_over.with_name("again.zip")
    with office.reading() as session:
        export.write(session, operator(), office.parts(case, "rectification")[0].id, again)
    assert again.read_bytes() == handed_over.read_bytes()


def test_a_bundle_replaces_no_file(handed_over: Path, office: Office) -> None:
    case = checks.check(handed_over, NOWHERE).case
    before = handed_over.read_bytes()
    with office.reading() as session:
        with pytest.raises(UpkeepFailed, match="file_exists"):
            export.write(session, operator(), case, handed_over)
        with pytest.raises(UpkeepFailed, match="file_unwritten"):
            export.write(session, operator(), case, handed_over / "below")
        with pytest.raises(NotFound, match="case_unknown"):
            export.write(session, operator(), "TL-2026-Z99", handed_over)
    assert handed_over.read_bytes() == before
    assert not list(handed_over.parent.glob(".*"))


def test_what_does_not_hold_is_not_handed_over(handed_over: Path, office: Office) -> None:
    case = checks.check(handed_over, NOWHERE).case
    with office.writing() as session:
        session.execute(update(JOURNAL).where(JOURNAL.c.case_id == case, JOURNAL.c.seq == 2).values(actor="别人"))
    with office.reading() as session, pytest.raises(UpkeepFailed, match="bundle_of_broken"):
        export.write(session, operator(), case, handed_over.with_name("broken.zip"))


def change_an_event(files: Files) -> None:
    files["events.jsonl"] = files["events.jsonl"].replace("同意".encode(), "不行".encode(), 1)


def drop_an_event(files: Files) -> None:
    files["events.jsonl"] = b"".join(files["events.jsonl"].splitlines(keepends=True)[1:])


def change_a_case(files: Files) -> None:
    files["cases.json"] = files["cases.json"].replace(b'"published"', b'"closed"')


def change_a_document(files: Files) -> None:
    files[next(name for name in files if name.startswith("documents/"))] += b"."


def drop_a_document(files: Files) -> None:
    del files[next(name for name in files if name.startswith("documents/"))]


def drop_the_regulation(files: Files) -> None:
    del files["regulations/tongliang@2023-08-16.json"]


@pytest.mark.parametrize(
    ("change", "unsigned", "signed"),
    [
        (change_an_event, "file_changed", "edited"),
        (drop_an_event, "file_changed", "missing"),
        (change_a_case, "file_changed", "case"),
        (change_a_document, "file_changed", "document_changed"),
        (drop_a_document, "file_absent", "file_absent"),
        (drop_the_regulation, "file_absent", "file_absent"),
        (lambda files: files.update({"more.txt": b"?"}), "file_unlisted", None),
    ],
)
def test_a_bundle_changed_within_is_found_out_even_with_a_new_manifest(
    handed_over: Path, change: Callable[[Files], object], unsigned: str, signed: str | None
) -> None:
    content = handed_over.read_bytes()
    assert flaws(tampered(handed_over, change)) == [unsigned]
    handed_over.write_bytes(content)

    def change_and_list(files: Files) -> None:
        change(files)
        listed_anew(files)

    answer = tampered(handed_over, change_and_list)
    assert flaws(answer) == ([signed] if signed else [])


def make_history_anew(files: Files) -> None:
    """Say something else in the first act, and compute every hash of the case again."""
    lines = [json.loads(line) for line in files["events.jsonl"].splitlines()]
    owner, head = lines[0]["case_id"], FIRST
    for entry in (line for line in lines if line["case_id"] == owner):
        entry |= {"reason": "改过", "prev_hash": head}
        days = {"acted_on": date.fromisoformat(entry["acted_on"])}
        head = entry["hash"] = digest({**entry, **days, "recorded_at": datetime.fromisoformat(entry["recorded_at"])})
    stand = json.loads(files["cases.json"])
    next(one for one in stand if one["case"] == owner)["head"] = head
    files["cases.json"] = bundle_format.text(stand)
    files["events.jsonl"] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    listed_anew(files)


def test_a_bundle_forged_throughout_is_found_out_by_an_anchor(
    handed_over: Path, office: Office, tmp_path: Path
) -> None:
    where = AnchorSettings(tmp_path / "anchors")
    anchor = Path(anchoring.anchor(office.database, office.clock, where).file)
    assert checks.check(handed_over, where, anchor=anchor).whole
    assert tampered(handed_over, make_history_anew).whole
    assert flaws(checks.check(handed_over, where, anchor=anchor)) == ["rewritten"]
    anchor.write_bytes(anchor.read_bytes() + b"\n")
    with pytest.raises(UpkeepFailed, match="anchor_useless"):
        checks.check(handed_over, where, anchor=anchor)


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return packed.getvalue()


def overlapping() -> bytes:
    """Two entries of the directory that name the same bytes of the file."""
    one = zipped({"manifest.json": b"{}" * 500})
    start = one.index(b"PK\x01\x02")
    entry, end = one[start : one.index(b"PK\x05\x06")], one[one.index(b"PK\x05\x06") :]
    twice = entry + entry.replace(b"manifest.json", b"manifest.jsom")
    return one[:start] + twice + end[:8] + struct.pack("<HHL", 2, 2, len(twice)) + end[16:]


def lying() -> bytes:
    """An entry that says it is a thousand times larger than it is."""
    one = bytearray(zipped({"manifest.json": b"{}"}))
    at = one.index(b"PK\x01\x02")
    one[at + 24 : at + 28] = struct.pack("<L", 2000)
    return bytes(one)


WRONG = {
    "nothing": (b"", "bundle_unreadable"),
    "another file": (b"%PDF-1.7 and so on", "bundle_unreadable"),
    "half of one": (zipped({"manifest.json": b"{}"})[:-30], "bundle_unreadable"),
    "no manifest": (zipped({"hello.txt": b"hello"}), "bundle_no_manifest"),
    "a bomb": (zipped({"manifest.json": b"0" * 10_000_000}, zipfile.ZIP_DEFLATED), "bundle_compressed"),
    "bytes used twice": (overlapping(), "bundle_overlapping"),
    "a lie about a size": (lying(), "bundle_compressed"),
    "a way out": (zipped({"manifest.json": b"{}", "../../etc/passwd": b"x"}), "bundle_strange_name"),
    "an absolute path": (zipped({"/etc/passwd": b"x"}), "bundle_strange_name"),
    "a path of Windows": (zipped({"c:\\windows\\x": b"x"}), "bundle_strange_name"),
    "a folder": (zipped({"documents/": b""}), "bundle_strange_name"),
    "a name cut short": (
        zipped({"manifest.json": b"{}"}).replace(b"manifest.json", b"manifest\0json"),
        "bundle_strange_name",
    ),
    "other bytes": (zipped({"manifest.json": b"{}"}), "bundle_repacked"),
    "another format": (
        bundle_format.pack({"manifest.json": b'{"format": "ducha-bundle-9"}'}),
        "bundle_of_another_format",
    ),
    "an empty manifest": (bundle_format.pack({"manifest.json": b"{}"}), "bundle_nonsense"),
    "no JSON": (bundle_format.pack({"manifest.json": b"hello"}), "bundle_nonsense"),
    "a deep manifest": (bundle_format.pack({"manifest.json": b"[" * 100_000}), "bundle_nonsense"),
    "a list": (bundle_format.pack({"manifest.json": b"[1]"}), "bundle_nonsense"),
    "not UTF-8": (bundle_format.pack({"manifest.json": b"\xff\xfe\x00"}), "bundle_nonsense"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_no_bundle_is_refused_and_leaves_nothing_behind(tmp_path: Path, what: str) -> None:
    content, code = WRONG[what]
    path = tmp_path / "wrong.zip"
    path.write_bytes(content)
    with pytest.raises(UpkeepFailed, match=code) as refused:
        checks.check(path, NOWHERE)
    assert str(path) in refused.value.fact and refused.value.cure
    assert list(tmp_path.iterdir()) == [path]


def test_a_bundle_with_something_slipped_in_between_is_refused(handed_over: Path) -> None:
    content = handed_over.read_bytes()
    for slipped in (b"MZ" + content, content + b"more"):
        handed_over.write_bytes(slipped)
        with pytest.raises(UpkeepFailed, match=r"bundle_(repacked|unreadable)"):
            checks.check(handed_over, NOWHERE)


def test_a_file_that_is_not_there_or_too_large_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotFound, match="file_unreadable"):
        checks.check(tmp_path / "none.zip", NOWHERE)
    monkeypatch.setattr(bundle_format, "LARGEST", 3)
    (tmp_path / "large.zip").write_bytes(b"1234")
    with pytest.raises(UpkeepFailed, match="bundle_too_large"):
        checks.check(tmp_path / "large.zip", NOWHERE)


def test_entries_of_a_case_that_is_not_there_are_orphans() -> None:
    entry = {"case_id": "TL-2026-Z01", "seq": 1}
    assert [one.flaw for one in breaks([entry], [])] == ["orphan"]


def test_every_version_of_the_calendar_says_what_it_rests_on() -> None:
    calendar = calendars.load()
    first = calendar.notices[0].document
    assert export.resting_on(calendar, f"{first}+1") == [first]
    assert export.resting_on(calendar, f"{first}+2/CN-65+3") is None
    assert export.resting_on(calendar, "?") is None


def test_the_hashes_can_be_computed_with_any_tool(handed_over: Path) -> None:
    """The line without its hash, keys in order and nothing between them, is what was hashed."""
    lines = bundle_format.unpack(handed_over)["events.jsonl"].splitlines()
    assert lines
    for line in lines:
        entry = json.loads(line)
        given = entry.pop("hash")
        said = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert sha256(said.encode()).hexdigest() == given
