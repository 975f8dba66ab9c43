"""The summary of the year in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import messages
from cli.output.printing import join_names, table
from cli.output.refusal_output import act_name, person_name

if TYPE_CHECKING:
    from casework.views.frequency_board import KeyRow
    from demo.summary_models import (
        DeadlineSummary,
        DemoSummary,
        InspectionSummary,
        JournalSummary,
        NoticeSummary,
        PartSummary,
        RefusedStep,
    )

NEXT: Final = (
    "case list",
    "case show {root}",
    "case show {part}",
    "overdue --all --as-of {year}-12-31",
    "frequency --year {year}",
    "notice list",
)
"""Commands that show more of the year."""


def summary_text(found: DemoSummary) -> str:
    """The summary as it is printed."""
    return "\n".join(_lines(found))


def _lines(found: DemoSummary) -> Iterator[str]:
    yield messages.text("demo.over" if found.played else "demo.over_before", year=found.year, where=found.database)
    yield from _part("cases", _inspections(found.inspections), *_parts(found.parts))
    yield from _part("deadlines", *_deadlines(found.deadlines, found.lights))
    yield from _part("notices", *_notices(found.notices))
    yield from _part("refusals", *_refusals(found.refusals))
    if found.board:
        yield from _part("board", _board(found.board))
    yield from _part("journal", _journal(found.journal))
    yield from _part("stages", messages.text(f"demo.stages_{found.followed_up.by}", **dict(found.followed_up)))
    yield from _part("next", *_next(found))


def _part(name: str, *lines: str) -> Iterator[str]:
    yield "\n" + messages.text(f"demo.part_{name}")
    yield from lines


def _inspections(listed: Sequence[InspectionSummary]) -> str:
    rows = ((one.case, one.kind_name, one.title, one.targets, one.state_name, one.acted_on) for one in listed)
    return table(("case", "kind", "title", "targets", "state", "acted_on"), rows)


def _parts(parts: Sequence[PartSummary]) -> Iterator[str]:
    for part in parts:
        yield messages.text("demo.parts", name=part.name, count=part.count, states=_counted(part.states))


def _deadlines(found: DeadlineSummary, lights: Mapping[str, int]) -> Iterator[str]:
    yield messages.text("demo.deadlines", **found.model_dump(include={"met_in_time", "met_late", "fell_away"}))
    lit = {messages.text(f"console.light_{name}"): count for name, count in lights.items()}
    lights_shown = messages.text("demo.lights", lights=_counted(lit)) if lit else ""
    yield messages.text("demo.running", running=found.running, lights=lights_shown)
    for one in found.provisional:
        span = one.earliest if one.earliest == one.latest else f"{one.earliest} ~ {one.latest}"
        yield messages.text("demo.provisional", case=one.case, span=span)


def _notices(found: NoticeSummary) -> Iterator[str]:
    yield messages.text("demo.tasks", count=found.tasks)
    yield "  " + _counted({messages.text(f"demo.rung_{rung}"): count for rung, count in found.rungs.items()})
    if found.caught_up:
        yield messages.text("demo.caught_up", nights=_counted(found.caught_up))


def _refusals(met: Sequence[RefusedStep]) -> Iterator[str]:
    for number, one in enumerate(met, start=1):
        yield f"{number:>3}. {one.on} {one.case} {act_name(one.act, one.procedure)}（{one.who}）"
        for refusal in one.refusals:
            article, fact = refusal.citation or refusal.article, refusal.fact
            yield " " * 5 + messages.text("demo.refusal", article=article, fact=fact)
            if refusal.earliest:
                yield " " * 5 + messages.text("demo.earliest", day=refusal.earliest)


def _board(rows: Sequence[KeyRow]) -> str:
    uses = (
        (
            f"{person_name('key', row.key_kind)} {row.name}",
            use.case,
            use.since,
            use.until,
            row.earliest_free,
            messages.text("demo.excepted") if use.exception else "",
        )
        for row in rows
        for use in row.uses
    )
    return table(("key", "case", "since", "until", "earliest", "remark"), uses)


def _journal(found: JournalSummary) -> str:
    return messages.text("demo.journal", entries=found.entries, fingerprint=found.fingerprint[:16])


def _next(found: DemoSummary) -> Iterator[str]:
    shown = {
        "root": found.inspections[0].case,
        "part": max((one.case for one in found.refusals), key=len),
        "year": found.year,
    }
    for command in NEXT:
        if found.board or not command.startswith("frequency"):
            yield f"  ducha --db {found.database} " + command.format(**shown)


def _counted(counts: Mapping[str, int]) -> str:
    return join_names(f"{name} {count}" for name, count in counts.items() if count)
