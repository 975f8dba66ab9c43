"""How each law counts: what its 「N日」 means, and whether the last day rolls off a rest day."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from calendars.refusals import CalendarRefused
from calendars.terms import Term


@dataclass(frozen=True, slots=True)
class Law:
    """One law's rules. ``counting`` and ``rolling`` are the articles; see ``laws.toml``."""

    title: str
    edition: date
    working_days: Literal["all", "none"] | frozenset[int]
    counting: str
    rollover: bool
    rolling: str

    def term(self, length: int, unit: Literal["days", "months", "years"]) -> Term:
        """A term as this law writes it: 「7日」 of 行政处罚法 are seven working days, 「30日」 thirty days."""
        if unit == "days" and self._in_working_days(length):
            return Term(length, "working_days", article=f"{self.title}{self.counting}")
        return Term(length, unit, self.rollover, self._articles())

    def _in_working_days(self, length: int) -> bool:
        if isinstance(self.working_days, frozenset):
            return length in self.working_days
        return self.working_days == "all"

    def _articles(self) -> str:
        counted = f"{self.title}{self.counting}"
        if self.rolling == self.counting:
            return counted
        return f"{counted}；{self.rolling}" if "法" in self.rolling else f"{counted}、{self.rolling}"


@cache
def laws() -> dict[str, Law]:
    """All laws whose counting is known, by title."""
    table = tomllib.loads(files(__package__).joinpath("laws.toml").read_text("utf-8"))
    return {title: _law(title, **row) for title, row in table.items()}


def law(title: str) -> Law:
    """One law's rules. Raises CalendarRefused for a law not in the table."""
    if title not in laws():
        raise CalendarRefused("unknown_law", law=title, known="、".join(laws()))
    return laws()[title]


def _law(title: str, working_days: str | list[int], **row: object) -> Law:
    meant = frozenset(working_days) if isinstance(working_days, list) else working_days
    return Law(title=title, working_days=meant, **row)  # type: ignore[arg-type]
