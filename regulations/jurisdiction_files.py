"""Jurisdictions as TOML files: read whole or refused whole, with every fault and where it stands."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import messages
from messages.errors import HOUSE, house_rule
from messages.names import fold_name, lookalike_key, refused_character
from regulations.errors import DataFileRefused
from regulations.jurisdictions import INSPECTION, Jurisdiction, jurisdiction_from, roster_files
from regulations.library import ids
from regulations.rosters import Roster

if TYPE_CHECKING:
    from messages.answers import RefusalView

ROLES: Final = (
    "coordinator",
    "authority",
    "responsible_leader",
    "supervision_office",
    "group_leader",
    "group_member",
    "target_officer",
    "appraisal_office",
    "auditor",
    "administrator",
)
"""The roles a jurisdiction says the office of, and its accounts hold."""
LONGEST_NAME: Final = 60
MOST_HOURS: Final = 720
"""The longest limit for the report of an incident: thirty days."""
JURISDICTION_SEPARATOR: Final = ":"
"""Between jurisdiction and name where an account is written with both: ``TL:联席办协调员甲``."""

_PATTERNS: Final = {
    "code": r"[A-Z][A-Z0-9]{0,15}",
    "case_prefix": r"[A-Z][A-Z0-9]{0,15}",
    "division_code": r"\d{2,12}",
    "region": r"CN(-[A-Z]{2,3})?",
    "mail_domain": r"([a-z0-9-]{1,63}\.)*[a-z0-9-]{1,63}",
}
_TEXTS: Final = ("code", "case_prefix", "division_code", "region", "name", "national")
_TABLES: Final = ("instruments", "offices")
_OPTIONAL: Final[Mapping[str, type]] = {
    "roster_file": str,
    "roster_note": str,
    "mail_domain": str,
    "offices_en": dict,
    "report_limit": dict,
}
_REPORT_LIMIT: Final[Mapping[str, type]] = {"hours": int, "set_by": str, "document": str}
_ACCOUNT: Final[Mapping[str, type]] = {"name": str, "roles": list, "unit": str, "automation": bool}
_TYPES: Final[Mapping[type, str]] = {str: "text", dict: "table", list: "list", bool: "boolean", int: "whole_number"}
_Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class JurisdictionProblem:
    """One fault of a jurisdiction file; ``place`` is its key, such as ``offices.authority``, empty for the file."""

    place: str
    fault: str
    params: Mapping[str, object]

    @property
    def fact(self) -> str:
        """Where the fault is and what it is, in the current language."""
        at = self.place or messages.text("regulations.roster_at_file")
        what = messages.text(f"regulations.jurisdiction_{self.fault}", None, **self.params)
        return messages.text("regulations.roster_problem", at=at, what=what)

    @property
    def cure(self) -> str:
        """What to do about it, in the language spoken."""
        return messages.text(f"regulations.jurisdiction_{self.fault}_cure", None, **self.params)

    def view(self) -> RefusalView:
        """The fault in the form that every refusal has, with its key."""
        from messages.answers import KeyRefusalView

        return KeyRefusalView(
            code=f"jurisdiction_{self.fault}",
            article=HOUSE,
            citation=house_rule(),
            fact=self.fact,
            cure=self.cure,
            place=self.place,
        )


class JurisdictionRefused(DataFileRefused[JurisdictionProblem]):
    """A jurisdiction file cannot be taken."""

    stable_code = "jurisdiction_refused"


def read_jurisdiction(content: str | bytes, name: str, roster: Roster | None = None) -> Jurisdiction:
    """The jurisdiction of a TOML file. With a roster, accounts may come from its units only.

    Raises JurisdictionRefused.
    """
    data = _parsed(content, name)
    problems = tuple(_problems(data, roster))
    if problems:
        raise JurisdictionRefused(name, problems)
    return jurisdiction_from(data)


def _parsed(content: str | bytes, name: str) -> _Data:
    try:
        return tomllib.loads(content if isinstance(content, str) else content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        problem = JurisdictionProblem("", "not_utf8", {"byte": error.start + 1})
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        problem = JurisdictionProblem("", "not_toml", {"detail": str(error)})
    raise JurisdictionRefused(name, (problem,))


def _problems(data: _Data, roster: Roster | None) -> Iterator[JurisdictionProblem]:
    wanted = dict.fromkeys(_TEXTS, str) | dict.fromkeys(_TABLES, dict) | {"account": list}
    yield from _shape("", data, wanted, _OPTIONAL)
    for key, pattern in _PATTERNS.items():
        value = data.get(key)
        if isinstance(value, str) and not re.fullmatch(pattern, value, re.ASCII):
            yield JurisdictionProblem(key, f"bad_{key}", {"found": value})
    for key in ("name", "roster_note"):
        yield from _text(key, data.get(key, "—"))
    yield from _regulations(data)
    yield from _offices(data)
    yield from _report_limit(data)
    if data.get("roster_file", "") not in ("", *roster_files()):
        yield JurisdictionProblem("roster_file", "unknown_roster", {"found": data["roster_file"]})
    accounts = data.get("account")
    if isinstance(accounts, list):
        yield from _accounts(accounts, roster)


def _shape(
    place: str, data: _Data, wanted: Mapping[str, type], optional: Mapping[str, type]
) -> Iterator[JurisdictionProblem]:
    """Keys that are missing, unknown, or of another type."""
    for key in wanted.keys() - data.keys():
        yield JurisdictionProblem(_at(place, key), "missing_key", {"key": key})
    known = {**wanted, **optional}
    for key, value in data.items():
        if key not in known:
            yield JurisdictionProblem(_at(place, key), "unknown_key", {"known": "、".join(known)})
        elif not isinstance(value, known[key]):
            yield _wrong_type(_at(place, key), known[key])


def _wrong_type(place: str, wanted: type) -> JurisdictionProblem:
    named = messages.text(f"regulations.jurisdiction_type_{_TYPES[wanted]}")
    return JurisdictionProblem(place, "wrong_type", {"wanted": named})


def _regulations(data: _Data) -> Iterator[JurisdictionProblem]:
    instruments = data.get("instruments")
    named = dict(instruments) if isinstance(instruments, dict) else {INSPECTION: ""}
    if not named:
        yield JurisdictionProblem("instruments", "no_instruments", {})
    places = {_at("instruments", key): id for key, id in named.items()} | {"national": data.get("national", "")}
    for place, id in places.items():
        if id != "" and id not in ids():
            yield JurisdictionProblem(place, "unknown_regulation", {"found": id, "known": "、".join(ids())})


def _report_limit(data: _Data) -> Iterator[JurisdictionProblem]:
    limit = data.get("report_limit")
    if not isinstance(limit, dict):
        return
    yield from _shape("report_limit", limit, _REPORT_LIMIT, {})
    hours = limit.get("hours")
    if isinstance(hours, int) and not 1 <= hours <= MOST_HOURS:
        yield JurisdictionProblem("report_limit.hours", "hours_out_of_reach", {"found": hours, "most": MOST_HOURS})
    for key in ("set_by", "document"):
        yield from _text(_at("report_limit", key), limit.get(key))


def _offices(data: _Data) -> Iterator[JurisdictionProblem]:
    for table in ("offices", "offices_en"):
        offices = data.get(table, {})
        if not isinstance(offices, dict):
            continue
        for role, name in offices.items():
            if role not in ROLES:
                yield JurisdictionProblem(_at(table, role), "unknown_role", {"found": role, "known": "、".join(ROLES)})
            if isinstance(name, str):
                yield from _text(_at(table, role), name)
            else:
                yield _wrong_type(_at(table, role), str)
        if table == "offices":
            for role in (role for role in ROLES if role not in offices):
                yield JurisdictionProblem(_at(table, role), "office_missing", {"role": role})


def _accounts(accounts: list[Any], roster: Roster | None) -> Iterator[JurisdictionProblem]:
    units = None if roster is None else {unit.code for unit in roster}
    for number, account in enumerate(accounts, start=1):
        place = f"account[{number}]"
        if not isinstance(account, dict):
            yield _wrong_type(place, dict)
            continue
        yield from _shape(place, account, {"name": str, "roles": list}, _ACCOUNT)
        yield from _account(place, account, units)
    entries = [one for one in accounts if isinstance(one, dict)]
    names = {lookalike_key(name): name for name in (str(one.get("name")) for one in entries)}
    for key, times in Counter(lookalike_key(str(one.get("name"))) for one in entries).items():
        if times > 1:
            yield JurisdictionProblem("account", "same_name", {"name": names[key], "times": times})
    services = [one for one in entries if one.get("automation") is True]
    if len(services) != 1 or services[0].get("roles") != ["coordinator"]:
        yield JurisdictionProblem("account", "service_account", {"found": len(services)})
    if not any("administrator" in _roles(one) for one in entries):
        yield JurisdictionProblem("account", "no_administrator", {})


def _account(place: str, account: _Data, units: set[str] | None) -> Iterator[JurisdictionProblem]:
    name, unit = account.get("name"), account.get("unit")
    if isinstance(name, str):
        yield from _text(_at(place, "name"), name)
        plain = fold_name(name)
        if plain != " ".join(name.split()):
            character = next(f"U+{ord(one):04X}" for one in name if fold_name(one) != one and not one.isspace())
            yield JurisdictionProblem(_at(place, "name"), "not_plain", {"character": character, "plain": plain})
        if JURISDICTION_SEPARATOR in name:
            yield JurisdictionProblem(_at(place, "name"), "colon", {"found": name})
    roles = _roles(account)
    if not roles:
        yield JurisdictionProblem(_at(place, "roles"), "no_roles", {})
    for role in (role for role in roles if role not in ROLES):
        yield JurisdictionProblem(_at(place, "roles"), "unknown_role", {"found": role, "known": "、".join(ROLES)})
    if "target_officer" in roles and not unit:
        yield JurisdictionProblem(_at(place, "unit"), "officer_without_unit", {})
    if isinstance(unit, str) and units is not None and unit not in units:
        yield JurisdictionProblem(_at(place, "unit"), "unit_unknown", {"found": unit})


def _roles(account: _Data) -> list[Any]:
    roles = account.get("roles")
    return roles if isinstance(roles, list) else []


def _text(place: str, value: object) -> Iterator[JurisdictionProblem]:
    """A text of one line that people can read."""
    if not isinstance(value, str):
        return
    if not value.strip() or value != value.strip():
        yield JurisdictionProblem(place, "blank", {})
    if character := refused_character(value):
        yield JurisdictionProblem(place, "unseen", {"character": character})
    if len(value) > LONGEST_NAME and place != "roster_note":
        yield JurisdictionProblem(place, "too_long", {"found": len(value), "longest": LONGEST_NAME})


def _at(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key
