"""The units that may be inspected, and what became of units."""

from __future__ import annotations

from pydantic import Field

from access.policy import Read
from access.reader import Reader
from casework.administration.unit_models import UnitChangeRow, changed_unit
from casework.clock import SHANGHAI
from messages.answers import Answer
from storage.engine import Session
from storage.journal import unit_journal
from storage.people import successions


class UnitView(Answer):
    """A unit on the roster of a jurisdiction."""

    code: str = Field(description="code")
    name: str = Field(description="name")
    category: str = Field(description="category, as the roster writes it")
    parent: str = Field(description="body above it")
    source: str = Field(description="where the unit is named")


def list_units(session: Session, reader: Reader, jurisdiction: str) -> list[UnitView]:
    """The units of a jurisdiction that go on, by code; none where the reader belongs to another one."""
    shown = reader.sees_jurisdiction(Read.UNITS, jurisdiction)
    reader.note(Read.UNITS, jurisdiction=jurisdiction, found=shown)
    if not shown:
        return []
    return [
        UnitView(code=unit.code, name=unit.name, category=unit.category, parent=unit.parent, source=unit.source)
        for unit in successions.standing(session, jurisdiction)
    ]


def unit_history(session: Session, reader: Reader, jurisdiction: str, code: str | None = None) -> list[UnitChangeRow]:
    """Every change of the units of a jurisdiction, or those that name one unit; none for readers of another one."""
    shown = reader.sees_jurisdiction(Read.UNITS, jurisdiction)
    reader.note(Read.UNITS, jurisdiction=jurisdiction, unit=code, found=shown)
    return [
        UnitChangeRow(
            jurisdiction=jurisdiction,
            seq=one.seq,
            change=one.what.change,
            on=one.what.on,
            before=tuple(map(changed_unit, one.what.before)),
            after=tuple(map(changed_unit, one.what.after)),
            heir=one.what.heir,
            reason=one.reason,
            actor=one.actor,
            recorded_at=one.recorded_at.astimezone(SHANGHAI).replace(microsecond=0),
        )
        for one in (unit_journal.recorded(session, jurisdiction, code) if shown else ())
    ]
