"""Cases as people read them: on a line, on a page with a summary first, and whether an act would go through."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import messages
from cli.cases import case_sections
from cli.output.printing import facts, join_names, section, table

if TYPE_CHECKING:
    from casework.views.case_models import ActAnswer, CaseDeadline, CaseRow, CaseView, FieldView

PARTS: Final = ("now", "barred", "deadlines", "parts", "written", "timeline", "documents", "all")
"""What ``case show --part`` prints whole."""
SHORT: Final = 8
"""Rows of a part in the summary."""
LIGHTS: Final = ("red", "yellow", "green", "paused", None)


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
                case_sections.state_text(row),
                row.unit_name or messages.text("console.units", count=len(row.targets)),
                row.acted_on,
            )
            for row in listed
        ),
        empty="console.no_cases",
    )


def render_case(found: CaseView, parts: Collection[str] = ()) -> str:
    """A case: these parts whole, or without any a summary of all."""
    chosen = [name for name in PARTS if name in parts or "all" in parts]
    body = [_whole(found, name) for name in chosen] if parts else [*_summary(found)]
    return "\n".join([_head(found), *filter(None, body)])


def _head(found: CaseView) -> str:
    case = found.case
    many = len(case.target_names) > case_sections.FEW
    targets = messages.text("console.units", count=len(case.targets)) if many else join_names(case.target_names)
    return facts(
        (
            ("case", case.case),
            ("title", case.title),
            ("kind", case.kind_name or case.procedure_name),
            ("state", case_sections.state_text(case)),
            ("unit", case.unit_name),
            ("targets", targets),
            ("regulation", case.regulation),
            ("opened", f"{case.opened_on}  {case.opened_by}"),
        )
    )


def _whole(found: CaseView, name: str) -> str:
    """One part with everything that belongs to it; blank where there is nothing."""
    case = found.case.case
    if name == "now":
        return section(name, case_sections.acts_now(case, [one for one in found.now if one.allowed]))
    if name == "barred":
        barred = [one for one in found.now if not one.allowed]
        return section(name, case_sections.acts_barred(case, barred)) if barred else ""
    if name == "deadlines":
        return section(name, case_sections.deadlines(case, _by_light(found))) if found.deadlines else ""
    if name == "parts":
        targets = facts([("targets", join_names(found.case.target_names))])
        listed = case_sections.parts(case, found.parts) if found.parts else ""
        return section(name, "\n".join(filter(None, [targets, listed]))) if targets or listed else ""
    if name == "written":
        return section(name, case_sections.written(case, found.written, whole=True)) if found.written else ""
    if name == "timeline":
        return section(name, case_sections.timeline(case, found.timeline))
    if name == "documents":
        return section(name, case_sections.documents(case, found.documents)) if found.documents else ""
    return ""


def _summary(found: CaseView) -> Iterator[str]:
    """What matters today: what may be done, what runs, where the parts stand, what came last."""
    case = found.case.case
    allowed = [one for one in found.now if one.allowed]
    short = len(allowed) <= SHORT
    yield section("now", case_sections.acts_now(case, allowed) if short else case_sections.acts_counted(case, allowed))
    if barred := [one for one in found.now if not one.allowed and one.case == case]:
        yield section("barred", case_sections.acts_barred(case, barred))
    running = [one for one in _by_light(found) if one.light is not None]
    ended = len(found.deadlines) - len(running)
    listed = running if len(found.deadlines) > SHORT else _by_light(found)
    if listed:
        yield _cut(
            "deadlines", case_sections.deadlines(case, listed[:SHORT]), len(found.deadlines) - len(listed[:SHORT])
        )
    elif ended:
        yield section("deadlines", messages.text("console.all_ended", count=ended))
    if found.parts:
        counted = len(found.parts) > SHORT
        yield section("parts", (case_sections.parts_counted if counted else _few_parts)(found.parts))
    if found.written:
        is_part = found.case.root != case
        last = found.written[-SHORT if is_part else -SHORT // 2 :]
        yield _cut("written", case_sections.written(case, last, whole=is_part), len(found.written) - len(last))
    last_acts = found.timeline[-SHORT:]
    yield _cut("timeline", case_sections.timeline(case, last_acts), len(found.timeline) - len(last_acts))
    if found.documents:
        made = found.documents[-SHORT:]
        yield _cut("documents", case_sections.documents(case, made), len(found.documents) - len(made))
    yield f"\n{messages.text('console.more_parts', case=case)}"


def _few_parts(parts: Sequence[CaseRow]) -> str:
    return case_sections.parts(parts[0].root, parts)


def _cut(name: str, body: str, more: int) -> str:
    """A part of the summary, and how much of it is left out."""
    said = section(name, body)
    return f"{said}\n{messages.text('console.part_cut', count=more, part=name)}" if more else said


def _by_light(found: CaseView) -> list[CaseDeadline]:
    """The deadlines, the most pressing first."""
    return sorted(found.deadlines, key=lambda one: (LIGHTS.index(one.light), one.latest or one.start, one.case))


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
