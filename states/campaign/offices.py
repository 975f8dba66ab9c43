"""Where the office that runs a campaign sits, which bodies a task has, and who answers for it in each of them."""

from __future__ import annotations

from collections.abc import Iterable

from regulations import Regulation, Unit
from regulations.duties import OFFICE, Obligation
from states.campaign.forms.campaign import NamedPerson
from states.engine.case import Role
from states.engine.context import Context


def bodies(names: Iterable[str], roster: Iterable[Unit], targets: Iterable[str], regulation: Regulation) -> list[str]:
    """The units that a text names for a task, in its order and each once: collectives stand for all their units.

    Only units that the campaign is about are among those of a collective.
    """
    units, about = list(roster), set(targets)
    found: list[str] = []
    for name in names:
        found += _members(name, units, about, regulation)
    return list(dict.fromkeys(found))


def _members(name: str, units: list[Unit], about: set[str], regulation: Regulation) -> list[str]:
    collective = next((one for one in regulation.collectives if one.code == name), None)
    if collective is None:
        return [name]
    labels = {one.label for one in regulation.target_categories if one.code in collective.categories}
    return [unit.code for unit in units if unit.category in labels and unit.code in about]


def bearers(
    obligation: Obligation, roster: Iterable[Unit], targets: Iterable[str], regulation: Regulation
) -> list[str | None]:
    """The units that owe an obligation; None for the office that runs the campaign."""
    if obligation.bearer == OFFICE:
        return [None]
    found: list[str | None] = [*bodies([obligation.bearer], roster, targets, regulation)]
    return found


def is_seat_of_the_office(code: str | None, context: Context) -> bool:
    """Whether the office that runs the campaign sits in this unit, or in one that it continues."""
    seats = [seat.unit for seat in context.regulation.seats if seat.role == Role.COORDINATOR]
    became = context.facts.successions()
    return code is not None and any(seat == code or became.same_bearer(seat, code) for seat in seats)


def person_of(code: str, named: Iterable[NamedPerson], context: Context) -> str | None:
    """Who answers for a task in a unit: the person named, or else its liaison officer; None where there is neither."""
    for one in named:
        if one.code == code:
            return one.name
    for name in context.facts.holders(Role.TARGET_OFFICER):
        account = context.facts.account(name)
        if account is not None and account.unit == code:
            return account.plain_name
    return None
