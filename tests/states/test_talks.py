"""Talks: proposed and decided by two people, with commitments that are kept or traced."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import regulations
from states.engine.case import Case, Role
from states.packs import pack_of
from tests.states.matters_world import EVIDENCE, OFFICER, XINJIANG, MattersWorld
from tests.states.world import AUTHORITY, BACHUAN, COORDINATOR, DAY, DONGCHENG, PULU, SECOND_COORDINATOR

PROPOSAL = {"unit": BACHUAN, "people": ["巴川街道主任"], "grounds": "整改推进缓慢"}
NOTICE = {"talk_on": "2026-03-09", "place": "第一会议室", "host": "分管领导"}
HELD = {"attended": ["巴川街道主任"], "minutes": "记录", "commitments": [{"text": "完成整改", "due_on": "2026-04-01"}]}


@pytest.fixture
def world() -> MattersWorld:
    return MattersWorld(regulation=XINJIANG)


@pytest.fixture
def incident(world: MattersWorld) -> Case:
    return world.root("incident", "S01", "received")


def proposed(world: MattersWorld, root: Case) -> Case:
    return world.do(world.under(root, "talk", "Y01"), "propose", PROPOSAL)


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({}, set()),
        ({"unit": "500151999"}, {"unit_unknown"}),
        ({"rests_on": "TL-2026-S02"}, {"not_of_this_root"}),
        ({"rests_on": "TL-2026-S01"}, set()),
    ],
)
def test_a_talk_names_what_is_there(
    world: MattersWorld, incident: Case, said: dict[str, Any], refused: set[str]
) -> None:
    assert world.codes(world.under(incident, "talk", "Y01"), "propose", {**PROPOSAL, **said}) == refused


def test_under_a_root_with_targets_it_is_with_one_of_them(world: MattersWorld, incident: Case) -> None:
    root = world.put(replace(incident, unit=None, targets=(BACHUAN, DONGCHENG)))
    talk = world.under(root, "talk", "Y01", unit=None)
    without = {key: value for key, value in PROPOSAL.items() if key != "unit"}
    assert world.codes(talk, "propose", without) == {"talk_unit_missing"}
    assert world.codes(talk, "propose", {**PROPOSAL, "unit": PULU}) == {"unit_not_a_target"}
    assert world.do(talk, "propose", PROPOSAL).unit == BACHUAN


def test_nobody_proposes_a_talk_with_their_own_unit(world: MattersWorld, incident: Case) -> None:
    world.accounts[COORDINATOR] = replace(world.accounts[COORDINATOR], unit=DONGCHENG)
    talk = world.under(incident, "talk", "Y01")
    assert world.codes(talk, "propose", {**PROPOSAL, "unit": DONGCHENG}) == {"own_unit_matter"}


def test_whoever_proposes_does_not_decide(world: MattersWorld, incident: Case) -> None:
    talk = proposed(world, incident)
    assert world.codes(talk, "decide", {"note": "同意"}, by=AUTHORITY) == set()
    world.accounts[AUTHORITY] = replace(world.accounts[AUTHORITY], name=COORDINATOR)
    for act in ("decide", "decline"):
        assert world.codes(talk, act, {"note": "同意"}, by=AUTHORITY) == {"own_request"}


@pytest.mark.parametrize(("text", "role"), [("xinjiang", Role.AUTHORITY), ("yangjiang", Role.RESPONSIBLE_LEADER)])
def test_the_text_says_who_decides(text: str, role: Role) -> None:
    talk = pack_of(regulations.load(text).key).procedures["talk"]
    assert {act: talk.rows(act)[0].by for act in ("decide", "decline")} == {"decide": (role,), "decline": (role,)}
    assert talk.rows("propose")[0].by == (Role.COORDINATOR,)


def test_the_unit_is_told_before_the_day_and_the_talk_is_recorded_after_it(world: MattersWorld, incident: Case) -> None:
    decided = world.do(proposed(world, incident), "decide", {"note": "同意"}, by=AUTHORITY)
    assert world.codes(decided, "notify_unit", {**NOTICE, "talk_on": "2026-03-01"}) == {"talk_day_past"}
    notified = world.do(decided, "notify_unit", NOTICE)
    assert world.codes(notified, "hold_talk", HELD, on=DAY) == {"talk_day_ahead"}
    late = {**HELD, "commitments": [{"text": "完成整改", "due_on": "2026-03-09"}]}
    on = DAY.replace(day=9)
    assert world.codes(notified, "hold_talk", late, on=on) == {"due_not_ahead"}
    assert world.codes(notified, "hold_talk", HELD, on=on) == set()


def talked(world: MattersWorld, root: Case, *commitments: str) -> Case:
    talk = world.under(root, "talk", "Y01", "talked")
    for number, state in enumerate(commitments, start=1):
        world.under(root, "commitment", f"B{number:02d}", state, parent=talk.id)
    return talk


@pytest.mark.parametrize(
    ("outcome", "evidence", "commitments", "refused"),
    [
        ("settled", EVIDENCE, ("kept", "kept"), set()),
        ("settled", [], ("kept",), {"follow_up_without_evidence"}),
        ("settled", EVIDENCE, ("kept", "promised"), {"commitments_open"}),
        ("wanting", [], ("kept", "promised"), set()),
        ("wanting", [], ("reported",), {"commitments_unseen"}),
        ("wanting", [], ("kept",), {"every_commitment_kept"}),
    ],
)
def test_the_outcome_follows_the_commitments(
    world: MattersWorld, incident: Case, outcome: str, evidence: Any, commitments: tuple[str, ...], refused: set[str]
) -> None:
    talk = talked(world, incident, *commitments)
    said = {"outcome": outcome, "note": "跟踪情况", "evidence": evidence}
    assert world.codes(talk, "follow_up_talk", said) == refused
    if not refused:
        assert world.do(talk, "follow_up_talk", said).state == outcome


def test_whoever_hands_a_commitment_in_does_not_accept_it(world: MattersWorld, incident: Case) -> None:
    done = {"report": (OFFICER, SECOND_COORDINATOR)}
    promise = {"promise": {"text": "完成整改", "due_on": "2026-04-01"}}
    case = world.under(incident, "commitment", "B01", "reported", actors_by_act=done, dossier=promise)
    assert world.codes(case, "accept", {"note": "属实"}) == set()
    back = {"note": "不实", "due_on": "2026-04-15"}
    for act, said in (("accept", {"note": "属实"}), ("return", back)):
        assert world.codes(case, act, said, by=SECOND_COORDINATOR) == {"own_handed_in"}
    assert world.codes(case, "return", {**back, "due_on": "2026-03-02"}) == {"due_not_ahead"}
    assert world.do(case, "return", back).dossier["promise"]["due_on"] == "2026-04-15"
