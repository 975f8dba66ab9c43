"""Tracings: a chain of acts on record, a decision, and nobody who is concerned."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from states.engine.case import Case
from tests.states.matters_world import OFFICER, XINJIANG, MattersWorld
from tests.states.world import AUTHORITY, BACHUAN, COORDINATOR

LINK = {"case": "TL-2026-S01", "act": "report", "person": OFFICER, "why": "知悉后未报告"}
TRACE = {
    "subject": "某维保公司", "facts": "瞒报", "marks": ["concealed"], "destination": "区纪委监委", "chain": [LINK],
}  # fmt: skip


@pytest.fixture
def world() -> MattersWorld:
    return MattersWorld(regulation=XINJIANG)


@pytest.fixture
def incident(world: MattersWorld) -> Case:
    marks = {"marks": [{"by": COORDINATOR, "on": "2026-03-02", "mark": "concealed", "grounds": "举报"}]}
    return world.root("incident", "S01", "received", actors_by_act={"report": (OFFICER,)}, dossier=marks)


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({}, set()),
        ({"chain": []}, {"chain_missing"}),
        ({"destination": None}, {"tracing_destination_missing"}),
        ({"chain": [{**LINK, "case": "TL-2026-S09"}]}, {"chain_case_unknown"}),
        ({"chain": [{**LINK, "act": "close"}]}, {"chain_act_not_done"}),
        ({"chain": [{**LINK, "person": "王五"}]}, {"chain_person_did_not"}),
        ({"marks": ["late"]}, {"mark_not_made"}),
        ({"units": ["650100"]}, {"unit_unknown"}),
    ],
)
def test_a_tracing_rests_on_acts_on_record(
    world: MattersWorld, incident: Case, said: dict[str, Any], refused: set[str]
) -> None:
    assert world.codes(world.under(incident, "tracing", "U01"), "draft", {**TRACE, **said}) == refused


def test_a_case_of_another_jurisdiction_is_no_link(world: MattersWorld, incident: Case) -> None:
    world.root("incident", "S07", "received", jurisdiction="XJ", actors_by_act={"report": (OFFICER,)})
    far = {**TRACE, "chain": [{**LINK, "case": "TL-2026-S07"}]}
    assert world.codes(world.under(incident, "tracing", "U01"), "draft", far) == {"chain_case_unknown"}


def test_one_that_follows_from_a_talk_is_completed_before_it_is_decided(world: MattersWorld, incident: Case) -> None:
    bare = {"subject": "某人", "facts": "承诺未履行"}
    blank = world.under(incident, "tracing", "U01")
    assert world.codes(blank, "draft", bare, as_consequence=True) == set()
    dossier = {"tracing": {"by": COORDINATOR, "on": "2026-03-02", **bare}}
    case = world.under(incident, "tracing", "U01", "drafted", dossier=dossier)
    assert world.codes(case, "approve", {"note": "同意"}, by=AUTHORITY) == {
        "tracing_destination_missing",
        "chain_missing",
    }
    added = {"destination": "区纪委监委", "chain": [LINK], "note": "补充"}
    assert world.codes(case, "complete", {**added, "chain": [{**LINK, "act": "close"}]}) == {"chain_act_not_done"}
    completed = world.do(case, "complete", added)
    assert world.codes(completed, "approve", {"note": "同意"}, by=AUTHORITY) == set()


def drafted(world: MattersWorld, incident: Case, **changes: Any) -> Case:
    case = world.under(incident, "tracing", "U01", "drafted", dossier={"tracing": {**TRACE, **changes}})
    return replace(case, unit=None)


def test_whoever_drafted_does_not_decide(world: MattersWorld, incident: Case) -> None:
    world.accounts[AUTHORITY] = replace(world.accounts[AUTHORITY], name=COORDINATOR)
    for act in ("approve", "decline"):
        assert world.codes(drafted(world, incident), act, {"note": "同意"}, by=AUTHORITY) == {"own_request"}


@pytest.mark.parametrize(
    "concerning",
    [
        {"subject": f"{AUTHORITY}某人"},
        {"units": [BACHUAN]},
        {"chain": [{**LINK, "person": AUTHORITY}]},
        {"subject": "巴川街道主任"},
    ],
)
def test_nobody_decides_on_what_may_concern_them(
    world: MattersWorld, incident: Case, concerning: dict[str, Any]
) -> None:
    world.accounts[AUTHORITY] = replace(world.accounts[AUTHORITY], unit=BACHUAN)
    case = drafted(world, incident, **concerning)
    for act in ("approve", "decline"):
        assert world.codes(case, act, {"note": "同意"}, by=AUTHORITY) == {"tracing_concerns_them"}


@pytest.mark.parametrize(("state", "act"), [("approved", "send"), ("sent", "receipt"), ("receipted", "conclude")])
def test_nobody_passes_on_what_may_concern_them(world: MattersWorld, incident: Case, state: str, act: str) -> None:
    case = replace(drafted(world, incident, subject=f"{COORDINATOR}等"), state=state)
    assert world.codes(case, act) == {"tracing_concerns_them"}
    assert world.codes(replace(drafted(world, incident), state=state), act) == set()
