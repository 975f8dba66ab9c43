"""What the year came to, read from the database once it is over."""

from __future__ import annotations

from collections import Counter
from datetime import date, time
from hashlib import sha256
from typing import Any, Final

from access.reader import operator
from casework.clock import FixedClock
from casework.views import case_lists, frequency_board, overdue_deadlines
from casework.views.case_models import CaseRow
from demo import people
from demo.progress_marker import ProgressMarker
from demo.run_year import at
from demo.year_plan import YearPlan
from states.engine.deadlines import ReminderStep
from states.inspection.procedures import PROCEDURES
from storage.cases import deadlines
from storage.cases.deadlines import Tracked
from storage.engine import Database, Session
from storage.journal import journal
from storage.messages import notices

EVERY: Final = 100_000
OF_THEIR_OWN: Final = ("inspection", "look_back")


def summary(database: Database, program: YearPlan, mark: ProgressMarker) -> dict[str, Any]:
    """The year as plain values: cases, deadlines, notices, refusals, board, and what stands at its end."""
    last = date(mark.year, 12, 31)
    clock = at(last, time(18))
    with database.reading() as session:
        inspections = case_lists.list_cases(session, operator(), limit=EVERY)
        return {
            "database": database.where,
            "year": mark.year,
            "steps": mark.done,
            "journal": _journal(session, [one.case for one in inspections]),
            "inspections": [_inspection(one) for one in reversed(inspections)],
            "parts": _parts(session),
            "deadlines": _deadlines(session),
            "notices": _notices(session, program.down),
            "refusals": list(mark.refusals),
            "board": _board(session, clock, mark.year),
            "lights": overdue_deadlines.overdue_deadlines(session, clock, operator(), as_of=last).counts,
        }


def _journal(session: Session, roots: list[str]) -> dict[str, Any]:
    """How many entries, and one fingerprint over them all: the same whenever the same year was played."""
    hashes = [entry.hash for root in sorted(roots) for entry in journal.of_family(session, root)]
    return {"entries": len(hashes), "fingerprint": sha256("".join(hashes).encode()).hexdigest()}


def _inspection(one: CaseRow) -> dict[str, Any]:
    shown = one.model_dump(mode="json", include={"case", "kind_name", "title", "state", "state_name", "acted_on"})
    return shown | {"targets": len(one.targets)}


def _parts(session: Session) -> list[dict[str, Any]]:
    found = []
    for procedure in PROCEDURES:
        listed = (
            []
            if procedure in OF_THEIR_OWN
            else case_lists.list_cases(session, operator(), procedure=procedure, limit=EVERY)
        )
        if listed:
            states = Counter(one.state_name for one in listed)
            found.append(
                {"procedure": procedure, "name": listed[0].procedure_name, "count": len(listed), "states": states}
            )
    return found


def _deadlines(session: Session) -> dict[str, Any]:
    every = [
        tracked
        for procedure in PROCEDURES
        for one in case_lists.list_cases(session, operator(), procedure=procedure, limit=EVERY)
        for tracked in deadlines.of_case(session, one.case)
    ]
    running = [tracked for tracked in every if tracked.deadline.running]
    met = [tracked for tracked in every if tracked.deadline.met_on]
    late = [tracked for tracked in met if _late(tracked)]
    return {
        "met_in_time": len(met) - len(late),
        "met_late": len(late),
        "fell_away": len(every) - len(met) - len(running),
        "running": len(running),
        "provisional": [_provisional(tracked) for tracked in running if tracked.due_status == "provisional"],
    }


def _late(tracked: Tracked) -> bool:
    met, latest = tracked.deadline.met_on, tracked.latest_on
    return met is not None and latest is not None and met > latest


def _provisional(tracked: Tracked) -> dict[str, str]:
    return {"case": tracked.deadline.case, "earliest": str(tracked.due_on), "latest": str(tracked.latest_on)}


def _notices(session: Session, down: frozenset[date]) -> dict[str, Any]:
    """By rung; and those of the nights on which nothing swept, dated as of their own night all the same."""
    told = notices.find(session, jurisdiction=people.JURISDICTION, superseded=None)
    by_rung = Counter(notice.rung for notice in told if notice.kind == "deadline")
    missed = sorted(notice.dated_on for notice in told if notice.kind == "deadline" and notice.dated_on in down)
    return {
        "rungs": {rung.value: by_rung[rung.value] for rung in ReminderStep},
        "tasks": sum(notice.kind == "task" for notice in told),
        "caught_up": Counter(map(str, missed)),
    }


def _board(session: Session, clock: FixedClock, year: int) -> list[dict[str, Any]]:
    """The rows of the board on which something stands."""
    board = frequency_board.frequency_board(session, clock, operator(), jurisdiction=people.JURISDICTION, year=year)
    return [row.model_dump(mode="json") for row in board.rows if row.uses]
