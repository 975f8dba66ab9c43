"""Where referrals go, and who decides on them (Tongliang art. 16, 17, 20; Decree 733 art. 23)."""

from dataclasses import replace
from typing import Any

import pytest

from states.engine.case import Case
from tests.states.world import AUTHORITY, BACHUAN, COORDINATOR, LEADER, OFFICE, SECOND_COORDINATOR, World, named

NOTE = {"note": "经研究"}


@pytest.fixture
def world() -> World:
    world = World()
    world.inspection("under_way")
    return world


def referral(**given: Any) -> dict[str, Any]:
    return {"ground": "lead", "destination": "administrative", "subject": "某企业", "facts": "无证经营", **given}


def draft(world: World, **given: Any) -> set[str]:
    return world.codes(world.part("referral", "T01", "new"), "draft", referral(**given), by=LEADER)


def drafted(world: World, state: str = "drafted", **given: Any) -> Case:
    dossier = {"referral": {"by": LEADER, "on": "2026-03-02", **referral(**given)}}
    return world.part("referral", "T01", state, opened_by=LEADER, dossier=dossier)


class TestDestination:
    @pytest.mark.parametrize(
        ("ground", "lawful"),
        [
            ("non_cooperation", {"discipline_inspection", "judiciary"}),
            ("member_misconduct", {"discipline_inspection", "administrative"}),
            ("retaliation", {"discipline_inspection", "judiciary", "administrative"}),
            ("lead", {"discipline_inspection", "administrative"}),
            ("duty_crime", {"discipline_inspection"}),
            ("other_crime", {"judiciary"}),
        ],
    )
    def test_it_follows_the_ground(self, world: World, ground: str, lawful: set[str]) -> None:
        for destination in ("discipline_inspection", "judiciary", "administrative"):
            codes = draft(world, ground=ground, destination=destination)
            assert codes == (set() if destination in lawful else {"destination_unfit"}), destination

    @pytest.mark.parametrize("facts", ["分管负责人收受贿赂", "涉嫌贪污专项资金", "玩忽职守，隐瞒事故", "涉嫌犯罪"])
    @pytest.mark.parametrize("ground", ["lead", "member_misconduct"])
    def test_a_lead_of_bribery_is_referred_as_such(self, world: World, facts: str, ground: str) -> None:
        assert draft(world, ground=ground, facts=facts) == {"ground_unfit"}
        assert draft(world, ground="duty_crime", destination="discipline_inspection", facts=facts) == set()

    def test_the_refusal_says_where_to(self, world: World) -> None:
        case = world.part("referral", "T01", "new")
        form = referral(ground="duty_crime", destination="administrative")
        assert "纪检监察机关（discipline_inspection）" in world.says(
            "destination_unfit", case, "draft", form, by=LEADER
        )


class TestWhoDecides:
    @pytest.mark.parametrize("ground", ["duty_crime", "other_crime"])
    def test_what_has_to_be_sent_is_not_dropped_and_needs_no_approval(self, world: World, ground: str) -> None:
        case = drafted(world, ground=ground)
        assert world.codes(case, "drop", NOTE, by=AUTHORITY) == {"lead_must_be_sent"}
        for who in (COORDINATOR, OFFICE):
            assert world.codes(case, "send", {}, by=who) == set()

    def test_anything_else_waits_for_the_decision(self, world: World) -> None:
        case = drafted(world)
        assert world.codes(case, "send", {}, by=OFFICE) == {"referral_not_approved"}
        assert world.codes(case, "drop", NOTE, by=AUTHORITY) == set()

    @pytest.mark.parametrize(
        ("state", "act"),
        [
            ("drafted", "approve"),
            ("drafted", "drop"),
            ("approved", "send"),
            ("sent", "receipt"),
            ("receipted", "conclude"),
        ],
    )
    def test_nobody_handles_one_that_may_concern_them(self, world: World, state: str, act: str) -> None:
        who = AUTHORITY if state == "drafted" else SECOND_COORDINATOR
        data = {"receipt": "收讫"} if act == "receipt" else {} if act == "send" else NOTE
        world.accounts[who] = replace(world.accounts[who], unit=BACHUAN)
        for given in ({"subject": who}, {"units": [BACHUAN]}, {"subject": f"{named(BACHUAN).partition('（')[0]}主任"}):
            assert "referral_concerns_them" in world.codes(drafted(world, state, **given), act, data, by=who)
        assert "referral_concerns_them" not in world.codes(drafted(world, state), act, data, by=who)
