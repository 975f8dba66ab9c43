"""Dated obligations fall due by the text, are met with what shows it, and stay unset until an interval is set."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from regulations.duties import Obligation
from states.campaign.cycle import Cycle
from states.campaign.forms.campaign import SetInterval
from states.campaign.obligations import self_check_day, spans, spans_of_interval
from tests.states.campaign_world import (
    AUTHORITY,
    COORDINATOR,
    EVIDENCE,
    OFFICERS,
    READING,
    SHIZONG,
    TOWN,
    CampaignWorld,
)

WHOLE = Cycle(date(2018, 1, 1), date(2019, 12, 31))
MEETING = {"held_on": "2018-12-20", "convener": "分管副县长", "minutes": "纪要1号"}
DAY = date(2018, 12, 21)


@pytest.fixture
def world() -> CampaignWorld:
    found = CampaignWorld()
    found.campaign()
    return found


def meeting(world: CampaignWorld, occurrence: Any, by: Any = COORDINATOR, **changed: Any) -> set[str]:
    form = {name: value for name, value in {**MEETING, **changed}.items() if value is not None}
    return world.codes(occurrence, "meet", form, by=by, on=DAY, today=DAY)


def days(rule: Any, since: str = "2018-11-06", **more: Any) -> list[str]:
    found = spans(Obligation("x", "6(2)", "某事", rule, "某事", **more), WHOLE, date.fromisoformat(since))
    return [f"{one.due} {one.number}" for one in found]


def test_a_meeting_each_quarter_from_the_launch_on() -> None:
    assert days("quarterly") == [
        f"{day} 1" for day in ("2018-12-31", "2019-03-31", "2019-06-30", "2019-09-30", "2019-12-31")
    ]


def test_twice_a_year_and_once_a_month() -> None:
    assert days("yearly", n=2) == ["2018-12-31 1", "2018-12-31 2", "2019-12-31 1", "2019-12-31 2"]
    assert len(days("monthly")) == 14
    assert days("half_yearly", "2019-01-01") == ["2019-06-30 1", "2019-12-31 1"]


def test_a_day_each_year_or_in_one_year_only() -> None:
    assert days("date", month=9, day=30, n=2) == ["2019-09-30 1", "2019-09-30 2"]
    assert days("date", "2018-01-01", month=9, day=30) == ["2018-09-30 1", "2019-09-30 1"]
    assert days("date", month=9, day=30, year=2018) == []


def test_what_is_unset_has_no_day() -> None:
    assert days("unset") == []
    unset = [one for one in SHIZONG.obligations if one.rule == "unset"]
    assert len(unset) > 10
    assert all("定期" in one.words or "及时" in one.words for one in unset)


def test_an_interval_that_is_set_gives_days_to_the_end_of_the_cycle() -> None:
    def of(every: int, interval: Any) -> list[str]:
        form = SetInterval(obligation="x", every=every, interval=interval, document="1号", note="明确间隔")
        return [one.due.isoformat() for one in spans_of_interval(form, WHOLE, date(2019, 8, 31))]

    assert of(2, "months") == ["2019-10-31", "2019-12-31"]
    assert of(1, "months") == ["2019-09-30", "2019-10-31", "2019-11-30", "2019-12-31"]
    assert of(8, "weeks") == ["2019-10-26", "2019-12-21"]
    assert of(100, "days") == ["2019-12-09"]


def test_units_check_themselves_by_the_end_of_september() -> None:
    assert self_check_day(SHIZONG.obligations, WHOLE) == date(2019, 9, 30)
    assert self_check_day((), WHOLE) == date(2019, 12, 31)


def test_a_meeting_has_day_convener_and_minutes(world: CampaignWorld) -> None:
    occurrence = world.occurrence()
    assert meeting(world, occurrence) == set()
    for left_out in ("held_on", "convener", "minutes"):
        assert meeting(world, occurrence, **{left_out: None}) == {"proof_missing"}
    published = world.occurrence("yearly_publication", unit=None)
    assert meeting(world, published, **dict.fromkeys(MEETING)) == {"proof_missing"}
    assert meeting(world, published, **dict.fromkeys(MEETING), evidence=EVIDENCE) == set()


def test_a_meeting_was_held_in_its_days(world: CampaignWorld) -> None:
    assert meeting(world, world.occurrence(), held_on="2018-12-22") == {"held_ahead"}
    assert meeting(world, world.occurrence(), held_on="2018-09-30") == {"held_before_its_days"}


def test_one_meeting_stands_for_one_occurrence(world: CampaignWorld) -> None:
    proof = {"by": COORDINATOR, "on": "2018-12-20", **MEETING}
    world.occurrence(number="O02", state="met", also={"proof": proof})
    assert meeting(world, world.occurrence()) == {"held_for_another"}
    assert meeting(world, world.occurrence(), held_on="2018-12-19") == set()
    assert meeting(world, world.occurrence("special_meetings", "O03")) == set()


def test_whoever_owes_it_does_it(world: CampaignWorld) -> None:
    office, unit = world.occurrence(), world.occurrence("theme_activity", "O02", unit=TOWN)
    assert meeting(world, office, by=OFFICERS[TOWN]) == {"office_owes_it"}
    given = {"evidence": EVIDENCE}
    assert meeting(world, unit, by=OFFICERS[TOWN], **given) == set()
    assert meeting(world, unit, by=OFFICERS["SZ-D-06"], **given) == {"not_of_this_unit"}
    assert meeting(world, unit, **given) == {"unit_owes_it"}
    late = {"late_entry": {"received_by": "创建办乙", "reason": "纸质材料"}}
    assert meeting(world, unit, **given, **late) == set()


def test_the_authority_waives_with_a_reason(world: CampaignWorld) -> None:
    assert world.codes(world.occurrence(), "waive", {"note": "并入全县会议"}, by=AUTHORITY) == set()
    assert "role_missing" in world.codes(world.occurrence(), "waive", {"note": "并入"}, by=COORDINATOR)


def test_an_interval_is_set_by_the_authority_for_what_is_unset(world: CampaignWorld) -> None:
    campaign = world.cases["SZ-2018-C01"]
    form = {"obligation": "checks", "every": 3, "interval": "months", "document": "1号", "note": "明确间隔"}
    assert world.codes(campaign, "set_interval", form, by=AUTHORITY) == set()
    assert "role_missing" in world.codes(campaign, "set_interval", form, by=COORDINATOR)
    dated = {**form, "obligation": "joint_meeting"}
    assert world.codes(campaign, "set_interval", dated, by=AUTHORITY) == {"obligation_not_unset"}
    assert READING["indicator"] == "awareness"
