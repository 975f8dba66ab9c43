"""The indicators of a campaign: how each stands, and every reading and figure on record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from access.reader import Reader
from casework.campaign.board import campaign_parts
from casework.campaign.campaign_models import FigureView, IndicatorRow, IndicatorView, ReadingView
from casework.campaign.standing_of_parts import CampaignParts
from casework.clock import Clock
from casework.errors import NotFound
from regulations.duties import Indicator
from states.campaign import dossier
from states.campaign.cycle import cycle
from states.campaign.dossier import KeptReading
from states.campaign.lights import standing
from storage.engine import Session

SAID: Final = {"period", "body", "value", "source"}
"""What is shown of a reading and of a figure as it was given."""


def list_indicators(session: Session, clock: Clock, reader: Reader, case_id: str) -> list[IndicatorRow]:
    """How the indicators of a campaign stand, for the whole jurisdiction and for each unit with readings.

    A unit sees those of its own tasks. Raises NotFound.
    """
    parts = campaign_parts(session, clock, reader, case_id)
    return [row for one in _shown(parts) for row in _rows(parts, one)]


def show_indicator(session: Session, clock: Clock, reader: Reader, case_id: str, indicator: str) -> IndicatorView:
    """An indicator with its readings and figures. Raises NotFound."""
    parts = campaign_parts(session, clock, reader, case_id)
    found = next((one for one in _shown(parts) if one.code == indicator), None)
    if found is None:
        known = "、".join(one.code for one in _shown(parts))
        raise NotFound("no_such_indicator", indicator=indicator, known=known)
    readings = [one for one in parts.readings() if one.entry.indicator == indicator]
    last = {(one.entry.period, one.entry.body): one for one in readings}
    return IndicatorView(
        **next(_rows(parts, found)).model_dump(),
        words=found.words,
        readings=tuple(_reading(one, last[one.entry.period, one.entry.body] is not one) for one in readings),
        figures=tuple(
            FigureView(**one.entry.model_dump(include=SAID | {"kind"}), by=one.by, on=one.on)
            for one in parts.figures()
            if one.entry.indicator == indicator
        ),
    )


def _shown(parts: CampaignParts) -> list[Indicator]:
    if parts.shown is None:
        return list(parts.regulation.indicators)
    orders = (dossier.order(duty) for duty in parts.of("unit_duty"))
    tasks = {one.task for one in orders if one is not None}
    return [one for one in parts.regulation.indicators if one.task in tasks]


def _rows(parts: CampaignParts, indicator: Indicator) -> Iterator[IndicatorRow]:
    readings, figures = parts.readings(), parts.figures()
    ends = cycle(parts.campaign, parts.regulation).ends
    bodies = {one.entry.body for one in readings if one.entry.indicator == indicator.code} - {None}
    for body in [None, *sorted(code for code in bodies if code)]:
        found = standing(indicator, readings, figures, ends, parts.today, body)
        entry = found.reading.entry if found.reading else None
        yield IndicatorRow(
            indicator=indicator.code,
            title=indicator.title,
            citation=parts.regulation.short(indicator.ref),
            task=indicator.task,
            body=body,
            comparator=indicator.comparator,
            against=indicator.against,
            target=None if found.target is None else str(found.target),
            measure=indicator.unit,
            value=entry.value if entry else None,
            period=entry.period if entry else None,
            source=entry.source if entry else None,
            light=found.sign.value,
            trend=found.trend,
            note=indicator.note,
        )


def _reading(kept: KeptReading, replaced: bool) -> ReadingView:
    given = kept.entry.model_dump(include=SAID)
    evidence = tuple(paper.title for paper in kept.entry.evidence)
    return ReadingView(**given, case=kept.case, evidence=evidence, by=kept.by, on=kept.on, replaced=replaced)
