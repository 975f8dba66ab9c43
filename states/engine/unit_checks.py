"""What a change of units must satisfy: every condition that is not met is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from messages.names import lookalike_key, refused_character
from regulations import Unit
from regulations.rosters import FORMULA, LONGEST, unit_code
from states.engine.case import Role
from states.engine.forms.text_content import says_nothing
from states.engine.refusals import Refusal, refusal
from states.engine.successions import Successions, UnitChange


@dataclass(frozen=True)
class Standing:
    """The roster as it stands when a change is asked for; ``open_cases`` are the open ones by unit."""

    units: Mapping[str, Unit]
    became: Successions
    open_cases: Mapping[str, tuple[str, ...]]

    def goes_on(self, code: str) -> bool:
        """Whether a unit of this code is there and has not ended."""
        return code in self.units and self.became.ended_by(code) is None


def refusals(change: UnitChange, reason: str, standing: Standing, today: date) -> list[Refusal]:
    """Every reason why the change cannot be recorded; nothing when it can."""
    return [
        *_units_before(change, standing),
        *_units_after(change, standing),
        *_number_of_units(change),
        *_day(change, standing, today),
        *_heir(change, standing),
        *([refusal("unit_reason_missing", Role.COORDINATOR)] if says_nothing(reason) else []),
    ]


def _units_before(change: UnitChange, standing: Standing) -> Iterator[Refusal]:
    for unit in change.before:
        if unit.code not in standing.units:
            yield refusal("unit_unknown", Role.COORDINATOR, unit=unit.code)
        elif end := standing.became.ended_by(unit.code):
            later = tuple(f"{one.name}（{one.code}）" for one in end.after) or ("—",)
            yield refusal("unit_ended", Role.COORDINATOR, unit=f"{unit.name}（{unit.code}）", day=end.on, later=later)


def _units_after(change: UnitChange, standing: Standing) -> Iterator[Refusal]:
    kept = {unit.code for unit in change.before}
    for unit in change.after:
        if unit_code(unit.code) is None:
            yield refusal("unit_code_unlawful", Role.COORDINATOR, unit=unit.code)
        elif unit.code not in kept and unit.code in standing.units:
            yield refusal("unit_code_taken", Role.COORDINATOR, unit=_named(standing.units[unit.code]))
        if not _is_a_name(unit.name):
            yield refusal("unit_name_unlawful", Role.COORDINATOR, name=unit.name, longest=LONGEST["name"])
        yield from _same_name(unit, kept, standing)
    if change.change in ("renamed", "corrected") and change.before == change.after:
        yield refusal("unit_unchanged", Role.COORDINATOR, unit=_named(change.after[0]))


def _is_a_name(name: str) -> bool:
    """Whether a roster could have this name."""
    fits = len(name) <= LONGEST["name"] and name.isprintable() and not refused_character(name)
    return fits and not says_nothing(name) and not name.startswith(FORMULA)


def _same_name(unit: Unit, kept: set[str], standing: Standing) -> Iterator[Refusal]:
    """Two units of one name under one body, or of names that look alike, could not be told apart."""
    name, parent = lookalike_key(unit.name), lookalike_key(unit.parent)
    for other in standing.units.values():
        same = lookalike_key(other.name) == name and lookalike_key(other.parent) == parent
        if same and other.code not in {unit.code, *kept} and standing.goes_on(other.code):
            yield refusal("unit_name_taken", Role.COORDINATOR, name=unit.name, unit=_named(other))


def _number_of_units(change: UnitChange) -> Iterator[Refusal]:
    before, after = Counter(unit.code for unit in change.before), Counter(unit.code for unit in change.after)
    for code in [code for side in (before, after) for code, times in side.items() if times > 1]:
        yield refusal("unit_named_twice", Role.COORDINATOR, unit=code)
    if change.change == "merged" and len(before | after) < 2:
        yield refusal("merge_of_one", Role.COORDINATOR)
    if change.change == "split" and len(after) < 2:
        yield refusal("split_into_one", Role.COORDINATOR)


def _day(change: UnitChange, standing: Standing, today: date) -> Iterator[Refusal]:
    if change.on > today:
        yield refusal("unit_change_ahead", Role.COORDINATOR, earliest=change.on, on=change.on, today=today)
    named = {unit.code for unit in (*change.before, *change.after)}
    earlier = [one.on for code in named for one in standing.became.concerning(code) if one.change != "added"]
    if earlier and change.on < max(earlier):
        yield refusal("unit_change_out_of_order", Role.COORDINATOR, earliest=max(earlier), on=change.on)


def _heir(change: UnitChange, standing: Standing) -> Iterator[Refusal]:
    """Somebody takes over what the units that end still have to do."""
    if not change.ended:
        return
    waiting = tuple(case for code in sorted(change.ended) for case in standing.open_cases.get(code, ()))
    if change.heir is None:
        if waiting:
            yield refusal("unit_duties_open", Role.COORDINATOR, cases=waiting)
    elif (
        change.heir in change.ended
        or not (standing.goes_on(change.heir) or change.heir in {unit.code for unit in change.after})
        or (change.change == "split" and change.heir not in {unit.code for unit in change.after})
    ):
        yield refusal("unit_heir_unknown", Role.COORDINATOR, unit=change.heir)


def _named(unit: Unit) -> str:
    return f"{unit.name}（{unit.code}）"
