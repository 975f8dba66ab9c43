"""The request for an act, and what is answered to it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from messages.answers import Answer, is_absent


@dataclass(frozen=True, slots=True)
class ActRequest:
    """Who asks for an act, for which day, and under which idempotency key."""

    actor: Annotated[str, Field(description="name of the account")]
    on: Annotated[date | None, Field(description="date of the act; today where it is not given")] = None
    key: Annotated[str | None, Field(description="idempotency key; without one, every request is a new one")] = None
    jurisdiction: Annotated[str | None, Field(description="jurisdiction of the account, where no case says it")] = None


class CaseState(Answer):
    """A case and the state it is in."""

    case: str = Field(description="id of the case")
    state: str = Field(description="code of the state")


class FollowedAct(Answer):
    """An act that the requested one caused on another case."""

    case: str = Field(description="id of the case")
    act: str = Field(description="code of the act")
    act_name: str = Field("", description="what the procedure of the case calls it")
    procedure: str = Field("", description="code of the procedure of the case; empty in answers of earlier versions")
    from_: str = Field(alias="from", description="code of the state before")
    to: str = Field(description="code of the state after")


class StartedDeadline(Answer):
    """A deadline that runs since the act."""

    case: str = Field(description="id of the case")
    term: str = Field(description="code of the term")
    title: str = Field("", description="name of the term")
    article: str = Field(description="address of the clause the term rests on")
    citation: str = Field("", description="the clause as it is cited")
    due: date | None = Field(description="earliest possible due date; null while paused or unknown")
    latest: date | None = Field(description="latest possible due date; differs from `due` while provisional")
    status: str | None = Field(description="`final` or `provisional`; null while paused or unknown")


class LateDeadline(Answer):
    """A deadline that the act met after its due date."""

    case: str = Field(description="id of the case")
    term: str = Field(description="code of the term")
    title: str = Field("", description="name of the term")
    article: str = Field(description="address of the clause the term rests on")
    citation: str = Field("", description="the clause as it is cited")
    due: date = Field(description="date it was due")
    late_days: int = Field(description="days from the due date to the act")
    late_working_days: int = Field(description="the same in working days")


class Overlap(Answer):
    """Another open inspection of the same units."""

    case: str = Field(description="id of the inspection")
    title: str = Field(description="title")
    state: str = Field(description="code of the state")
    targets: tuple[str, ...] = Field(description="codes of the units that both inspect")
    target_names: tuple[str, ...] = Field((), description="their names; empty in answers kept by earlier versions")


class LikeTopic(Answer):
    """A problem or domain of another inspection that reads like one of this."""

    case: str = Field(description="id of the other inspection")
    key_kind: str = Field(description="`problem` or `domain`")
    topic: str = Field(description="its topic, folded as it is compared")
    until: date | None = Field(description="last day for which it is taken; null while the request is pending")


class ActResult(Answer):
    """What came of an act."""

    case: str = Field(description="id of the case acted on, or opened")
    act: str = Field(description="code of the act")
    act_name: str = Field("", description="what the procedure of the case calls it")
    procedure: str = Field("", description="code of the procedure of the case; empty in answers of earlier versions")
    state: str = Field(description="code of the state of the case now")
    version: int = Field(description="number of acts on the case so far")
    on: date = Field(description="date of the act")
    article: str = Field(description="address of the clause the act rests on")
    citation: str = Field("", description="the clause as it is cited")
    regulation: str = Field("", description="regulation and version the act was judged by")
    inspection: CaseState = Field(description="the inspection the case belongs to, or is")
    followed: tuple[FollowedAct, ...] = Field(description="acts that followed from it")
    deadlines: tuple[StartedDeadline, ...] = Field(description="deadlines that run since")
    met_late: tuple[LateDeadline, ...] = Field((), description="deadlines it met after their due date")
    goes_on: tuple[CaseState, ...] | None = Field(
        None, exclude_if=is_absent, description="cases that outlive the inspection, where it has ended"
    )
    overlaps: tuple[Overlap, ...] | None = Field(
        None, exclude_if=is_absent, description="open inspections of the same units, where an inspection was opened"
    )
    like_topics: tuple[LikeTopic, ...] | None = Field(
        None, exclude_if=is_absent, description="topics in use that read alike, where an inspection was opened"
    )
    repeated: bool | None = Field(
        None, exclude_if=is_absent, description="true where the act had been done before under the same idempotency key"
    )
