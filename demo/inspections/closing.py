"""How every inspection of the year ends: its results are passed on and receipted (art. 21, 22)."""

from __future__ import annotations

from collections.abc import Iterator

from demo.people import APPRAISAL, JIA
from demo.steps import Scene, Step


def passed_on(scene: Scene, day: str, receipted: str, summary: str) -> Iterator[Step]:
    """Results to the appraisal office and the organisation side, each with its receipt."""
    year = scene.year.number
    yield scene(day, JIA, "pass_on", receiver="appraisal_office", summary=summary)
    yield scene(day, JIA, "pass_on", receiver="organisation_department", summary=summary)
    yield scene(receipted, APPRAISAL, "receipt", "P01", receipt=f"区考核办收〔{year}〕{scene.number}")
    yield scene(receipted, JIA, "receipt", "P02", receipt=f"区委组织部收〔{year}〕{scene.number}")
