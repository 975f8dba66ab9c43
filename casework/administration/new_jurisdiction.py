"""The TOML text of a new jurisdiction, from what somebody says of it and what its regulation names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import messages
import regulations
from regulations import INSPECTION, Roster, Unit
from regulations.jurisdiction_files import ROLES

_ACCOUNTS = (
    ("coordinator_one", "coordinator"),
    ("coordinator_two", "coordinator"),
    ("authority", "authority"),
    ("responsible_leader", "responsible_leader"),
    ("supervision_office", "supervision_office"),
    ("appraisal_office", "appraisal_office"),
    ("auditor", "auditor"),
    ("administrator", "administrator"),
)
"""Accounts that every jurisdiction begins with, beside the service account. Two coordinators, so that the one who
claims a finding closed is not the one who closes it."""
SERVICE = "ducha-service"


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account beside those that every jurisdiction begins with. ``unit`` is where the person comes from."""

    name: str
    roles: tuple[str, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class NewJurisdiction:
    """What somebody says of a jurisdiction. ``offices`` are by role; the others are as the regulation names them."""

    code: str
    name: str
    division_code: str
    region: str
    regulation: str
    case_prefix: str
    offices: Mapping[str, str]
    accounts: Sequence[NewAccount]


def toml_of(new: NewJurisdiction) -> str:
    """The text of the jurisdiction file. Raises UnknownRegulation."""
    text = regulations.load(new.regulation)
    offices = {role: new.offices.get(role) or text.offices.get(role) or _general(role) for role in ROLES}
    offices |= {role: name for role, name in new.offices.items() if role not in offices}
    head = {
        "code": new.code,
        "name": new.name,
        "division_code": new.division_code,
        "region": new.region,
        "national": text.national.id if text.national else "",
        "case_prefix": new.case_prefix,
    }
    lines = [
        *_pairs(head),
        "",
        "[instruments]",
        *_pairs({INSPECTION: new.regulation}),
        "",
        "[offices]",
        *_pairs(offices),
    ]
    first = (NewAccount(_named(name), (role,)) for name, role in _ACCOUNTS)
    for account in (*first, *new.accounts):
        lines += ["", "[[account]]", f"name = {_quoted(account.name)}", f"roles = {_list(account.roles)}"]
        lines += [f"unit = {_quoted(account.unit)}"] if account.unit else []
    lines += ["", "[[account]]", f"name = {_quoted(SERVICE)}", 'roles = ["coordinator"]', "automation = true", ""]
    return "\n".join(lines)


def roster_of(units: Iterable[tuple[str, str, str]], division_code: str, name: str) -> Roster:
    """The units of a jurisdiction from code, name and category, under the jurisdiction itself."""
    return tuple(Unit(code, unit, category, f"{division_code} {name}", "") for code, unit, category in units)


def csv_of(roster: Roster) -> str:
    """A roster as its CSV file."""
    rows = [f"{one.code},{one.name},{one.category},{one.parent}" for one in roster]
    return "\n".join(["code,name,category,parent", *rows, ""])


def _general(role: str) -> str:
    return messages.text(f"own_text.office_{role}", "zh")


def _named(account: str) -> str:
    return messages.text(f"own_text.account_{account}", "zh")


def _pairs(values: Mapping[str, str]) -> list[str]:
    return [f"{key} = {_quoted(value)}" for key, value in values.items()]


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(value: str) -> str:
    import tomlkit

    return str(tomlkit.string(value).as_string())
