"""A short year that can be killed anywhere and started again: every step has its request key and its day.

``python -m tests.casework.killable URL [DAYS]`` goes through all of it, printing each step once it is acknowledged; the
acts are followed up so many days after the last of them, when the lease of whoever died at it has run out.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

from casework import acting, following_up, sweeping
from casework.acting import Asked
from casework.clock import FixedClock
from storage.engine import Database, open_database
from tests.casework.office import (
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    LEADERS,
    OFFICERS,
    SUPERVISION_OFFICE,
    everybody,
    groups,
)

CASE = "TL-2026-X01"
FORM = {"kind": "special", "year": 2026, "title": "专项督察", "targets": [BACHUAN], "problem": "无证经营"}
PLAN = {
    "purpose": "查清问题",
    "targets": [BACHUAN],
    "contents": ["9(3)"],
    "methods": ["on_site"],
    "period": {"begins": "2026-08-17", "ends": "2026-08-28"},
}
GROUPS = groups([BACHUAN])
PROOF = [{"title": "照片"}]
MEASURES = [{"finding": f"{CASE}-F01", "measure": "补办", "responsible": "王五", "by": "2026-10-10"}]

STEPS: list[tuple[str, str, str, str, Any]] = [
    ("2026-08-03", COORDINATOR, CASE, "open", FORM),
    ("2026-08-03", COORDINATOR, CASE, "submit", {"contents": ["9(3)"]}),
    ("2026-08-04", AUTHORITY, CASE, "approve", {"note": "同意"}),
    ("2026-08-05", COORDINATOR, CASE, "plan", PLAN),
    ("2026-08-06", SUPERVISION_OFFICE, CASE, "file", {}),
    ("2026-08-07", COORDINATOR, CASE, "staff", {"groups": GROUPS}),
    ("2026-08-10", COORDINATOR, CASE, "train", {"content": "培训", "attended": everybody(GROUPS)}),
    ("2026-08-11", LEADERS[0], CASE, "prepare", {"information": "已收集"}),
    ("2026-08-17", COORDINATOR, CASE, "start", {}),
    ("2026-08-18", LEADERS[0], CASE, "visit_on_site", {"ways": ["11(2)2"], "record": "查阅台账"}),
    ("2026-08-24", LEADERS[0], CASE, "feed_back", {"advice": "补齐", "findings": [{"text": "台账不全"}]}),
    ("2026-08-26", LEADERS[0], CASE, "report", {"summary": "报告"}),
    ("2026-08-28", COORDINATOR, CASE, "consolidate", {"summary": "报告"}),
    ("2026-08-31", AUTHORITY, CASE, "consent", {"note": "同意"}),
    ("2026-09-18", COORDINATOR, CASE, "publish", {}),
    ("2026-09-25", OFFICERS[BACHUAN], f"{CASE}-R01", "file_plan", {"measures": MEASURES}),
    ("2026-10-20", OFFICERS[BACHUAN], f"{CASE}-R01", "report", {"summary": "已整改", "evidence": PROOF}),
]
SWEPT = ("2026-10-10", "2026-10-19")
"""The nights of the sweep: one after some nights missed, one with reproaches."""


def main(url: str, days: int) -> None:
    """Every step once, however often this is started."""
    database = open_database(url)
    for number, (day, who, case, act, data) in enumerate(STEPS):
        _do(database, number, date.fromisoformat(day), who, case, act, data)
        for night in SWEPT:
            if day < night and (number + 1 == len(STEPS) or STEPS[number + 1][0] >= night):
                _sweep(database, date.fromisoformat(night))
    while following_up.follow_up(database, FixedClock.on(date(2026, 10, 21 + days)), f"worker {days}"):
        pass
    print("finished", flush=True)


def _do(database: Database, number: int, day: date, who: str, case: str, act: str, data: Any) -> None:
    asked, clock = Asked(who, day, f"step-{number}"), FixedClock.on(day, 9, number)
    with database.writing() as session:
        if act == "open":
            acting.open_inspection(session, clock, asked, data)
        else:
            acting.act(session, clock, asked, case, act, data)
    print("acknowledged", number, flush=True)


def _sweep(database: Database, night: date) -> None:
    sweeping.sweep(database, FixedClock.on(night, 0, 30), as_of=night, jurisdiction="TL")
    print("swept", night, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
