"""The cycle of a campaign and its windows, which may overlap: a window is never a state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from regulations import Regulation
from states.campaign.forms.campaign import OpenCampaign
from states.engine.case import Case


@dataclass(frozen=True, slots=True)
class Window:
    """A window of a cycle, both days within it."""

    title: str
    begins: date
    ends: date

    def is_open(self, on: date) -> bool:
        """Whether a day lies in the window."""
        return self.begins <= on <= self.ends


@dataclass(frozen=True, slots=True)
class Cycle:
    """From the first to the last day of a campaign, with its windows."""

    begins: date
    ends: date
    windows: tuple[Window, ...] = ()


def cycle_of(application: OpenCampaign, regulation: Regulation) -> Cycle | None:
    """The cycle that a draft asks for, with what it leaves out taken from the text; None where neither says it."""
    windows = tuple(Window(one.title, one.begins, one.ends) for one in application.windows)
    windows = windows or tuple(Window(one.title, one.from_, one.to) for one in regulation.phases)
    begins = application.begins or min((one.begins for one in windows), default=None)
    ends = application.ends or max((one.ends for one in windows), default=None)
    return Cycle(begins, ends, windows) if begins and ends else None


def cycle(campaign: Case, regulation: Regulation) -> Cycle:
    """The cycle of a campaign. Raises LookupError for a case that is none."""
    application = campaign.read("application", OpenCampaign)
    found = cycle_of(application, regulation) if application else None
    if found is None:
        raise LookupError(f"{campaign.id} has no cycle")
    return found
