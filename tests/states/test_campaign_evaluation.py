"""Units are evaluated in words; the veto needs all three conditions; a campaign ends when all of its parts have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import regulations
from states.campaign.procedures.unit_evaluation import UNIT_EVALUATION
from states.engine.forms.reading import FormRefused
from tests.states.campaign_world import (
    AUTHORITY,
    CAMPAIGN,
    COORDINATOR,
    EDUCATION,
    EVIDENCE,
    LEADER,
    MARKET,
    OFFICERS,
    PLANNING,
    REVIEWER,
    SECOND_COORDINATOR,
    SHIZONG,
    TOWN,
    CampaignWorld,
)

DAY = date(2019, 10, 8)
NOTE = {"note": "同意"}
CHECK = {"result": "基本完成"}
VETO = {"inaction": "长期不开展工作", "delay": "拖延三个季度", "unfinished": [f"{CAMPAIGN}-D01"], "note": "否决"}
CLOSE = {"summary": "如期完成"}


@pytest.fixture
def world() -> CampaignWorld:
    found = CampaignWorld()
    found.campaign()
    return found


def codes(world: CampaignWorld, case: Any, act: str, form: Any, by: str) -> set[str]:
    return world.codes(case, act, form, by=by, on=DAY, today=DAY)


def test_a_unit_is_checked_after_its_self_check_or_its_term(world: CampaignWorld) -> None:
    awaited = world.evaluation()
    world.term(awaited, date(2019, 10, 8))
    assert codes(world, awaited, "check_unit", CHECK, COORDINATOR) == {"self_check_awaited"}
    world.running.clear()
    world.term(awaited, date(2019, 9, 30))
    assert codes(world, awaited, "check_unit", CHECK, COORDINATOR) == set()
    said = {"self_check": {"by": OFFICERS[TOWN], "on": "2019-09-20"}}
    assert codes(world, world.evaluation(state="self_checked", dossier=said), "check_unit", CHECK, COORDINATOR) == set()


def test_a_late_self_check_is_taken(world: CampaignWorld) -> None:
    awaited = world.evaluation()
    world.term(awaited, date(2019, 9, 30))
    form = {"summary": "总结", "result": "合格", "evidence": EVIDENCE}
    assert codes(world, awaited, "self_check", form, OFFICERS[TOWN]) == set()
    assert codes(world, awaited, "self_check", form, OFFICERS[EDUCATION]) == {"not_of_this_unit"}


def test_reviewers_are_those_named_at_the_launch_and_not_of_the_unit(world: CampaignWorld) -> None:
    done: dict[str, Any] = {"dossier": {"self_check": {"by": OFFICERS[TOWN], "on": "2019-09-20"}}}
    assert codes(world, world.evaluation(state="self_checked", **done), "check_unit", CHECK, REVIEWER) == set()
    other = world.evaluation(state="self_checked", **done)
    assert codes(world, other, "check_unit", CHECK, "评审组长二") == {"not_a_reviewer"}
    own = world.evaluation(PLANNING, "self_checked", **done)
    assert codes(world, own, "check_unit", CHECK, REVIEWER) == {"own_unit_matter"}


def test_the_veto_needs_a_task_that_is_on_record_as_unfinished(world: CampaignWorld) -> None:
    checked = world.evaluation(state="checked")
    world.duty(state="unfinished")
    assert codes(world, checked, "veto", VETO, AUTHORITY) == set()
    world.duty(state="confirmed")
    assert codes(world, checked, "veto", VETO, AUTHORITY) == {"finished_in_time"}
    world.duty(bodies=(EDUCATION,), state="unfinished")
    assert codes(world, checked, "veto", VETO, AUTHORITY) == {"not_a_task_of_the_unit"}
    other = {**VETO, "unfinished": [f"{CAMPAIGN}-D77"]}
    assert codes(world, checked, "veto", other, AUTHORITY) == {"not_a_task_of_the_unit"}


@pytest.mark.parametrize("left_out", ["inaction", "delay", "unfinished"])
def test_two_of_the_three_conditions_are_no_veto(world: CampaignWorld, left_out: str) -> None:
    form = {name: value for name, value in VETO.items() if name != left_out}
    with pytest.raises(FormRefused):
        codes(world, world.evaluation(state="checked"), "veto", form, AUTHORITY)
    with pytest.raises(FormRefused):
        codes(world, world.evaluation(state="checked"), "veto", {**VETO, "inaction": "无"}, AUTHORITY)


def test_there_are_neither_scores_nor_grades() -> None:
    fields = {name for step in UNIT_EVALUATION.steps for name in step.form.model_fields}
    assert not fields & {"score", "points", "grade"}


def test_somebody_else_settles_and_for_the_seat_of_the_office_the_leader(world: CampaignWorld) -> None:
    form = {"conclusion": "完成"}
    checked = world.evaluation(state="checked", actors_by_act={"check_unit": (COORDINATOR,)})
    assert codes(world, checked, "settle", form, COORDINATOR) == {"own_check"}
    assert codes(world, checked, "settle", form, SECOND_COORDINATOR) == set()
    assert codes(world, checked, "settle", form, LEADER) == {"office_decides_it"}
    own = world.evaluation(MARKET, "checked")
    assert codes(world, own, "settle", form, SECOND_COORDINATOR) == {"office_leads_it"}
    assert codes(world, own, "settle", form, LEADER) == set()


def test_a_campaign_is_assessed_when_every_unit_is(world: CampaignWorld) -> None:
    world.evaluation(state="settled")
    assert codes(world, world.cases[CAMPAIGN], "assess", NOTE, COORDINATOR) == set()
    world.evaluation(MARKET, "checked", "U02")
    assert codes(world, world.cases[CAMPAIGN], "assess", NOTE, COORDINATOR) == {"evaluations_open"}


def test_a_campaign_closes_when_nothing_is_open(world: CampaignWorld) -> None:
    world.regulation = replace(SHIZONG, tasks=tuple(one for one in SHIZONG.tasks if one.key == "4(2)2"))
    assessed = world.campaign("assessed")
    assert codes(world, assessed, "close", CLOSE, COORDINATOR) == {"tasks_unassigned"}
    world.duty(state="claimed")
    world.occurrence()
    world.of_campaign("duty_exception", "N01", "asked")
    found = codes(world, assessed, "close", CLOSE, COORDINATOR)
    assert found == {"duties_open", "occurrences_open", "exceptions_open"}
    world.duty(state="confirmed")
    world.occurrence(state="waived")
    world.of_campaign("duty_exception", "N01", "refused")
    assert codes(world, assessed, "close", CLOSE, COORDINATOR) == set()


def test_an_exception_is_asked_from_what_holds_in_principle() -> None:
    world = CampaignWorld(regulation=regulations.load("chengdu"))
    world.campaign()
    blank = world.of_campaign("duty_exception", "N01", "new", version=0)
    form = {"task": "no_own_testing", "note": "保留粮油检测站"}
    assert codes(world, blank, "ask", form, OFFICERS[TOWN]) == set()
    assert codes(world, blank, "ask", {**form, "task": "assess"}, OFFICERS[TOWN]) == {"task_without_exception"}


def test_nobody_decides_on_an_exception_they_asked_for(world: CampaignWorld) -> None:
    asked = world.of_campaign("duty_exception", "N01", "asked", opened_by=AUTHORITY)
    for act in ("grant", "refuse"):
        assert codes(world, asked, act, NOTE, AUTHORITY) == {"own_exception"}
    other = world.of_campaign("duty_exception", "N01", "asked", opened_by=OFFICERS[TOWN])
    assert codes(world, other, "grant", NOTE, AUTHORITY) == set()
