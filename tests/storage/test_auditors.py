"""The journal is checked by its stored text, by several processes: nothing may escape them that one would find."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, text, update

from storage import backup_files, reader_processes
from storage.cases.case_rows import CASES
from storage.engine import Database, Session
from storage.journal import journal, journal_ranges, parallel_verification, stored_digest
from storage.journal.chain_heads import Head
from storage.journal.journal import FIRST, JOURNAL
from storage.journal.verification import ChainBreak
from tests.databases import BOTH, on
from tests.storage.samples import NOW, a_case, acted, an_act, opened

CASE = "TL-2026-Z05"
NAMES = [f"TL-2026-Z{number:02d}" for number in range(1, 13)]
STRANGE = '"\\ \b\f\n\r\t\x01\x1f\x7f\u2028\ud7ff\ufffe\U0001f600‘’＝</script>'

_text = st.text(st.characters(exclude_categories=["Cs"]))
_zones = st.timezones() | st.just(UTC)
_entries = st.fixed_dictionaries(
    {
        **{name: _text for name in stored_digest.COLUMNS if name not in ("acted_on", "recorded_at", "seq")},
        "acted_on": st.dates(),
        "recorded_at": st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=_zones),
        "seq": st.integers(1, 2**31 - 1),
    }
)


sooner_on_sqlite = on("ready_url", *BOTH, slow=["postgresql"])


@given(_entries)
def test_the_hash_of_what_is_stored_is_the_hash_of_the_entry(entry: dict[str, Any]) -> None:
    for dialect in ("sqlite", "postgresql"):
        written = {
            "acted_on": entry["acted_on"].isoformat(),
            "recorded_at": stored_digest.moment(entry["recorded_at"], dialect),
        }
        row = [{**entry, **written}[name] for name in stored_digest.COLUMNS]
        assert stored_digest.digest(row, stored_digest.times_of(dialect)) == journal.digest(entry)


@pytest.fixture
def worked(database: Database) -> Database:
    """A dozen cases of three acts each."""
    with database.writing() as session:
        for name in NAMES:
            acted(session, acted(session, opened(session, a_case(name)), "submit"), "approve", state="approved")
    return database


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spans of few cases."""
    monkeypatch.setattr(journal_ranges, "ENTRIES", 5)


def found_by(database: Database, processes: int, **kept: Any) -> parallel_verification.Found:
    with backup_files.reading_snapshot(database) as calm, calm.reading() as session:
        return parallel_verification.check(calm, session, processes=processes, **kept)


def change(session: Session, column: str, value: Any, seq: int = 2) -> None:
    session.execute(update(JOURNAL).where(JOURNAL.c.case_id == CASE, JOURNAL.c.seq == seq).values({column: value}))


def spoil(session: Session) -> None:
    """Something of every kind, all over the journal."""
    change(session, "reason", "改过")
    session.execute(delete(JOURNAL).where(JOURNAL.c.case_id == NAMES[0], JOURNAL.c.seq == 3))
    session.execute(update(CASES).where(CASES.c.id == NAMES[-1]).values(title="改过"))
    session.execute(update(CASES).where(CASES.c.id == NAMES[8]).values(head_hash=FIRST))


@sooner_on_sqlite
def test_several_find_what_one_finds(worked: Database) -> None:
    at = NOW + timedelta(hours=1)
    with worked.reading() as session:
        kept = [Head(row.id, row.version, row.head_hash) for row in session.execute(CASES.select())]
    kept += [Head("TL-2026-Z04-F01", 2, FIRST), Head("ZZ-2026-Z01", 1, FIRST)]
    kept.remove(next(head for head in kept if head.case_id == NAMES[9]))
    with worked.writing() as session:
        spoil(session)
    alone = found_by(worked, 1, kept=kept, at=at)
    assert alone.chains == [
        ChainBreak(NAMES[0], 3, "missing"),
        ChainBreak(CASE, 2, "edited"),
        ChainBreak(NAMES[8], 3, "head"),
        ChainBreak(NAMES[-1], 3, "case"),
    ]
    assert alone.heads == [
        ChainBreak(NAMES[0], 3, "cut"),
        ChainBreak("TL-2026-Z04-F01", 1, "removed"),
        ChainBreak(NAMES[9], 1, "backdated"),
        ChainBreak("ZZ-2026-Z01", 1, "removed"),
    ]
    assert found_by(worked, 2, kept=kept, at=at) == alone


@pytest.mark.slow
def test_entries_without_their_case_are_held_against_what_was_kept_as_well(worked: Database) -> None:
    with worked.reading() as session:
        head = next(Head(row.id, 3, row.head_hash) for row in session.execute(CASES.select()) if row.id == CASE)
    worked.engine.dispose()
    with worked.engine.connect() as session:
        session.exec_driver_sql(
            "PRAGMA foreign_keys=OFF" if worked.is_sqlite else "SET session_replication_role = replica"
        )
        session.execute(delete(CASES).where(CASES.c.id == CASE))
        session.commit()
    found = found_by(worked, 2, kept=[head], at=NOW)
    assert found == parallel_verification.Found([ChainBreak(CASE, 1, "orphan")], [])
    assert found_by(worked, 2, kept=[Head(CASE, 3, FIRST)], at=NOW).heads == [ChainBreak(CASE, 3, "rewritten")]


