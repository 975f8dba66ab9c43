"""Answers about a simulation."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field

from messages.answers import Answer, is_absent


class ViolationView(Answer):
    """Something that must never be, and where it was."""

    breach: str = Field(description="code of the invariant")
    where: str = Field(description="case, deadline or key")
    detail: str = Field(description="detail for an investigation")
    fact: str = Field(description="what is wrong")


class ScriptStep(Answer):
    """One step of a simulation; fields left blank are left out."""

    at: datetime = Field(description="what the clock of the machine says")
    do: str = Field(description="`open`, `act`, `sweep` or `follow_up`")
    who: str | None = Field(None, exclude_if=is_absent, description="account that asks")
    case: str | None = Field(None, exclude_if=is_absent, description="id of the case")
    act: str | None = Field(None, exclude_if=is_absent, description="code of the act")
    on: str | None = Field(
        None, exclude_if=is_absent, description="date of the act, where it is another one than the clock's"
    )
    data: dict[str, Any] | None = Field(None, exclude_if=is_absent, description="the form as it is handed in")
    key: str | None = Field(None, exclude_if=is_absent, description="idempotency key")
    fault: str | None = Field(None, exclude_if=is_absent, description="fault that the step meets")
    beside: ScriptStep | None = Field(
        None, exclude_if=is_absent, description="step of another person at the same moment"
    )


class ScriptView(Answer):
    """Everything that happened in a district; `ducha simulate --replay` plays it again."""

    simulation: int = Field(description="version of the format")
    units: int = Field(description="number of units")
    seed: int = Field(description="seed of the random numbers")
    steps: tuple[ScriptStep, ...] = Field(description="the steps, in their order")


class SimulationResult(Answer):
    """What a simulation came to."""

    units: int = Field(description="number of units")
    seed: int = Field(description="seed of the random numbers")
    steps: int = Field(description="number of steps")
    last_day: date | None = Field(description="day of the last step")
    counts: dict[str, int] = Field(description="numbers of acts, refusals, nights and the like")
    faults: dict[str, int] = Field(description="number of steps that met each fault")
    checked_whole: int = Field(description="how often everything was checked")
    breach: ViolationView | None = Field(description="the first violation; null where everything held")
    script: ScriptView | None = Field(None, exclude_if=is_absent, description="the script up to the violation")
    script_file: str | None = Field(None, description="file the script was written to")
