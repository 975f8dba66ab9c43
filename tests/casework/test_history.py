"""The journal: whole after everything, and enough to tell every case again."""

from __future__ import annotations

import pytest

from access.reader import operator
from casework.views.case_records import entries
from storage.cases import cases
from storage.journal import history, journal
from tests.casework.office import (
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    EVIDENCE,
    OFFICERS,
    TUQIAO,
    Office,
    plan_of,
)


def eventful(office: Office) -> str:
    """An inspection amended, suspended, resumed, published, in part rectified, and cancelled."""
    case = office.special([BACHUAN], to="trained")
    office.does(COORDINATOR, "amend", case, {**plan_of(office, case, targets=[BACHUAN, TUQIAO]), "note": "反映"})
    office.does(AUTHORITY, "grant", f"{case}-A01", {"note": "同意"})
    office.advance(case, "under_way")
    office.does(AUTHORITY, "suspend", case, {"note": "暂停"})
    office.later(2).does(AUTHORITY, "resume", case, {"note": "恢复"})
    office.advance(case, "published")
    findings = office.case(f"{case}-R01").dossier["order"]["findings"]
    measures = [{"finding": one, "measure": "补齐", "responsible": "王五", "by": "2026-12-01"} for one in findings]
    office.does(OFFICERS[BACHUAN], "file_plan", f"{case}-R01", {"measures": measures})
    office.does(OFFICERS[BACHUAN], "report", f"{case}-R01", {"summary": "已整改", "evidence": EVIDENCE})
    office.does(AUTHORITY, "cancel", case, {"note": "机构改革"})
    return case


def test_every_chain_is_whole_and_every_entry_says_who_when_why_and_by_which_article(office: Office) -> None:
    case = eventful(office)
    assert office.breaks() == []
    with office.reading() as session:
        told = journal.of_family(session, case)
        shown = entries(session, operator(), case)
    assert len(told) == len(shown) > 50
    for entry in told:
        assert entry.actor and entry.role and entry.article and entry.act
        assert (entry.seq == 1) == (entry.before == {}) and entry.after
        assert (entry.seq == 1) == (entry.from_state == "new")
    asked = [entry for entry in told if entry.act in ("suspend", "resume", "cancel", "amend", "grant", "approve")]
    assert asked and all(entry.reason for entry in asked)
    assert all(row.citation and row.act_name and row.role_name for row in shown)


def test_the_entries_alone_tell_every_case_as_it_stands_and_as_it_stood(office: Office) -> None:
    case = eventful(office)
    with office.reading() as session:
        for one in [office.case(case), *cases.find(session, root=case)]:
            assert history.as_of(session, one.id, one.version) == one
        states = [history.as_of(session, case, seq).state for seq in range(1, office.case(case).version + 1)]
        assert states == [entry.to_state for entry in journal.of_case(session, case)]
        assert history.as_of(session, case, 2).targets == (BACHUAN,)
        with pytest.raises(LookupError):
            history.as_of(session, case, 99)
        with pytest.raises(LookupError):
            history.as_of(session, case, 0)


def test_no_case_is_ever_dated_backwards(office: Office) -> None:
    case = eventful(office)
    with office.reading() as session:
        for one in [case, *(part.id for part in cases.find(session, root=case))]:
            days = [entry.acted_on for entry in journal.of_case(session, one)]
            assert days == sorted(days)
