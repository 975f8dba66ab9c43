"""Answers about changes of units."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from messages.answers import Answer, RefusalView
from messages.errors import DuchaError, Outcome
from regulations import Unit
from states.engine.refusals import Refusal


class ChangedUnit(Answer):
    """A unit before or after a change."""

    code: str = Field(description="code")
    name: str = Field(description="name")
    category: str = Field(description="category, as the roster writes it")
    parent: str = Field(description="body above it")


class UnitChangeAnswer(Answer):
    """A change of units that was recorded, or would be."""

    dry_run: bool = Field(description="whether nothing was changed because only a trial was asked for")
    change: str = Field(description="`added`, `corrected`, `renamed`, `recoded`, `merged`, `split` or `abolished`")
    on: date = Field(description="day from which it holds")
    before: tuple[ChangedUnit, ...] = Field(description="the units before")
    after: tuple[ChangedUnit, ...] = Field(description="the units after")
    heir: str | None = Field(description="code of the unit that takes over the open duties; null where none ended")
    open_cases: tuple[str, ...] = Field(description="open cases whose duties pass on to it")
    accounts_moved: tuple[str, ...] = Field(description="accounts that now belong to it")
    accounts_added: tuple[str, ...] = Field(description="accounts of liaison officers that were added")


class UnitChangeRow(Answer):
    """A change of units, as it was recorded."""

    jurisdiction: str = Field(description="code of the jurisdiction")
    seq: int = Field(description="number of the change within the jurisdiction, from 1")
    change: str = Field(description="as in the answer to the act")
    on: date = Field(description="day from which it holds")
    before: tuple[ChangedUnit, ...] = Field(description="the units before")
    after: tuple[ChangedUnit, ...] = Field(description="the units after")
    heir: str | None = Field(description="code of the unit that took over the open duties")
    reason: str = Field(description="reason, or the document it rests on")
    actor: str = Field(description="who recorded it; empty where the database was set up")
    recorded_at: datetime = Field(description="time it was recorded, in Asia/Shanghai")


class RosterAnswer(Answer):
    """What a roster file changes: the changes in their order, and what stays though the file does not list it."""

    dry_run: bool = Field(description="whether nothing was changed because only a trial was asked for")
    units: int = Field(description="number of units the file lists")
    changes: tuple[UnitChangeAnswer, ...] = Field(description="the changes")
    missing: tuple[ChangedUnit, ...] = Field(description="units that are not in the file and stay")


class RosterDifference(Answer):
    """Where a roster file and the roster that stands differ; the roster that stands was not changed."""

    change: str = Field(description="`renamed`, `corrected`, or `missing` from the file")
    before: ChangedUnit = Field(description="the unit as it stands")
    after: ChangedUnit | None = Field(description="the unit as the file has it; null where it has none")


class UnitChangeRefused(DuchaError):
    """A change of units was refused; ``refusals`` lists every unmet condition."""

    area = "casework"
    outcome = Outcome.REFUSED
    heading = "units_refused"

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__("units_refused")
        self.refusals = refusals

    @property
    def fact(self) -> str:
        """The facts of all refusals."""
        return " ".join(refusal.fact for refusal in self.refusals)

    def refusal_views(self) -> tuple[RefusalView, ...]:
        """Every unmet condition."""
        return tuple(refusal.view() for refusal in self.refusals)


def changed_unit(unit: Unit) -> ChangedUnit:
    """A unit as answers show it."""
    return ChangedUnit(code=unit.code, name=unit.name, category=unit.category, parent=unit.parent)
