"""Hazards to their delisting and complaints taken up, on the databases."""

from __future__ import annotations

from datetime import date

from casework.nightly.sweeping import sweep
from tests.casework.matters_office import (
    CITY,
    CITY_OFFICE,
    officer,
    opens,
)
from tests.casework.office import EVIDENCE, Office

# hazards and complaints


def test_a_hazard_goes_from_the_listing_to_the_delisting(city: Office) -> None:
    unit = "510104"
    listing = {
        "title": "锅炉隐患", "unit": unit, "hazard": "超期未检", "requirement": "停用检验", "due_on": "2026-04-01",
    }  # fmt: skip
    case = opens(city, CITY, "hazard", listing)
    who = officer(city, unit)
    assert city.deadline(case, running=True).latest_on == date(2026, 4, 1)
    measures = {"measures": [{"measure": "停用", "responsible": "王五", "by": "2026-03-10"}]}
    city.does(who, "plan", case, measures)
    city.does(CITY, "extend", case, {"until": "2026-04-10", "note": "检验机构排期"})
    assert city.deadline(case, running=True).latest_on == date(2026, 4, 10)
    city.on("2026-04-13")
    sweep(city.database, city.clock)
    assert set(city.refused(CITY, "extend", case, {"until": "2026-05-06", "note": "再延"})) == {"hazard_limit_passed"}
    city.does(CITY, "escalate", case, {"body": "省市场监管局", "note": "逾期"})
    late = city.does(who, "claim", case, {"summary": "已检验", "evidence": EVIDENCE})["met_late"]
    assert [one["late_days"] for one in late] == [3]
    city.does(CITY_OFFICE, "verify_removal", case, {"record": "现场核实", "evidence": EVIDENCE})
    city.does(CITY, "delist", case, {"note": "同意摘牌"})
    assert city.state(case) == "delisted" and city.breaks() == []
    assert sweep(city.database, city.clock).issued == 0


COMPLAINT = {"title": "电梯困人", "channel": "12365", "problem": "电梯困人多发", "content": "多次", "unit": "510104"}


def test_a_complaint_is_taken_up_in_an_inspection_opened_with_it(city: Office) -> None:
    case = opens(city, CITY_OFFICE, "complaint", COMPLAINT)
    answer = city.does(CITY_OFFICE, "take_up_complaint", case, {"targets": ["510104", "510105"]})
    assert [one["act"] for one in answer["followed"]] == ["open", "link"]
    found = city.case(case).dossier["link"]["inspection"]
    inspection = city.case(found)
    assert inspection.kind == "special" and inspection.targets == ("510104", "510105")
    assert inspection.dossier["application"]["problem"] == "电梯困人多发"
    assert case in inspection.dossier["application"]["reason"]
    other = opens(city, CITY_OFFICE, "complaint", COMPLAINT)
    city.does(CITY_OFFICE, "take_up_complaint", other, {"inspection": found})
    assert city.case(other).dossier["link"]["inspection"] == found
    third = opens(city, CITY_OFFICE, "complaint", {**COMPLAINT, "problem": "燃气灶漏气"})
    assert set(city.refused(CITY_OFFICE, "take_up_complaint", third, {"inspection": found})) == {"problem_differs"}
    city.does(CITY_OFFICE, "answer_complaint", third, {"answer": "已责令更换", "told": "电话"})
    assert city.state(third) == "replied" and city.breaks() == []
