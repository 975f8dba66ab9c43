"""Drafts are edited and withdrawn by their maker, and what was closed by mistake goes on again (更正)."""

from __future__ import annotations

from storage.journal import journal
from tests.casework.office import BACHUAN, COORDINATOR, DONGCHENG, SECOND_COORDINATOR, TUQIAO, Office

CONTENTS = {"contents": ["9(3)"]}


def test_a_returned_application_is_edited_and_asked_for_again_with_its_new_keys(office: Office) -> None:
    case = office.special([BACHUAN], "submitted", problem="无证经营")
    office.does("区委区政府", "return", case, {"note": "改对象"})
    office.does(COORDINATOR, "edit", case, {"targets": [DONGCHENG], "problem": "以次充好"})
    office.does(COORDINATOR, "submit", case, CONTENTS)
    # The unit and the problem that were left out are free for another one.
    other = office.special([BACHUAN], "drafted", problem="无证经营")
    office.does(COORDINATOR, "submit", other, CONTENTS)
    third = office.special([TUQIAO], "drafted", problem="以次充好")
    assert "frequency_problem_held" in office.refused(COORDINATOR, "submit", third, CONTENTS)
    with office.reading() as session:
        edit = next(entry for entry in journal.of_case(session, case) if entry.act == "edit")
    assert edit.before["dossier"] != edit.after["dossier"], "both versions are in the journal"
    assert office.breaks() == []


def test_a_second_draft_by_mistake_is_withdrawn_and_never_held_the_first_up(office: Office) -> None:
    first = office.special([BACHUAN], "drafted")
    second = office.opens(
        SECOND_COORDINATOR,
        kind="special",
        year=office.day.year,
        title="重复",
        targets=[BACHUAN],
        problem="小作坊无证经营",
    )
    assert office.does(COORDINATOR, "submit", first, CONTENTS)["state"] == "submitted"
    assert "not_the_maker" in office.refused(COORDINATOR, "retract", second, {"note": "误立项"})
    assert office.does(SECOND_COORDINATOR, "retract", second, {"note": "误立项"})["state"] == "withdrawn"


def test_an_inspection_closed_too_early_goes_on_and_is_closed_again(office: Office) -> None:
    case = office.special([BACHUAN])
    rectification = office.part(case, "rectification", BACHUAN)
    officer = "巴川街道联络员"
    [finding] = [part.id for part in office.parts(case, "finding")]
    measure = {"finding": finding, "measure": "补办证照", "responsible": "刘洋", "by": office.later().day.isoformat()}
    office.does(officer, "file_plan", rectification, {"measures": [measure]})
    evidence = [{"title": "登记证复印件"}]
    office.does(officer, "report", rectification, {"summary": "已整改完毕", "evidence": evidence})
    office.does(officer, "claim", finding, {"note": "已换证", "evidence": evidence})
    office.does(COORDINATOR, "close_out", finding, {"note": "证照齐全"})
    office.does(COORDINATOR, "spot_check", rectification, {"result": "现场核实属实"})
    office.does(COORDINATOR, "accept", rectification, {"note": "同意"})
    office.does(COORDINATOR, "close", rectification)
    office.does(COORDINATOR, "reopen", rectification, {"note": "漏了一户"})
    office.does(COORDINATOR, "reopen", finding, {"note": "漏了一户"})
    assert (office.state(rectification), office.state(finding)) == ("accepted", "claimed")
    assert "finding_open" in office.refused(COORDINATOR, "close", rectification)
    office.does(COORDINATOR, "close_out", finding, {"note": "补齐"})
    assert office.does(COORDINATOR, "close", rectification)["state"] == "closed"
    assert office.breaks() == []
