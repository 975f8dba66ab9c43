"""Several machines, played on one: ``python -m bench.several_machines``, with PostgreSQL at DUCHA_TEST_POSTGRES_URL.

One Prefect server and three workers over PostgreSQL, set up as ``docs/deploy.md`` says, with no clock but Prefect's.
Two coordinators ask for the same targets at the same moment from two processes; a machine dies with ``kill -9`` between
the documents and the notices of a stage. Everything started is ended and dropped again.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text

from bench.coordinators import opened, race, submit
from bench.databases import POSTGRES
from bench.machines import Machine, answers, free_port, postgres_databases, run, settings, started
from bench.rehearsal import Rehearsal, taken
from bench.results import record, table
from casework.clock import SystemClock
from casework.nightly import follow_ups
from cli.operations.prefect_checks import Api
from settings import Settings
from storage.engine import open_database

SECTION: Final = "Several machines"
NOTE: Final = """PostgreSQL for the cases and for Prefect, one Prefect server, three workers, no clock but Prefect's;
set up with the files of `deploy/`. A machine is killed with everything it runs, once a stage's documents are committed
and before its notices are; its lease, here of {lease} seconds (`DUCHA_LEASE_SECONDS`), is waited for, and a minute of
silence until its run is taken for dead."""
WORKERS: Final = 3
TARGETS: Final = 10
STAGE: Final = "01 立项申请"
SWEEP: Final = "夜间逾期巡查"
LEASE: Final = 30
"""Seconds; the default of two minutes would only make everybody wait longer."""
ASKED: Final = 180
"""Seconds everything may take on two processors nobody else is using."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A stage whose machine died: the case, the run, the machine."""

    case: str
    run_id: str
    machine: Machine


