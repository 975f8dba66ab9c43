"""The plan binds: what is asked for, visited and found keeps to the plan in force (Tongliang art. 11, 12, 16)."""

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

import pytest

from states.engine.case import Case
from tests.states.world import BACHUAN, LEADER, MEMBER, PLAN, World, named, officer

LAST, AFTER, BEFORE = date(2026, 6, 30), date(2026, 7, 1), date(2026, 2, 28)
"""The period of the plan is 1 March to 30 June."""
FORMS: dict[str, tuple[str, dict[str, Any]]] = {
    "request_self_inspection": ("written", {"due_on": "2026-06-30"}),
    "visit_on_site": ("on_site", {"ways": ["11(2)1"], "record": "听取汇报"}),
    "record_evaluation": ("third_party", {"contractor": "评价公司", "survey": "问卷百份", "report": "满意"}),
    "record_finding": ("on_site", {"text": "未建台账", "content": "9(3)"}),
}
"""What a group does at a unit, and the method it belongs to."""


@pytest.fixture
def world() -> World:
    found = World()
    found.inspection("under_way")
    found.group("prepared", acted_on=BEFORE)
    return found


def visit(world: World, *methods: str, planned: tuple[str, ...] | None = None, **dossier: Any) -> Case:
    """A visit by these methods, under a plan with the same ones or with others."""
    plan = {**PLAN, "methods": list(planned or methods)}
    case = world.cases["TL-2026-X01"]
    world.put(replace(case, dossier={**case.dossier, "plan": plan}, acted_on=BEFORE))
    order = {"targets": [BACHUAN], "methods": list(methods)}
    return world.visit(state="visited", acted_on=BEFORE, dossier={"order": order, **dossier})


@pytest.mark.parametrize("act", FORMS)
def test_nothing_is_done_outside_the_period(world: World, act: str) -> None:
    method, form = FORMS[act]
    given = {**form, "due_on": "2026-07-20"} if "due_on" in form else form
    found = visit(world, method)
    early = world.weigh(found, act, form, by=LEADER, on=BEFORE).refusals[0]
    assert (early.code, early.earliest, early.article) == ("before_the_period", date(2026, 3, 1), "16")
    assert world.codes(found, act, form, by=LEADER, on=date(2026, 3, 1)) == set()
    assert "after_the_period" not in world.codes(found, act, given, by=LEADER, on=LAST)
    late = world.says("after_the_period", found, act, given, by=LEADER, on=AFTER)
    assert "2026-06-30" in late and "调整方案" in late


def test_a_self_inspection_is_due_within_the_period(world: World) -> None:
    found = visit(world, "written")
    for due, codes in (("2026-06-30", set()), ("2026-07-01", {"due_after_the_period"})):
        assert world.codes(found, "request_self_inspection", {"due_on": due}, by=LEADER, on=date(2026, 3, 2)) == codes


@pytest.mark.parametrize("act", [act for act in FORMS if act != "record_finding"])
def test_no_method_is_used_that_the_plan_does_not_name(world: World, act: str) -> None:
    method, form = FORMS[act]
    other = "written" if method != "written" else "on_site"
    found = visit(world, other)
    refusals = world.weigh(found, act, form, by=LEADER, on=date(2026, 3, 2)).refusals
    assert [(one.code, one.article) for one in refusals] == [("method_not_planned", "16")]
    assert world.codes(found, act, by=LEADER, on=date(2026, 3, 2)) == {"method_not_planned"}


def test_a_unit_outside_the_sample_is_not_visited(world: World) -> None:
    found = visit(world, "written", planned=("written", "on_site"))
    act, form = "visit_on_site", FORMS["visit_on_site"][1]
    refused = world.weigh(found, act, form, by=LEADER, on=date(2026, 3, 2)).refusals
    assert [(one.code, one.article) for one in refused] == [("outside_the_sample", "12")]
    assert named(BACHUAN) in refused[0].fact


def test_only_by_the_ways_of_the_plan(world: World) -> None:
    found, on = visit(world, "on_site"), date(2026, 3, 2)
    given = {"ways": ["11(2)1", "11(2)4"], "record": "走访"}
    assert "11(2)4" in world.says("way_not_planned", found, "visit_on_site", given, by=LEADER, on=on)
    unknown = {**given, "ways": ["11(2)9"]}
    assert world.codes(found, "visit_on_site", unknown, by=LEADER, on=on) == {"way_unknown"}


