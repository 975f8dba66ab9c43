"""Answers about cases: one on a line, one with everything about it, and what may be done on it."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from messages.answers import Answer, RefusalView


class CaseRow(Answer):
    """A case on one line."""

    case: str = Field(description="id of the case")
    procedure: str = Field(description="code of the procedure it follows")
    procedure_name: str = Field(description="name of the procedure")
    kind: str | None = Field(description="code of the kind of inspection; null for a part of one")
    kind_name: str = Field(description="name of the kind; empty for a part")
    year: int = Field(description="year the inspection is declared for")
    title: str = Field(description="title")
    state: str = Field(description="code of the state")
    state_name: str = Field(description="name of the state")
    suspended: bool = Field(description="whether the inspection is suspended")
    unit: str | None = Field(description="code of the unit the case is about")
    unit_name: str = Field(description="name of that unit")
    targets: tuple[str, ...] = Field(description="codes of the inspected units")
    target_names: tuple[str, ...] = Field(description="their names")
    parent: str | None = Field(description="id of the case it hangs under")
    root: str = Field(description="id of the inspection it belongs to; its own id for an inspection")
    jurisdiction: str = Field(description="code of the jurisdiction")
    regulation: str = Field(description="regulation and version it was opened under, and is judged by for good")
    version: int = Field(description="number of acts so far")
    opened_on: date = Field(description="date of the first act")
    opened_by: str = Field(description="account that opened it")
    acted_on: date = Field(description="date of the last act")


class LateEntryView(Answer):
    """A paper that came in on the day of the act and was entered later (补录)."""

    received_by: str = Field(description="who received it")
    reason: str = Field(description="why it was entered late")


class TimelineEntry(Answer):
    """One journal entry of a case."""

    case: str = Field(description="id of the case")
    seq: int = Field(description="number of the act within the case, from 1")
    on: date = Field(description="date of the act")
    recorded_at: datetime = Field(description="time it was recorded, in Asia/Shanghai")
    act: str = Field(description="code of the act")
    act_name: str = Field(description="name of the act")
    actor: str = Field(description="account that acted")
    role: str = Field(description="code of the role it acted under; empty where another act caused this one")
    role_name: str = Field(description="name of that role")
    from_: str = Field(alias="from", description="code of the state before")
    to: str = Field(description="code of the state after")
    to_name: str = Field(description="name of the state after")
    article: str = Field(description="address of the clause the act rests on")
    citation: str = Field(description="the clause as it is cited")
    reason: str = Field(description="note given with the act")
    hash: str = Field(description="hash of the journal entry")
    recorded_later: bool = Field(False, description="whether it was recorded on a later day than it is dated")
    late_entry: LateEntryView | None = Field(None, description="the late entry it was made by; null for any other act")


class DeadlineView(Answer):
    """A deadline with its due date as computed when it was last changed."""

    case: str = Field(description="id of the case")
    term: str = Field(description="code of the term")
    title: str = Field(description="name of the term")
    article: str = Field(description="address of the clause the term rests on")
    citation: str = Field(description="the clause as it is cited")
    unit: str | None = Field(description="code of the unit that must meet it; null for the joint office")
    unit_name: str = Field(description="name of that unit")
    start: date = Field(description="date the term is counted from")
    due: date | None = Field(description="earliest possible due date; null while paused or unknown")
    latest: date | None = Field(description="latest possible due date; differs from `due` while provisional")
    status: str | None = Field(description="`final` or `provisional`; null while paused or unknown")
    paused: bool = Field(description="whether the clock stands still")
    met_on: date | None = Field(description="date it was met")
    closed_on: date | None = Field(description="date it ended unmet: with its case, or because the term was set anew")
    recorded_on: date | None = Field(
        None, description="date on which that was recorded, where it is a later one: a late entry"
    )
    late_days: int | None = Field(None, description="days from the due date to its end; null where it was not late")
    late_working_days: int | None = Field(None, description="the same in working days")
    calendar_version: str | None = Field(description="version of the calendar it was computed with")


class WrittenField(Answer):
    """A field that somebody filled in."""

    field: str = Field(description="name of the field")
    title: str = Field(description="what people call it; numbered where there are several")
    text: str = Field(description="what was written")


class WrittenEntry(Answer):
    """What somebody wrote with an act."""

    case: str = Field(description="id of the case")
    seq: int = Field(description="number of the act within the case")
    on: date = Field(description="date of the act")
    act: str = Field(description="code of the act")
    act_name: str = Field(description="name of the act")
    actor: str = Field(description="account that acted")
    fields: tuple[WrittenField, ...] = Field(description="what was filled in, but for the note in the timeline")


class DocumentRow(Answer):
    """A document of a case, without its text."""

    case: str = Field(description="id of the case")
    seq: int = Field(description="number of the act it belongs to")
    name: str = Field(description="code of the document")
    title: str = Field(description="title")
    sha256: str = Field(description="SHA-256 of its text")


class RoleView(Answer):
    """A role that may do an act."""

    role: str = Field(description="code of the role")
    name: str = Field(description="name of the role")


class ActVerdict(Answer):
    """Whether an act is possible now, who may do it, and every refusal."""

    case: str = Field(description="id of the case the act is done on, or would open")
    act: str = Field(description="code of the act")
    act_name: str = Field(description="name of the act")
    allowed: bool = Field(description="whether it is not refused, before its form is filled in")
    article: str = Field(description="address of the clause the act rests on; empty where it has no place now")
    citation: str = Field(description="the clause as it is cited")
    roles: tuple[RoleView, ...] = Field(description="roles that may do it")
    who: tuple[str, ...] = Field(description="accounts that could do it")
    refusals: tuple[RefusalView, ...] = Field(description="every unmet condition")
    form: str | None = Field(description="name of the form it is done with")


class FieldView(Answer):
    """A field of an act's form."""

    field: str = Field(description="name of the field")
    title: str = Field(description="what people call it")
    required: bool = Field(description="whether it must be filled in")
    about: str = Field(description="what belongs in it")


class ActAnswer(ActVerdict):
    """The answer to `case why`."""

    needed: tuple[FieldView, ...] = Field(description="fields of the form the act is done with")


class CaseDeadline(DeadlineView):
    """A deadline of a case with its light today."""

    light: str | None = Field(description="`red` overdue, `yellow` due soon, `green`, or `paused`; null once it ended")
    days: int | None = Field(description="working days until the latest due date, negative after it; null without one")


class CaseView(Answer):
    """A case with everything about it; an inspection with all its parts."""

    case: CaseRow = Field(description="the case itself")
    timeline: tuple[TimelineEntry, ...] = Field(description="its journal, and that of its parts, oldest first")
    parts: tuple[CaseRow, ...] = Field(description="cases that belong to the inspection")
    deadlines: tuple[CaseDeadline, ...] = Field(description="its deadlines and those of its parts")
    written: tuple[WrittenEntry, ...] = Field(description="what people wrote, in the order of the timeline")
    documents: tuple[DocumentRow, ...] = Field(description="its documents and those of its parts")
    now: tuple[ActVerdict, ...] = Field(description="acts that have a place in the present state")
