"""The units that may be inspected."""

from __future__ import annotations

from pydantic import Field

from access.policy import Read
from access.reader import Reader
from messages.answers import Answer
from storage.engine import Session
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
