"""What a review makes of the findings and of the rectification (Decree 733 art. 17)."""

from __future__ import annotations

import pytest

from casework.acts.request_context import open_context
from casework.inspection import case_documents
from tests.casework.office import AUTHORITY, BACHUAN, COORDINATOR, OFFICERS, TUQIAO, Office

DECISION = {"reviewers": ["区司法局甲"], "note": "事实认定有误"}


@pytest.fixture
def reviewed(office: Office) -> tuple[Office, str, str]:
    """A unit with two findings, whose review is undecided."""
    case = office.special([BACHUAN, TUQIAO], to="under_way")
    leader = office.parts(case, "group")[0].dossier["order"]["leader"]["name"]
    visit = office.part(case, "visit", BACHUAN)
    office.does(leader, "record_finding", visit, {"text": "未公示电话", "content": "9(3)"})
    office.advance(case, "published")
    office.does(COORDINATOR, "serve_conclusion", case, {"target": BACHUAN, "receipt": "党政办签收"})
    review = office.does(OFFICERS[BACHUAN], "apply_for_review", case, {"grounds": "与事实不符"})["case"]
    return office.later(3), case, review


def findings(office: Office, case: str) -> dict[str, str]:
    return {part.id.rpartition("-")[2]: part.state for part in office.parts(case, "finding") if part.unit == BACHUAN}


def test_an_upheld_conclusion_changes_nothing(reviewed: tuple[Office, str, str]) -> None:
    office, case, review = reviewed
    before = findings(office, case)
    told = office.does(AUTHORITY, "decide", review, {"outcome": "upheld", **DECISION})
    assert told["followed"] == [] and findings(office, case) == before


def test_a_revoked_conclusion_takes_findings_and_rectification_with_it(reviewed: tuple[Office, str, str]) -> None:
    office, case, review = reviewed
    rectification = office.part(case, "rectification", BACHUAN)
    office.does(AUTHORITY, "decide", review, {"outcome": "revoked", **DECISION})
    assert set(findings(office, case).values()) == {"withdrawn"}
    assert office.state(rectification) == "cancelled"
    assert office.deadline(rectification).deadline.closed_on == office.day
    other = office.part(case, "rectification", TUQIAO)
    assert office.state(other) == "awaiting_plan" and office.deadline(other).deadline.running


def test_a_changed_conclusion_changes_what_it_names_and_the_term_begins_anew(
    reviewed: tuple[Office, str, str],
) -> None:
    office, case, review = reviewed
    rectification = office.part(case, "rectification", BACHUAN)
    [kept, dropped] = [f"{case}-{number}" for number in findings(office, case)]
    before = office.deadline(rectification)
    changes = [{"finding": kept, "text": "电话公示不规范"}, {"finding": dropped}]
    office.does(AUTHORITY, "decide", review, {"outcome": "changed", "findings": changes, **DECISION})
    assert (office.case(kept).title, office.state(dropped)) == ("电话公示不规范", "withdrawn")
    assert office.case(kept).dossier["finding"]["text"] != "电话公示不规范", "what was recorded is kept"
    after = office.deadline(rectification)
    assert (after.deadline.round, after.deadline.start) == (before.deadline.round + 1, office.day)
    with office.reading() as session:
        context = open_context(session, office.clock, None)
        [order] = case_documents.documents_for(context, office.case(rectification), "open")
    assert "电话公示不规范" in order.text and f"{dropped}" in order.text and "（已撤销）" in order.text
    measure = {"finding": kept, "measure": "重新公示", "responsible": "王五", "by": office.day.isoformat()}
    assert office.does(OFFICERS[BACHUAN], "file_plan", rectification, {"measures": [measure]})["state"] == "plan_in"


def test_a_unit_is_served_with_a_paper_that_says_how_to_dispute_it(office: Office) -> None:
    case = office.special([BACHUAN, TUQIAO])
    entries = [{"target": code, "receipt": "党政办签收"} for code in (BACHUAN, TUQIAO)]
    office.does(COORDINATOR, "serve_conclusion", case, entries)
    with office.reading() as session:
        context = open_context(session, office.clock, None)
        [paper] = case_documents.documents_for(context, office.case(case), "serve_conclusion")
    assert "30日内申请复核" in paper.text and "土桥" in paper.text


@pytest.mark.parametrize("end", ["decide", "withdraw"])
def test_the_authority_suspends_one_units_rectification_until_the_review_ends(
    reviewed: tuple[Office, str, str], end: str
) -> None:
    office, case, review = reviewed
    mine, other = (office.part(case, "rectification", unit) for unit in (BACHUAN, TUQIAO))
    due = office.deadline(mine).due_on
    office.does(AUTHORITY, "suspend", mine, {"note": "复核期间暂缓"})
    assert office.deadline(mine).deadline.paused and not office.deadline(other).deadline.paused
    office.later().does(AUTHORITY, "suspend", case, {"note": "应急"})
    office.later().does(AUTHORITY, "resume", case, {"note": "恢复"})
    assert office.deadline(mine).deadline.paused, "the inspection goes on, this unit's rectification does not"
    office.later(7)
    if end == "decide":
        office.does(AUTHORITY, "decide", review, {"outcome": "upheld", **DECISION})
    else:
        office.does(OFFICERS[BACHUAN], "withdraw", review, {"note": "不再申请"})
    after = office.deadline(mine)
    assert not after.deadline.paused and not office.case(mine).suspended
    assert due is not None and after.due_on is not None and after.due_on > due
