"""Shrinks a script to the inspections a violation concerns, if that still reproduces it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from simulation.runner import Result, replay
from simulation.script import Script, Step
from simulation.violations import Violation
from storage.engine import Database

FAMILY: Final = re.compile(r"[A-Z]+-\d{4}-[ZXH]\d+")
"""The number of an inspection, also within the number of one of its parts."""


def shrink(told: Result, ground: Callable[[int], Database]) -> Script:
    """The shortest script found with the same violation; ``ground`` makes an empty district of n units."""
    whole = replace(told.script, steps=told.steps)
    assert told.breach is not None
    for steps in _attempts(told.breach, told.steps):
        if len(steps) < len(whole.steps):
            database = ground(whole.units)
            shown = replay(database, replace(whole, steps=steps), lambda *_: None).breach
            database.close()
            if shown is not None and (shown.name, shown.where) == (told.breach.name, told.breach.where):
                return replace(whole, steps=steps)
    return whole


def _attempts(breach: Violation, steps: list[Step]) -> Iterator[list[Step]]:
    """Without and with the sweeps; every opening is kept, so that case numbers do not change."""
    families = set(FAMILY.findall(f"{breach.where} {breach.detail} {steps[-1].case}"))
    for kinds in (("open",), ("open", "sweep")):
        yield [step for step in steps if step.do in kinds or families & set(FAMILY.findall(step.case))]
