"""Matters asked for at the same moment, and in a process that is killed: once, whole, and nothing doubled."""

from __future__ import annotations

import random
from multiprocessing.connection import Connection
from typing import Any

from casework import do_act
from casework.acts.act_models import ActRequest
from storage.cases import cases
from storage.engine import Database
from storage.journal import journal
from tests.casework.matters_office import CITY, CITY_OFFICE, CITY_SECOND, opens
from tests.casework.office import Office
from tests.casework.processes import Job, Wanted, killed, run, together

COMPLAINT = {"title": "电梯困人", "channel": "12365", "problem": "电梯困人多发", "content": "多次", "unit": "510104"}
ROUNDS, KILLS = 10, 3


def inspections(office: Office) -> int:
    with office.reading() as session:
        return len(cases.find(session, procedure="inspection", jurisdiction="CD"))


def test_of_many_who_take_a_complaint_up_or_answer_it_exactly_one_does(city: Office) -> None:
    numbers = [opens(city, CITY_OFFICE, "complaint", COMPLAINT) for _ in range(4)]
    taking = [Wanted(CITY_OFFICE, "take_up_complaint", one, {}) for one in numbers]
    again = [Wanted(CITY_SECOND, "take_up_complaint", one, {}) for one in numbers]
    answering = [Wanted(CITY_OFFICE, "answer_complaint", one, {"answer": "已整改", "told": "电话"}) for one in numbers]
    outcomes = together(city, [taking, again, answering])
    assert [one.error for each in outcomes for one in each if one.error] == []
    for each in zip(*outcomes, strict=True):
        assert sum(one.answer is not None for one in each) == 1
        assert {one.refused for one in each if one.answer is None} == {("case_ended",)}
    states = [city.state(one) for one in numbers]
    assert inspections(city) == states.count("taken_up") and city.breaks() == []


def test_of_many_decisions_on_one_hazard_exactly_one_is_made(city: Office) -> None:
    listing = {"title": "锅炉", "unit": "510104", "hazard": "超期", "requirement": "停用", "due_on": "2026-04-01"}
    case = opens(city, CITY, "hazard", listing)
    outcomes = together(city, [[Wanted(CITY, "withdraw", case, {"note": f"误列{n}"})] for n in range(4)])
    assert sorted(one.refused for [one] in outcomes) == [(), ("case_ended",), ("case_ended",), ("case_ended",)]


def working(city: Office) -> Job:
    """Complaints received and taken up, one after the other; each act is acknowledged."""
    day, clock = city.day, city.clock

    def job(database: Database, telling: Connection) -> None:
        for number in range(ROUNDS):
            with database.writing() as session:
                asked = ActRequest(CITY_OFFICE, day, f"{number}-receive", "CD")
                case = do_act.open_root(session, clock, asked, "complaint", COMPLAINT).case
            with database.writing() as session:
                asked = ActRequest(CITY_OFFICE, day, f"{number}-take_up")
                answer = do_act.do_act(session, clock, asked, case, "take_up_complaint", {})
            telling.send((case, answer.state))

    return job


def test_killed_anywhere_a_complaint_and_its_inspection_never_come_apart(city: Office) -> None:
    chance = random.Random(5)
    for _ in range(KILLS):
        with killed(city, working(city)) as (process, told):
            told.poll(30)
            process.join(chance.uniform(0.0, 0.2))
            process.kill()
            process.join()
    [everything] = run(city, [working(city)])
    final: dict[str, Any] = dict(everything)
    assert len(final) == ROUNDS and set(final.values()) == {"taken_up"}
    assert inspections(city) == ROUNDS
    with city.reading() as session:
        acts = [[entry.act for entry in journal.of_case(session, case)] for case in final]
    assert acts == [["receive", "take_up_complaint", "link"]] * ROUNDS
    linked = {city.case(case).dossier["link"]["inspection"] for case in final}
    assert len(linked) == ROUNDS and city.breaks() == []