@pytest.mark.slow
def test_what_a_process_did_not_get_done_is_done_all_the_same(
    worked: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with worked.writing() as session:
        spoil(session)
    monkeypatch.setattr(reader_processes, "_work", print)
    assert len(found_by(worked, 3).chains) == 4


@sooner_on_sqlite
def test_all_of_them_see_one_state_while_others_go_on_writing(worked: Database) -> None:
    written: list[str] = []

    def tell(done: int, entries: int) -> None:
        with worked.writing() as session:
            written.append(f"TL-2026-Y{len(written) + 1:02d}")
            opened(session, a_case(written[-1]))
            session.execute(update(CASES).where(CASES.c.id.in_([NAMES[0], NAMES[-1]])).values(title="改过"))

    assert found_by(worked, 2, tell=tell) == parallel_verification.Found()
    assert len(written) == 6
    assert {one.case_id for one in found_by(worked, 2).chains} == {NAMES[0], NAMES[-1]}


@sooner_on_sqlite
def test_whoever_waits_is_told_how_far_it_is(worked: Database) -> None:
    for processes in (1, 2):
        told: list[tuple[int, int]] = []
        found_by(worked, processes, tell=lambda *how_far, told=told: told.append(how_far))
        assert told == [(done, 36) for done in range(6, 37, 6)]


def test_strange_text_is_hashed_as_it_was_written(database: Database) -> None:
    strange = a_case(title=STRANGE, dossier={"application": {"problem": STRANGE, "在": [STRANGE, None, 2**70, True]}})
    act = an_act("open", on=date(987, 1, 2), at=datetime(2026, 3, 2, 9, tzinfo=UTC), reason=STRANGE)
    with database.writing() as session:
        journal.write(session, None, strange, act, open=True)
    assert found_by(database, 1) == parallel_verification.Found()


def as_no_text(session: Session) -> None:
    session.execute(text("UPDATE journal SET reason = CAST(x'e68d' AS TEXT) WHERE case_id = :case AND seq = 2"), WHERE)


def as_bytes(session: Session) -> None:
    session.execute(text("UPDATE journal SET reason = CAST(reason AS BLOB) WHERE case_id = :case AND seq = 2"), WHERE)


def as_another_day(session: Session) -> None:
    session.execute(text("UPDATE journal SET acted_on = '20260302' WHERE case_id = :case AND seq = 2"), WHERE)


def as_another_moment(session: Session) -> None:
    query = "UPDATE journal SET recorded_at = replace(recorded_at, ' ', 'T') WHERE case_id = :case AND seq = 2"
    session.execute(text(query), WHERE)


def before_christ(session: Session) -> None:
    query = "UPDATE journal SET acted_on = (acted_on::text || ' BC')::date WHERE case_id = :case AND seq = 2"
    session.execute(text(query), WHERE)


def at_the_end_of_time(session: Session) -> None:
    session.execute(text("UPDATE journal SET recorded_at = 'infinity' WHERE case_id = :case AND seq = 2"), WHERE)


WHERE = {"case": CASE}
ODD: dict[str, list[Callable[[Session], None]]] = {
    "sqlite": [as_no_text, as_bytes, as_another_day, as_another_moment],
    "postgresql": [before_christ, at_the_end_of_time],
}


def test_what_no_program_would_have_written_is_found_and_not_stumbled_over(worked: Database) -> None:
    for tamper in ODD["sqlite" if worked.is_sqlite else "postgresql"]:
        with worked.writing() as session:
            kept = session.execute(JOURNAL.select().where(JOURNAL.c.case_id == CASE, JOURNAL.c.seq == 2)).one()
            tamper(session)
        assert found_by(worked, 1).chains == [ChainBreak(CASE, 2, "edited")], tamper
        with worked.writing() as session:
            change(session, "reason", kept.reason)
            change(session, "acted_on", kept.acted_on)
            change(session, "recorded_at", kept.recorded_at)


@pytest.mark.parametrize("nonsense", ["", "[1]", '{"dossier":1}', "[" * 100_000])
def test_nonsense_that_was_hashed_is_no_telling_of_the_case(worked: Database, nonsense: str) -> None:
    with worked.writing() as session:
        last = session.execute(JOURNAL.select().where(JOURNAL.c.case_id == CASE, JOURNAL.c.seq == 3)).one()
        forged = {**last._mapping, "after": nonsense}
        head = journal.digest(forged)
        change(session, "after", nonsense, 3)
        change(session, "hash", head, 3)
        session.execute(update(CASES).where(CASES.c.id == CASE).values(head_hash=head))
    assert found_by(worked, 1).chains == [ChainBreak(CASE, 3, "case")]
