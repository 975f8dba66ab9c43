"""Names in what an act is handed in with: units by name, parts by what follows the number of their inspection."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, Final

from pydantic import BaseModel

from casework.errors import NotFound
from messages.spellings import meant, plain, plain_code
from regulations.jurisdictions import INSPECTION
from states.engine.case import Case
from states.engine.forms import fields
from states.packs import instrument_named, newest_packs
from storage.cases import cases
from storage.engine import Session
from storage.people import jurisdictions, units

_PART: Final = re.compile(r"[A-Z]\d{2,}", re.ASCII)
"""A case by what follows the number of its inspection: F01."""


def unit_code(session: Session, written: str, jurisdiction: str | None = None) -> str:
    """The code of a unit, written as its code or by its name, or enough of it. Raises NotFound.

    Without a jurisdiction, the unit is looked for in every one that the database knows.
    """
    homes = [jurisdiction] if jurisdiction else [one.code for one in jurisdictions.known(session)]
    known = units.names(session, homes)
    found = {code for home in homes for code in meant(written, known[home])}
    if len(found) != 1:
        raise NotFound("unit_not_named", unit=written)
    return found.pop()


def with_codes(
    session: Session,
    jurisdiction: str,
    data: Any,
    inspection: Case | None = None,
    *,
    procedure: str = INSPECTION,
) -> Any:
    """What was handed in, with the codes of units and the numbers of cases where names stood.

    A name that nothing bears stays, for the form to refuse. Without a root, it is what a case of ``procedure`` is
    opened with.
    """
    find = partial(_code, session, jurisdiction, inspection)
    coded = _code_fields(instrument_named(inspection.procedure if inspection else procedure))
    return _coded(data, find, coded) if isinstance(data, Mapping | list | tuple) else data


def _coded(data: Any, find: Callable[[str], str], coded: frozenset[str], within: bool = False) -> Any:
    if isinstance(data, Mapping):
        return {name: _coded(value, find, coded, str(name) in coded) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_coded(entry, find, coded, within) for entry in data]
    return find(data) if within and isinstance(data, str) else data


def _code(session: Session, jurisdiction: str, inspection: Case | None, written: str) -> str:
    code = plain_code(written)
    if inspection is not None and _PART.fullmatch(code):
        near = [f"{root}-{code}" for root in (inspection.id, inspection.parent) if root]
        part = next((one for one in near if cases.load(session, one) is not None), None)
        # A unit may have a code that reads like the number of a part.
        return part or (code if units.load(session, jurisdiction, code) is not None else near[0])
    if code.isascii():
        return code
    found = _units_meant(session, jurisdiction, written)
    return found[0] if len(found) == 1 else written


def _units_meant(session: Session, jurisdiction: str, written: str) -> list[str]:
    name = plain(written)
    return [one.code for one in units.roster(session, jurisdiction) if name in (one.code, plain(one.name))]


@cache
def _code_fields(instrument: str) -> frozenset[str]:
    """The fields of the forms on the roots of an instrument that hold the code of a unit or the number of a case.

    Another instrument may have a field of the same name that holds a name: the body somebody is of.
    """
    packs = newest_packs()
    meant = [one for pack in packs for one in pack.instruments if one.name == instrument or one.on_any_root]
    steps = (step for found in meant for one in found.procedures.values() for step in one.steps)
    address = {pack.unit_field for pack in packs}
    return frozenset(name for form in {step.form for step in steps} for name in _of_form(form)) | address


def _of_form(form: type[BaseModel]) -> set[str]:
    found = {name for name, field in form.model_fields.items() if fields.holds_codes(field)}
    parts = (fields.part(field.annotation) for field in form.model_fields.values())
    return found.union(*(_of_form(part) for part in parts if part is not None))
