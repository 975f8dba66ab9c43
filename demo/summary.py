"""The summary of the year, read from the database at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import time
from hashlib import sha256
from typing import Final

from access.reader import operator
from casework.clock import FixedClock
from casework.views import case_lists, frequency_board, overdue_deadlines
from casework.views.case_models import CaseRow
from casework.views.frequency_board import KeyRow
from demo.progress_marker import ProgressMarker
from demo.run_year import at
from demo.summary_models import (
    DeadlineSummary,
    DemoSummary,
    FollowUpSummary,
    InspectionSummary,
    JournalSummary,
    NoticeSummary,
    PartSummary,
    ProvisionalDeadline,
    RefusedStep,
)
from demo.year_plan import YearPlan
from states.engine.deadlines import ReminderStep
from states.packs import newest_packs, root_procedures
from storage.cases import deadlines
from storage.cases.deadlines import Tracked
from storage.engine import Database, Session
from storage.journal import journal
from storage.messages import notices

EVERY: Final = 100_000
PROCEDURES: Final = tuple(dict.fromkeys(name for pack in newest_packs() for name in pack.procedures))


def summary(
    database: Database, program: YearPlan, mark: ProgressMarker, *, played: bool, followed_up: FollowUpSummary
) -> DemoSummary:
    """The year: cases, deadlines, notices, refusals, board, and what stands at its end."""
    last = program.last
    clock = at(last, time(18))
    with database.reading() as session:
        inspections = case_lists.list_cases(session, operator(), limit=EVERY)
        return DemoSummary(
            played=played,
            database=database.where,
            year=mark.year,
            steps=mark.done,
            journal=_journal(session, [one.case for one in inspections]),
            inspections=tuple(_inspection(one) for one in reversed(inspections)),
            parts=tuple(_parts(session)),
            deadlines=_deadlines(session),
            notices=_notices(session, program),
            refusals=tuple(RefusedStep.model_validate(one) for one in mark.refusals),
            board=tuple(_board(session, clock, program)),
            lights=overdue_deadlines.overdue_deadlines(session, clock, operator(), as_of=last).counts,
            followed_up=followed_up,
        )


def _journal(session: Session, roots: list[str]) -> JournalSummary:
    """How many entries, and one fingerprint over them all: the same whenever the same year was played."""
    hashes = [entry.hash for root in sorted(roots) for entry in journal.of_family(session, root)]
    return JournalSummary(entries=len(hashes), fingerprint=sha256("".join(hashes).encode()).hexdigest())


def _inspection(one: CaseRow) -> InspectionSummary:
    named = one.model_dump(include={"case", "kind_name", "title", "state", "state_name", "acted_on"})
    return InspectionSummary(**named, targets=len(one.targets))


def _parts(session: Session) -> Iterator[PartSummary]:
    for procedure in PROCEDURES:
        listed = (
            []
            if procedure in root_procedures()
            else case_lists.list_cases(session, operator(), procedure=[procedure], limit=EVERY)
        )
        if listed:
            states = Counter(one.state_name for one in listed)
            yield PartSummary(procedure=procedure, name=listed[0].procedure_name, count=len(listed), states=states)


def _deadlines(session: Session) -> DeadlineSummary:
    every = [
        tracked
        for procedure in PROCEDURES
        for one in case_lists.list_cases(session, operator(), procedure=[procedure], limit=EVERY)
        for tracked in deadlines.of_case(session, one.case)
    ]
    running = [tracked for tracked in every if tracked.deadline.running]
    met = [tracked for tracked in every if tracked.deadline.met_on]
    late = [tracked for tracked in met if _late(tracked)]
    return DeadlineSummary(
        met_in_time=len(met) - len(late),
        met_late=len(late),
        fell_away=len(every) - len(met) - len(running),
        running=len(running),
        provisional=tuple(_provisional(tracked) for tracked in running if tracked.due_status == "provisional"),
    )


def _late(tracked: Tracked) -> bool:
    met, latest = tracked.deadline.met_on, tracked.latest_on
    return met is not None and latest is not None and met > latest


def _provisional(tracked: Tracked) -> ProvisionalDeadline:
    return ProvisionalDeadline(case=tracked.deadline.case, earliest=tracked.due_on, latest=tracked.latest_on)


def _notices(session: Session, program: YearPlan) -> NoticeSummary:
    """By rung; and those of the nights on which nothing swept, dated as of their own night all the same."""
    issued = notices.find(session, jurisdiction=program.jurisdiction, superseded=None)
    by_rung = Counter(notice.rung for notice in issued if notice.kind == "deadline")
    missed = sorted(
        notice.dated_on for notice in issued if notice.kind == "deadline" and notice.dated_on in program.down
    )
    return NoticeSummary(
        rungs={rung.value: by_rung[rung.value] for rung in ReminderStep},
        tasks=sum(notice.kind == "task" for notice in issued),
        caught_up=Counter(map(str, missed)),
    )


def _board(session: Session, clock: FixedClock, program: YearPlan) -> list[KeyRow]:
    """The rows of the board on which something stands."""
    home = program.jurisdiction
    board = frequency_board.frequency_board(session, clock, operator(), jurisdiction=home, year=program.year)
    return [row for row in board.rows if row.uses]
