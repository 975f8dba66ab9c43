"""Tasks of units: assigned with people, reported on, claimed by the first body, decided by the right second person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from states.campaign import dossier
from states.campaign.offices import bodies
from tests.states.campaign_world import (
    CAMPAIGN,
    COORDINATOR,
    EDUCATION,
    EVIDENCE,
    LEADER,
    MARKET,
    OFFICERS,
    PLANNING,
    READING,
    SECOND_COORDINATOR,
    SHIZONG,
    TOWN,
    UNITS,
    CampaignWorld,
)

ASSIGN = {"task": "4(2)2", "targets": [EDUCATION], "due_on": "2019-12-31"}
CLAIM = {"note": "已建成", "evidence": EVIDENCE}
NOTE = {"note": "属实"}


@pytest.fixture
def world() -> CampaignWorld:
    found = CampaignWorld()
    found.campaign()
    return found


def assigning(world: CampaignWorld, **changed: Any) -> set[str]:
    return world.codes(world.of_campaign("unit_duty", "D09", "new", version=0), "assign", {**ASSIGN, **changed})


def test_a_task_of_the_text_is_assigned_once(world: CampaignWorld) -> None:
    assert assigning(world) == set()
    assert assigning(world, task="9(9)9") == {"task_unknown"}
    world.duty("4(2)2")
    assert assigning(world) == {"task_assigned_before"}


def test_bodies_are_units_of_the_campaign_with_a_person_each(world: CampaignWorld) -> None:
    assert assigning(world, targets=[EDUCATION, "530323001"]) == {"unit_not_of_the_campaign"}
    del world.accounts[OFFICERS[TOWN]]
    assert assigning(world, targets=[EDUCATION, TOWN]) == {"person_missing"}
    assert assigning(world, targets=[EDUCATION, TOWN], people=[{"code": TOWN, "name": "王镇长"}]) == set()


def test_the_first_body_leads_and_each_has_its_person(world: CampaignWorld) -> None:
    blank = world.of_campaign("unit_duty", "D09", "new", version=0)
    named = {"targets": [EDUCATION, TOWN], "people": [{"code": TOWN, "name": "王镇长"}]}
    assigned = world.do(blank, "assign", {**ASSIGN, **named})
    assert (assigned.unit, assigned.targets) == (EDUCATION, (EDUCATION, TOWN))
    assert [(one.code, one.name) for one in dossier.people(assigned)] == [
        (EDUCATION, OFFICERS[EDUCATION]),
        (TOWN, "王镇长"),
    ]


def test_a_task_is_due_within_the_cycle(world: CampaignWorld) -> None:
    assert assigning(world, due_on="2020-01-01") == {"due_outside_the_cycle"}


def test_nothing_is_assigned_before_the_launch(world: CampaignWorld) -> None:
    world.campaign("approved")
    assert assigning(world) == {"campaign_not_under_way"}


def test_people_change_in_bodies_of_the_task_only(world: CampaignWorld) -> None:
    duty = world.duty()
    other = {"people": [{"code": PLANNING, "name": "张三"}], "note": "调岗"}
    assert world.codes(duty, "reassign", other) == {"not_a_body_of_the_task"}
    changed = world.do(duty, "reassign", {"people": [{"code": TOWN, "name": "张三"}], "note": "调岗"})
    assert {one.code: one.name for one in dossier.people(changed)} == {EDUCATION: OFFICERS[EDUCATION], TOWN: "张三"}


def test_every_body_reports_and_nobody_else(world: CampaignWorld) -> None:
    form = {"text": "已选址", "evidence": EVIDENCE}
    for code in (EDUCATION, TOWN):
        assert world.codes(world.duty(), "report_progress", form, by=OFFICERS[code]) == set()
    assert world.codes(world.duty(), "report_progress", form, by=OFFICERS[PLANNING]) == {"not_of_this_unit"}


def test_progress_is_reported_within_the_cycle(world: CampaignWorld) -> None:
    form = {"text": "已选址", "evidence": EVIDENCE}
    late = date(2020, 1, 2)
    found = world.codes(world.duty(), "report_progress", form, by=OFFICERS[TOWN], on=late, today=late)
    assert found == {"outside_the_cycle"}


def test_the_first_body_claims(world: CampaignWorld) -> None:
    duty = world.duty("4(2)3")
    assert world.codes(duty, "claim", CLAIM, by=OFFICERS[EDUCATION]) == set()
    assert world.codes(duty, "claim", CLAIM, by=OFFICERS[TOWN]) == {"not_the_leading_body"}


def test_a_target_that_is_not_reached_is_explained(world: CampaignWorld) -> None:
    duty = world.duty()
    assert world.codes(duty, "claim", CLAIM, by=OFFICERS[EDUCATION]) == {"targets_unexplained"}
    assert world.codes(duty, "claim", {**CLAIM, "unmet": "尚在建设"}, by=OFFICERS[EDUCATION]) == set()
    reading = {**READING, "indicator": "education_bases", "value": "1", "measure": "个", "period": "2018"}
    kept = {"by": OFFICERS[TOWN], "on": "2018-11-06", "text": "建成", "evidence": EVIDENCE, "readings": [reading]}
    reached = world.duty(dossier={**duty.dossier, "progress": [kept]})
    assert world.codes(reached, "claim", CLAIM, by=OFFICERS[EDUCATION]) == set()


def test_the_office_decides_and_where_it_leads_itself_the_leader(world: CampaignWorld) -> None:
    others, own = world.duty(state="claimed"), world.duty(bodies=(MARKET, TOWN), state="claimed", number="D02")
    for act, form in (("confirm", NOTE), ("return", {**NOTE, "due_on": "2019-06-28"})):
        assert world.codes(others, act, form, by=COORDINATOR) == set()
        assert world.codes(others, act, form, by=LEADER) == {"office_decides_it"}
        assert world.codes(own, act, form, by=COORDINATOR) == {"office_leads_it"}
        assert world.codes(own, act, form, by=LEADER) == set()


def test_the_office_leads_33_of_the_50_tasks() -> None:
    """Its seat is first-named in them: there the leader decides, for somebody else has to."""
    roster = list(UNITS.values())
    first = [bodies(task.units, roster, UNITS, SHIZONG)[0] for task in SHIZONG.tasks]
    assert (len(first), first.count(MARKET)) == (50, 33)
    assert [seat.unit for seat in SHIZONG.seats] == [MARKET]


def test_nobody_decides_on_what_they_handed_in(world: CampaignWorld) -> None:
    entered = world.duty(state="claimed", actors_by_act={"claim": (COORDINATOR,)})
    assert world.codes(entered, "confirm", NOTE, by=COORDINATOR) == {"own_duty_claim"}
    assert world.codes(entered, "confirm", NOTE, by=SECOND_COORDINATOR) == set()
    reported = world.duty(state="claimed", actors_by_act={"report_progress": (COORDINATOR,)})
    assert world.codes(reported, "return", {**NOTE, "due_on": "2019-06-28"}, by=COORDINATOR) == {"own_duty_claim"}


def test_a_returned_task_is_due_ahead(world: CampaignWorld) -> None:
    claimed = world.duty(state="claimed")
    assert world.codes(claimed, "return", {**NOTE, "due_on": "2018-11-06"}) == {"due_not_ahead"}


def test_a_task_is_unfinished_once_its_time_is_over(world: CampaignWorld) -> None:
    duty = world.duty()
    world.term(duty, date(2019, 12, 31))
    day = date(2019, 12, 31)
    assert world.codes(duty, "record_unfinished", NOTE, on=day, today=day) == {"term_still_runs"}
    day = date(2020, 1, 2)
    assert world.codes(duty, "record_unfinished", NOTE, on=day, today=day) == set()


def test_a_collective_stands_for_its_units_of_the_campaign() -> None:
    roster, about = list(UNITS.values()), {MARKET, EDUCATION, TOWN}
    assert bodies(("SZ-D-01", "townships"), roster, about, SHIZONG) == [MARKET, TOWN]
    assert bodies(("SZ-D-01", "members", "townships"), roster, about, SHIZONG) == [MARKET, EDUCATION, TOWN]
    assert world_has_ten_townships(roster)


def world_has_ten_townships(roster: list[Any]) -> bool:
    return len(bodies(("townships",), roster, UNITS, SHIZONG)) == 10 and CAMPAIGN.startswith("SZ")
