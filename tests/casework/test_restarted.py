"""PostgreSQL goes down in the middle of acts and of a sweep, and comes back: nothing lost, torn or doubled."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from itertools import count
from multiprocessing.connection import Connection
from typing import Any

import pytest

from casework import do_act
from casework.acts.act_models import ActRequest, ActResult
from casework.administration.jurisdiction_setup import set_up
from casework.clock import SystemClock
from casework.nightly import sweeping
from cli.main import main
from states.engine.deadlines import Deadline
from storage import idle_connections
from storage.cases import cases
from storage.engine import Database, Session, connect, open_database
from storage.errors import DatabaseError
from storage.journal import journal
from tests.casework.office import AUTHORITY, BACHUAN, COORDINATOR, DONGCHENG, NANCHENG, TUQIAO, Office
from tests.casework.processes import PATIENCE, Job, killed
from tests.casework.telling import recorded, reproaches, set_deadlines
from tests.clusters import Cluster, cluster
from tests.conftest import migrate, spelt

CLIENTS = (BACHUAN, DONGCHENG, NANCHENG)
NIGHT = date(2026, 9, 16)
UNREACHABLE = "unreachable"
_numbers = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """A server of our own."""
    with cluster() as running:
        yield running


@pytest.fixture(scope="module")
def founded(server: Cluster) -> str:
    """The name of a database there with Tongliang's units and accounts, to be copied."""
    url = server.database("founded")
    migrate(url)
    database = connect(url)
    with database.writing() as session:
        set_up(session, clock=SystemClock())
    database.close()
    return "founded"


@pytest.fixture
def office(server: Cluster, founded: str) -> Iterator[Office]:
    """An office on that server, with a hundred and twenty deadlines that ran out and were not told of."""
    office = Office(open_database(server.database(f"office_{next(_numbers)}", founded)))
    case = office.on("2026-08-03").special([TUQIAO], to="approved")
    sweeping.sweep(office.database, office.on("2026-09-13").clock, jurisdiction="TL")
    set_deadlines(
        office,
        [
            Deadline(case, "rectification_report", number, "TL", "14", date(2026, 8, 18), BACHUAN, fixed=day)
            for number in range(1, 121)
            for day in [date(2026, 9, 7) + timedelta(days=number % 5)]
        ],
    )
    yield office.on(NIGHT)
    office.database.close()


def asking(office: Office, target: str) -> Job:
    """A client that opens, submits and cancels, asks again whatever fails, and ends with the round after one."""
    day, clock = office.day, office.clock
    form = {"kind": "special", "year": 2026, "title": "专项", "targets": [target], "problem": target, "reason": "反映"}

    def job(database: Database, telling: Connection) -> None:
        failed: list[int] = []

        def patiently(number: int, key: str, work: Callable[[Session], ActResult]) -> ActResult:
            while True:
                try:
                    with database.writing() as session:
                        answer = work(session)
                except DatabaseError as trouble:
                    telling.send(("", trouble.code))
                    failed.append(number)
                    time.sleep(0.05)
                else:
                    telling.send((key, answer.model_dump(mode="json")))
                    return answer

        def act(number: int, name: str, who: str, case: str, data: dict[str, Any]) -> None:
            asked = ActRequest(who, day, f"{target}-{number}-{name}")
            patiently(number, str(asked.key), lambda session: do_act.do_act(session, clock, asked, case, name, data))

        number = 0
        while not failed or number <= failed[-1]:
            number += 1
            asked = ActRequest(COORDINATOR, day, f"{target}-{number}-open")
            opened = patiently(
                number,
                str(asked.key),
                lambda session, asked=asked: do_act.open_inspection(session, clock, asked, form),  # type: ignore[misc]
            )
            act(number, "submit", COORDINATOR, opened.case, {"contents": ["9(3)"], "exception": "突发事件"})
            act(number, "cancel", AUTHORITY, opened.case, {"note": "终止"})

    return job


