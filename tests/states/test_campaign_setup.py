"""A campaign has a lawful cycle, is approved by somebody else, filed, and launched with people in every body."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import regulations
from regulations import Unit
from states.campaign.cycle import cycle
from states.campaign.procedures import procedures
from states.campaign.procedures.campaign import campaign_without
from states.engine.case import NEW, Role
from states.engine.successions import Successions, UnitChange
from states.engine.table import BadTable
from states.packs import pack_of
from tests.states.campaign_world import (
    APPLICATION,
    AUTHORITY,
    CAMPAIGN,
    COORDINATOR,
    LAUNCH,
    OFFICERS,
    PLANNING,
    SECOND_COORDINATOR,
    SHIZONG,
    TOWN,
    UNITS,
    CampaignWorld,
)

NOTE = {"note": "同意"}


@pytest.fixture
def world() -> CampaignWorld:
    return CampaignWorld()


def opening(world: CampaignWorld, **changed: Any) -> set[str]:
    blank = world.campaign(NEW, version=0, actors_by_act={}, dossier={})
    return world.codes(blank, "open", {**APPLICATION, **changed})


def test_the_cycle_is_that_of_the_text_where_none_is_given(world: CampaignWorld) -> None:
    assert opening(world) == set()
    found = cycle(world.campaign(), SHIZONG)
    assert (found.begins, found.ends) == (date(2018, 1, 1), date(2019, 12, 31))


def test_three_windows_are_open_in_september_2019(world: CampaignWorld) -> None:
    """Windows overlap and are no states."""
    found = cycle(world.campaign(), SHIZONG)
    assert [one.title for one in found.windows if one.is_open(date(2019, 9, 15))] == [
        "组织创建阶段",
        "自检自查阶段",
        "巩固提升阶段",
    ]
    assert not {one.title for one in found.windows} & set(pack_of(SHIZONG.key).procedures["campaign"].states)


def test_a_cycle_ends_after_it_begins(world: CampaignWorld) -> None:
    assert opening(world, begins="2019-12-31", ends="2019-12-31") == {"cycle_ends_before"}
    assert opening(world, begins="2020-01-01", ends="2019-12-31") == {"cycle_ends_before"}


def test_windows_lie_within_the_cycle(world: CampaignWorld) -> None:
    late = [{"title": "验收", "begins": "2019-12-01", "ends": "2020-01-31"}]
    assert opening(world, begins="2018-01-01", ends="2019-12-31", windows=late) == {"window_outside_the_cycle"}
    upside_down = [{"title": "验收", "begins": "2019-12-01", "ends": "2019-11-30"}]
    assert opening(world, begins="2018-01-01", ends="2019-12-31", windows=upside_down) == {"window_outside_the_cycle"}


def test_a_text_without_phases_needs_the_days_of_the_cycle() -> None:
    xinjiang = CampaignWorld(regulation=regulations.load("xinjiang"))
    assert opening(xinjiang) == {"cycle_missing"}
    assert opening(xinjiang, begins="2018-04-01", ends="2020-12-31") == set()


def test_a_campaign_is_about_units_of_the_roster(world: CampaignWorld) -> None:
    assert opening(world, targets=[]) == {"campaign_without_units"}
    assert opening(world, targets=["500151001"]) == {"unit_unknown"}


def test_a_campaign_is_not_about_units_that_ended(world: CampaignWorld) -> None:
    later = Unit("530323999", "新镇", "乡（镇）", "")
    world.became = Successions((UnitChange("recoded", date(2018, 1, 1), (UNITS[TOWN],), (later,), later.code),))
    assert opening(world, targets=[TOWN]) == {"unit_ended"}
    assert world.codes(world.campaign("drafted"), "edit", {"targets": [TOWN]}) == {"unit_ended"}


def test_the_draft_is_edited_by_its_maker_within_the_same_rules(world: CampaignWorld) -> None:
    draft = world.campaign("drafted")
    assert world.codes(draft, "edit", {"title": "质量创建"}, by=SECOND_COORDINATOR) == {"not_the_drafter"}
    assert world.codes(draft, "edit", {"begins": "2020-01-01"}) == {"cycle_ends_before"}
    assert world.codes(draft, "edit", {"targets": ["500151001"]}) == {"unit_unknown"}
    edited = world.do(draft, "edit", {"title": "质量创建", "targets": [TOWN]})
    assert (edited.title, edited.targets, edited.dossier["application"]["targets"]) == ("质量创建", (TOWN,), [TOWN])


def test_nobody_approves_what_they_drafted(world: CampaignWorld) -> None:
    draft = world.campaign("drafted")
    assert world.codes(draft, "approve", NOTE, by=AUTHORITY) == set()
    own = world.campaign("drafted", opened_by=AUTHORITY)
    assert world.codes(own, "approve", NOTE, by=AUTHORITY) == {"own_campaign"}
    edited = world.campaign("drafted", actors_by_act={"edit": (AUTHORITY,)})
    assert world.codes(edited, "approve", NOTE, by=AUTHORITY) == {"own_campaign"}


@pytest.mark.parametrize(
    ("received", "codes"),
    [("2018-11-05", {"filing_day_unlawful"}), ("2018-11-06", set()), ("2018-11-07", {"filing_day_unlawful"})],
)
def test_the_filing_lies_between_the_approval_and_today(world: CampaignWorld, received: str, codes: set[str]) -> None:
    approved = world.campaign("approved", dossier={"approval": {"by": AUTHORITY, "on": "2018-11-06"}})
    form = {"number": "1号", "received_by": "市质量强市办", "received_on": received}
    assert world.codes(approved, "file", form) == codes


def test_the_launch_comes_after_the_meeting(world: CampaignWorld) -> None:
    filed = world.campaign("filed")
    assert world.codes(filed, "launch", LAUNCH) == set()
    assert world.codes(filed, "launch", {**LAUNCH, "mobilised_on": "2018-11-07"}) == {"mobilised_ahead"}


def test_every_unit_has_a_person(world: CampaignWorld) -> None:
    filed = world.campaign("filed")
    del world.accounts[OFFICERS[TOWN]]
    assert world.codes(filed, "launch", LAUNCH) == {"person_missing"}
    named = {"people": [{"code": TOWN, "name": "王镇长"}]}
    assert world.codes(filed, "launch", {**LAUNCH, **named}) == set()
    other = {"people": [{"code": TOWN, "name": "王镇长"}, {"code": "530323001", "name": "李主任"}]}
    assert world.codes(filed, "launch", {**LAUNCH, **other}) == {"unit_not_of_the_campaign"}


def test_only_shizong_files_above_and_assesses_its_units() -> None:
    """What a text does not have is no step there."""
    assert {"file", "assess"} <= set(pack_of(SHIZONG.key).procedures["campaign"].acts)
    for id in ("xinjiang", "chengdu"):
        found = pack_of(regulations.load(id).key).procedures["campaign"]
        assert not {"file", "assess"} & set(found.acts) and not {"filed", "assessed"} & set(found.states)
        [launch] = found.rows("launch")
        assert launch.from_ == ("approved",) and "begin_evaluations" not in launch.consequences
        assert found.rows("close")[0].from_ == ("under_way",)


def test_no_other_step_can_be_left_out() -> None:
    with pytest.raises(BadTable, match=r"campaign\.approve"):
        campaign_without(frozenset({"campaign.approve"}))


def test_a_campaign_needs_its_approval_and_filing(world: CampaignWorld) -> None:
    for state in ("drafted", "approved"):
        assert "out_of_order" in world.codes(world.campaign(state), "launch", LAUNCH)
    assert world.codes(world.campaign("drafted"), "approve", NOTE, by=COORDINATOR) >= {"role_missing"}
    assert {one.root for one in procedures(frozenset()).values()} == {True, False}
    assert world.case(CAMPAIGN) is not None and Role.AUTHORITY in world.accounts[AUTHORITY].roles
    assert PLANNING in world.cases[CAMPAIGN].targets
