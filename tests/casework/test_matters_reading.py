"""Who may read which matters."""

from __future__ import annotations

import pytest

from casework.errors import NotFound
from casework.views import case_queries
from tests.casework.matters_office import (
    AUTHORITY,
    CITY_OFFICE,
    KARAMAY,
    OFFICE,
    REPORT,
    URUMQI,
    officer,
    opens,
    reader,
    shown,
)
from tests.casework.office import Office

# who may read


def test_the_unit_sees_its_own_incident_and_talk_and_nobody_elses(region: Office) -> None:
    mine, theirs = officer(region, URUMQI), officer(region, KARAMAY)
    case = opens(region, mine, "incident", REPORT)
    assert shown(region, mine) == {case} and shown(region, theirs) == set()
    region.does(OFFICE, "propose_talk", case, {"people": ["分管副市长"], "grounds": "推进缓慢"})
    talk = f"{case}-Y01"
    region.does(AUTHORITY, "decide", talk, {"note": "同意"})
    assert shown(region, mine) == {case}, "not before the unit is told"
    region.does(OFFICE, "notify_unit", talk, {"talk_on": "2026-03-09", "place": "会议室", "host": "分管负责人"})
    trace = {"subject": "某人", "facts": "事实", "destination": "监委", "chain": [
        {"case": case, "act": "report", "why": "迟报"},
    ]}  # fmt: skip
    region.does(OFFICE, "trace", case, trace)
    assert shown(region, mine) == {case, talk} and shown(region, theirs) == set()
    assert shown(region, OFFICE) == {case, talk, f"{case}-Q01"}
    with region.reading() as session:
        view = case_queries.show(session, region.clock, reader(region, mine), case)
    assert {(one.case, one.act) for one in view.timeline} == {(case, "report"), (talk, "notify_unit")}
    with region.reading() as session, pytest.raises(NotFound):
        case_queries.show(session, region.clock, reader(region, theirs), case)


def test_marks_are_not_shown_to_the_unit_and_complaints_to_nobody_outside_the_office(
    region: Office, city: Office
) -> None:
    mine = officer(region, URUMQI)
    case = opens(region, mine, "incident", REPORT)
    region.does(OFFICE, "mark_report", case, {"mark": "false", "grounds": "人数不实"})
    with region.reading() as session:
        view = case_queries.show(session, region.clock, reader(region, mine), case)
    assert [one.act for one in view.timeline] == ["report"]
    complained = {"title": "电梯困人", "channel": "12365", "problem": "电梯困人", "content": "多次", "unit": "510104"}
    complaint = opens(city, CITY_OFFICE, "complaint", {**complained, "complainant": "李某"})
    assert shown(city, officer(city, "510104")) == set() and shown(city, CITY_OFFICE) == {complaint}