def sweeping_once(office: Office) -> Job:
    """The sweep of the night; tells that it has begun, and what stopped it."""
    clock = office.clock

    def job(database: Database, telling: Connection) -> None:
        telling.send("begun")
        try:
            sweeping.sweep(database, clock, jurisdiction="TL")
        except DatabaseError as trouble:
            telling.send(trouble.code)

    return job


def everything(told: Connection) -> Iterator[Any]:
    """What a process tells until it ends."""
    while told.poll(PATIENCE):
        try:
            yield told.recv()
        except EOFError:
            return
    raise TimeoutError("a process does not come to an end")


def people_are_told(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever looks meanwhile hears in Chinese what is wrong and what to do, and scripts get the code."""
    assert main(["case", "list", "--db", url]) == 3
    assert "连不上数据库" in (said := capsys.readouterr()).err and "数据库服务是否在运行" in said.err
    assert main(["act", "TL-2026-X01", "plan", "--as", COORDINATOR, "--db", url, "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["error"] == UNREACHABLE


def no_act_is_lost_torn_or_doubled(office: Office, acknowledged: dict[str, dict[str, Any]]) -> None:
    opened = {answer["case"] for answer in acknowledged.values()}
    with office.reading() as session:
        there = {case.id for case in cases.find(session, procedure="inspection")} - {"TL-2026-X01"}
        acts = [[entry.act for entry in journal.of_case(session, case)] for case in there]
    assert there == opened and len(acknowledged) == 3 * len(opened)
    assert all(done == ["open", "submit", "cancel"] for done in acts)
    assert office.breaks() == []


@pytest.mark.parametrize(
    "go_down",
    [pytest.param(Cluster.stop_at_once, id="stopped"), pytest.param(Cluster.kill, id="killed", marks=pytest.mark.slow)],
)
def test_a_server_that_goes_down_in_the_middle_of_acts_loses_tears_and_doubles_nothing(
    server: Cluster,
    office: Office,
    go_down: Callable[[Cluster], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """That without request keys acts are doubled is shown where processes are killed."""
    wanted, url = reproaches(office, NIGHT), spelt(office.database.engine.url)
    with ExitStack() as stack:
        stack.enter_context(pytest.MonkeyPatch.context()).setattr(sweeping, "BATCH", 1)
        _, sweep = stack.enter_context(killed(office, sweeping_once(office), open_database))
        clients = [stack.enter_context(killed(office, asking(office, target), open_database))[1] for target in CLIENTS]
        assert sweep.recv() == "begun"
        answers = [client.recv() for client in clients for _ in range(5)]
        assert office.state("TL-2026-X01") == "approved", "from now on a connection is in the pool"
        go_down(server)
        answers += [client.recv() for client in clients]
        people_are_told(url, capsys)
        server.start()
        time.sleep(idle_connections.IDLE_SECONDS)
        assert office.state("TL-2026-X01") == "approved", "the pool recovers by itself"
        answers += [answer for client in clients for answer in everything(client)]
        assert list(everything(sweep)) == [UNREACHABLE]
    assert {answer for key, answer in answers if not key} == {UNREACHABLE}
    no_act_is_lost_torn_or_doubled(office, {key: answer for key, answer in answers if key})
    assert recorded(office) < wanted
    sweeping.sweep(office.database, office.clock, jurisdiction="TL")
    assert recorded(office) == wanted


def test_a_pool_that_does_not_look_first_hands_out_dead_connections(
    server: Cluster, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: what recovers by itself above does not without looking."""
    monkeypatch.setattr(idle_connections, "IDLE_SECONDS", 600.0)
    assert office.state("TL-2026-X01") == "approved"
    server.stop_at_once()
    server.start()
    with pytest.raises(DatabaseError) as trouble:
        office.state("TL-2026-X01")
    assert trouble.value.code == UNREACHABLE
