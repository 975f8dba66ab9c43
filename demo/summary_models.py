"""Answers about the demonstration year."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from casework.views.frequency_board import KeyRow
from messages.answers import Answer, RefusalView, is_absent


class JournalSummary(Answer):
    """The journal of the year."""

    entries: int = Field(description="number of entries")
    fingerprint: str = Field(description="SHA-256 over the hashes of all inspections; the same for the same year")


class InspectionSummary(Answer):
    """An inspection of the year."""

    case: str = Field(description="id of the inspection")
    kind_name: str = Field(description="name of its kind")
    title: str = Field(description="title")
    state: str = Field(description="code of its state")
    state_name: str = Field(description="name of its state")
    acted_on: date = Field(description="date of the last act")
    targets: int = Field(description="number of inspected units")


class PartSummary(Answer):
    """The cases of one procedure."""

    procedure: str = Field(description="code of the procedure")
    name: str = Field(description="name of the procedure")
    count: int = Field(description="number of cases")
    states: dict[str, int] = Field(description="number of cases by the name of their state")


class ProvisionalDeadline(Answer):
    """A running deadline whose due date is not final."""

    case: str = Field(description="id of the case")
    earliest: date | None = Field(description="earliest possible due date")
    latest: date | None = Field(description="latest possible due date")


class DeadlineSummary(Answer):
    """The deadlines of the year."""

    met_in_time: int = Field(description="number met in time")
    met_late: int = Field(description="number met late")
    fell_away: int = Field(description="number that ended with their case")
    running: int = Field(description="number still running")
    provisional: tuple[ProvisionalDeadline, ...] = Field(description="running ones whose due date is not final")


class NoticeSummary(Answer):
    """The messages of the year."""

    rungs: dict[str, int] = Field(description="number of reminders by their step")
    tasks: int = Field(description="number of messages about something to be done")
    caught_up: dict[str, int] = Field(description="reminders of the nights without a sweep, by date")


class RefusedStep(Answer):
    """A step of the year that was refused, as the script wants it."""

    on: date = Field(description="date of the act")
    who: str = Field(description="account that asked")
    case: str = Field(description="id of the case")
    act: str = Field(description="code of the act")
    procedure: str = Field("", description="code of the procedure of the case")
    refusals: tuple[RefusalView, ...] = Field(description="every reason")


class FollowUpSummary(Answer):
    """How acts were followed up."""

    by: str = Field(description="`prefect`, `directly` or `nobody`")
    acts: int | None = Field(None, exclude_if=is_absent, description="number of acts followed up directly or by runs")
    runs: int | None = Field(None, exclude_if=is_absent, description="number of flow runs")
    ready: bool | None = Field(None, exclude_if=is_absent, description="whether a service answered")
    ui: str | None = Field(None, exclude_if=is_absent, description="address of its user interface")
    tag: str | None = Field(None, exclude_if=is_absent, description="tag of the flow runs")


class DemoSummary(Answer):
    """What the demonstration year came to."""

    played: bool = Field(description="whether it was played now, and not before")
    database: str = Field(description="database, without a password")
    year: int = Field(description="the year")
    steps: int = Field(description="number of steps")
    journal: JournalSummary = Field(description="its journal")
    inspections: tuple[InspectionSummary, ...] = Field(description="its inspections, oldest first")
    parts: tuple[PartSummary, ...] = Field(description="the cases that belong to them")
    deadlines: DeadlineSummary = Field(description="its deadlines")
    notices: NoticeSummary = Field(description="its messages")
    refusals: tuple[RefusedStep, ...] = Field(description="its refusals")
    board: tuple[KeyRow, ...] = Field(description="rows of `frequency` in which something stands")
    lights: dict[str, int] = Field(description="number of running deadlines by their light")
    followed_up: FollowUpSummary = Field(description="how acts were followed up")
