"""One durable act: beside other engines on the same work, in a small year and in a busy one, and what it asks.

``python -m bench.acts [ROUNDS]``: five by default. In each round every contestant of ``bench.peers`` runs once, in a
process of its own on a fresh database. The acts of a small year are those of special inspections in an empty
database; the acts of a busy one those of a comprehensive inspection of 28 townships, while last year's is still being
rectified and 40 other counties have as much. Every act is a transaction of its own, followed here by a bare commit of
one row of the size of its journal entry.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from typing import Any, Final

from sqlalchemy import Column, Integer, MetaData, Table, Text, func, insert, select

from bench import country
from bench.counting import Count, counted
from bench.databases import fresh_databases
from bench.peers import contest
from bench.results import record, table
from casework.acts.act_models import ActRequest
from casework.administration.jurisdiction_setup import set_up
from casework.clock import FixedClock, SystemClock
from casework.do_act import do_act, open_inspection
from storage.cases.case_rows import CASES
from storage.engine import Database

DAY = date(2026, 3, 2)
TOWNSHIPS = [f"5001511{number:02d}" for number in range(1, 25) if number != 2]
COORDINATOR, AUTHORITY, OFFICE, LEADER = "联席办协调员甲", "区委区政府", "督查室", "督察组长一"
BARE = Table("bench_bare", MetaData(), Column("id", Integer, primary_key=True), Column("text", Text))
ROW = {"text": "x" * 1500}
"""About what a journal entry holds."""
CASES_A_RUN: Final = len(TOWNSHIPS) - 2
"""The warm-up takes the other two townships."""
SMALL_YEAR: Final = 12
"""Inspections."""
COUNTIES: Final = 40

Work = Callable[[], object]


def main() -> None:
    """Measure on every database there is."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    record("Acts", table(contest.HEADS, contest.compare(rounds, CASES_A_RUN)))
    with ExitStack() as stack:
        small, busy = (stack.enter_context(fresh_databases()) for _ in range(2))
        rows = [row for name in small for row in _years(name, small[name], busy[name])]
        asked = {name: _asked(database) for name, database in small.items()}
    heads = ("database", "year", "cases there", "acts", "act, ms", "p95", "CPU, ms", "bare commit, ms", "ratio")
    record("Acts of a small year and of a busy one", table(heads, rows))
    record("What an act asks", _asked_table(asked))


def _years(name: str, small: Database, busy: Database) -> Iterator[list[object]]:
    with small.writing() as session:
        set_up(session, clock=SystemClock())
    yield [name, "small", *_measured(small, works(small, SMALL_YEAR))]
    with busy.writing() as session:
        set_up(session, roster=country.UNITS, clock=SystemClock())
    for work in country.works(busy, 2025):
        work()
    country.fill(busy, COUNTIES)
    yield [name, "busy", *_measured(busy, country.works(busy, 2026))]


def _measured(database: Database, worked: Iterable[Work]) -> list[object]:
    with database.writing() as session:
        BARE.metadata.create_all(session)
        there = session.execute(select(func.count()).select_from(CASES)).scalar_one()
    acts, bare = list[float](), list[float]()
    cpu = 0.0
    for work in worked:
        began_cpu = time.process_time()
        acts.append(_timed(work))
        cpu += time.process_time() - began_cpu
        bare.append(_timed(lambda: _bare(database)))
    act, commit = (statistics.median(one) * 1000 for one in (acts, bare))
    p95 = sorted(acts)[int(len(acts) * 0.95)] * 1000
    return [f"{there:,}", len(acts), act, p95, cpu / len(acts) * 1000, commit, act / commit]


def _asked(database: Database) -> list[tuple[str, Count]]:
    """What each act of one more inspection asks of the database, by the name of the act."""
    counts = []
    names = ("open", *(name for _, name, _ in _steps("", "")))
    for name, work in zip(names, works(database, 1, first=SMALL_YEAR), strict=True):
        with counted(database) as count:
            work()
        counts.append((name, count))
    return counts


def _asked_table(asked: dict[str, list[tuple[str, Count]]]) -> str:
    heads, columns = ["act"], [[name for name, _ in next(iter(asked.values()))]]
    for kind, counts in asked.items():
        heads.append(f"statements, {kind}")
        columns.append([str(len(count.statements)) for _, count in counts])
        if kind != "SQLite":
            heads.append(f"trips, {kind}")
            columns.append([str(count.trips) for _, count in counts])
    return table(heads, list(zip(*columns, strict=True)))


def works(database: Database, inspections: int, first: int = 0) -> Iterator[Work]:
    """Every act of so many inspections, of a township each."""
    clock = FixedClock.on(DAY)
    for number in range(first, first + inspections):
        target, case = TOWNSHIPS[number], f"TL-2026-X{number + 1:02d}"
        application = {"kind": "special", "year": 2026, "title": "专项", "targets": [target], "problem": f"{number}"}
        yield lambda form=application: _open(database, clock, form)  # type: ignore[misc]
        for who, name, data in _steps(target, f"铜质督〔2026〕{number + 1}号"):
            yield lambda who=who, name=name, data=data, case=case: _act(database, clock, who, case, name, data)  # type: ignore[misc]


def _steps(target: str, number: str) -> list[tuple[str, str, dict[str, Any]]]:
    leader, note = {"name": LEADER, "body": "区市场监管局"}, {"note": "同意"}
    plan = {
        "purpose": "查清问题",
        "targets": [target],
        "contents": ["9(3)"],
        "methods": ["on_site"],
        "ways": ["11(2)2"],
        "period": {"begins": "2026-03-02", "ends": "2026-06-30"},
    }
    told = {"advice": "整改", "findings": [{"text": "台账不全"}]}
    return [
        (COORDINATOR, "submit", {"contents": ["9(3)"]}),
        (AUTHORITY, "approve", note),
        (COORDINATOR, "plan", plan),
        (OFFICE, "file", {}),
        (COORDINATOR, "staff", {"groups": [{"name": "第一组", "leader": leader, "targets": [target]}]}),
        (COORDINATOR, "train", {"content": "培训", "attended": [LEADER]}),
        (LEADER, "prepare", {"information": "已收集"}),
        (COORDINATOR, "start", {"number": "铜质督通〔2026〕1号", "served": [{"code": target, "received_by": "王五"}]}),
        (LEADER, "visit_on_site", {"ways": ["11(2)2"], "record": "查阅台账"}),
        (LEADER, "feed_back", told),
        (LEADER, "report", {"summary": "报告"}),
        (COORDINATOR, "consolidate", {"summary": "报告"}),
        (AUTHORITY, "consent", note),
        (COORDINATOR, "publish", {"number": number}),
    ]


def _open(database: Database, clock: FixedClock, form: dict[str, Any]) -> None:
    with database.writing() as session:
        open_inspection(session, clock, ActRequest(COORDINATOR), form)


def _act(database: Database, clock: FixedClock, who: str, case: str, name: str, data: dict[str, Any]) -> None:
    with database.writing() as session:
        do_act(session, clock, ActRequest(who), case, name, data)


def _bare(database: Database) -> None:
    with database.writing() as session:
        session.execute(insert(BARE), ROW)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
