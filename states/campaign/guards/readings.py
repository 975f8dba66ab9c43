"""Readings and figures: of a known indicator, in its unit, of a period, for a unit of the campaign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from regulations.duties import Indicator
from states.campaign import dossier
from states.campaign.forms.parts import ReportProgress
from states.campaign.forms.readings import FigureEntry, ReadingEntry, RecordReadings, SetFigures
from states.campaign.periods import read_period
from states.campaign.values import read_value, same_measure
from states.engine.case import Case, Role
from states.engine.consulted_cases import compares_days
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form


@on_form
def readings_are_lawful(case: Case, context: Context) -> Iterator[Refusal]:
    """Every reading fits its indicator; a reading that replaces an earlier one says why."""
    form = context.filled(RecordReadings)
    yield from _unlawful(form.readings, case, context, None)
    yield from _unexplained(form.readings, case, form.note)


@compares_days
@on_form
def reported_readings_are_lawful(case: Case, context: Context) -> Iterator[Refusal]:
    """Readings in a progress report are of the task's own indicators."""
    form, assigned = context.filled(ReportProgress), dossier.order(case)
    yield from _unlawful(form.readings, context.inspection(case), context, assigned.task if assigned else "")
    yield from _unexplained(form.readings, case, form.note)


@on_form
def figures_are_lawful(case: Case, context: Context) -> Iterator[Refusal]:
    """A figure is one that its indicator is held against."""
    for number, entry in enumerate(context.filled(SetFigures).figures, start=1):
        indicator = _indicator(entry, context)
        if indicator is None:
            yield _unknown(number, entry, context)
            continue
        wanted = "rank" if indicator.comparator == "rank" else indicator.against
        if entry.kind != wanted:
            yield refusal("figure_of_no_use", Role.COORDINATOR, number=number, indicator=indicator.title)
        yield from _misfits(number, entry, indicator, case, context)


def _unlawful(entries: Sequence[ReadingEntry], campaign: Case, context: Context, task: str | None) -> Iterator[Refusal]:
    for number, entry in enumerate(entries, start=1):
        indicator = _indicator(entry, context)
        if indicator is None:
            yield _unknown(number, entry, context)
            continue
        if task is not None and indicator.task != task:
            yield refusal(
                "reading_of_another_task", Role.TARGET_OFFICER, number=number, indicator=indicator.title, task=task
            )
        yield from _misfits(number, entry, indicator, campaign, context)
        if (period := read_period(entry.period)) is not None and period.begins > context.on:
            yield refusal("reading_ahead", Role.COORDINATOR, number=number, period=entry.period, on=context.on)
    for (code, written, body), times in Counter((one.indicator, one.period, one.body) for one in entries).items():
        if times > 1:
            unit = context.named(body) if body else "—"
            yield refusal("reading_twice", Role.COORDINATOR, indicator=code, period=written, unit=unit)


def _misfits(
    number: int, entry: ReadingEntry | FigureEntry, indicator: Indicator, campaign: Case, context: Context
) -> Iterator[Refusal]:
    """In what an entry does not fit its indicator; ``number`` says which entry it is."""
    title = indicator.title
    if not same_measure(indicator, entry.measure):
        yield refusal(
            "reading_in_another_unit",
            Role.COORDINATOR,
            measure=entry.measure or "—",
            wanted=indicator.unit or "—",
            number=number,
            indicator=title,
        )
    if read_value(indicator, entry.value) is None:
        yield refusal("reading_value_unlawful", Role.COORDINATOR, value=entry.value, number=number, indicator=title)
    if read_period(entry.period) is None:
        yield refusal("reading_period_unlawful", Role.COORDINATOR, period=entry.period, number=number, indicator=title)
    if entry.body is not None and entry.body not in campaign.targets:
        yield refusal(
            "reading_of_another_body", Role.COORDINATOR, unit=context.named(entry.body), number=number, indicator=title
        )


def _unexplained(entries: Sequence[ReadingEntry], case: Case, note: str) -> Iterator[Refusal]:
    """A reading that was recorded before is put right with a reason; both are kept."""
    known = {(kept.entry.indicator, kept.entry.period, kept.entry.body) for kept in dossier.readings(case)}
    for entry in entries:
        if (entry.indicator, entry.period, entry.body) in known and not note:
            yield refusal(
                "reading_replaced_unexplained", Role.COORDINATOR, indicator=entry.indicator, period=entry.period
            )


def _indicator(entry: ReadingEntry | FigureEntry, context: Context) -> Indicator | None:
    return next((one for one in context.regulation.indicators if one.code == entry.indicator), None)


def _unknown(number: int, entry: ReadingEntry | FigureEntry, context: Context) -> Refusal:
    known = tuple(one.code for one in context.regulation.indicators)
    return refusal("indicator_unknown", Role.COORDINATOR, number=number, indicator=entry.indicator, indicators=known)