def main() -> int:
    """Rehearse, print the table and keep it; 1 when something did not hold."""
    server = os.environ.get(POSTGRES)
    if not server:
        print(f"{POSTGRES} names no PostgreSQL server", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, machines(server, Path(folder)) as rehearsal:
        interrupted = die_in_a_stage(rehearsal)
        sweep_twice(rehearsal)
        finish(rehearsal, interrupted)
        look_over(rehearsal)
    spent = f"{time.monotonic() - rehearsal.began:.0f} s in all; fewer than {ASKED} were asked for."
    rows = [[what, found, "yes" if holds else "**no**"] for what, found, holds in rehearsal.seen]
    record(SECTION, f"{NOTE.format(lease=LEASE)}\n\n{table(['what', 'found', 'as it has to be'], rows)}\n\n{spent}")
    return 0 if all(holds for _, _, holds in rehearsal.seen) else 1


@contextmanager
def machines(server: str, folder: Path) -> Iterator[Rehearsal]:
    """Everything running, as ``docs/deploy.md`` sets it up; the coordinators need not wait for Prefect."""
    began, port = time.monotonic(), free_port()
    with ExitStack() as stack:
        cases, prefect = stack.enter_context(postgres_databases(server, "cases", "prefect"))
        environ, servers = settings(folder, port, cases, prefect.replace("postgresql://", "postgresql+asyncpg://"))
        environ[Settings.lease_seconds.name] = str(LEASE)
        machine = stack.enter_context(started(folder, servers, "server", "prefect", "server", "start"))
        run(environ, "ducha", "init")
        database = open_database(cases)
        stack.callback(database.close)
        api = Api(environ["PREFECT_API_URL"], environ["PREFECT_API_AUTH_STRING"])
        rehearsal = Rehearsal(environ, database, api, began)
        ask_at_once(rehearsal)
        rehearsal.until(f"an answer of Prefect's server: {machine.output}", lambda: answers(api))
        run(environ, "prefect", "work-pool", "create", "ducha", "--type", "process")
        names = [f"machine-{number}" for number in range(1, WORKERS + 1)]
        rehearsal.workers += [stack.enter_context(worker(folder, environ, name)) for name in names]
        run(environ, "prefect", "--no-prompt", "deploy", "--all")
        rehearsal.check(
            "set up", f"one server, {len(names)} workers, {len(api.ask('/deployments/filter', {}))} deployments"
        )
        yield rehearsal
        for one in rehearsal.workers:
            # All of them at once, so that they need not be waited for one by one.
            one.process.terminate()


def worker(folder: Path, environ: dict[str, str], name: str) -> Any:
    """A machine with one worker, and a directory of its own."""
    own = {**environ, "PREFECT_HOME": str(folder / name)}
    command = ("prefect", "worker", "start", "--pool", "ducha", "--type", "process", "--name", name, "--limit", "2")
    return started(folder, own, name, *command)


def ask_at_once(rehearsal: Rehearsal) -> None:
    """Two coordinators submit requests about the same targets at the same moment."""
    targets = rehearsal.ask("SELECT code FROM unit ORDER BY code")[2 : 2 + TARGETS]
    won = race(rehearsal.database, rehearsal.environ["DUCHA_DATABASE_URL"], targets)
    each = [sum(got) for got in zip(*won, strict=True)]
    shares = " and ".join(str(sum(one)) for one in won)
    found = f"{len(targets)} targets: {shares} granted, {each.count(2)} to both, {each.count(0)} to nobody"
    rehearsal.check("two coordinators ask for one target at once", found, set(each) == {1})


def die_in_a_stage(rehearsal: Rehearsal) -> Interrupted:
    """Kill a machine in the middle of a stage: the notices are locked until its documents are there and it is dead."""
    case = opened(rehearsal.database, rehearsal.ask("SELECT code FROM unit ORDER BY code")[0])
    with rehearsal.database.engine.begin() as session:
        session.execute(text("LOCK TABLE notice IN EXCLUSIVE MODE"))
        submit(rehearsal.database, case)
        rehearsal.start(STAGE, case=case)
        rehearsal.until("the stage has written its documents", lambda: documents(rehearsal, case))
        run_id = owner(rehearsal, case)
        machine = rehearsal.machine(run_id)
        machine.die()
    undone = rehearsal.ask("SELECT act FROM outbox WHERE root = :case AND done_at IS NULL ORDER BY id", case=case)
    papers, told = documents(rehearsal, case), notices(rehearsal, case)
    found = f"{machine.name}; documents {len(papers)}, notices {len(told)}, acts still to follow up {len(undone)}"
    rehearsal.check("a machine is killed in the middle of a stage", found, not told and "submit" in undone)
    return Interrupted(case, run_id, machine)


def sweep_twice(rehearsal: Rehearsal) -> None:
    """The night as Prefect and ``ducha-night.service`` make it, at once."""
    night = rehearsal.start(SWEEP)
    swept = json.loads(run(rehearsal.environ, "ducha", "sweep", "--json"))
    rehearsal.until("the sweep is over", lambda: rehearsal.state(night) == "COMPLETED")
    rehearsal.check("swept by Prefect and by systemd's timer", f"anchor {swept['anchor']['number']} written")


def finish(rehearsal: Rehearsal, interrupted: Interrupted) -> None:
    """Whatever waits is worked off by the runs that Prefect's own schedule starts, the interrupted stage included."""
    case, run_id = interrupted.case, interrupted.run_id
    rehearsal.until("nothing waits", lambda: not rehearsal.ask("SELECT id FROM outbox WHERE done_at IS NULL LIMIT 1"))
    [(acts, runs)] = rehearsal.ask("SELECT count(*), count(DISTINCT lease_owner) FROM outbox")
    rehearsal.check("everything is followed up on Prefect's schedule", f"{acts} acts by {runs} runs")
    machine = rehearsal.machine(owner(rehearsal, case))
    rehearsal.check("the interrupted stage is finished by another", machine.name, machine is not interrupted.machine)
    twin = opened(rehearsal.database, rehearsal.ask("SELECT code FROM unit ORDER BY code")[1])
    submit(rehearsal.database, twin)
    follow_ups.follow_up(rehearsal.database, SystemClock(), "twin", only_case=twin, limit=10)
    mine, its = ((documents(rehearsal, one), notices(rehearsal, one)) for one in (case, twin))
    found = f"documents {len(mine[0])}, notices {len(mine[1])}; of one not interrupted {len(its[0])} and {len(its[1])}"
    rehearsal.check("and is there once", found, mine == its)
    gone = rehearsal.until(
        "it is found out", lambda: state if (state := rehearsal.state(run_id)) != "RUNNING" else None
    )
    rehearsal.check("the run that died", gone, gone == "CRASHED")


def look_over(rehearsal: Rehearsal) -> None:
    """Hold everything against what the product itself says of it."""
    whole = json.loads(run(rehearsal.environ, "ducha", "journal", "verify", "--json"))["whole"]
    rehearsal.check("ducha journal verify", "whole" if whole else "broken", whole)
    checks = json.loads(run(rehearsal.environ, "ducha", "doctor", "--json"))["checks"]
    wrong = [one["fact"] for one in checks if one["verdict"] == "wrong"]
    rehearsal.check("ducha doctor", "; ".join(wrong) or f"{len(checks)} checks, nothing wrong", not wrong)
    shares = {one.name: len(taken(one)) for one in rehearsal.workers}
    found = ", ".join(f"{name} {count}" for name, count in shares.items())
    rehearsal.check("runs each worker took", found, all(shares.values()))


def owner(rehearsal: Rehearsal, case: str) -> str:
    """The run that leased the submission of a case last."""
    [found] = rehearsal.ask("SELECT lease_owner FROM outbox WHERE case_id = :case AND act = 'submit'", case=case)
    return str(found).removeprefix("flow-run:")


def documents(rehearsal: Rehearsal, case: str) -> list[str]:
    """The names of the documents of a case."""
    return rehearsal.ask("SELECT name FROM document WHERE case_id = :case ORDER BY id", case=case)


def notices(rehearsal: Rehearsal, case: str) -> list[str]:
    """Which notices a case has, by their keys."""
    keys = rehearsal.ask("SELECT key FROM notice WHERE root = :case ORDER BY key", case=case)
    return [key.removeprefix(case) for key in keys]


if __name__ == "__main__":
    sys.exit(main())
