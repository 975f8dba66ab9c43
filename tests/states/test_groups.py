"""Who may be in a group, and whose matters nobody touches: those of the unit they come from (Tongliang art. 13(3))."""

from dataclasses import replace
from typing import Any

import pytest

from tests.states.world import (
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    GROUP,
    LEADER,
    MEMBER,
    NANCHENG,
    OTHER_LEADER,
    OTHER_MEMBER,
    World,
    named,
    officer,
)


@pytest.fixture
def world() -> World:
    return World()


def group(**changes: Any) -> dict[str, Any]:
    return {**GROUP, **changes}


def member(name: str, body: str = "区政府办公室", **changes: Any) -> dict[str, Any]:
    return {"name": name, "body": body, **changes}


class TestStaffing:
    def staffed(self, world: World, *groups: dict[str, Any]) -> set[str]:
        return world.codes(world.inspection("filed"), "staff", {"groups": list(groups)})

    def test_groups_that_cover_every_target_are_taken(self, world: World) -> None:
        second = group(name="第二组", leader=member(OTHER_LEADER), members=[member(OTHER_MEMBER)], targets=[DONGCHENG])
        assert self.staffed(world, group(targets=[BACHUAN]), second) == set()

    def test_a_leader_acts_under_an_account_of_a_leader(self, world: World) -> None:
        stranger = group(leader=member("路人甲"), members=[member(MEMBER), member(OTHER_MEMBER)])
        assert self.staffed(world, stranger) == {"leader_unknown", "not_for_groups"}
        assert self.staffed(world, group(leader=member(MEMBER), members=[])) == {"leader_unknown"}

    def test_the_invited_are_fewer_than_the_rest(self, world: World) -> None:
        expert = member("王专家", "行业协会", invited_as="experts")
        assert self.staffed(world, group(members=[expert])) == {"invited_outnumber"}
        assert self.staffed(world, group(members=[member(MEMBER), expert])) == set()

    def test_every_target_has_one_group(self, world: World) -> None:
        assert self.staffed(world, group(targets=[BACHUAN])) == {"target_uncovered"}
        second = group(name="第二组", leader=member(OTHER_LEADER), members=[])
        assert self.staffed(world, group(), second) == {"target_covered_twice"}

    def test_no_group_goes_beyond_the_plan(self, world: World) -> None:
        assert self.staffed(world, group(targets=[BACHUAN, DONGCHENG, NANCHENG])) == {"target_outside_plan"}

    def test_groups_are_told_apart_by_name(self, world: World) -> None:
        second = group(leader=member(OTHER_LEADER), members=[], targets=[DONGCHENG])
        assert self.staffed(world, group(targets=[BACHUAN]), second) == {"group_twice"}

    @pytest.mark.parametrize(
        "native",
        [
            member(OTHER_MEMBER, "巴川街道"),
            member(OTHER_MEMBER, "巴川街道党工委"),
            member(OTHER_MEMBER, "中共铜梁区巴川街道工作委员会"),
            member(OTHER_MEMBER, "铜梁区人民政府巴川街道办事处"),
            member(OTHER_MEMBER, "巴川街道 经济发展办公室"),
            member(OTHER_MEMBER, "巴川党工委"),
            member(OTHER_MEMBER, unit=BACHUAN),
            member("巴川街道联络员", "某单位", invited_as="experts"),
        ],
        ids=lambda one: f"{one['body']} {one.get('unit', '')}",
    )
    def test_nobody_inspects_their_own_unit_whichever_of_its_organs(self, world: World, native: dict[str, Any]) -> None:
        staffed = {"groups": [group(members=[member(MEMBER), native])]}
        case = world.inspection("filed")
        assert world.codes(case, "staff", staffed) == {"own_unit"}
        assert named(BACHUAN) in world.says("own_unit", case, "staff", staffed)

    @pytest.mark.parametrize("body", ["区委办公室", "东城街道办事处", "巴川电器有限公司", "川街道"])
    def test_another_unit_is_not_the_own_one(self, world: World, body: str) -> None:
        """Also where the name begins alike."""
        elsewhere = member("李四", body, invited_as="experts")
        case = world.inspection("filed", targets=(BACHUAN,))
        staffed = {"groups": [group(targets=[BACHUAN], members=[member(MEMBER), elsewhere])]}
        assert world.codes(case, "staff", staffed) == set()

    @pytest.mark.parametrize(
        "outsider",
        [
            member("张三", "区市场监管局"),
            member("张三", "市民", invited=True),
            member("张三", "某电动车有限公司", invited=True),
            member("南城街道联络员", "区政府办公室"),
            member("南城街道联络员", "行业专家", invited=True),
        ],
        ids=["no account", "a citizen", "a company", "a town's account", "a town that calls itself expert"],
    )
    def test_an_account_says_where_a_member_comes_from_not_the_member(
        self, world: World, outsider: dict[str, Any]
    ) -> None:
        """Article 13(3): people of the offices and departments, and whom the article lets be invited."""
        assert self.staffed(world, group(members=[member(MEMBER), outsider])) == {"not_for_groups"}
        assert self.staffed(world, group(members=[outsider])) == {"not_for_groups", "invited_outnumber"}

    @pytest.mark.parametrize(
        "guest",
        [
            member("张三", "区纪监委", invited=True),
            member("张三", "铜梁区纪委监委", invited=True),
            member("张三", "行业专家", invited=True),
            member("张三", "重庆大学", invited_as="experts"),
            member("张三", "区人大代表", invited_as="deputies_and_members"),
        ],
        ids=lambda one: one["body"],
    )
    def test_the_discipline_commission_deputies_and_experts_may_be_invited(
        self, world: World, guest: dict[str, Any]
    ) -> None:
        assert self.staffed(world, group(members=[member(MEMBER), guest])) == set()
        assert self.staffed(world, group(members=[guest])) == {"invited_outnumber"}

    def test_the_discipline_commission_is_invited_though_it_is_on_the_roster_as_a_department(
        self, world: World
    ) -> None:
        world.accounts[OTHER_MEMBER] = replace(world.accounts[OTHER_MEMBER], unit="TL-D-04")
        guest = member(OTHER_MEMBER, "区市场监管局", invited=True)
        assert self.staffed(world, group(members=[guest])) == {"invited_outnumber"}
        assert self.staffed(world, group(members=[{**guest, "invited": False}])) == {
            "invited_outnumber",
            "not_for_groups",
        }

    def test_each_group_is_carried_not_all_together(self, world: World) -> None:
        guest = member("王专家", "行业专家", invited=True)
        strong = group(targets=[BACHUAN], members=[member(MEMBER), member("督察组员一")])
        weak = group(name="第二组", leader=member(OTHER_LEADER), members=[guest], targets=[DONGCHENG])
        assert self.staffed(world, strong, weak) == {"invited_outnumber"}
        verdict = world.weigh(world.inspection("filed"), "staff", {"groups": [strong, weak]})
        assert [one.params["group"] for one in verdict.refusals] == ["第二组"]

    def test_an_exception_that_was_granted_lets_others_take_part(self, world: World) -> None:
        case = world.inspection("filed")
        world.part("departure", "L01", "granted", dossier={"request": {"rule": "core_members", "note": "专业性强"}})
        assert world.codes(case, "staff", {"groups": [group(members=[member("张三", "市民")])]}) == set()

    def test_a_leader_does_not_inspect_their_own_unit_either(self, world: World) -> None:
        case = world.inspection("filed", targets=("TL-D-01",))
        assert world.codes(case, "staff", {"groups": [group(targets=["TL-D-01"])]}) == {"own_unit"}


