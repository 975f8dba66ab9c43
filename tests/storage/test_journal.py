"""Every act leaves an entry, chained to the one before; whatever is changed afterwards shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from storage.cases import cases
from storage.cases.case_rows import CASES
from storage.engine import Database, Session
from storage.journal import journal, verification
from storage.journal.journal import FIRST, JOURNAL
from storage.journal.verification import ChainBreak
from tests.storage.samples import NOW, ON, a_case, acted, an_act, opened

CASE = "TL-2026-Z01"


def three_acts(session: Session) -> None:
    visited = acted(session, opened(session), "submit", state="submitted")
    acted(session, visited, "approve", state="approved", dossier={**visited.case.dossier, "decision": {"note": "同意"}})


def test_an_entry_says_who_did_what_when_and_what_changed(database: Database) -> None:
    with database.writing() as session:
        three_acts(session)
    with database.reading() as session:
        first, second, third = journal.of_case(session, CASE)
    assert (first.seq, first.from_state, first.to_state, first.prev_hash) == (1, "new", "drafted", FIRST)
    assert (second.acted_on, second.recorded_at, second.actor, second.role) == (ON, NOW, "陈晓", "coordinator")
    assert second.form == {"note": "按计划"}
    assert second.before == {"state": "drafted", "hands": {}}
    assert second.after == {"state": "submitted", "hands": {"submit": "陈晓"}}
    assert third.before["dossier"] == {}
    assert third.after["dossier"] == {"decision": {"note": "同意"}}
    assert [second.prev_hash, third.prev_hash] == [first.hash, second.hash]


def test_the_entries_of_an_inspection_come_with_those_of_everything_under_it(database: Database) -> None:
    below = a_case(f"{CASE}-R01", kind=None, parent=CASE, root=CASE)
    with database.writing() as session:
        opened(session)
        opened(session, below)
        journal.write(session, None, a_case("YJ-2026-Z01", jurisdiction="YJ"), an_act("open", actor="李敏"), open=True)
    with database.reading() as session:
        assert [entry.case_id for entry in journal.of_family(session, CASE)] == [CASE, below.id]


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        an_act("open", at=datetime(2026, 3, 2))


def test_a_chain_that_nobody_touched_holds(database: Database) -> None:
    with database.writing() as session:
        three_acts(session)
        opened(session, a_case("TL-2026-Z02"))
    with database.reading() as session:
        assert verification.verify(session, CASE) is None
        assert list(verification.breaks(session)) == []


def _entry(session: Session, seq: int) -> dict[str, Any]:
    return dict(session.execute(select(JOURNAL).where(JOURNAL.c.seq == seq)).one()._mapping)


def _edit(session: Session) -> None:
    session.execute(update(JOURNAL).where(JOURNAL.c.seq == 2).values(reason="改过"))


def _edit_and_hash_again(session: Session) -> None:
    changed = _entry(session, 2) | {"reason": "改过"}
    changed["hash"] = journal.digest(changed)
    session.execute(update(JOURNAL).where(JOURNAL.c.seq == 2).values(changed))


def _insert(session: Session) -> None:
    forged = _entry(session, 3) | {"seq": 4, "prev_hash": _entry(session, 3)["hash"]}
    forged["hash"] = journal.digest(forged)
    session.execute(insert(JOURNAL).values(forged))


def _insert_with_head(session: Session) -> None:
    _insert(session)
    session.execute(update(CASES).values(version=4))


def _delete(session: Session) -> None:
    session.execute(delete(JOURNAL).where(JOURNAL.c.seq == 2))


def _cut_tail(session: Session) -> None:
    session.execute(delete(JOURNAL).where(JOURNAL.c.seq == 3))


def _cut_all(session: Session) -> None:
    session.execute(delete(JOURNAL))


def _change_case(session: Session) -> None:
    session.execute(update(CASES).values(state="closed"))


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (_edit, ChainBreak(CASE, 2, "edited")),
        (_edit_and_hash_again, ChainBreak(CASE, 3, "unlinked")),
        (_insert, ChainBreak(CASE, 5, "missing")),
        (_insert_with_head, ChainBreak(CASE, 4, "head")),
        (_delete, ChainBreak(CASE, 2, "missing")),
        (_cut_tail, ChainBreak(CASE, 3, "missing")),
        (_cut_all, ChainBreak(CASE, 1, "missing")),
        (_change_case, ChainBreak(CASE, 3, "case")),
    ],
)
def test_whoever_changes_what_is_written_is_found_out(
    database: Database, tamper: Callable[[Session], None], found: ChainBreak
) -> None:
    with database.writing() as session:
        three_acts(session)
    with database.writing() as session:
        tamper(session)
    with database.reading() as session:
        assert verification.verify(session, CASE) == found
        assert list(verification.breaks(session)) == [found]


def test_entries_without_their_case_are_found(database: Database) -> None:
    with database.writing() as session:
        for name in ("TL-2026-Z01", "TL-2026-Z02", "TL-2026-Z03"):
            opened(session, a_case(name, kind=None))
    with database.engine.connect() as session:
        session.exec_driver_sql(
            "PRAGMA foreign_keys=OFF" if database.is_sqlite else "SET session_replication_role = replica"
        )
        session.execute(delete(CASES).where(CASES.c.id.in_(["TL-2026-Z01", "TL-2026-Z03"])))
        session.commit()
    with database.reading() as session:
        assert list(verification.breaks(session)) == [
            ChainBreak("TL-2026-Z01", 1, "orphan"),
            ChainBreak("TL-2026-Z03", 1, "orphan"),
        ]


_json = st.recursive(
    st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=2), max_leaves=4
)
_pictures = st.fixed_dictionaries(
    {"state": st.sampled_from("abc"), "unit": st.none() | st.just("A")},
    optional={
        "dossier": st.dictionaries(st.sampled_from("xyz"), _json),
        "hands": st.dictionaries(st.sampled_from("xyz"), st.text(max_size=3)),
    },
)


@given(st.lists(_pictures, min_size=1, max_size=4))
def test_a_case_can_be_told_from_what_changed(pictures: list[dict[str, Any]]) -> None:
    told: dict[str, Any] = {}
    for before, after in zip([{}, *pictures], pictures, strict=False):
        verification.retell(told, *journal.changes(before, after))
        assert told == after
    assert told == pictures[-1]


def test_the_case_and_its_journal_agree_after_every_act(database: Database) -> None:
    with database.writing() as session:
        three_acts(session)
        held = cases.lock(session, CASE)
        assert held is not None
        acted(session, held, "withdraw", dossier={}, title="改名", targets=())
        assert verification.verify(session, CASE) is None
