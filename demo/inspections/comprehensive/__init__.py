"""The comprehensive inspection of all 28 townships: six groups, written and on site by sampling (art. 8, 12)."""

from __future__ import annotations

from collections.abc import Iterator

from demo.inspections.comprehensive import approval, discipline, rectification, visits
from demo.steps import Scene, Step, Year


def steps(year: Year) -> Iterator[Step]:
    """The whole inspection, from the application to the close."""
    scene = Scene(year, "Z01")
    for part in (approval, visits, discipline, rectification):
        yield from part.steps(scene)
