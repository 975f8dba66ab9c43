"""Inspections of Xinjiang and supervision of Chengdu, from the opening to the close, by their own texts."""

from __future__ import annotations

from typing import Any

import pytest

from access.reader import operator
from casework.nightly import follow_ups
from casework.views import case_records
from tests.casework.matters_office import AUTHORITY, CITY, CITY_OFFICE, CITY_SECOND, OFFICE, SECOND, URUMQI, officer
from tests.casework.office import EVIDENCE, Office

WAY = "decree-733:12(3)"
DESIGNATION = {
    "department": "CD-D-01", "document": "成府办〔2026〕1号", "matter": "履职情况", "scope": "各区（市）县质监部门",
    "duty": "检查并报告", "period": {"begins": "2026-03-01", "ends": "2026-12-31"},
}  # fmt: skip


def carried_out(office: Office, people: tuple[str, str, str, str, str], case: str, unit: str, content: str) -> str:
    """An inspection of one unit from the request to the rectification's close; says the article of each act."""
    own, second, authority, leader, member = people
    cited = []

    def does(who: str, act: str, of: str, **data: Any) -> None:
        cited.append(office.does(who, act, of, data)["article"])

    does(own, "submit", case, contents=[content])
    does(authority, "approve", case, note="同意")
    period = {"begins": "2026-03-02", "ends": "2026-06-30"}
    plan = {"purpose": "查清", "targets": [unit], "contents": [content], "methods": ["on_site"], "ways": [WAY]}
    does(own, "plan", case, **plan, period=period)
    does("自治区政府督查室" if office.home == "XJ" else "市政府督查室", "file", case, number="备〔2026〕1号")
    group = {"name": "第一组", "leader": {"name": leader, "body": "督查室"}, "targets": [unit]}
    does(own, "staff", case, groups=[{**group, "members": [{"name": member, "body": "督查室"}]}])
    does(own, "train", case, content="培训", attended=[leader, member])
    [formed] = office.parts(case, "group")
    does(leader, "prepare", formed.id, about=[{"code": unit, "information": "情况"}])
    does(own, "start", case, number="通〔2026〕1号", served=[{"code": unit, "received_by": "王五"}])
    [visit] = office.parts(case, "visit")
    does(leader, "visit_on_site", visit.id, ways=[WAY], record="查阅台账", present=[leader, member])
    does(leader, "feed_back", visit.id, advice="限期整改", findings=[{"text": "台账不全", "content": content}])
    does(leader, "report", formed.id, summary="报告")
    does(own, "consolidate", case, summary="报告")
    does(authority, "consent", case, note="同意")
    does(own, "publish", case, number="质督〔2026〕1号")
    does(own, "serve_conclusion", case, target=unit, receipt="签收")
    [order] = office.parts(case, "rectification")
    [finding], liaison = order.dossier["order"]["findings"], officer(office, unit)
    measure = {"finding": finding, "measure": "补齐", "responsible": "王五", "by": "2026-03-20"}
    does(liaison, "file_plan", order.id, measures=[measure])
    does(liaison, "claim", finding, note="已补齐", evidence=EVIDENCE)
    does(second, "close_out", finding, note="属实")
    does(liaison, "report", order.id, summary="已整改", evidence=EVIDENCE)
    does(second, "spot_check", order.id, result="属实")
    does(second, "accept", order.id, note="验收")
    does(second, "close", order.id, note="办结")
    assert set(cited) <= {"house", *(f"decree-733:{n}" for n in ("7", "8", "11", "12(3)", "15", "16", "18"))}
    return order.id


def documents(office: Office, case: str) -> str:
    while follow_ups.follow_up(office.database, office.clock, "tests", limit=50):
        pass
    with office.reading() as session:
        names = ("application", "bulletin", "district_report")
        return "".join(case_records.document(session, operator(), case, name).text for name in names)


@pytest.mark.parametrize(("kind", "letter"), [("prefectures", "D"), ("departments", "B")])
def test_xinjiang_inspects_by_its_own_opinions_with_a_talk(region: Office, kind: str, letter: str) -> None:
    given: dict[str, Any] = {"kind": kind, "year": 2026, "title": "质量督察", "targets": [URUMQI], "reason": "年度计划"}
    case = region.opens(OFFICE, **given)
    assert case == f"XJ-2026-{letter}01" and region.case(case).region == "CN-XJ"
    assert region.shown(case)["timeline"][0]["article"] == "7(23)"
    people = (OFFICE, SECOND, AUTHORITY, "督察组长一", "督察组员一")
    order = carried_out(region, people, case, URUMQI, "2(1)")
    region.does(OFFICE, "propose_talk", case, {
        "unit": URUMQI, "people": ["分管副市长"], "grounds": "推进缓慢", "rests_on": order,
    })  # fmt: skip
    assert set(region.refused(OFFICE, "close", case, {})) == {"goes_on_unnamed"}
    region.does(OFFICE, "close", case, {"goes_on": [f"{case}-Y01"]})
    assert region.state(case) == "closed" and region.breaks() == []
    said = documents(region, case)
    assert "铜梁" not in said and "区委" not in said and "自治区" in said
    assert "提升产品质量（第二部分第（一）项）" in said


def test_chengdu_supervises_departments_of_districts_under_a_designation(city: Office) -> None:
    unit = "CD-Z-01"
    given: dict[str, Any] = {
        "kind": "duty_check",
        "year": 2026,
        "title": "履职检查",
        "targets": [unit],
        "reason": "年度计划",
    }
    own = {**DESIGNATION, "department": unit}
    assert set(city.refused_to_open(CITY_OFFICE, **given, designation=own)) == {"department_is_a_target"}
    case = city.opens(CITY_OFFICE, **given, designation=DESIGNATION)
    people = (CITY_OFFICE, CITY_SECOND, CITY, "检查组长一", "检查组员一")
    carried_out(city, people, case, unit, "2(5)")
    city.does(CITY_OFFICE, "close", case, {})
    assert city.state(case) == "closed" and city.breaks() == []
    said = documents(city, case)
    assert "铜梁" not in said and "区委" not in said


def test_a_unit_of_another_jurisdiction_is_refused(region: Office) -> None:
    given: dict[str, Any] = {
        "kind": "prefectures",
        "year": 2026,
        "title": "质量督察",
        "targets": ["500151001"],
        "reason": "年度计划",
    }
    assert set(region.refused_to_open(OFFICE, **given)) == {"unit_unknown"}
