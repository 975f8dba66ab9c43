"""How duties and obligations of a campaign stand on a day: lights worked out from deadlines, states and readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from calendars import Calendar
from regulations import Regulation
from regulations.duties import Indicator
from states.campaign import dossier
from states.campaign.cycle import cycle
from states.campaign.dossier import KeptFigure, KeptReading
from states.campaign.lights import Sign, standing, worst
from states.engine.case import Case
from states.engine.deadlines import Light, light
from storage.cases.family_facts import FamilyFacts

_BY_STATE: Final[Mapping[str, Sign]] = {
    "confirmed": Sign.GREEN,
    "met": Sign.GREEN,
    "unfinished": Sign.RED,
    "claimed": Sign.YELLOW,
}
_BY_TIME: Final[Mapping[Light, Sign]] = {
    Light.GREEN: Sign.GREEN,
    Light.YELLOW: Sign.YELLOW,
    Light.RED: Sign.RED,
    Light.PAUSED: Sign.UNKNOWN,
}


@dataclass(frozen=True)
class CampaignParts:
    """A campaign with its parts, as they stand on a day; ``shown`` are the parts that a reader may see."""

    campaign: Case
    regulation: Regulation
    facts: FamilyFacts
    calendar: Calendar
    today: date
    shown: frozenset[str] | None

    def of(self, procedure: str) -> list[Case]:
        """The parts of one procedure that are shown."""
        every = self.facts.members.values()
        seen = (one for one in every if self.shown is None or one.id in self.shown)
        return [one for one in seen if one.procedure == procedure]

    def readings(self) -> list[KeptReading]:
        """The readings of the campaign and of the duties shown; a unit sees those of its own duties alone."""
        campaign = [*dossier.readings(self.campaign)] if self.shown is None else []
        return [*campaign, *(one for duty in self.of("unit_duty") for one in dossier.readings(duty))]

    def figures(self) -> list[KeptFigure]:
        """The figures that indicators are held against."""
        return [*dossier.figures(self.campaign)]

    def sign_of(self, part: Case) -> Sign | None:
        """The light of a duty or an occurrence by its state, and while it goes on by its time; None once it lapsed."""
        if (found := _BY_STATE.get(part.state)) is not None:
            return found
        running = [one.deadline for one in self.facts.tracked.get(part.id, ()) if one.deadline.running]
        return worst(_BY_TIME[light(one.due(self.calendar), self.calendar, self.today)] for one in running)

    def sign_of_duty(self, duty: Case) -> Sign | None:
        """The light of a duty together with those of its indicators."""
        own, order = self.sign_of(duty), dossier.order(duty)
        if own is None or order is None:
            return own
        return worst([own, *self._signs(order.task)])

    def _signs(self, task: str) -> Iterator[Sign]:
        ends = cycle(self.campaign, self.regulation).ends
        readings, figures = self._all_readings(), self.figures()
        for indicator in self.indicators_of(task):
            yield standing(indicator, readings, figures, ends, self.today).sign

    def indicators_of(self, task: str) -> list[Indicator]:
        """The indicators of a task."""
        return [one for one in self.regulation.indicators if one.task == task]

    def _all_readings(self) -> list[KeptReading]:
        """Every reading: a light is the same for all who see it."""
        duties = (one for one in self.facts.members.values() if one.procedure == "unit_duty")
        return [*dossier.readings(self.campaign), *(one for duty in duties for one in dossier.readings(duty))]
