"""The documents in the dossiers of a campaign and of its parts, parsed as their forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from regulations import Regulation
from regulations.duties import Obligation, Task
from states.campaign.forms.campaign import LaunchCampaign, NamedPerson, SetInterval
from states.campaign.forms.parts import AssignDuty, ReportProgress, ScheduleOccurrence, VetoUnit
from states.campaign.forms.readings import FigureEntry, ReadingEntry, RecordReadings, SetFigures
from states.engine.case import Case


@dataclass(frozen=True, slots=True)
class KeptReading:
    """A reading with the case it was recorded on, by whom and when."""

    entry: ReadingEntry
    case: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class KeptFigure:
    """A figure with by whom and when it was recorded."""

    entry: FigureEntry
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class KeptInterval:
    """How often an unset obligation is owed, with who set it and when."""

    form: SetInterval
    by: str
    on: date


def reviewers(campaign: Case) -> frozenset[str]:
    """The people named for the evaluation of the units."""
    launch = campaign.read("launch", LaunchCampaign)
    return frozenset(launch.reviewers if launch else ())


def order(duty: Case) -> AssignDuty | None:
    """What a duty was assigned with."""
    return duty.read("order", AssignDuty)


def people(duty: Case) -> tuple[NamedPerson, ...]:
    """The person of each body of a duty."""
    assigned = order(duty)
    return assigned.people if assigned else ()


def task_of(duty: Case, regulation: Regulation) -> Task | None:
    """The task that a duty is about."""
    assigned = order(duty)
    return next((one for one in regulation.tasks if assigned and one.key == assigned.task), None)


def schedule(occurrence: Case) -> ScheduleOccurrence | None:
    """What an occurrence was scheduled with."""
    return occurrence.read("schedule", ScheduleOccurrence)


def obligation_of(occurrence: Case, regulation: Regulation) -> Obligation | None:
    """The obligation that an occurrence is of."""
    planned = schedule(occurrence)
    return next((one for one in regulation.obligations if planned and one.code == planned.obligation), None)


def intervals(campaign: Case) -> dict[str, KeptInterval]:
    """The interval last set for each obligation that the text leaves unset, by its code."""
    kept = zip(
        campaign.read_all("intervals", SetInterval),
        campaign.authors("intervals"),
        campaign.days("intervals"),
        strict=True,
    )
    return {form.obligation: KeptInterval(form, by, on) for form, by, on in kept}


def readings(case: Case) -> Iterator[KeptReading]:
    """The readings recorded on a campaign or on a duty, in order."""
    recorded = [one.readings for one in case.read_all("readings", RecordReadings)]
    reported = [one.readings for one in case.read_all("progress", ReportProgress)]
    for name, several in (("readings", recorded), ("progress", reported)):
        for entries, by, on in zip(several, case.authors(name), case.days(name), strict=True):
            yield from (KeptReading(entry, case.id, by, on) for entry in entries)


def figures(campaign: Case) -> Iterator[KeptFigure]:
    """The figures that indicators are held against, in the order they were recorded."""
    kept = zip(
        campaign.read_all("figures", SetFigures), campaign.authors("figures"), campaign.days("figures"), strict=True
    )
    for said, by, on in kept:
        yield from (KeptFigure(entry, by, on) for entry in said.figures)


def veto(evaluation: Case) -> VetoUnit | None:
    """The veto on a unit; None where there is none."""
    return evaluation.read("veto", VetoUnit)
