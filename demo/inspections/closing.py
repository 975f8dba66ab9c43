"""How an inspection ends: conclusions are served, results passed on (Decree 733 art. 16; Tongliang art. 21, 22)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from demo import people
from demo.people import APPRAISAL, JIA
from demo.steps import Scene, Step


def concluded(scene: Scene, day: str, targets: Sequence[str]) -> Step:
    """Every unit is served the conclusion about it, and signs for it."""
    names = people.names()
    entries = [{"target": code, "receipt": f"{names[code]}办公室签收"} for code in targets]
    return scene.each(day, JIA, "serve_conclusion", entries)


def passed_on(scene: Scene, day: str, receipted: str, summary: str) -> Iterator[Step]:
    """Results to the appraisal office and the organisation side, each with its receipt."""
    year = scene.year.number
    yield scene(day, JIA, "pass_on", receiver="appraisal_office", summary=summary)
    yield scene(day, JIA, "pass_on", receiver="organisation_department", summary=summary)
    yield scene(receipted, APPRAISAL, "receipt", "P01", receipt=f"区考核办收〔{year}〕{scene.number}")
    yield scene(receipted, JIA, "receipt", "P02", receipt=f"区委组织部收〔{year}〕{scene.number}")
