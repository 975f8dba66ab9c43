"""Names in what an act is handed in with: units by name, parts by what follows the number of their inspection."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, Final

from pydantic import BaseModel

from casework.errors import NotFound
from messages.spellings import meant, plain, plain_code
from states.engine.case import Case
from states.engine.forms import fields
from states.packs import newest_packs
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


def with_codes(session: Session, jurisdiction: str, data: Any, inspection: Case | None = None) -> Any:
    """What was handed in, with the codes of units and the numbers of cases where names stood.

    A name that nothing bears stays, for the form to refuse.
    """
    find = partial(_code, session, jurisdiction, inspection)
    return _coded(data, find) if isinstance(data, Mapping | list | tuple) else data


def _coded(data: Any, find: Callable[[str], str], within: bool = False) -> Any:
    if isinstance(data, Mapping):
        return {name: _coded(value, find, str(name) in _code_fields()) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_coded(entry, find, within) for entry in data]
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
def _code_fields() -> frozenset[str]:
    """The fields of all forms that hold the code of a unit or the number of a case."""
    steps = (step for pack in newest_packs() for one in pack.procedures.values() for step in one.steps)
    address = {name for pack in newest_packs() for name in (pack.unit_field,)}
    return frozenset(name for form in {step.form for step in steps} for name in _of_form(form)) | address


def _of_form(form: type[BaseModel]) -> set[str]:
    found = {name for name, field in form.model_fields.items() if fields.holds_codes(field)}
    parts = (fields.part(field.annotation) for field in form.model_fields.values())
    return found.union(*(_of_form(part) for part in parts if part is not None))
