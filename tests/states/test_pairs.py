"""Each procedure accepts exactly the acts, in exactly the states, from exactly the roles that its list holds."""

import pytest

from states.engine.case import Role
from tests.states.pairs import GOLDEN, PROCEDURES, accepted
from tests.states.world import SERVICE, World

NEVER_BY_AUTOMATION = {
    "approve", "return", "reject", "file", "consent", "send_back", "close", "suspend", "resume", "cancel",
    "adopt_amendment", "grant", "refuse", "begin", "lift", "uphold", "withdraw", "close_out", "spot_check", "accept",
    "grant_extension", "refuse_extension", "instruct", "drop", "send", "decide", "correct", "hand_over", "reopen",
    "decline", "follow_up_talk", "conclude", "mark_report", "list_hazard", "verify_removal", "delist", "extend",
    "escalate",
    "publish_scheme", "adjust_scheme", "report_up", "announce", "file_record", "return_targets", "go_on_without",
    "grade_county", "veto_county", "lift_veto", "record_falsehood", "accept_report", "find_wanting",
    "settle_after_talk", "order_outcome", "lift_outcome",
    "set_interval", "waive", "reassign", "confirm", "record_unfinished", "check_unit", "veto", "settle",
}  # fmt: skip


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_it_accepts_what_its_list_holds_and_nothing_else(procedure: str) -> None:
    listed = (GOLDEN / f"{procedure}.txt").read_text(encoding="utf-8").splitlines()
    assert accepted(procedure) == listed


def test_every_list_belongs_to_a_procedure() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(PROCEDURES)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_auditor_and_administrator_change_nothing(role: Role) -> None:
    listed = "".join(path.read_text(encoding="utf-8") for path in GOLDEN.iterdir())
    assert f"by {role}" not in listed


def test_the_service_account_never_decides_files_or_closes() -> None:
    in_person = {step.act for procedure in PROCEDURES.values() for step in procedure.steps if step.in_person}
    assert in_person == NEVER_BY_AUTOMATION


def test_an_act_that_needs_a_person_is_refused_to_the_service_account() -> None:
    world = World()
    assert world.codes(world.inspection("published"), "close", {}, by=SERVICE) >= {"only_in_person"}
    assert world.codes(world.inspection("reported"), "consolidate", {"summary": "报告"}, by=SERVICE) == set()


def test_an_act_that_only_follows_from_another_is_refused_when_asked_for() -> None:
    world = World()
    world.inspection("under_way")
    finding = world.part("finding", "F01", "fed_back", unit="500151001")
    assert world.codes(finding, "enter_bulletin", {}) == {"only_brought_about"}
    assert world.codes(finding, "enter_bulletin", {}, as_consequence=True) == set()


def test_asking_leaves_no_trace_on_the_case() -> None:
    world = World()
    case = world.inspection("reported")
    verdict = world.weigh(case, "consolidate")
    assert verdict.allowed and world.cases[case.id] == case
