"""Whether a code is that of a unit of the jurisdiction that goes on."""

from __future__ import annotations

from collections.abc import Iterator

from states.engine.case import Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal


def not_on_the_roster(code: str, who: Role, context: Context) -> Iterator[Refusal]:
    """Nobody knows the code in this jurisdiction, or the unit has ended and others go on in its place."""
    if context.facts.unit(code) is None:
        yield refusal("unit_unknown", who, unit=code)
    elif end := context.facts.successions().ended_by(code):
        later = tuple(context.named(unit.code) for unit in end.after) or ("—",)
        yield refusal("unit_ended", who, unit=context.named(code), day=end.on, later=later)
