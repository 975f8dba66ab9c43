"""The findings of the inspection and the course each unit's rectification took, from their table."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding, the unit's answer, and its rectification."""

    number: str
    unit: str
    content: str
    text: str
    basis: str
    advice: str
    recorded: bool = False
    disputed: str = ""
    ruling: str = ""
    withdrawn: bool = False
    measure: str = ""
    responsible: str = ""
    evidence: str = ""
    returned: str = ""

    def told(self) -> dict[str, str]:
        """The finding as a group records it."""
        return {"text": self.text, "content": self.content, "basis": self.basis}


@dataclass(frozen=True, slots=True)
class Course:
    """The days of one unit's rectification, each written ``05-20``."""

    unit: str
    plan: str
    report: str
    closed: str
    returned: str = ""
    again_by: str = ""
    again: str = ""
    look_back: str = ""


@cache
def findings() -> tuple[Finding, ...]:
    """Every finding, in the order in which it was recorded."""
    return tuple(Finding(**row) for row in _table()["finding"])


@cache
def courses() -> tuple[Course, ...]:
    """Every rectification, in the order of its number: TL-2026-Z01-R01 is the first."""
    return tuple(Course(**row) for row in sorted(_table()["rectification"], key=lambda row: str(row["unit"])))


def found_at(unit: str, *, recorded: bool | None = None) -> list[Finding]:
    """What was found at a unit."""
    return [one for one in findings() if one.unit == unit and recorded in (None, one.recorded)]


def to_put_right(unit: str) -> list[Finding]:
    """The findings the unit has to rectify: all that were not withdrawn."""
    return [one for one in found_at(unit) if not one.withdrawn]


def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("findings.toml").read_text(encoding="utf-8"))
