"""Invariants of corrections: keys, deadlines and documents agree with the corrected dossier (decision 0139)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select

from simulation.violations import Violation
from states.engine.case import Case
from states.engine.corrections import CORRECTIONS
from states.inspection import dossier
from states.inspection.forms.conduct import Bulletin
from states.packs import pack_of
from storage.cases import cases, deadlines, frequency
from storage.engine import Session
from storage.messages import documents
from storage.messages.outbox import OUTBOX

BULLETIN: Final = "bulletin"
RECTIFICATION: Final = "rectification"


def of_inspection(session: Session, inspection: Case) -> Iterator[Violation]:
    """What does not agree with an inspection any part of which was corrected."""
    parts = cases.find(session, root=inspection.id)
    if not any(case.has(CORRECTIONS) for case in (inspection, *parts)):
        return
    yield from _of_keys(session, inspection)
    yield from _of_deadlines(session, inspection, parts)
    if inspection.has(BULLETIN) and not _waits(session, inspection):
        yield from _of_bulletin(session, inspection, parts)


def _of_keys(session: Session, inspection: Case) -> Iterator[Violation]:
    """The topics that stand are those of the application as it reads now."""
    pack = pack_of(inspection.regulation)
    standing, wanted = frequency.of_case(session, inspection.id), pack.keys_of(inspection)
    topics = pack.frequency.topic_keys
    if standing and {one for one in standing if one.kind in topics} != {one for one in wanted if one.kind in topics}:
        yield Violation("miscorrected", inspection.id, f"{standing}, {wanted}")


def _of_deadlines(session: Session, inspection: Case, parts: list[Case]) -> Iterator[Violation]:
    """The first term of each rectification begins on the day of the bulletin, unless a term was set anew by a day."""
    day = dossier.bulletin_day(inspection)
    for case in parts:
        for tracked in deadlines.of_case(session, case.id) if case.procedure == RECTIFICATION else ():
            one = tracked.deadline
            if one.round == 1 and one.fixed is None and one.start != day:
                yield Violation("miscorrected", one.id, f"{one.start}, {day}")


def _of_bulletin(session: Session, inspection: Case, parts: list[Case]) -> Iterator[Violation]:
    """The bulletin as it was made last says what the dossier says."""
    made = [one for one in documents.of_case(session, inspection.id) if one.name == BULLETIN]
    said, document = made[-1].text if made else "", inspection.read(BULLETIN, Bulletin)
    orders = [case for case in parts if case.procedure == RECTIFICATION]
    published = {one for case in orders for one in dossier.findings_to_rectify(case)}
    # What a review changed of a finding is told by its own decision.
    told = [case for case in parts if case.id in published and not case.has("changes")]
    number = (document.number if document else None) or ""
    wanted = [inspection.title, str(dossier.bulletin_day(inspection)), number, *map(dossier.finding_text, told)]
    yield from (Violation("miscorrected", inspection.id, f"{BULLETIN}: {one}") for one in wanted if one not in said)


def _waits(session: Session, inspection: Case) -> bool:
    """Whether an act on the inspection is still to be followed up, so that its documents are not made yet."""
    waiting = select(OUTBOX.c.id).where(OUTBOX.c.root == inspection.id, OUTBOX.c.done_at.is_(None))
    return session.execute(waiting.limit(1)).first() is not None
