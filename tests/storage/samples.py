"""What the tests of storage put in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import calendars
from calendars import Calendar, Term
from states.engine.case import Case
from states.engine.deadlines import Deadline
from states.inspection.kinds import Kind
from storage.engine import Session
from storage.held_cases import LockedCase
from storage.journal import journal
from storage.messages.notices import Notice

ON = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 1, 30, 0, 123456, tzinfo=UTC)


@cache
def calendar() -> Calendar:
    """The calendar of the notices carried with the product."""
    return calendars.load()


def a_case(case_id: str = "TL-2026-Z01", **changed: Any) -> Case:
    """A special inspection that has just been opened."""
    case = Case(
        id=case_id,
        procedure="inspection",
        jurisdiction="TL",
        region="CN-CQ",
        regulation="tongliang@2023-08-16",
        title="铜梁区食品质量专项督察",
        year=2026,
        opened_on=ON,
        acted_on=ON,
        opened_by="陈晓",
        state="drafted",
        version=1,
        kind=Kind.SPECIAL,
        targets=("500151001", "500151002"),
        actors_by_act={"open": ("陈晓",)},
        dossier={"application": {"problem": "食品", "on": "2026-03-02"}},
    )
    return replace(case, **changed)


def an_act(name: str, **changed: Any) -> journal.Act:
    """An act of the coordinator on the second of March."""
    act = journal.Act(name, "陈晓", "coordinator", ON, NOW, "第十三条第（一）项", "按计划", {"note": "按计划"})
    return replace(act, **changed)


def opened(session: Session, case: Case | None = None) -> LockedCase:
    """A case, opened."""
    return journal.write(session, None, case or a_case(), an_act("open"), open=True)


def acted(session: Session, held: LockedCase, act: str, **changed: Any) -> LockedCase:
    """The case after one more act."""
    case = held.case
    after = replace(case, version=case.version + 1, actors_by_act={**case.actors_by_act, act: ("陈晓",)})
    return journal.write(session, held, replace(after, **changed), an_act(act), open=True)


def a_deadline(case_id: str = "TL-2026-Z01", **changed: Any) -> Deadline:
    """Rectification within fifteen working days of the second of March."""
    deadline = Deadline(case_id, "rectify", 1, "TL", "第十四条", ON, term=Term(15, "working_days"))
    return replace(deadline, **changed)


def a_notice(key: str, **changed: Any) -> Notice:
    """A notice to the coordinators, to be mailed."""
    notice = Notice(
        key=key,
        jurisdiction="TL",
        kind="deadline",
        dated_on=ON,
        recipient_role="coordinator",
        subject="整改报告即将到期",
        text="请按期报送。",
        created_at=NOW,
        mail_state="queued",
    )
    return replace(notice, **changed)
