"""Nobody stays away without a reason, and only members report matters and leads (Tongliang art. 17, 19, 20)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from states.engine.case import Case
from tests.states.world import (
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    LEADER,
    MEMBER,
    OTHER_LEADER,
    OTHER_MEMBER,
    World,
)

ON = date(2026, 3, 10)
VISITED: dict[str, Any] = {"ways": ["11(2)1"], "record": "听取汇报"}
ILL = {"member": MEMBER, "note": "住院"}


@pytest.fixture
def world() -> World:
    found = World()
    found.inspection("under_way")
    found.group("prepared")
    return found


def made(by: str, on: str, *present: str) -> dict[str, Any]:
    return {**VISITED, "by": by, "on": on, "present": list(present)}


def visit(world: World, *visits: dict[str, Any], **changes: Any) -> Case:
    order = {"targets": [BACHUAN], "methods": ["on_site"]}
    return world.visit(state="visited", dossier={"order": order, "visits": list(visits)}, **changes)


def absent(world: World, **days: str) -> Case:
    """The group, whose member is on record as absent."""
    group = world.group("prepared")
    absence = {**ILL, "by": LEADER, "on": "2026-03-10", **days}
    return world.put(replace(group, dossier={**group.dossier, "absences": [absence]}))


class TestAbsences:
    @pytest.mark.parametrize(
        ("days", "codes"),
        [
            ({}, {"absent_that_day"}),
            ({"begins": "2026-03-09", "ends": "2026-03-12"}, {"absent_that_day"}),
            ({"begins": "2026-03-09"}, set()),
            ({"begins": "2026-03-11", "ends": "2026-03-12"}, set()),
        ],
    )
    def test_nobody_visits_or_records_a_visit_on_a_day_they_were_absent(
        self, world: World, days: dict[str, str], codes: set[str]
    ) -> None:
        absent(world, **days)
        for by, present in ((MEMBER, []), (LEADER, [LEADER, MEMBER]), (MEMBER, [LEADER])):
            given = {**VISITED, "present": present}
            assert world.codes(visit(world), "visit_on_site", given, by=by, on=ON) == codes
        assert world.codes(visit(world), "visit_on_site", {**VISITED, "present": [LEADER]}, by=LEADER, on=ON) == set()

    def test_nobody_excuses_themselves(self, world: World) -> None:
        group = world.group("prepared")
        theirs = {"member": LEADER, "note": "开会"}
        assert world.codes(group, "record_absence", theirs, by=LEADER) == {"own_absence"}
        assert world.codes(group, "record_absence", theirs, by=COORDINATOR) == set()
        assert world.codes(group, "record_absence", ILL, by=OTHER_LEADER) == {"other_group"}

    def test_an_absence_runs_forward(self, world: World) -> None:
        backward = {**ILL, "begins": "2026-03-12", "ends": "2026-03-11"}
        assert world.codes(world.group("prepared"), "record_absence", backward, by=LEADER) == {"absence_backward"}

    def test_who_took_part_was_not_absent(self, world: World) -> None:
        group = world.group("prepared")
        visit(world, made(LEADER, "2026-03-09", LEADER, MEMBER))
        days = {"begins": "2026-03-08", "ends": "2026-03-10"}
        assert "2026-03-09" in world.says(
            "present_that_day", group, "record_absence", {**ILL, **days}, by=LEADER, on=ON
        )
        assert world.codes(group, "record_absence", ILL, by=LEADER, on=ON) == set()


class TestNeverSeen:
    def reporting(self, world: World, *visits: dict[str, Any], **days: str) -> set[str]:
        world.inspection("fed_back")
        group = absent(world, **days) if days else world.group("prepared")
        visit(world, *visits)
        for code, number in ((BACHUAN, "V01"), (DONGCHENG, "V02")):
            found = world.cases.get(f"TL-2026-X01-{number}") or world.visit(code, "fed_back", number)
            world.put(replace(found, state="fed_back"))
        return world.codes(group, "report", {"summary": "督察报告"}, by=LEADER, on=ON)

    def test_a_member_on_no_visit_is_absent_until_excused_for_each_of_its_days(self, world: World) -> None:
        visits = made(LEADER, "2026-03-09"), made(LEADER, "2026-03-10", LEADER)
        assert self.reporting(world, *visits) == {"member_never_seen"}
        assert self.reporting(world, *visits, begins="2026-03-10") == {"member_never_seen"}
        assert self.reporting(world, *visits, begins="2026-03-08", ends="2026-03-12") == set()

    def test_whoever_was_on_one_visit_was_seen(self, world: World) -> None:
        assert self.reporting(world, made(LEADER, "2026-03-09", LEADER, MEMBER), made(LEADER, "2026-03-10")) == set()
        assert self.reporting(world, made(LEADER, "2026-03-09"), made(MEMBER, "2026-03-10")) == set()

    def test_a_leader_has_to_be_seen_too(self, world: World) -> None:
        assert self.reporting(world, made(MEMBER, "2026-03-09")) == {"member_never_seen"}

    def test_a_group_that_visits_nobody_misses_nobody(self, world: World) -> None:
        assert self.reporting(world) == set()


class TestWhoReports:
    def blank(self, world: World, procedure: str) -> Case:
        return world.part(procedure, "N01", "new")

    def test_members_of_the_inspection_report_its_matters(self, world: World) -> None:
        matter = {"matter": "疑似制假", "facts": "现场发现"}
        case = self.blank(world, "significant_matter")
        for name in (LEADER, MEMBER):
            assert world.codes(case, "raise", matter, by=name) == set()
        for name in (OTHER_LEADER, OTHER_MEMBER):
            assert world.codes(case, "raise", matter, by=name) == {"not_of_the_inspection"}

    def test_leaders_of_the_inspection_and_the_joint_office_report_leads(self, world: World) -> None:
        lead = {"ground": "lead", "destination": "judiciary", "subject": "某企业", "facts": "涉嫌制售假冒伪劣产品"}
        case = self.blank(world, "referral")
        for name in (LEADER, COORDINATOR):
            assert "not_of_the_inspection" not in world.codes(case, "draft", lead, by=name)
        assert "not_of_the_inspection" in world.codes(case, "draft", lead, by=OTHER_LEADER)

    def test_every_hop_of_a_matter_has_a_term(self, world: World) -> None:
        case = self.blank(world, "significant_matter")
        steps = {
            act: world.weigh(case if act == "raise" else replace(case, state=state), act).step for act, state in HOPS
        }
        assert {act: (step.meets_term, step.starts_term) for act, step in steps.items() if step} == {
            "raise": (None, "matter_step"),
            "receive": ("matter_step", "matter_step"),
            "forward": ("matter_step", "matter_step"),
            "instruct": ("matter_step", "matter_step"),
            "conclude": ("matter_step", None),
        }


HOPS = (
    ("raise", "new"),
    ("receive", "raised"),
    ("forward", "received"),
    ("instruct", "forwarded"),
    ("conclude", "instructed"),
)
