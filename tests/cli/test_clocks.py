"""Two services' clocks, the command line and a restart over the same overdue deadlines: everything is told once.

The processes are forked, and so kept away from the tests of flows, whose process has Prefect's threads.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED
from sqlalchemy import func, select

from casework.administration.jurisdiction_setup import set_up
from casework.clock import Clock, FixedClock, SystemClock
from casework.nightly import sweeping
from cli.main import main
from flows.runtime import simulated_clock
from flows.service import clock
from regulations import Jurisdiction
from settings import Settings
from states.engine.deadlines import Deadline
from storage.calendar import sweep_nights
from storage.cases import deadlines
from storage.engine import Database, Session
from storage.errors import DatabaseError
from storage.messages import notices
from storage.messages.notices import NOTICES, Notice
from tests.casework.office import BACHUAN, Office
from tests.casework.processes import Job, killed
from tests.casework.telling import recorded, reproaches, set_deadlines
from tests.databases import BOTH, on

OVERDUE = 400
LAST_NIGHT, NIGHT = date(2026, 9, 13), date(2026, 9, 16)
"""Between them the machine was down for three nights."""


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest) -> Office:
    """An office with four hundred deadlines that ran out in the second week of September, none of them told."""
    database: Database = request.getfixturevalue(f"{request.param}_database")
    with database.writing() as session:
        set_up(session, clock=SystemClock())
    there = Office(database)
    case = there.on("2026-08-03").special([BACHUAN], to="approved")
    there.on(LAST_NIGHT)
    sweeping.sweep(database, there.clock, jurisdiction="TL")
    due = [date(2026, 9, 7) + timedelta(days=number % 5) for number in range(OVERDUE)]
    set_deadlines(
        there,
        [
            Deadline(case, "rectification_report", number, "TL", "14", day - timedelta(days=20), BACHUAN, fixed=day)
            for number, day in enumerate(due, start=1)
        ],
    )
    return there


@pytest.fixture(autouse=True)
def service(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a service finds around it; Prefect's server does not answer, and every twenty deadlines are committed."""

    async def nobody_answers() -> bool:
        return False

    monkeypatch.setenv(Settings.database_url.name, office.database.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv(Settings.anchor_dir.name, str(tmp_path / "anchors"))
    monkeypatch.setattr(clock, "answers", nobody_answers)
    monkeypatch.setattr(clock, "TURN", asyncio.Lock())
    monkeypatch.setattr(sweeping, "BATCH", 20)


def ticking(ready: Callable[[], object]) -> Job:
    """The clock of a service, half an hour after midnight, until it is killed; tells each job it has done."""

    async def tick(telling: Connection) -> None:
        scheduler = clock.scheduler()
        scheduler.add_listener(lambda done: telling.send(done.job_id), EVENT_JOB_EXECUTED)
        scheduler.add_listener(lambda done: telling.send(RuntimeError(repr(done.exception))), EVENT_JOB_ERROR)
        scheduler.start()
        await asyncio.Event().wait()

    def job(_database: Database, telling: Connection) -> None:
        ready()
        with simulated_clock(FixedClock.on(NIGHT, 0, 30)):
            asyncio.run(tick(telling))

    return job


def by_hand(ready: Callable[[], object]) -> Job:
    """``ducha sweep``; tells its exit code."""

    def job(_database: Database, telling: Connection) -> None:
        ready()
        url = os.environ[Settings.database_url.name]
        telling.send(main(["sweep", "--as-of", NIGHT.isoformat(), "--db", url, "--json"]))

    return job


def told(office: Office) -> int:
    with office.reading() as session:
        return session.execute(select(func.count()).select_from(NOTICES)).scalar_one()


def said(told: Connection) -> Iterator[object]:
    """What a process says within a minute. Raises what any of its jobs failed with."""
    until = time.monotonic() + 60
    while told.poll(max(0.0, until - time.monotonic())):
        one = told.recv()
        if isinstance(one, Exception):
            raise one
        yield one


def swept_by_everybody(office: Office) -> int:
    """Two clocks and the command line at once, one clock killed half way and started again; how much was told then."""
    before, together = told(office), multiprocessing.get_context("fork").Barrier(3)
    with ExitStack() as stack:
        first, _ = stack.enter_context(killed(office, ticking(together.wait)))
        second, second_says = stack.enter_context(killed(office, ticking(together.wait)))
        _, hand_says = stack.enter_context(killed(office, by_hand(together.wait)))
        while told(office) < before + 100:
            time.sleep(0.005)
        first.kill()
        first.join()
        half_way = told(office) - before
        again, again_says = stack.enter_context(killed(office, ticking(lambda: None)))
        assert next(said(hand_says)) == 0
        for says in (second_says, again_says):
            assert "hourly" in said(says)
        second.kill()
        again.kill()
    return half_way


def test_two_clocks_the_command_line_and_a_restart_tell_everything_once(office: Office) -> None:
    everything = reproaches(office, NIGHT)
    half_way = swept_by_everybody(office)
    assert 0 < half_way < everything.total(), "the clock was killed before everything was told"
    assert recorded(office) == everything
    assert {day for _, _, day in everything} >= {date(2026, 9, day) for day in (14, 15, 16)}, "each of its own night"
    with office.reading() as session:
        assert sweep_nights.last(session, "TL") == NIGHT
    assert sweeping.sweep(office.database, office.on(NIGHT).clock).issued == 0


@on("office", *BOTH, slow=["postgresql"])
def test_marking_what_was_looked_for_before_tells_it_several_times(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: what is due is looked for in one transaction and told in the next, under any key."""
    add = notices.add_untold

    def under_any_key(session: Session, added: Sequence[Notice]) -> list[Notice]:
        return add(session, [replace(one, key=f"{one.key}:{os.getpid()}") for one in added])

    def night_swept(database: Database, now: Clock, home: Jurisdiction, night: date) -> list[Notice]:
        batch = None
        while batch is None or len(batch) == sweeping.BATCH:
            try:
                with database.writing() as session:
                    batch = deadlines.due_for_reminder(session, night, jurisdiction=home.code, limit=sweeping.BATCH)
                time.sleep(0.01)
                with database.writing() as session:
                    sweeping._tell(session, now, home, batch, night)
            except DatabaseError as trouble:
                # Nobody keeps what is marked, so two may do it in two orders: whoever loses looks again.
                assert trouble.code == "deadlock", trouble
                batch = None
        return []

    monkeypatch.setattr(notices, "add_untold", under_any_key)
    monkeypatch.setattr(sweeping, "_sweep_night", night_swept)
    swept_by_everybody(office)
    assert max(recorded(office).values()) > 1
