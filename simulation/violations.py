"""Violations: what must never happen, and where it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import messages
from simulation.result_models import ViolationView

Name = Literal[
    "windows", "ungranted", "own_decision", "own_unit", "group_people", "dates", "unlawful", "deadline",
    "ended", "suspended",
    "rewritten", "gone", "chain", "outbox", "told_twice", "told_ahead", "untold", "second_sweep", "not_whole",
    "absent", "unplanned", "unrecorded", "wrongly_drawn", "repeated", "refused_changed", "stranded", "unexpected",
    "dated_back", "in_suspension", "premature", "stale_reminder", "unborne",
    "miscorrected",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Violation:
    """One violation. ``where`` is a case, deadline or key; ``detail`` is for debugging."""

    name: Name
    where: str
    detail: str = ""

    @property
    def fact(self) -> str:
        """What is wrong, in the current language."""
        return messages.text(f"simulate.breach_{self.name}", where=self.where, detail=self.detail)

    def view(self) -> ViolationView:
        """The violation as it is returned."""
        return ViolationView(breach=self.name, where=self.where, detail=self.detail, fact=self.fact)


class ViolationFound(Exception):
    """A check found a violation."""

    def __init__(self, breach: Violation) -> None:
        super().__init__(breach.name, breach.where, breach.detail)
        self.breach = breach
