"""Cases as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import messages
from cli.output.printing import facts, join_names, section, table

if TYPE_CHECKING:
    from casework.views.case_models import (
        ActAnswer,
        ActVerdict,
        CaseRow,
        CaseView,
        DeadlineView,
        FieldView,
        TimelineEntry,
    )

FEW = 5
"""People who are named one by one."""


def rows(listed: Sequence[CaseRow]) -> str:
    """Cases, one a line."""
    return table(
        ("case", "kind", "year", "title", "state", "unit", "acted_on"),
        (
            (
                row.case,
                row.kind_name or row.procedure_name,
                row.year,
                row.title,
                _state(row),
                row.unit_name or messages.text("console.units", count=len(row.targets)),
                row.acted_on,
            )
            for row in listed
        ),
        empty="console.no_cases",
    )


def _state(case: CaseRow) -> str:
    state = case.state_name
    return messages.text("console.suspended", state=state) if case.suspended else state


def render_case(found: CaseView) -> str:
    """A case with everything about it."""
    return "\n".join(_parts_of(found))


def _parts_of(found: CaseView) -> Iterator[str]:
    case = found.case
    yield facts(
        (
            ("case", case.case),
            ("title", case.title),
            ("kind", case.kind_name or case.procedure_name),
            ("state", _state(case)),
            ("unit", case.unit_name),
            ("targets", join_names(case.target_names)),
            ("regulation", case.regulation),
            ("opened", f"{case.opened_on}  {case.opened_by}"),
        )
    )
    yield section("now", _now(case.case, [one for one in found.now if one.allowed]))
    if barred := [one for one in found.now if not one.allowed]:
        yield section("barred", _barred(case.case, barred))
    if found.deadlines:
        yield section("deadlines", _deadlines(found.deadlines))
    if found.parts:
        yield section("parts", _parts(found.parts))
    yield section("timeline", _timeline(case.case, found.timeline))
    if found.documents:
        rows = ((one.case, one.name, one.title) for one in found.documents)
        yield section("documents", table(("case", "name", "title"), rows))


def _now(case: str, allowed: Sequence[ActVerdict]) -> str:
    return table(
        ("case", "act", "command", "who", "article"),
        ((_within(case, one.case), one.act_name, one.act, _who(one), one.citation) for one in allowed),
        empty="console.nothing_now",
    )


def _who(one: ActVerdict) -> str:
    """The people by name; where they are many, the offices they hold."""
    names = one.who
    return join_names(names if 0 < len(names) <= FEW else [role.name for role in one.roles])


def _barred(case: str, barred: Sequence[ActVerdict]) -> str:
    return table(
        ("case", "act", "command", "fact", "article"),
        (
            (
                _within(case, one.case),
                one.act_name,
                one.act,
                refusal.fact,
                refusal.citation,
            )
            for one in barred
            for refusal in one.refusals
        ),
    )


def _deadlines(deadlines: Sequence[DeadlineView]) -> str:
    return table(
        ("case", "term", "unit", "start", "due", "status", "article"),
        ((one.case, one.title, one.unit_name, one.start, _due(one), _standing(one), one.citation) for one in deadlines),
    )


def _due(deadline: DeadlineView) -> date | str | None:
    due, latest = deadline.due, deadline.latest
    return due if due == latest else messages.text("console.between", due=due, latest=latest)


def _standing(deadline: DeadlineView) -> str:
    if deadline.met_on or deadline.closed_on:
        return ended_text(deadline)
    return messages.text("console.paused" if deadline.paused else f"console.status_{deadline.status}")


def ended_text(deadline: DeadlineView) -> str:
    """When a deadline was met or ended unmet, how late, and whether that was entered late (补录)."""
    met = deadline.met_on is not None
    said = messages.text("console.met" if met else "console.ended", on=deadline.met_on or deadline.closed_on)
    if deadline.late_days:
        said += messages.text("console.late_by", days=deadline.late_days, working=deadline.late_working_days)
    if met and deadline.recorded_on:
        said += messages.text("console.entered_late", recorded=deadline.recorded_on)
    return said


def _parts(parts: Sequence[CaseRow]) -> str:
    return table(
        ("case", "procedure", "unit", "title", "state"),
        ((one.case, one.procedure_name, one.unit_name, one.title, _state(one)) for one in parts),
    )


def _timeline(case: str, entries: Sequence[TimelineEntry]) -> str:
    return table(
        ("on", "case", "act", "actor", "role", "to", "article", "reason"),
        (
            (
                one.on,
                _within(case, one.case),
                one.act_name,
                one.actor,
                one.role_name,
                one.to_name,
                one.citation,
                _remarks(one),
            )
            for one in entries
        ),
    )


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


def _within(root: str, case: str) -> str:
    """A part by what comes after the number of its inspection."""
    return case.removeprefix(f"{root}-") if case != root else ""


def render_verdict(answer: ActAnswer) -> str:
    """Whether an act would go through, and what it is handed in with."""
    from cli.output.refusal_output import format_refusals

    said = {"case": answer.case, "act": answer.act_name, "who": join_names(answer.who) or "—"}
    if answer.allowed:
        head = messages.text("console.why_allowed", **said, citation=answer.citation)
    else:
        head = format_refusals(messages.text("console.why_not", **said), answer.refusals, judged=True)
    needed = ((one.field, one.title, _required(one), one.about) for one in answer.needed)
    return head + "\n" + section("form", table(("field", "title", "required", "about"), needed))


def _required(field: FieldView) -> str:
    return messages.text("console.required") if field.required else ""
