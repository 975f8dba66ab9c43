"""What holds in principle yields to an exception of the approving body alone (art. 12, 13(3), rule 5)."""

from typing import Any

import pytest

from states.engine.case import Case
from states.engine.forms.reading import FormRefused, read_form
from states.inspection.forms.planning import AskDeparture
from states.inspection.kinds import Kind
from tests.states.world import (
    AUTHORITY,
    COORDINATOR,
    GROUP,
    PLAN,
    RESPONSIBLE_LEADER,
    SECOND_COORDINATOR,
    SERVED,
    World,
)

WRITTEN = {**PLAN, "methods": ["written"], "ways": [], "contents": ["10(1)"]}
INVITED = {"name": "行业专家", "body": "某协会", "invited": True}
OUTNUMBERED = {"groups": [{**GROUP, "members": [INVITED]}]}


@pytest.fixture
def world() -> World:
    return World()


def asked(world: World, rule: str, state: str = "asked", number: str = "L01", **changes: Any) -> Case:
    """An exception from one of the two rules, in this state."""
    return world.part("departure", number, state, dossier={"request": {"rule": rule, "note": "突发"}}, **changes)


def blank(world: World) -> Case:
    return world.part("departure", "L09", "new")


class TestALookBackOnSite:
    @pytest.fixture
    def case(self, world: World) -> Case:
        return world.inspection("approved", Kind.LOOK_BACK, dossier={"scope": {"contents": ["10(1)"]}})

    def test_is_on_site_without_an_exception(self, world: World, case: Case) -> None:
        assert "“原则上”规定的例外" in world.says("method_required", case, "plan", WRITTEN)

    @pytest.mark.parametrize("state", ["asked_of_leader", "refused", "withdrawn", "lapsed"])
    def test_an_exception_that_was_not_granted_changes_nothing(self, world: World, case: Case, state: str) -> None:
        asked(world, "on_site", state)
        assert world.codes(case, "plan", WRITTEN) == {"method_required"}

    def test_may_be_in_writing_by_one_that_was(self, world: World, case: Case) -> None:
        asked(world, "core_members", "granted")
        assert world.codes(case, "plan", WRITTEN) == {"method_required"}
        asked(world, "on_site", "granted", "L02")
        assert world.codes(case, "plan", WRITTEN) == set()

    def test_the_responsible_leader_decides_who_signs_it(self, world: World, case: Case) -> None:
        form = {"rule": "on_site", "note": "疫情防控期间不宜进驻"}
        departure = world.do(blank(world), "ask", form)
        assert departure.state == "asked_of_leader"
        assert world.codes(departure, "grant", {"note": "同意"}, by=AUTHORITY) == {"role_missing"}
        assert world.do(departure, "grant", {"note": "同意"}, by=RESPONSIBLE_LEADER).state == "granted"

    def test_no_reason_no_exception(self, world: World, case: Case) -> None:
        with pytest.raises(FormRefused):
            read_form(AskDeparture, {"rule": "on_site"})


class TestGroupsOfTheBodiesNamed:
    def test_are_the_greater_part_without_an_exception(self, world: World) -> None:
        case = world.inspection("filed")
        assert "“原则上”规定的例外" in world.says("invited_outnumber", case, "staff", OUTNUMBERED)

    def test_may_be_outnumbered_by_one_the_authority_granted(self, world: World) -> None:
        case = world.inspection("filed")
        departure = world.do(blank(world), "ask", {"rule": "core_members", "note": "专业性强，须以专家为主"})
        assert departure.state == "asked"
        assert "invited_outnumber" in world.codes(case, "staff", OUTNUMBERED)
        assert world.codes(departure, "grant", {"note": "同意"}, by=RESPONSIBLE_LEADER) == {"role_missing"}
        world.do(departure, "grant", {"note": "同意"}, by=AUTHORITY)
        assert "invited_outnumber" not in world.codes(case, "staff", OUTNUMBERED)

    def test_nobody_decides_their_own(self, world: World) -> None:
        world.inspection("filed")
        departure = asked(world, "core_members", opened_by=AUTHORITY)
        assert world.codes(departure, "grant", {"note": "同意"}, by=AUTHORITY) == {"own_request"}


class TestAsking:
    def test_is_needless_where_the_rule_does_not_bind(self, world: World) -> None:
        world.inspection("approved")
        refused = world.weigh(blank(world), "ask", {"rule": "on_site", "note": "情况特殊"}).refusals
        assert [one.code for one in refused] == ["exception_needless"] and refused[0].fact and refused[0].cure

    @pytest.mark.parametrize("state", ["asked", "granted"])
    def test_is_once_for_each_rule(self, world: World, state: str) -> None:
        world.inspection("filed")
        asked(world, "core_members", state)
        form = {"rule": "core_members", "note": "再次"}
        assert "L01" in world.says("exception_asked", blank(world), "ask", form)
        asked(world, "core_members", "refused")
        assert world.codes(blank(world), "ask", form) == set()

    @pytest.mark.parametrize("state", ["drafted", "submitted", "fed_back", "published", "closed"])
    def test_has_its_time(self, world: World, state: str) -> None:
        world.inspection(state)
        form = {"rule": "core_members", "note": "情况特殊"}
        assert world.codes(blank(world), "ask", form) == {"inspection_elsewhere"}

    def test_is_decided_or_withdrawn_before_the_visits_begin(self, world: World) -> None:
        case = world.inspection("prepared")
        departure = asked(world, "core_members", opened_by=COORDINATOR)
        assert departure.id in world.says("departure_undecided", case, "start", SERVED)
        world.do(departure, "withdraw", {"note": "不再需要"}, by=SECOND_COORDINATOR)
        assert world.codes(case, "start", SERVED) == set()
