"""The governments that use the product: what binds them, who holds which office, whom they inspect."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from regulations.errors import UnknownJurisdiction
from regulations.library import load
from regulations.rosters import Roster, read_roster


@dataclass(frozen=True, slots=True)
class Account:
    """A seed account. ``unit`` is the unit a person comes from; ``automation`` marks the service account."""

    name: str
    roles: tuple[str, ...]
    unit: str | None = None
    automation: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Jurisdiction:
    """A government: ``regulation`` and ``national`` are ids, ``region`` is the ISO 3166-2 code of its
    calendar, ``offices`` the body that holds each role."""

    code: str
    name: str
    division_code: str
    region: str
    regulation: str
    national: str
    case_prefix: str
    roster_file: str
    roster_note: str
    offices: Mapping[str, str]
    seed_accounts: tuple[Account, ...]

    def roster(self) -> Roster:
        """The units it may inspect, as the product ships them."""
        return _roster(self)

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The seed accounts, and one liaison officer (联络员) for every unit on the roster."""
        officers = (Account(f"{unit.name}联络员", ("target_officer",), unit.code) for unit in self.roster())
        return (*self.seed_accounts, *officers)


def jurisdiction(code: str) -> Jurisdiction:
    """The jurisdiction of this code. Raises UnknownJurisdiction."""
    for found in jurisdictions():
        if found.code == code:
            return found
    raise UnknownJurisdiction(code=code, known="、".join(one.code for one in jurisdictions()))


@cache
def jurisdictions() -> tuple[Jurisdiction, ...]:
    """All jurisdictions, by code."""
    folder = files("regulations").joinpath("jurisdictions")
    texts = (file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".toml"))
    return tuple(sorted(map(_jurisdiction, map(tomllib.loads, texts)), key=lambda one: one.code))


def _jurisdiction(data: dict[str, Any]) -> Jurisdiction:
    accounts = tuple(Account(**row | {"roles": tuple(row["roles"])}) for row in data.pop("account"))
    return Jurisdiction(**data, seed_accounts=accounts)


@cache
def _roster(owner: Jurisdiction) -> Roster:
    file = files("regulations").joinpath("rosters", owner.roster_file)
    return read_roster(file.read_bytes(), owner.roster_file, load(owner.regulation))
