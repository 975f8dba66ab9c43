"""Every article of a refusal, an act and a procedure comes from the regulation's data, by its rule key."""

import ast
from collections.abc import Iterator
from dataclasses import replace

import pytest

from states.inspection.kinds import Kind
from states.packs import INSTRUMENTS, newest_packs
from tests.house.repository import files
from tests.states.test_catalogue import CODES
from tests.states.world import (
    APPRAISAL,
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    GROUP,
    RESPONSIBLE_LEADER,
    SECOND_COORDINATOR,
    TONGLIANG,
    World,
)

PACK = next(pack for pack in newest_packs() if pack.regulation is TONGLIANG)


@pytest.fixture
def world() -> World:
    return World()


def known_keys() -> Iterator[str]:
    """Every rule key that the tables, the guards and the refusals have."""
    for procedure in PACK.procedures.values():
        yield f"procedure.{procedure.name}"
        for step in procedure.steps:
            yield procedure.rule_of(step)
            yield from (f"guard.{guard.__name__}" for guard in step.guards)
    yield from (f"refusal.{code}" for code in CODES)
    yield from (f"referral.{ground.code}" for ground in TONGLIANG.referral_grounds)
    yield from (f"passing_on.{body.code}" for body in TONGLIANG.result_receivers)
    yield from (f"in_principle.{rule}" for rule in ("on_site", "core_members", "frequency"))


def test_every_key_of_the_regulation_is_one_that_the_tables_ask_for() -> None:
    assert TONGLIANG.articles.keys() <= set(known_keys())


def test_every_article_is_one_of_the_regulation() -> None:
    assert [ref for ref in TONGLIANG.articles.values() if not TONGLIANG.cite(ref)] == []
    assert len(TONGLIANG.articles) > 50


def test_what_has_no_entry_is_a_house_rule() -> None:
    assert PACK.article("guard.nobody_inspects_their_own_unit") == PACK.article("conduct.suspend") == "house"
    assert PACK.article("guard.nothing_such", "guard.leaders_are_known") == "13(3)"


def test_tables_guards_and_refusals_name_no_article() -> None:
    """An article stands in the data of a version; a literal in the rules would be cited for every version."""
    refs = set(TONGLIANG.articles.values()) | {clause.ref for clause in TONGLIANG.clauses}
    found = [
        f"{path.name}:{node.lineno} {node.value}"
        for path in files("states/*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in refs - {"house"}
    ]
    assert found == []


@pytest.mark.parametrize(("receiver", "article"), [("appraisal_office", "21"), ("organisation_department", "22")])
def test_results_go_to_each_body_under_its_own_article(world: World, receiver: str, article: str) -> None:
    world.inspection("published")
    passing = world.part("passing_on", "P01", "new")
    data = {"receiver": receiver, "summary": "结果"}
    assert world.weigh(passing, "pass", data).article == article
    passed = world.do(passing, "pass", data)
    assert world.weigh(passed, "receipt", by=APPRAISAL).article == article


@pytest.mark.parametrize(
    ("ground", "article"),
    [
        ("non_cooperation", "16"),
        ("member_misconduct", "17"),
        ("retaliation", "20"),
        ("lead", "20"),
        ("duty_crime", "decree-733:23"),
    ],
)
def test_a_referral_rests_on_the_article_of_its_ground(world: World, ground: str, article: str) -> None:
    world.inspection("under_way")
    data = {"ground": ground, "destination": "discipline_inspection", "subject": "某单位", "facts": "事实"}
    drafted = world.do(world.part("referral", "T01", "new"), "draft", data)
    assert world.weigh(drafted, "approve", by=AUTHORITY).article == article


@pytest.mark.parametrize(
    ("rule", "kind", "decider", "article"),
    [
        ("core_members", Kind.SPECIAL, AUTHORITY, "13(3)"),
        ("on_site", Kind.LOOK_BACK, RESPONSIBLE_LEADER, "12"),
    ],
)
def test_an_exception_rests_on_the_article_of_what_holds_in_principle(
    world: World, rule: str, kind: Kind, decider: str, article: str
) -> None:
    world.inspection("planned", kind)
    asked = world.do(world.part("departure", "L01", "new"), "ask", {"rule": rule, "note": "人手不足"})
    assert world.weigh(asked, "grant", by=decider).article == article


def test_rules_that_the_text_does_not_have_are_cited_as_house_rules(world: World) -> None:
    world.inspection("published")
    claimed = world.part("finding", "F01", "claimed", unit=BACHUAN, actors_by_act={"claim": (COORDINATOR,)})
    assert [one.article for one in world.weigh(claimed, "return").refusals if one.code == "own_claim"] == ["house"]
    world.part("passing_on", "P01", "passed", dossier={"passing": {"receiver": "appraisal_office", "summary": "结果"}})
    again = world.part("passing_on", "P02", "new")
    found = world.weigh(again, "pass", {"receiver": "appraisal_office", "summary": "结果"}, by=SECOND_COORDINATOR)
    assert [(one.code, one.article) for one in found.refusals] == [("already_passed_on", "house")]
    started = world.weigh(world.inspection("prepared"), "start", {"served": [{"code": BACHUAN, "received_by": "王五"}]})
    assert {one.code: one.article for one in started.refusals}["notice_unserved"] == "house"


def test_every_instrument_that_a_regulation_lists_exists() -> None:
    assert {name for pack in newest_packs() for name in pack.regulation.instruments} <= set(INSTRUMENTS)


def test_without_articles_every_rule_is_a_house_rule(world: World) -> None:
    """The tables are the same for another regulation; what it does not say is not cited as if it did."""
    world.regulation = replace(TONGLIANG, articles={})
    found = world.weigh(world.inspection("filed"), "staff", {"groups": [GROUP]}, by=AUTHORITY)
    assert found.article == "house"
    assert {one.article for one in found.refusals} == {"house"}
