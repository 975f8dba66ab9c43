"""A script without what a breach does not need: only the inspections it is about, if that still shows it."""

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
"""The number of an inspection, within that of any of its parts."""


def shrink(told: Result, ground: Callable[[int], Database]) -> Script:
    """The shortest script known to come to the same breach; ``ground`` makes an empty district of so many units."""
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
    """Without the nights, and with them; everything is opened all the same, so that the numbers stay."""
    families = set(FAMILY.findall(f"{breach.where} {breach.detail} {steps[-1].case}"))
    for kinds in (("open",), ("open", "sweep")):
        yield [step for step in steps if step.do in kinds or families & set(FAMILY.findall(step.case))]
