"""Acts in a process that is killed at any moment: nothing acknowledged is lost, nothing torn, nothing doubled.

``DUCHA_TEST_KILLS`` says how often (3 by default).
"""

from __future__ import annotations

import os
import random
from multiprocessing.connection import Connection
from typing import Any

from casework import do_act
from casework.acts.act_models import ActRequest
from storage.engine import Database
from storage.journal import journal
from tests.casework.office import AUTHORITY, BACHUAN, COORDINATOR, Office, dump
from tests.casework.processes import Job, killed, run

KILLS = int(os.environ.get("DUCHA_TEST_KILLS", "3"))
ROUNDS = 12
FORM = {"kind": "special", "year": 2026, "title": "专项", "targets": [BACHUAN], "problem": "无证经营", "reason": "反映"}


def working(office: Office) -> Job:
    """Inspections opened, submitted with an exception and cancelled, one after the other; each act is acknowledged."""
    day, clock = office.day, office.clock

    def job(database: Database, telling: Connection) -> None:
        for number in range(ROUNDS):
            opening, submitting, cancelling = (f"{number}-{act}" for act in ("open", "submit", "cancel"))
            with database.writing() as session:
                answer = do_act.open_inspection(session, clock, ActRequest(COORDINATOR, day, opening), FORM)
            telling.send((opening, answer.model_dump(mode="json")))
            case = answer.case
            for key, who, act, data in (
                (submitting, COORDINATOR, "submit", {"contents": ["9(3)"], "exception": "突发事件"}),
                (cancelling, AUTHORITY, "cancel", {"note": "终止"}),
            ):
                with database.writing() as session:
                    answer = do_act.do_act(session, clock, ActRequest(who, day, key), case, act, data)
                telling.send((key, answer.model_dump(mode="json")))

    return job


def acknowledged(told: Connection) -> dict[str, Any]:
    """Everything that was acknowledged before the end."""
    answers: dict[str, Any] = {}
    try:
        while told.poll(0):
            key, answer = told.recv()
            answers[key] = answer
    except (EOFError, OSError):
        pass
    return answers


def test_killed_anywhere_and_asked_again_every_act_is_done_once(office: Office) -> None:
    chance = random.Random(11)
    answers: dict[str, Any] = {}
    for _ in range(KILLS):
        with killed(office, working(office)) as (process, told):
            told.poll(30)
            process.join(chance.uniform(0.0, 0.4))
            process.kill()
            process.join()
            answers |= acknowledged(told)
    [everything] = run(office, [working(office)])
    final = dict(everything)
    assert len(final) == ROUNDS * 3
    assert answers, "somebody was killed after an act had been acknowledged"
    for key, answer in answers.items():
        assert {**answer, "repeated": True} == {**final[key], "repeated": True}
    with office.reading() as session:
        acts = [entry.act for n in range(ROUNDS) for entry in journal.of_case(session, f"TL-2026-X{n + 1:02d}")]
    assert acts == ["open", "submit", "cancel"] * ROUNDS
    kept = dump(office.database)
    assert len(kept["case_file"]) == ROUNDS * 2 and len(kept["outbox"]) == len(kept["request"]) == ROUNDS * 3
    assert all("null" not in row.split(",")[2] for row in kept["request"])
    assert office.breaks() == []
