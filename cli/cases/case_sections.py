"""The parts of the page of a case: what may be done, deadlines, what was written, what happened, documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import messages
from cli.output.printing import Light, is_narrow, join_names, table
from messages.spellings import shortened

if TYPE_CHECKING:
    from casework.views.case_models import (
        ActVerdict,
        CaseDeadline,
        CaseRow,
        DeadlineView,
        DocumentRow,
        TimelineEntry,
        WrittenEntry,
    )

FEW = 5
"""People who are named one by one."""
WIDEST_TEXT = 120
"""Characters of a written text in a summary."""


def state_text(case: CaseRow) -> str:
    """The state of a case, and whether it is suspended."""
    state = case.state_name
    return messages.text("console.suspended", state=state) if case.suspended else state


def acts_now(case: str, allowed: Sequence[ActVerdict]) -> str:
    """The acts that would go through, act by act and case by case."""
    rows = ((within(case, one.case), one.act_name, one.act, who_text(one), one.citation) for one in allowed)
    return _table(("case", "act", "command", "who", "article"), rows, empty="console.nothing_now")


def acts_counted(case: str, allowed: Sequence[ActVerdict]) -> str:
    """The acts that would go through, each with its case or the number of cases that wait for it."""
    waiting: dict[str, list[ActVerdict]] = {}
    for one in allowed:
        waiting.setdefault(one.act, []).append(one)
    rows = (
        (_cases_text(case, those), those[0].act_name, act, roles_text(those[0]), those[0].citation)
        for act, those in waiting.items()
    )
    return _table(("case", "act", "command", "who", "article"), rows, empty="console.nothing_now")


def _cases_text(case: str, those: Sequence[ActVerdict]) -> str:
    return within(case, those[0].case) if len(those) == 1 else messages.text("console.so_many", count=len(those))


def who_text(one: ActVerdict) -> str:
    """The people by name; where they are many, the offices they hold."""
    return join_names(one.who) if 0 < len(one.who) <= FEW else roles_text(one)


def roles_text(one: ActVerdict) -> str:
    """The offices that may do an act."""
    return join_names(role.name for role in one.roles)


def acts_barred(case: str, barred: Sequence[ActVerdict]) -> str:
    """The acts that have a place and would be refused, with every reason."""
    rows = (
        (within(case, one.case), one.act_name, one.act, refusal.fact, refusal.citation)
        for one in barred
        for refusal in one.refusals
    )
    return _table(("case", "act", "command", "fact", "article"), rows)


def deadlines(case: str, found: Sequence[CaseDeadline]) -> str:
    """Deadlines: those that run by light, then those that have ended."""
    rows = (
        (within(case, one.case), one.title, one.unit_name, one.start, due_text(one), standing(one), one.citation)
        for one in found
    )
    return _table(("case", "term", "unit", "start", "due", "status", "article"), rows)


def due_text(deadline: DeadlineView) -> date | str | None:
    """The due date, or the two it lies between."""
    due, latest = deadline.due, deadline.latest
    return due if due == latest else messages.text("console.between", due=due, latest=latest)


def standing(deadline: CaseDeadline) -> str:
    """How a deadline stands: overdue by how much, how much is left, or how it ended."""
    if deadline.met_on or deadline.closed_on:
        return ended_text(deadline)
    if deadline.paused or deadline.light is None or deadline.days is None:
        return messages.text("console.paused" if deadline.paused else "console.status_refused")
    said = messages.text("console.days_over" if deadline.days < 0 else "console.days_left", days=abs(deadline.days))
    if deadline.status == "provisional":
        said += messages.text("console.provisional")
    return Light(deadline.light, said)


def ended_text(deadline: DeadlineView) -> str:
    """When a deadline was met or ended unmet, how late, and whether that was entered late (补录)."""
    met = deadline.met_on is not None
    said = messages.text("console.met" if met else "console.ended", on=deadline.met_on or deadline.closed_on)
    if deadline.late_days:
        said += messages.text("console.late_by", days=deadline.late_days, working=deadline.late_working_days)
    if met and deadline.recorded_on:
        said += messages.text("console.entered_late", recorded=deadline.recorded_on)
    return said


def parts(case: str, found: Sequence[CaseRow]) -> str:
    """The cases that belong to an inspection, one a line."""
    rows = (
        (within(case, one.case), one.procedure_name, one.unit_name, one.title, state_text(one), one.acted_on)
        for one in found
    )
    return _table(("case", "procedure", "unit", "title", "state", "acted_on"), rows)


def parts_counted(found: Sequence[CaseRow]) -> str:
    """The cases that belong to an inspection, counted by procedure and state."""
    counts = Counter((one.procedure_name, state_text(one)) for one in found)
    return table(("procedure", "state", "cases"), ((*named, count) for named, count in counts.items()))


def written(case: str, found: Sequence[WrittenEntry], *, whole: bool) -> str:
    """What people wrote, entry by entry; long texts are cut unless ``whole``."""
    return "\n".join(line for one in found for line in _written_lines(case, one, whole))


def _written_lines(case: str, entry: WrittenEntry, whole: bool) -> Iterator[str]:
    yield "  ".join(filter(None, [f"{entry.on}", within(case, entry.case), entry.act_name, entry.actor]))
    for field in entry.fields:
        text = field.text if whole else shortened(" ".join(field.text.split()), WIDEST_TEXT)
        yield f"    {field.title}{messages.text('console.colon')}{text}"


def timeline(case: str, entries: Sequence[TimelineEntry]) -> str:
    """What happened, act by act."""
    rows = (
        (
            one.on,
            within(case, one.case),
            one.act_name,
            one.actor,
            one.role_name,
            one.to_name,
            one.citation,
            _remarks(one),
        )
        for one in entries
    )
    return _table(("on", "case", "act", "actor", "role", "to", "article", "reason"), rows)


def _remarks(entry: TimelineEntry) -> str:
    """The reason given with an act; where it was recorded later than it is dated, when, and whether as a late entry."""
    recorded = entry.recorded_at.date()
    if entry.late_entry:
        mark = messages.text("console.late_entry", recorded=recorded, **dict(entry.late_entry))
    elif entry.recorded_later:
        mark = messages.text("console.recorded_later", recorded=recorded)
    else:
        return entry.reason
    return f"{entry.reason} {mark}".strip()


def documents(case: str, found: Sequence[DocumentRow]) -> str:
    """Documents by the name that ``document show`` takes."""
    return _table(("case", "document_name", "title"), ((within(case, one.case), one.name, one.title) for one in found))


def within(root: str, case: str) -> str:
    """A part by what comes after the number of its inspection."""
    return case.removeprefix(f"{root}-") if case != root else ""


SPARED = frozenset({"role", "article", "start"})
"""Columns that a narrow terminal does without."""


def _table(headings: Sequence[str], rows: Iterator[Sequence[object]], empty: str = "console.nothing") -> str:
    """A table without the columns that a narrow terminal has no room for, and without a column of cases all blank."""
    listed = list(rows)
    blank = (
        {"case"} if listed and not any(row[headings.index("case")] for row in listed if "case" in headings) else set()
    )
    left_out = blank | (SPARED if is_narrow() else set())
    kept = [number for number, heading in enumerate(headings) if heading not in left_out]
    return table([headings[at] for at in kept], ([row[at] for at in kept] for row in listed), empty)
