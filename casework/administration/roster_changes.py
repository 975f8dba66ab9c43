"""Roster files compared with the roster that stands: what is added, renamed, corrected, and no longer listed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casework.acts.act_models import ActRequest
from casework.administration.unit_changes import coordinator_at_work, record_change
from casework.administration.unit_models import RosterAnswer, changed_unit
from casework.clock import Clock
from regulations import Roster, Unit
from states.engine.successions import UnitChange
from storage.engine import Session
from storage.journal import unit_journal
from storage.people import successions, units


def take_roster(
    session: Session,
    clock: Clock,
    asked: ActRequest,
    roster: Roster,
    *,
    on: date | None = None,
    reason: str,
    abolish_missing: bool = False,
    dry: bool = False,
) -> RosterAnswer:
    """Change the units of the coordinator's jurisdiction to those of a roster file, from a day on, on record.

    Units that the file does not list stay, unless ``abolish_missing``. One refused change refuses them all; ``dry``
    changes nothing. Raises NotPermitted, UnitChangeRefused.
    """
    request = coordinator_at_work(session, clock, asked)
    home = request.acting().jurisdiction
    with session.begin_nested() as savepoint:
        unit_journal.keep(session, home)
        day = on or request.today
        wanted = list(differences(session, home, roster, day))
        missing = missing_units(session, home, roster)
        if abolish_missing:
            wanted += [UnitChange("abolished", day, (unit,), ()) for unit in missing]
        done = [record_change(request, change, reason).model_copy(update={"dry_run": dry}) for change in wanted]
        if dry:
            savepoint.rollback()
    return RosterAnswer(
        dry_run=dry,
        units=len(roster),
        changes=tuple(done),
        missing=() if abolish_missing else tuple(map(changed_unit, missing)),
    )


def differences(session: Session, jurisdiction: str, roster: Roster, on: date) -> Iterator[UnitChange]:
    """What a roster adds, and where it says something else of a unit that stands.

    A unit that ended is not brought back by a file that still lists it.
    """
    there = {unit.code: unit for unit in units.roster(session, jurisdiction)}
    became = successions.load(session, jurisdiction)
    added = tuple(unit for unit in roster if unit.code not in there)
    if added:
        yield UnitChange("added", on, (), added)
    for unit in roster:
        before = there.get(unit.code)
        if before is not None and became.ended_by(unit.code) is None:
            yield from _changes_of(before, unit, on)


def missing_units(session: Session, jurisdiction: str, roster: Roster) -> list[Unit]:
    """The units that stand and are not in the roster."""
    listed = {unit.code for unit in roster}
    return [unit for unit in successions.standing(session, jurisdiction) if unit.code not in listed]


def _changes_of(before: Unit, after: Unit, on: date) -> Iterator[UnitChange]:
    """A new name is a change from a day on; anything else the file says otherwise is a correction."""
    named = Unit(before.code, after.name, before.category, before.parent, before.source)
    if named != before:
        yield UnitChange("renamed", on, (before,), (named,))
    if (after.category, after.parent) != (named.category, named.parent):
        yield UnitChange("corrected", on, (named,), (after,))
