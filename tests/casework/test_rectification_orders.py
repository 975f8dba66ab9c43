"""What bulletin and order say, and a rectification that has nothing left to rectify (Tongliang art. 13(5), 14)."""

from __future__ import annotations

from casework.acts.request_context import open_context
from casework.inspection import case_documents
from tests.casework.office import (
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    LEADERS,
    OFFICERS,
    SECOND_COORDINATOR,
    TUQIAO,
    Office,
)


def written(office: Office, case: str, act: str) -> str:
    """The document of an act, as it is written now."""
    with office.reading() as session:
        [made] = case_documents.documents_for(open_context(session, office.clock, None), office.case(case), act)
    return made.text


def disputed_and_published(office: Office) -> str:
    """An inspection whose first finding is disputed to the last."""
    case = office.special([BACHUAN, TUQIAO], to="fed_back")
    office.does(OFFICERS[BACHUAN], "dispute", f"{case}-F01", {"note": "台账存放于分站"})
    office.advance(case, "published")
    return case


def test_bulletin_and_order_give_the_advice_and_mark_an_undecided_dispute(office: Office) -> None:
    case = disputed_and_published(office)
    bulletin, order = written(office, case, "publish"), written(office, f"{case}-R01", "open")
    for text in (bulletin, order):
        assert "- 整改建议：限期整改" in text
        assert "（被督察单位有异议，尚未裁定：台账存放于分站）" in text
    assert bulletin.count("尚未裁定") == 1, "only the disputed one is marked"
    assert office.case(f"{case}-R01").dossier["order"]["advice"] == "限期整改"


def test_a_dispute_that_was_decided_is_not_marked(office: Office) -> None:
    case = office.special([BACHUAN], to="fed_back")
    office.does(OFFICERS[BACHUAN], "dispute", f"{case}-F01", {"note": "台账存放于分站"})
    office.does(SECOND_COORDINATOR, "uphold", f"{case}-F01", {"note": "分站亦无台账"})
    office.advance(case, "published")
    assert "异议" not in written(office, case, "publish")


def test_a_rectification_whose_only_finding_was_withdrawn_ends_with_it(office: Office) -> None:
    case = office.special([BACHUAN, TUQIAO], to="published")
    told = office.does(AUTHORITY, "drop", f"{case}-F01", {"note": "事实不清"})
    assert [(one["case"], one["to"]) for one in told["followed"]] == [(f"{case}-R01", "cancelled")]
    assert office.deadline(f"{case}-R01").deadline.closed_on == office.day
    assert office.state(f"{case}-R02") == "awaiting_plan"


def test_cancelling_an_inspection_ends_both_once(office: Office) -> None:
    case = office.special([BACHUAN], to="published")
    office.does(AUTHORITY, "cancel", case, {"note": "任务取消"})
    assert (office.state(f"{case}-F01"), office.state(f"{case}-R01")) == ("withdrawn", "cancelled")


def test_a_group_and_a_coordinator_withdraw_a_finding_together(office: Office) -> None:
    case = office.special([BACHUAN], to="fed_back")
    assert set(office.refused(COORDINATOR, "withdraw", f"{case}-F01", {"note": "证据不足"})) == {"withdrawal_not_asked"}
    office.does(LEADERS[0], "ask_withdrawal", f"{case}-F01", {"note": "认定有误"})
    office.does(COORDINATOR, "withdraw", f"{case}-F01", {"note": "同意撤回"})
    office.advance(case, "published")
    assert office.parts(case, "rectification") == []
