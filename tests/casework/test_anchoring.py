"""What a chain of hashes cannot show by itself, the anchor outside the database shows."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from casework.clock import FixedClock
from casework.errors import NotFound, UpkeepFailed
from operations.anchors import anchor_files, anchoring
from operations.anchors.anchor_files import AnchorSettings
from operations.anchors.anchor_models import JournalVerification
from settings import Secret, Settings
from storage import backup_files, engine, key_value
from storage.cases.case_rows import CASES
from storage.engine import Database, Session, open_database
from storage.errors import DatabaseError
from storage.journal import journal
from storage.journal.journal import FIRST, JOURNAL
from storage.rows import CaseTarget, table
from tests.storage.samples import NOW, a_case, acted, an_act, opened

Tamper = Callable[[Session], None]

CASE, OTHER = "TL-2026-Z01", "TL-2026-Z02"
NIGHT = FixedClock(datetime(2026, 3, 2, 16, 30, tzinfo=UTC))
NEXT_NIGHT = FixedClock(NIGHT.at + timedelta(days=1))


@pytest.fixture
def where(tmp_path: Path) -> AnchorSettings:
    return AnchorSettings(tmp_path / "anchors")


@pytest.fixture
def worked(database: Database) -> Database:
    """Two cases, one of them with three acts."""
    with database.writing() as session:
        held = acted(session, opened(session), "submit", state="submitted")
        acted(session, held, "approve", state="approved")
        opened(session, a_case(OTHER))
    return database


def recompute(session: Session) -> None:
    """Change what was said in the first entry and write the whole chain of the case anew, head and all."""
    head = FIRST
    for row in session.execute(select(JOURNAL).where(JOURNAL.c.case_id == CASE).order_by(JOURNAL.c.seq)).all():
        entry = {**row._mapping, "reason": "改过", "prev_hash": head}
        head = entry["hash"] = journal.digest(entry)
        session.execute(update(JOURNAL).where(JOURNAL.c.case_id == CASE, JOURNAL.c.seq == row.seq).values(entry))
    session.execute(update(CASES).where(CASES.c.id == CASE).values(head_hash=head))


def edit(session: Session) -> None:
    session.execute(update(JOURNAL).where(JOURNAL.c.case_id == CASE, JOURNAL.c.seq == 2).values(reason="改过"))


def insert_one(session: Session) -> None:
    last = session.execute(select(JOURNAL).where(JOURNAL.c.case_id == CASE, JOURNAL.c.seq == 3)).one()
    forged: dict[str, Any] = {**last._mapping, "seq": 4, "prev_hash": last.hash, "before": "{}", "after": "{}"}
    forged["hash"] = journal.digest(forged)
    session.execute(insert(JOURNAL).values(forged))
    session.execute(update(CASES).where(CASES.c.id == CASE).values(version=4, head_hash=forged["hash"]))


def delete_one(session: Session) -> None:
    session.execute(delete(JOURNAL).where(JOURNAL.c.case_id == CASE, JOURNAL.c.seq == 2))


def cut_tail(session: Session) -> None:
    """Take the last act back and leave a case that fits what remains."""
    last = session.execute(select(JOURNAL).where(JOURNAL.c.case_id == CASE, JOURNAL.c.seq == 3)).one()
    session.execute(delete(JOURNAL).where(JOURNAL.c.case_id == CASE, JOURNAL.c.seq == 3))
    values = {
        "version": 2,
        "head_hash": last.prev_hash,
        "state": "submitted",
        "hands": '{"open":"陈晓","submit":"陈晓"}',
    }
    session.execute(update(CASES).where(CASES.c.id == CASE).values(values))


def remove_case(session: Session) -> None:
    targets = table(CaseTarget)
    session.execute(delete(targets).where(targets.c.case_id == CASE))
    session.execute(delete(JOURNAL).where(JOURNAL.c.case_id == CASE))
    session.execute(delete(CASES).where(CASES.c.id == CASE))


SIX: dict[Tamper, tuple[str, int, str]] = {
    edit: (CASE, 2, "edited"),
    insert_one: (CASE, 4, "backdated"),
    delete_one: (CASE, 2, "missing"),
    cut_tail: (CASE, 3, "cut"),
    remove_case: (CASE, 1, "removed"),
    recompute: (CASE, 3, "rewritten"),
}
UNSEEN_BY_THE_CHAIN: list[Tamper] = [insert_one, cut_tail, remove_case, recompute]


def flaws(answer: JournalVerification) -> set[tuple[str | None, int | None, str]]:
    return {(one.case, one.seq, one.flaw) for one in answer.breaks}


def test_a_journal_nobody_touched_agrees_with_its_anchor_and_may_grow(worked: Database, where: AnchorSettings) -> None:
    written = anchoring.anchor(worked, NIGHT, where)
    assert (written.number, written.cases, written.at) == (1, 2, NIGHT.at)
    with worked.writing() as session:
        journal.write(session, None, a_case("TL-2026-Z03"), an_act("open", at=NEXT_NIGHT.at), open=True)
    assert anchoring.verify(worked, where) == JournalVerification(case=None, whole=True, breaks=(), anchor=written)
    assert anchoring.anchor(worked, NEXT_NIGHT, where).number == 2
    compared = anchoring.verify(worked, where).anchor
    assert compared is not None and compared.number == 2


@pytest.mark.parametrize("tamper", SIX, ids=lambda tamper: str(tamper.__name__))
def test_each_of_the_six_tamperings_is_caught(worked: Database, where: AnchorSettings, tamper: Tamper) -> None:
    anchoring.anchor(worked, NIGHT, where)
    with worked.writing() as session:
        tamper(session)
    assert SIX[tamper] in flaws(anchoring.verify(worked, where))
    assert SIX[tamper] in flaws(anchoring.verify(worked, where, CASE))
    assert anchoring.verify(worked, where, OTHER).whole


@pytest.mark.parametrize("tamper", UNSEEN_BY_THE_CHAIN, ids=lambda tamper: str(tamper.__name__))
def test_without_an_anchor_a_forger_who_knows_the_chain_goes_unseen(
    worked: Database, where: AnchorSettings, tamper: Tamper
) -> None:
    with worked.writing() as session:
        tamper(session)
    answer = anchoring.verify(worked, where)
    assert answer.whole and answer.anchor is None


@pytest.mark.parametrize("tamper", UNSEEN_BY_THE_CHAIN, ids=lambda tamper: str(tamper.__name__))
def test_no_new_anchor_covers_up_what_contradicts_the_last(
    worked: Database, where: AnchorSettings, tamper: Tamper
) -> None:
    anchoring.anchor(worked, NIGHT, where)
    with worked.writing() as session:
        tamper(session)
    with pytest.raises(UpkeepFailed, match="anchor_contradicted"):
        anchoring.nightly(worked, NEXT_NIGHT, where)
    assert SIX[tamper] in flaws(anchoring.verify(worked, where))
    anew = anchoring.anchor(worked, NEXT_NIGHT, where, anew="从备份恢复")
    assert (anew.number, anew.anew) == (2, "从备份恢复")
    assert anchoring.verify(worked, where).whole


def test_a_night_is_anchored_once(worked: Database, where: AnchorSettings) -> None:
    assert anchoring.nightly(worked, NIGHT, where) is not None
    assert anchoring.nightly(worked, FixedClock(NIGHT.at + timedelta(hours=20)), where) is None
    assert anchoring.nightly(worked, NEXT_NIGHT, where) is not None


@pytest.mark.parametrize("other, number", [(NIGHT, None), (FixedClock(NIGHT.at - timedelta(days=1)), 2)])
def test_a_night_that_another_anchors_at_the_same_moment_is_no_trouble(
    worked: Database, where: AnchorSettings, monkeypatch: pytest.MonkeyPatch, other: FixedClock, number: int | None
) -> None:
    write, first = anchor_files.write, [anchoring.anchor]

    def write_later(*arguments: Any, **named: Any) -> anchor_files.Anchor:
        while first:
            first.pop()(worked, other, where)
        return write(*arguments, **named)

    monkeypatch.setattr(anchor_files, "write", write_later)
    made = anchoring.nightly(worked, NIGHT, where)
    assert (made and made.number) == number
    assert anchoring.verify(worked, where).whole


def change(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(CASE.encode(), b"TL-2026-Z09"))


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


@pytest.mark.parametrize(
    ("spoil", "flaw"),
    [
        (change, "anchor_forged"),
        (truncate, "anchor_unreadable"),
        (lambda file: file.write_bytes(b""), "anchor_unreadable"),
        (lambda file: file.write_bytes(b'{"mac": []}\n' * 2), "anchor_forged"),
        (lambda file: file.write_bytes(bytes(range(256)) * 1000), "anchor_unreadable"),
        (Path.unlink, "anchor_unlinked"),
        (lambda file: shutil.copy(file.with_name("000001.anchor"), file), "anchor_unlinked"),
    ],
)
def test_a_spoilt_anchor_proves_nothing_and_is_named(
    worked: Database, where: AnchorSettings, spoil: Callable[[Path], object], flaw: str
) -> None:
    second = [anchoring.anchor(worked, replace(NIGHT, at=NIGHT.at + timedelta(days=day)), where) for day in range(3)][1]
    spoil(Path(second.file))
    [broken] = anchoring.verify(worked, where).breaks
    assert (broken.flaw, broken.case) == (flaw, None)


def test_an_anchor_that_was_taken_away_is_missed(worked: Database, where: AnchorSettings) -> None:
    anchoring.anchor(worked, NIGHT, where)
    Path(anchoring.anchor(worked, NEXT_NIGHT, where).file).unlink()
    assert {one.flaw for one in anchoring.verify(worked, where).breaks} == {"anchor_absent"}


def test_a_copy_kept_elsewhere_vouches_for_the_journal_alone(
    worked: Database, where: AnchorSettings, tmp_path: Path
) -> None:
    elsewhere = Path(shutil.copy(anchoring.anchor(worked, NIGHT, where).file, tmp_path / "copy"))
    shutil.rmtree(where.directory / elsewhere.read_text().partition('"database":"')[2][:16])
    assert anchoring.verify(worked, where, file=elsewhere).whole
    with worked.writing() as session:
        recompute(session)
    assert flaws(anchoring.verify(worked, where, file=elsewhere)) == {(CASE, 3, "rewritten")}


def test_anchors_of_several_databases_lie_side_by_side(worked: Database, where: AnchorSettings) -> None:
    first = anchoring.anchor(worked, NIGHT, where)
    with worked.writing() as session:
        key_value.put(session, anchoring.IDENTITY, "another")
    anchoring.anchor(worked, NIGHT, where)
    assert anchoring.verify(worked, where).whole
    with pytest.raises(UpkeepFailed, match="anchor_of_another"):
        anchoring.verify(worked, where, file=Path(first.file))


def test_a_case_nobody_knows_is_not_found(worked: Database, where: AnchorSettings) -> None:
    with pytest.raises(NotFound, match="case_unknown"):
        anchoring.verify(worked, where, "TL-2026-Z99")


def test_an_inspection_is_verified_with_what_is_under_it(worked: Database, where: AnchorSettings) -> None:
    part = f"{CASE}-R01"
    with worked.writing() as session:
        journal.write(session, None, a_case(part, kind=None, parent=CASE, root=CASE), an_act("open"), open=True)
    anchoring.anchor(worked, NIGHT, where)
    with worked.writing() as session:
        session.execute(update(JOURNAL).where(JOURNAL.c.case_id == part).values(actor="别人"))
    assert flaws(anchoring.verify(worked, where, CASE)) == {(part, 1, "edited")}


def test_the_key_is_made_once_for_its_owner_alone(worked: Database, where: AnchorSettings) -> None:
    anchoring.anchor(worked, NIGHT, where)
    key = where.directory / anchor_files.KEY_FILE
    assert (key.stat().st_mode & 0o777, len(where.key())) == (0o600, 64)
    key.chmod(0o640)
    with pytest.raises(UpkeepFailed, match="anchor_key_open"):
        anchoring.verify(worked, where)
    key.unlink()
    with pytest.raises(UpkeepFailed, match="anchor_key_missing"):
        anchoring.anchor(worked, NEXT_NIGHT, where)


def test_a_key_from_the_environment_is_never_shown(worked: Database, tmp_path: Path) -> None:
    environ = {"DUCHA_ANCHOR_DIR": str(tmp_path / "there"), "DUCHA_ANCHOR_KEY": "a secret of some length"}
    where = AnchorSettings.from_settings(Settings(environ))
    assert "secret" not in repr(where)
    anchoring.anchor(worked, NIGHT, where)
    assert not (where.directory / anchor_files.KEY_FILE).exists()
    assert anchoring.verify(worked, where).whole
    other = AnchorSettings(where.directory, Secret("another secret of some length"))
    assert {one.flaw for one in anchoring.verify(worked, other).breaks} == {"anchor_forged"}
    with pytest.raises(UpkeepFailed, match="anchor_key_short"):
        AnchorSettings(where.directory, Secret("short")).key()


def test_where_nothing_can_be_written_it_is_said(worked: Database, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UpkeepFailed, match="anchor_unwritten") as raised:
        anchoring.anchor(worked, NIGHT, AnchorSettings(tmp_path / "file", Secret("a secret of some length")))
    assert str(tmp_path / "file") in raised.value.fact
    assert raised.value.cure


def test_an_act_recorded_a_moment_before_the_anchor_is_no_breach(worked: Database, where: AnchorSettings) -> None:
    anchoring.anchor(worked, FixedClock(NOW + timedelta(minutes=5)), where)
    with worked.writing() as session:
        opened(session, a_case("TL-2026-Z03"))
    assert anchoring.verify(worked, where).whole


def test_the_night_is_the_one_in_shanghai(worked: Database, where: AnchorSettings) -> None:
    anchoring.anchor(worked, FixedClock.on(date(2026, 3, 2), hour=23), where)
    assert anchoring.nightly(worked, FixedClock.on(date(2026, 3, 3), hour=0, minute=30), where) is not None


def test_nobody_waits_while_the_journal_is_verified(worked: Database) -> None:
    with backup_files.reading_snapshot(worked) as calm, calm.reading() as session:
        entries = iter(session.execute(select(JOURNAL)))
        next(entries)
        with worked.writing() as writing:
            opened(writing, a_case("TL-2026-Z03"))
        assert len(list(entries)) == 3


def test_with_a_rollback_journal_a_reader_of_the_file_itself_would_keep_writers_waiting(
    migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "durable_mode", lambda _version: ("persist", "EXTRA"))
    database = open_database(str(shutil.copy(migrated_sqlite, tmp_path / "one.db")), busy_seconds=0.2)
    with database.reading() as session:
        session.execute(select(JOURNAL)).all()
        with pytest.raises(DatabaseError) as raised, database.writing() as writing:
            opened(writing)
    assert raised.value.code == "locked"
    with backup_files.reading_snapshot(database) as calm, calm.reading() as session:
        assert calm is not database
        session.execute(select(JOURNAL)).all()
        with database.writing() as writing:
            opened(writing)
    database.close()
