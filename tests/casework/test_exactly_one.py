"""Of many who ask at the same moment, on real processes, exactly one gets it; nobody is stuck."""

from __future__ import annotations

import random
import time
from collections import Counter
from multiprocessing.connection import Connection

from sqlalchemy import text

from casework.administration.jurisdiction_setup import set_up
from casework.clock import SystemClock
from states.engine.frequency import Key
from storage.cases import frequency
from storage.engine import Database
from tests.casework.office import (
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    LEADERS,
    NANCHENG,
    SECOND_COORDINATOR,
    TUQIAO,
    Office,
)
from tests.casework.processes import Job, Outcome, Wanted, run, together
from tests.storage.wishes import doubly_used

CROWD = 8
UNITS = (BACHUAN, DONGCHENG, NANCHENG, TUQIAO, "500151103", "500151104")
SUBMITTED = {"contents": ["9(3)"]}


def drafts(office: Office, number: int, seed: int) -> list[str]:
    """Special inspections of three of six units each, named in any order, some about the same problem."""
    chance = random.Random(seed)
    with office.at_once():
        return [
            office.opens(
                kind="special",
                year=2026,
                title=f"专项{n}",
                reason="反映",
                targets=chance.sample(UNITS, 3),
                problem=f"问题{chance.randrange(8)}",
                domain=f"领域{chance.randrange(8)}",
            )
            for n in range(number)
        ]


def nobody_is_stuck(outcomes: list[list[Outcome]]) -> None:
    assert [one.error for each in outcomes for one in each if one.error] == []


def keys_doubly_used(database: Database) -> list[Key]:
    with database.reading() as session:
        return doubly_used(session)


def test_of_many_requests_for_the_same_keys_none_overlap_and_nobody_is_stuck(office: Office) -> None:
    cases = drafts(office, CROWD * 6, seed=7)
    outcomes = together(
        office,
        [
            [
                wanted
                for case in cases[number::CROWD]
                for wanted in (
                    Wanted(COORDINATOR, "submit", case, {**SUBMITTED, "not_duplicate": "、".join(cases)}),
                    Wanted(AUTHORITY, "approve" if number % 2 else "return", case, {"note": "决定"}),
                )
            ]
            for number in range(CROWD)
        ],
    )
    nobody_is_stuck(outcomes)
    assert keys_doubly_used(office.database) == []
    submitted = [one for each in outcomes for one in each[::2]]
    assert any(one.answer is not None for one in submitted)
    refused = {code for one in submitted for code in one.refused}
    assert refused and all(code.startswith("frequency_") for code in refused)
    assert office.breaks() == []


def test_two_coordinators_submitting_the_comprehensive_inspection_of_the_year_are_one_too_many(office: Office) -> None:
    with office.at_once():
        cases = [office.opens(kind="comprehensive", year=2026, title="综合", targets=[BACHUAN]) for _ in range(CROWD)]
    submit = {"contents": ["8(1)"], "not_duplicate": "、".join(cases)}
    outcomes = together(office, [[Wanted(COORDINATOR, "submit", case, submit)] for case in cases])
    nobody_is_stuck(outcomes)
    assert Counter(one.refused for [one] in outcomes) == {(): 1, ("frequency_year_held",): CROWD - 1}


def test_of_many_decisions_on_one_request_exactly_one_is_made(office: Office) -> None:
    cases = [office.special([unit], to="submitted", problem=f"问题{unit}") for unit in UNITS]
    decisions = ("approve", "return", "reject", "approve")
    lists = [[Wanted(AUTHORITY, act, case, {"note": "决定"}) for case in cases] for act in decisions]
    outcomes = together(office, lists)
    nobody_is_stuck(outcomes)
    on_each_case = list(zip(*outcomes, strict=True))
    assert len(on_each_case) == len(cases)
    for each in on_each_case:
        assert sum(one.answer is not None for one in each) == 1
        assert {one.refused for one in each if one.answer is None} <= {("out_of_order",), ("case_ended",)}
    assert office.breaks() == []


def test_leaders_who_tell_the_last_targets_together_move_the_inspection_on_once(office: Office) -> None:
    case = office.special(UNITS[:4], to="under_way")
    visited = {"ways": ["11(2)2"], "record": "查阅台账"}
    told = {"advice": "整改", "findings": [{"text": "台账不全"}]}
    lists = [
        [Wanted(leader, "visit_on_site", case, visited), Wanted(leader, "feed_back", case, told)] for leader in LEADERS
    ]
    nobody_is_stuck(together(office, lists))
    assert office.state(case) == "fed_back"
    assert len(office.parts(case, "finding")) == 4
    assert office.breaks() == []


def test_results_passed_on_by_two_at_once_go_once_to_each(office: Office) -> None:
    case = office.special([BACHUAN])
    passed = {"receiver": "appraisal_office", "summary": "结果"}
    who = [COORDINATOR, SECOND_COORDINATOR] * 2
    outcomes = together(office, [[Wanted(one, "pass_on", case, passed)] for one in who])
    nobody_is_stuck(outcomes)
    assert Counter(one.refused for [one] in outcomes) == {(): 1, ("already_passed_on",): 3}


def test_a_cancellation_and_the_work_of_the_groups_wait_for_each_other(office: Office) -> None:
    case = office.special(UNITS[:4], to="under_way")
    visits = [visit.id for visit in office.parts(case, "visit")]
    seen = {"text": "台账不全"}
    work = [
        [Wanted(leader, "record_finding", visit, seen) for _ in range(5)]
        for leader, visit in zip(LEADERS, visits, strict=True)
    ]
    outcomes = together(office, [*work, [Wanted(AUTHORITY, "cancel", case, {"note": "终止"})]])
    nobody_is_stuck(outcomes)
    assert {part.state for part in office.parts(case, "finding")} <= {"withdrawn"}
    assert {part.state for part in office.parts(case, "visit")} == {"withdrawn"}
    assert office.breaks() == []


def test_looking_before_entering_lets_several_through(database: Database) -> None:
    """The negative control: neither lock nor fence, only a look in one transaction and an entry in the next."""
    with database.writing() as session:
        set_up(session, clock=SystemClock())
        session.execute(text("DROP INDEX uq_frequency_use_held"))
    office = Office(database)
    cases = drafts(office, CROWD, seed=7)

    def naively(case: str) -> Job:
        def ask(mine: Database, _told: Connection) -> None:
            for key in (Key("target", unit) for unit in UNITS):
                with mine.reading() as session:
                    taken = frequency.uses(session, "TL", [key], case)
                time.sleep(0.01)
                if not taken:
                    with mine.writing() as session:
                        frequency.hold(session, "TL", case, [key], office.day)

        return ask

    run(office, [naively(case) for case in cases])
    assert len(keys_doubly_used(database)) > 0
