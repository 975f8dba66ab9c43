"""One durable act, beside a bare insert-and-commit and beside a shared ``transitions`` machine on SQLAlchemy's ORM.

The acts are those of special inspections from the application to the bulletin, each in a transaction of its own; after
each act the same database commits one bare row of the size of its journal entry, and moves one case of the peer.
``python -m bench.acts [INSPECTIONS]``: twelve by default.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, insert
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from transitions import Machine

from bench.databases import fresh_databases
from bench.results import record, table
from casework.acts.act_models import ActRequest
from casework.acts.do_act import do_act, open_inspection
from casework.administration.jurisdiction_setup import set_up
from casework.clock import FixedClock, SystemClock
from storage.engine import Database

DAY = date(2026, 3, 2)
TOWNSHIPS = [f"5001511{number:02d}" for number in range(1, 25) if number != 2]
COORDINATOR, AUTHORITY, OFFICE, LEADER = "联席办协调员甲", "区委区政府", "督查室", "督察组长一"
BARE = Table("bench_bare", MetaData(), Column("id", Integer, primary_key=True), Column("text", Text))
ROW = {"text": "x" * 1500}
"""About what a journal entry holds."""


class _Base(DeclarativeBase):
    pass


class _Case(_Base):
    __tablename__ = "bench_case"
    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(20))


class _Entry(_Base):
    __tablename__ = "bench_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    case: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class _Cursor:
    state = "a"


def main() -> None:
    """Measure on every database there is."""
    inspections = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    rows = []
    with fresh_databases() as databases:
        for name, database in databases.items():
            acts, cpu, bare, peer = _measure(database, inspections)
            rows.append(
                (name, len(acts), *map(_median, (acts, cpu, bare)), _median(acts) / _median(bare), _median(peer))
            )
    heads = ("database", "acts", "act, ms", "of it CPU, ms", "bare commit, ms", "ratio", "transitions + ORM, ms")
    record("Acts", table(heads, rows))


def _measure(database: Database, inspections: int) -> tuple[list[float], list[float], list[float], list[float]]:
    acts: list[float] = []
    cpu: list[float] = []
    bare: list[float] = []
    peer: list[float] = []
    with database.writing() as session:
        set_up(session, clock=SystemClock())
        BARE.metadata.create_all(session)
        _Base.metadata.create_all(session)
        session.execute(insert(_Case.__table__), [{"id": 1, "state": "a"}])  # type: ignore[arg-type]
    machine = Machine(model=None, states=["a", "b"], initial="a", auto_transitions=False)
    machine.add_transition("act", "a", "b")
    machine.add_transition("act", "b", "a")
    for work in works(database, inspections):
        began, spent = time.perf_counter(), time.process_time()
        work()
        acts.append(time.perf_counter() - began)
        cpu.append(time.process_time() - spent)
        bare.append(_timed(lambda: _bare(database)))
        peer.append(_timed(lambda: _peer(database, machine)))
    return acts, cpu, bare, peer


def works(database: Database, inspections: int) -> Iterator[Callable[[], object]]:
    """Every act of so many inspections, of a township each."""
    clock = FixedClock.on(DAY)
    for number in range(inspections):
        target, case = TOWNSHIPS[number], f"TL-2026-X{number + 1:02d}"
        application = {"kind": "special", "year": 2026, "title": "专项", "targets": [target], "problem": f"{number}"}
        yield lambda form=application: _open(database, clock, form)  # type: ignore[misc]
        for who, name, data in _steps(target):
            yield lambda who=who, name=name, data=data, case=case: _act(database, clock, who, case, name, data)  # type: ignore[misc]


def _steps(target: str) -> list[tuple[str, str, dict[str, Any]]]:
    leader, note = {"name": LEADER, "body": "区市场监管局"}, {"note": "同意"}
    plan = {
        "purpose": "查清问题",
        "targets": [target],
        "contents": ["9(3)"],
        "methods": ["on_site"],
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
        (COORDINATOR, "start", {}),
        (LEADER, "visit_on_site", {"ways": ["11(2)2"], "record": "查阅台账"}),
        (LEADER, "feed_back", told),
        (LEADER, "report", {"summary": "报告"}),
        (COORDINATOR, "consolidate", {"summary": "报告"}),
        (AUTHORITY, "consent", note),
        (COORDINATOR, "publish", {}),
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


def _peer(database: Database, machine: Machine) -> None:
    with database.writing() as connection, Session(connection) as session:
        case, cursor = session.get_one(_Case, 1), _Cursor()
        cursor.state = case.state
        machine.events["act"].trigger(cursor)
        case.state = cursor.state
        session.add(_Entry(case=1, **ROW))
        session.flush()


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _median(seconds: list[float]) -> float:
    return statistics.median(seconds) * 1000


if __name__ == "__main__":
    main()
