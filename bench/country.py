"""What an act costs as the country fills up: one county at work among so many that have had their inspection.

``python -m bench.country [TOWNSHIPS …]``: 400, 4,000 and all 41,352 of China by default, made up by code in counties of
28. A county's comprehensive inspection, with findings at every fourth township and their rectification, is carried
out by the product; its rows are copied to every other county under numbers of their own, and then the same is
carried out once more, act by act, and measured beside a commit of one row. Flat is the goal.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Table, func, insert, select, text

from bench.databases import fresh_databases
from bench.results import record, table
from casework.acts.act_models import ActRequest
from casework.administration.jurisdiction_setup import set_up
from casework.clock import FixedClock, SystemClock
from casework.do_act import do_act, open_inspection
from casework.nightly.sweeping import sweep
from regulations import Unit
from regulations.rosters import officer_names
from storage import key_value
from storage.engine import Database
from storage.journal import parallel_verification
from storage.journal.journal import FIRST, JOURNAL, digest
from storage.rows import CaseFile, Row
from storage.rows import table as rows_of

SIZES = (400, 4_000, 41_352)
COUNTY = 28
UNITS = [Unit(f"500151{n:03d}", f"镇{n:03d}", "镇（街道）", "TL") for n in range(1, COUNTY + 1)]
COORDINATOR, SECOND, AUTHORITY, OFFICE = "联席办协调员甲", "联席办协调员乙", "区委区政府", "督查室"
APPRAISAL, LEADERS = "区考核办", ("督察组长一", "督察组长二", "督察组长三", "督察组长四")
NOTE, EVIDENCE = {"note": "同意"}, [{"title": "照片"}]
CASES = rows_of(CaseFile)
AT_ONCE = 20
"""Counties to a transaction."""
ACCOUNTS = 1000
"""Ids of accounts kept for each county."""

Deed = tuple[str, str, str, dict[str, Any]]
"""Who, which act, on which case, with what."""


def main() -> None:
    """Measure at each size on each database and record the table."""
    sizes = [int(one) for one in sys.argv[1:]] or SIZES
    rows = []
    for size in sizes:
        with fresh_databases() as databases:
            for name, database in databases.items():
                rows.append([name, f"{size:,}", *_measured(database, size)])
                print(rows[-1], file=sys.stderr)
    rows.sort(key=lambda row: row[0], reverse=True)
    heads = [
        "database", "townships", "cases there", "acts", "act, ms", "of it CPU, ms", "bare commit, ms", "ratio",
        "a night, ms", "journal rows", "verified, s",
    ]  # fmt: skip
    record("The country", table(heads, rows))


def _measured(database: Database, size: int) -> list[Any]:
    with database.writing() as session:
        set_up(session, roster=UNITS, clock=SystemClock())
    for work in works(database, 2025):
        work()
    fill(database, -(-size // COUNTY) - 1)
    with database.reading() as session:
        there = session.execute(select(func.count()).select_from(CASES)).scalar_one()
    acts, cpu, bare = [], [], []
    for work in works(database, 2026):
        began, spent = time.perf_counter(), time.process_time()
        work()
        acts.append(time.perf_counter() - began)
        cpu.append(time.process_time() - spent)
        began = time.perf_counter()
        with database.writing() as session:
            key_value.put(session, "bench", str(began))
        bare.append(time.perf_counter() - began)
    began = time.perf_counter()
    sweep(database, FixedClock.on(date(2026, 3, 27), 0, 30), jurisdiction="TL")
    night = (time.perf_counter() - began) * 1000
    medians = [statistics.median(one) * 1000 for one in (acts, cpu, bare)]
    return [f"{there:,}", len(acts), *medians, medians[0] / medians[2], night, *_verified(database)]


def _verified(database: Database) -> tuple[str, float]:
    """The journal of the whole country, every chain of it."""
    began = time.perf_counter()
    with database.reading() as session:
        rows = session.execute(select(func.count()).select_from(JOURNAL)).scalar_one()
        assert parallel_verification.check(database, session).chains == []
    return f"{rows:,}", time.perf_counter() - began


def works(database: Database, year: int) -> Iterator[Callable[[], object]]:
    """Every act of the comprehensive inspection of a year, in a transaction of its own."""
    clock = FixedClock.on(date(year, 3, 2))
    targets = [unit.code for unit in UNITS]
    form = {"kind": "comprehensive", "year": year, "title": "综合督察", "targets": targets}
    yield lambda: _open(database, clock, form)
    for deed in _deeds(f"TL-{year}-Z01", year, targets):
        yield lambda deed=deed: _act(database, clock, deed)  # type: ignore[misc]


def _deeds(case: str, year: int, targets: list[str]) -> Iterator[Deed]:
    shares = {leader: targets[at::4] for at, leader in enumerate(LEADERS)}
    groups = [
        {"name": f"第{at}组", "leader": {"name": leader, "body": "区市场监管局"}, "targets": share}
        for at, (leader, share) in enumerate(shares.items())
    ]
    methods = {"methods": ["written", "on_site"], "ways": ["11(2)1"]}
    plan = {"purpose": "查清问题", "targets": targets, "contents": ["8(1)"], **methods}
    unlike = f"TL-{year - 1}-Z01 为上一年度综合督察，整改尚在进行"
    yield COORDINATOR, "submit", case, {"contents": ["8(1)"], "not_duplicate": unlike}
    yield AUTHORITY, "approve", case, NOTE
    yield COORDINATOR, "plan", case, {**plan, "period": {"begins": f"{year}-03-02", "ends": f"{year}-12-20"}}
    yield OFFICE, "file", case, {}
    yield COORDINATOR, "staff", case, {"groups": groups}
    yield COORDINATOR, "train", case, {"content": "培训", "attended": list(LEADERS)}
    for leader, share in shares.items():
        yield leader, "prepare", case, {"about": [{"code": code, "information": "已收集"} for code in share]}
    served = [{"code": code, "received_by": "王五"} for code in targets]
    yield COORDINATOR, "start", case, {"number": f"质督通〔{year}〕1号", "served": served}
    for at, code in enumerate(targets):
        yield from _visited(case, year, LEADERS[at % 4], code, findings=at % 4 == 0)
    yield from ((leader, "report", case, {"summary": "报告"}) for leader in LEADERS)
    yield COORDINATOR, "consolidate", case, {"summary": "报告"}
    yield AUTHORITY, "consent", case, NOTE
    yield COORDINATOR, "publish", case, {"number": f"质督〔{year}〕1号"}
    for number, code in enumerate(targets[::4], start=1):
        yield from _put_right(case, year, number, code)
    receivers = (("appraisal_office", APPRAISAL), ("organisation_department", COORDINATOR))
    for number, (receiver, who) in enumerate(receivers, start=1):
        yield COORDINATOR, "pass_on", case, {"receiver": receiver, "summary": "结果"}
        yield who, "receipt", f"{case}-P{number:02d}", {"receipt": "回执"}


def _visited(case: str, year: int, leader: str, code: str, findings: bool) -> Iterator[Deed]:
    yield leader, "request_self_inspection", case, {"target": code, "due_on": f"{year}-03-20"}
    yield _officer(code), "hand_in_self_inspection", case, {"report": "自查", "evidence": EVIDENCE}
    yield leader, "visit_on_site", case, {"target": code, "ways": ["11(2)1"], "record": "座谈"}
    told = {"advice": "整改", "findings": [{"text": "台账不全"}]} if findings else {}
    yield leader, "feed_back", case, {"target": code, **told}


def _put_right(case: str, year: int, number: int, code: str) -> Iterator[Deed]:
    finding, part = f"{case}-F{number:02d}", f"{case}-R{number:02d}"
    measure = {"finding": finding, "measure": "补齐", "responsible": "王五", "by": f"{year}-04-20"}
    yield _officer(code), "file_plan", part, {"measures": [measure]}
    if number % 2:
        return  # every other rectification is still under way, and its term runs
    yield _officer(code), "claim", finding, {"note": "完成", "evidence": EVIDENCE}
    yield _officer(code), "report", part, {"summary": "已整改", "evidence": EVIDENCE}
    yield SECOND, "close_out", finding, NOTE
    yield COORDINATOR, "spot_check", part, {"result": "属实"}
    yield COORDINATOR, "accept", part, NOTE
    yield COORDINATOR, "close", part, {}


def _officer(code: str) -> str:
    return officer_names(UNITS)[code]


def _open(database: Database, clock: FixedClock, form: dict[str, Any]) -> None:
    with database.writing() as session:
        open_inspection(session, clock, ActRequest(COORDINATOR, jurisdiction="TL"), form)


def _act(database: Database, clock: FixedClock, deed: Deed) -> None:
    who, name, case, data = deed
    with database.writing() as session:
        do_act(session, clock, ActRequest(who), case, name, data)


def fill(database: Database, counties: int) -> None:
    """So many more counties with everything that the first one has; their acts are followed up already."""
    with database.reading() as session:
        kept = {
            one: [dict(row) for row in session.execute(select(one).order_by(*one.primary_key)).mappings()]
            for one in Row.metadata.sorted_tables
        }
    for first in range(0, counties, AT_ONCE):
        copies: dict[Table, list[dict[str, Any]]] = defaultdict(list)
        for number in range(first, min(first + AT_ONCE, counties)):
            for one, rows in kept.items():
                copies[one] += [_copied(one, row, f"{number:04d}") for row in rows]
        _chain(copies[JOURNAL], copies[CASES])
        with database.writing() as session:
            for one, rows in copies.items():
                if rows:
                    session.execute(insert(one), rows)
    if not database.is_sqlite:
        # As autovacuum does by itself after a while.
        with database.writing() as session:
            session.execute(text("ANALYZE"))


def _chain(entries: list[dict[str, Any]], files: list[dict[str, Any]]) -> None:
    """The copies as if they had been written so: each entry hashed with the one before it."""
    heads: dict[str, str] = {}
    for entry in entries:
        entry["prev_hash"] = heads.get(entry["case_id"], FIRST)
        heads[entry["case_id"]] = entry["hash"] = digest(entry)
    for file in files:
        file["head_hash"] = heads[file["id"]]


def _copied(of: Table, row: dict[str, Any], county: str) -> dict[str, Any]:
    """A row as another county has it."""
    copy = {
        name: _renamed(value, county) if isinstance(value, str) else value
        for name, value in row.items()
        if not (name == "id" and isinstance(value, int))
    }
    # Every county has the accounts of the first one, under ids of their own.
    for name in {"account": ("id",), "account_role": ("account_id",)}.get(of.name, ()):
        copy[name] = row[name] + ACCOUNTS * (int(county) + 1)
    if "done_at" in copy:
        copy["done_at"] = copy["created_at"]
    return copy


def _renamed(text: str, county: str) -> str:
    renamed = text.replace("TL-", f"{county}-").replace('"TL"', f'"{county}"').replace("500151", f"99{county}")
    return county if text == "TL" else renamed


if __name__ == "__main__":
    main()
