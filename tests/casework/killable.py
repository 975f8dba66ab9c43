"""A short year that can be killed anywhere and started again: every step has its request key and its day.

``python -m tests.casework.killable URL [DAYS]`` goes through all of it, printing each step once it is acknowledged; the
acts are followed up so many days after the last of them, when the lease of whoever died at it has run out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple

from casework import do_act
from casework.acts.act_models import ActRequest
from casework.clock import FixedClock
from casework.nightly import follow_ups, sweeping
from casework.nightly.follow_up_models import FollowUpResult
from settings import Settings
from storage import failpoints
from storage.calendar import sweep_nights
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
    served,
)

CASE = "TL-2026-X01"
FORM = {"kind": "special", "year": 2026, "title": "专项督察", "targets": [BACHUAN], "problem": "无证经营"}
PLAN = {
    "purpose": "查清问题",
    "targets": [BACHUAN],
    "contents": ["9(3)"],
    "methods": ["on_site"],
    "ways": ["11(2)2"],
    "period": {"begins": "2026-08-17", "ends": "2026-08-28"},
}
GROUPS = groups([BACHUAN])
VISIT = {"ways": ["11(2)2"], "record": "查阅台账", "present": everybody(GROUPS)}
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
    ("2026-08-17", COORDINATOR, CASE, "start", served([BACHUAN])),
    ("2026-08-18", LEADERS[0], CASE, "visit_on_site", VISIT),
    ("2026-08-24", LEADERS[0], CASE, "feed_back", {"advice": "补齐", "findings": [{"text": "台账不全"}]}),
    ("2026-08-26", LEADERS[0], CASE, "report", {"summary": "报告"}),
    ("2026-08-28", COORDINATOR, CASE, "consolidate", {"summary": "报告"}),
    ("2026-08-31", AUTHORITY, CASE, "consent", {"note": "同意"}),
    ("2026-09-18", COORDINATOR, CASE, "publish", {"number": "铜质督〔2026〕3号"}),
    ("2026-09-25", OFFICERS[BACHUAN], f"{CASE}-R01", "file_plan", {"measures": MEASURES}),
    ("2026-10-20", OFFICERS[BACHUAN], f"{CASE}-R01", "report", {"summary": "已整改", "evidence": PROOF}),
]
LAST = date(2026, 10, 21)
SWEPT = ("2026-10-10", "2026-10-19")
"""The nights of the sweep: one after some nights missed, one with reproaches."""


class Step(NamedTuple):
    """One step of the year: ``point`` is act, publish or sweep, ``run`` says what came of it."""

    point: str
    name: object
    run: Callable[[Database], Any]


def steps(*, keyed: bool = True) -> Iterator[Step]:
    """Every act and every night's sweep, in order; without request keys each act is another one every time."""
    for number, (day, who, case, act, data) in enumerate(STEPS):
        key = f"step-{number}" if keyed else None
        doing = partial(_do, number, key, date.fromisoformat(day), who, case, act, data)
        yield Step("publish" if act == "publish" else "act", number, doing)
        for night in SWEPT:
            if day < night and (number + 1 == len(STEPS) or STEPS[number + 1][0] >= night):
                yield Step("sweep", night, partial(_sweep, date.fromisoformat(night)))


def follow_up(database: Database, days: int) -> list[FollowUpResult]:
    """Follow up one act, so many days after the last."""
    return follow_ups.follow_up(database, FixedClock.on(LAST + timedelta(days=days)), f"worker {days}")


def main(url: str, days: int) -> None:
    """Every step once, however often this is started."""
    if failpoint := Settings(os.environ).failpoint:
        failpoints.arm(*failpoint)
    database = open_database(url)
    for step in steps():
        step.run(database)
        print("swept" if step.point == "sweep" else "acknowledged", step.name, flush=True)
    while follow_up(database, days):
        pass
    print("finished", flush=True)


def _do(
    number: int, key: str | None, day: date, who: str, case: str, act: str, data: Any, database: Database
) -> dict[str, Any]:
    asked, clock = ActRequest(who, day, key), FixedClock.on(day, 9, number)
    with database.writing() as session:
        if act == "open":
            return do_act.open_inspection(session, clock, asked, data).model_dump(mode="json")
        return do_act.do_act(session, clock, asked, case, act, data).model_dump(mode="json")


def _sweep(night: date, database: Database) -> dict[str, Any]:
    """The sweep of a night, at its own time; one that was finished before a kill is not asked for again."""
    with database.reading() as session:
        if (sweep_nights.last(session, "TL") or date.min) >= night:
            return {"issued": 0}
    swept = sweeping.sweep(database, FixedClock.on(night, 0, 30), as_of=night, jurisdiction="TL")
    return swept.model_dump(mode="json")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