class TestOwnUnit:
    """SPEC rule 6: nobody checks, accepts, closes or reviews for the unit they come from."""

    def of_the_unit(self, world: World, name: str, unit: str = BACHUAN) -> None:
        world.accounts[name] = replace(world.accounts[name], unit=unit)

    @pytest.mark.parametrize(
        ("procedure", "state", "act", "data"),
        [
            ("rectification", "reported", "spot_check", {"result": "属实"}),
            ("rectification", "spot_checked", "accept", {"note": "同意"}),
            ("rectification", "spot_checked", "return", {"note": "退回", "due_on": "2026-04-01"}),
            ("rectification", "accepted", "close", {}),
            ("finding", "disputed", "uphold", {"note": "维持"}),
            ("finding", "claimed", "close_out", {"note": "属实"}),
            ("finding", "claimed", "return", {"note": "不实"}),
        ],
    )
    def test_a_coordinator_from_the_unit_neither_checks_nor_closes_its_matters(
        self, world: World, procedure: str, state: str, act: str, data: dict[str, Any]
    ) -> None:
        world.inspection("published")
        case = world.part(procedure, "P01", state, unit=BACHUAN, opened_by=LEADER)
        assert "own_unit_matter" not in world.codes(case, act, data)
        self.of_the_unit(world, COORDINATOR)
        assert "own_unit_matter" in world.codes(case, act, data)
        assert named(BACHUAN) in world.says("own_unit_matter", case, act, data)
        self.of_the_unit(world, COORDINATOR, NANCHENG)
        assert "own_unit_matter" not in world.codes(case, act, data)

    def test_a_leader_who_came_from_the_unit_since_neither_visits_nor_reports(self, world: World) -> None:
        world.inspection("under_way")
        group, visit = world.group("prepared"), world.visit()
        self.of_the_unit(world, LEADER)
        told = {"ways": ["11(2)1"], "record": "查阅台账"}
        assert "own_unit_matter" in world.codes(visit, "visit_on_site", told, by=LEADER)
        assert "own_unit_matter" in world.codes(group, "report", {"summary": "督察报告"}, by=LEADER)

    def test_its_liaison_officer_acts_for_it(self, world: World) -> None:
        world.inspection("published")
        finding = world.part("finding", "F01", "fed_back", unit=BACHUAN)
        assert world.codes(finding, "confirm", {}, by=officer(BACHUAN)) == set()

    def test_what_follows_from_an_act_on_the_whole_inspection_is_not_their_own(self, world: World) -> None:
        """The bulletin concerns every unit: whoever publishes it opens the rectifications that follow."""
        self.of_the_unit(world, COORDINATOR)
        world.inspection("published")
        order = {"bulletin_on": "2026-03-02", "findings": ["TL-2026-X01-F01"]}
        case = world.part("rectification", "R01", "new", unit=BACHUAN)
        assert "own_unit_matter" not in world.codes(case, "open", order, as_consequence=True)
