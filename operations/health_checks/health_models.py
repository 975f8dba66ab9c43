"""Answers about the health of an installation."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from messages.answers import Answer

Verdict = Literal["good", "wrong", "skipped"]


class HealthFinding(Answer):
    """The result of one check."""

    check: str = Field(description="code of the check")
    verdict: Verdict = Field(description="whether it is good, wrong, or was skipped")
    fact: str = Field(description="what was found")
    cure: str = Field("", description="what to do about it; only for what is wrong")


class HealthReport(Answer):
    """The result of every check."""

    wrong: int = Field(description="number of checks that found something wrong")
    checks: tuple[HealthFinding, ...] = Field(description="every check")