def test_a_plan_of_an_earlier_version_may_leave_the_ways_open(world: World) -> None:
    found = visit(world, "on_site")
    case = world.cases["TL-2026-X01"]
    world.put(replace(case, dossier={**case.dossier, "plan": {**PLAN, "ways": []}}))
    given = {"ways": ["11(2)7"], "record": "协查"}
    assert world.codes(found, "visit_on_site", given, by=LEADER, on=date(2026, 3, 2)) == set()


@pytest.mark.parametrize(
    ("planned", "content", "code"),
    [
        (["9(1)", "9(3)"], "9(1)", None),
        (["9(1)", "9(3)"], "9(4)", "content_not_planned"),
        (["9(3)"], "9(1)", "content_not_planned"),
        (["9(1)", "9(3)"], None, "finding_without_content"),
        (["9(3)"], None, None),
    ],
    ids=["planned", "never approved", "approved, not planned or taken out", "unsaid", "the only one"],
)
def test_a_finding_is_about_a_content_of_the_plan(
    world: World, planned: list[str], content: str | None, code: str | None
) -> None:
    found = visit(world, "on_site", visits=[{}])
    case = world.cases["TL-2026-X01"]
    world.put(replace(case, dossier={**case.dossier, "plan": {**PLAN, "contents": planned}}))
    finding = {"text": "未建台账", "content": content}
    wanted = {code} if code else set()
    assert world.codes(found, "record_finding", finding, by=MEMBER, on=date(2026, 3, 2)) == wanted
    told = {"advice": "限期整改", "findings": [finding]}
    assert world.codes(found, "feed_back", told, by=LEADER, on=date(2026, 3, 2)) == wanted


def test_the_feedback_may_follow_the_period_but_names_nothing_new_then(world: World) -> None:
    found = visit(world, "on_site", visits=[{}])
    told = {"advice": "限期整改", "findings": [{"text": "未建台账", "content": "9(3)"}]}
    assert world.codes(found, "feed_back", {"advice": "继续保持"}, by=LEADER, on=AFTER) == set()
    assert world.codes(found, "feed_back", told, by=LEADER, on=AFTER) == {"after_the_period"}


class TestReportsThatNeverCame:
    """Who did not hand a self-inspection in, and since when, is on record before the feedback (art. 11(1), 16)."""

    ACT = "record_no_self_inspection"
    NOTE: ClassVar[dict[str, Any]] = {"note": "两次催报未果"}
    ASKED: ClassVar[dict[str, Any]] = {"self_inspection_request": {"due_on": "2026-03-04"}}

    def test_it_is_recorded_from_the_day_after(self, world: World) -> None:
        found = visit(world, "written", **self.ASKED)
        early = world.weigh(found, self.ACT, self.NOTE, by=MEMBER, on=date(2026, 3, 4)).refusals[0]
        assert (early.code, early.earliest) == ("self_inspection_not_overdue", date(2026, 3, 5))
        recorded = world.do(found, self.ACT, self.NOTE, by=MEMBER, on=date(2026, 3, 5))
        assert recorded.dossier["no_self_inspection"]["by"] == MEMBER
        assert world.codes(recorded, self.ACT, self.NOTE, by=LEADER) == {"recorded_as_missing"}

    def test_only_where_it_was_asked_for_and_is_not_in(self, world: World) -> None:
        on = date(2026, 3, 5)
        unasked = visit(world, "written")
        assert world.codes(unasked, self.ACT, self.NOTE, by=LEADER, on=on) == {"self_inspection_not_asked_for"}
        handed_in = visit(world, "written", self_inspection={}, **self.ASKED)
        assert world.codes(handed_in, self.ACT, self.NOTE, by=LEADER, on=on) == {"self_inspection_is_in"}

    def test_the_unit_may_still_hand_it_in(self, world: World) -> None:
        found = visit(world, "written", **self.ASKED)
        recorded = world.do(found, self.ACT, self.NOTE, by=LEADER, on=date(2026, 3, 5))
        report = {"report": "自查情况", "evidence": [{"title": "台账"}]}
        assert world.codes(recorded, "hand_in_self_inspection", report, by=officer(BACHUAN)) == set()

    def test_what_is_asked_for_anew_is_recorded_anew(self, world: World) -> None:
        found = visit(world, "written", **self.ASKED)
        recorded = world.do(found, self.ACT, self.NOTE, by=LEADER, on=date(2026, 3, 5))
        anew = {**recorded.dossier, "self_inspection_request": {"due_on": "2026-03-10"}}
        asked = world.put(replace(recorded, dossier=anew))
        told = {"advice": "继续保持"}
        assert world.codes(asked, "feed_back", told, by=LEADER, on=date(2026, 3, 11)) == {"missing_unrecorded"}
