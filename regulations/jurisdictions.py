"""The governments that use the product: what binds them, who holds which office, whom they inspect.

The ones here come with the package. ``storage.people.jurisdictions`` adds those entered into a database.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

import messages
from messages.spellings import meant, plain
from regulations.errors import UnknownJurisdiction
from regulations.library import load
from regulations.rosters import Roster, officer_names, read_roster

INSPECTION: Final = "inspection"
DEFAULT: Final = "TL"
"""The jurisdiction that is meant where none is named and none has been set up."""


@dataclass(frozen=True, slots=True)
class Account:
    """A seed account. ``unit`` is the unit a person comes from; ``automation`` marks the service account."""

    name: str
    roles: tuple[str, ...]
    unit: str | None = None
    automation: bool = False


@dataclass(frozen=True, slots=True)
class ReportLimit:
    """Within how many hours after it is known an incident has to be reported, and who set that by which document.

    The texts say that reports must not be late and give no figure: without a limit set by the jurisdiction, no report
    is found late.
    """

    hours: int
    set_by: str
    document: str


@dataclass(frozen=True, slots=True, eq=False)
class Jurisdiction:
    """A government.

    ``instruments`` names the regulation (by its id) of each kind of work; a case pins the version in force on the day
    it is opened. ``national`` is the id of the national regulation, ``region`` the ISO 3166-2 code of its calendar.
    ``offices`` names the body that holds each role, ``offices_en`` the same in English where it has such a name.
    ``roster_file`` is a roster of the package, empty where the roster is in the database alone. ``mail_domain`` is
    where its messages are mailed, empty for the domain of the installation. ``report_limit`` is set by the jurisdiction
    itself; None: unset.
    """

    code: str
    name: str
    division_code: str
    region: str
    instruments: Mapping[str, str]
    national: str
    case_prefix: str
    offices: Mapping[str, str]
    seed_accounts: tuple[Account, ...]
    offices_en: Mapping[str, str] = field(default_factory=dict)
    roster_file: str = ""
    roster_note: str = ""
    mail_domain: str = ""
    report_limit: ReportLimit | None = None

    @property
    def regulation(self) -> str:
        """The id of the regulation its inspections follow, or where it has none that of its first instrument."""
        return self.instruments.get(INSPECTION) or next(iter(self.instruments.values()))

    @property
    def service_account(self) -> str:
        """The name of the account the service acts under. Every jurisdiction has one."""
        return next(one.name for one in self.seed_accounts if one.automation)

    def roster(self) -> Roster:
        """The units of its roster of the package; none where the roster is in the database alone."""
        return _roster(self) if self.roster_file else ()

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The seed accounts, and one liaison officer (联络员) for every unit on the roster."""
        names = officer_names(self.roster())
        officers = (Account(name, ("target_officer",), code) for code, name in names.items())
        return (*self.seed_accounts, *officers)


def office_name(role: str, jurisdiction: Jurisdiction | None, language: messages.Language | None = None) -> str:
    """What the office that holds a role is called: by the jurisdiction, or in general where none is known."""
    if jurisdiction is not None:
        english = (language or messages.current_language()) == "en"
        named = jurisdiction.offices_en if english else jurisdiction.offices
        if role in named:
            return named[role]
    return messages.text(f"role.{role}", language) if messages.has(f"role.{role}") else role


def jurisdiction(code: str) -> Jurisdiction:
    """The jurisdiction of the package that has this code. Raises UnknownJurisdiction."""
    return jurisdiction_of(code, jurisdictions())


def jurisdiction_of(code: str, known: tuple[Jurisdiction, ...]) -> Jurisdiction:
    """The one of these that has this code, or else (enough of) this name. Raises UnknownJurisdiction."""
    for found in known:
        if found.code == code:
            return found
    named = meant(plain(code).upper(), {one.code: one.name for one in known})
    if len(named) == 1:
        return next(one for one in known if one.code == named[0])
    raise UnknownJurisdiction(code=code, known="、".join(one.code for one in known))


@cache
def jurisdictions() -> tuple[Jurisdiction, ...]:
    """The jurisdictions of the package, by code."""
    folder = files("regulations").joinpath("jurisdictions")
    texts = (file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".toml"))
    return tuple(sorted(map(parse_jurisdiction, texts), key=lambda one: one.code))


def parse_jurisdiction(text: str) -> Jurisdiction:
    """The jurisdiction of a TOML text that was checked before (``regulations.jurisdiction_files``)."""
    return jurisdiction_from(tomllib.loads(text))


def jurisdiction_from(data: Mapping[str, Any]) -> Jurisdiction:
    """The jurisdiction of checked data: the tables of its TOML text."""
    rest = {name: value for name, value in data.items() if name not in ("account", "report_limit")}
    limit = ReportLimit(**data["report_limit"]) if "report_limit" in data else None
    accounts = tuple(Account(**row | {"roles": tuple(row["roles"])}) for row in data["account"])
    return Jurisdiction(**rest, seed_accounts=accounts, report_limit=limit)


def roster_files() -> tuple[str, ...]:
    """The names of the rosters of the package."""
    return tuple(sorted(file.name for file in files("regulations").joinpath("rosters").iterdir()))


@cache
def _roster(owner: Jurisdiction) -> Roster:
    file = files("regulations").joinpath("rosters", owner.roster_file)
    return read_roster(file.read_bytes(), owner.roster_file, load(owner.regulation))
