"""Faults of regulation.toml: keys missing or unknown, articles that are not there, a limit without its article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from typing import Any, Final, get_args, get_origin, get_type_hints

from messages.errors import HOUSE
from regulations.clauses import Clause, items_under
from regulations.errors import RegulationsError
from regulations.import_text.errors import TextProblem
from regulations.import_text.toml_lines import TomlLines
from regulations.jurisdiction_files import ROLES
from regulations.library import DUTIES, LISTS, load
from regulations.provisions import CountsFrom, TermUnit, Window
from regulations.topics import topics

_HEAD: Final[Mapping[str, type]] = {
    "id": str, "version": str, "title": str, "title_en": str, "issuer": str, "source": str,
    "status": str, "division": str, "applies_from": date, "applies_note": str,
}  # fmt: skip
_MORE: Final[Mapping[str, type]] = {
    "short_en": str, "national": str, "instruments": list, "ways_article": str, "guards_left_out": list,
    "topics": dict, "offices": dict, "reminders": dict, "articles": dict,
}  # fmt: skip
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "unit": get_args(TermUnit),
    "window": get_args(Window),
    "counts_from": get_args(CountsFrom),
    "status": ("in_force", "draft"),
    "division": ("article", "part"),
    "approver": ROLES,
}
ID: Final = r"[a-z][a-z0-9-]{1,30}"
_KINDS_OF_WORK: Final = ("inspection",)
"""The instruments that a text of a district's own may ask for."""
_REFS: Final = ("article", "contents_article", "approver_article", "methods_article")
_At = tuple[int, str, str]


def head_problems(file: TomlLines) -> Iterator[TextProblem]:
    """Faults of the keys above the tables."""
    tables = {entry for entry, _ in LISTS.values()}
    for key, wanted in _HEAD.items():
        if key not in file.data:
            yield TextProblem("missing_key", 0, file.name, key, {"key": key})
        elif not isinstance(file.data[key], wanted):
            yield TextProblem("wrong_type", file.line_of("head", key=key), file.name, key, {"wanted": wanted.__name__})
    for key in file.data.keys() - {*_HEAD, *_MORE, *tables}:
        yield TextProblem("unknown_key", file.line_of("head", key=key), file.name, key, {"key": key})
    for key, pattern in (("id", ID), ("version", r"[0-9A-Za-z.-]{1,20}")):
        if not re.fullmatch(pattern, str(file.data.get(key, "a1"))):
            params = {"found": file.data[key]}
            yield TextProblem(f"bad_{key}", file.line_of("head", key=key), file.name, key, params)
    for key in ("status", "division"):
        yield from _choice(key, file.data, (file.line_of("head", key=key), file.name, key))
    for one in file.data.get("instruments", []):
        if one not in _KINDS_OF_WORK:
            line = file.line_of("head", key="instruments")
            yield TextProblem("unknown_instrument", line, file.name, "instruments", {"found": one})


def provision_problems(file: TomlLines, clauses: Sequence[Clause]) -> Iterator[TextProblem]:
    """Faults of the tables, seen against the clauses of the text."""
    refs = {one.ref for one in clauses} | {HOUSE} | set(_national(file.data))
    for entry, made in LISTS.values():
        if entry in DUTIES:
            continue
        rows = file.data.get(entry, [])
        if not isinstance(rows, list):
            yield TextProblem("wrong_type", file.line_of(entry), file.name, entry, {"wanted": f"[[{entry}]]"})
            continue
        key = "name" if entry in ("limit", "term") else "code"
        for number, row in enumerate(rows, start=1):
            at = (file.line_of(entry, number), file.name, f"{entry}[{number}]")
            yield from _entry(entry, made, row, refs, at, file)
        for name, times in Counter(str(row.get(key)) for row in rows).items():
            if times > 1:
                last = max(at for at, row in enumerate(rows, start=1) if str(row.get(key)) == name)
                params = {"name": name, "times": times}
                yield TextProblem("entry_twice", file.line_of(entry, last), file.name, f"{entry}[{last}]", params)
    yield from _references(file, refs)
    if "inspection" in file.data.get("instruments", []):
        yield from _of_inspections(file, clauses)


def _entry(
    entry: str, made: type, row: dict[str, Any], refs: set[str], at: _At, file: TomlLines
) -> Iterator[TextProblem]:
    """Keys that are missing, unknown or of another type, figures that cannot be, and articles that are not there."""
    hints = get_type_hints(made)
    known = {("from" if one.name == "from_" else one.name): one for one in fields(made)}
    for key, one in known.items():
        if key not in row and one.default is MISSING:
            fault = "limit_without_article" if (entry, key) == ("limit", "article") else "missing_key"
            yield TextProblem(fault, *at, {"key": key, "name": row.get("name", "")})
    for key, value in row.items():
        place = (file.line_of(entry, int(re.sub(r"\D", "", at[2]) or 1), key), at[1], at[2])
        if key not in known:
            yield TextProblem("unknown_key", *place, {"key": key})
            continue
        wanted = hints[known[key].name]
        plain = tuple if get_origin(wanted) is tuple else str if get_args(wanted) else wanted
        if not isinstance(value, list if plain is tuple else plain) or isinstance(value, bool) != (plain is bool):
            yield TextProblem("wrong_type", *place, {"wanted": plain.__name__})
        elif key in _REFS and value not in refs:
            yield TextProblem("no_such_article", *place, {"ref": value})
        else:
            yield from _choice(key, row, place)
    if entry == "limit" and _cannot_be(row.get("most"), row.get("years"), row.get("at_least", 0)):
        yield TextProblem("bad_limit", *at, {"most": row["most"], "years": row["years"]})
    if entry == "term" and isinstance(row.get("length"), int) and row["length"] < 1:
        yield TextProblem("bad_term", *at, {"length": row["length"]})


def _cannot_be(most: object, years: object, at_least: object) -> bool:
    figures = isinstance(most, int) and isinstance(years, int) and isinstance(at_least, int)
    return figures and (most < 1 or years < 1 or at_least > most)  # type: ignore[operator]


def _choice(key: str, row: Mapping[str, Any], at: _At) -> Iterator[TextProblem]:
    if key in _CHOICES and key in row and row[key] not in _CHOICES[key]:
        yield TextProblem("bad_choice", *at, {"found": row[key], "known": "、".join(_CHOICES[key])})


def _references(file: TomlLines, refs: set[str]) -> Iterator[TextProblem]:
    """Articles that topics and rules name, topics and roles that are not there."""
    codes = {one.code for one in topics()}
    for code, ref in file.data.get("topics", {}).items():
        at = (file.line_of("topics", key=code), file.name, f"topics.{code}")
        if code not in codes:
            yield TextProblem("unknown_topic", *at, {"found": code, "known": "、".join(sorted(codes))})
        if ref not in refs:
            yield TextProblem("no_such_article", *at, {"ref": ref})
    for role in file.data.get("offices", {}):
        if role not in ROLES:
            at = (file.line_of("offices", key=role), file.name, f"offices.{role}")
            yield TextProblem("unknown_role", *at, {"found": role, "known": "、".join(ROLES)})
    for name, rules in file.data.get("articles", {}).items():
        for key, ref in rules.items() if isinstance(rules, dict) else [("", rules)]:
            if ref not in refs:
                line = file.line_of(f"articles.{name}", key=key)
                yield TextProblem("no_such_article", line, file.name, f"articles.{name}.{key}", {"ref": ref})


def _of_inspections(file: TomlLines, clauses: Sequence[Clause]) -> Iterator[TextProblem]:
    """What an inspection cannot do without: kinds with contents, methods, ways, categories, parts of the plan."""
    for entry in ("kind", "method", "target_category", "plan_item"):
        if not file.data.get(entry):
            yield TextProblem("none_of", 0, file.name, entry, {"entry": entry})
    ways = file.data.get("ways_article", "")
    if not ways or not items_under(clauses, ways):
        yield TextProblem(
            "no_items", file.line_of("head", key="ways_article"), file.name, "ways_article", {"ref": ways}
        )
    methods = {one.get("code") for one in file.data.get("method", [])}
    letters = Counter(one.get("letter") for one in file.data.get("kind", []))
    for number, kind in enumerate(file.data.get("kind", []), start=1):
        at = (file.line_of("kind", number), file.name, f"kind[{number}]")
        if not items_under(clauses, str(kind.get("contents_article"))):
            yield TextProblem("no_items", *at, {"ref": kind.get("contents_article")})
        for one in [*kind.get("methods", []), *kind.get("in_principle_methods", []), *kind.get("sampling_with", [])]:
            if one not in methods:
                yield TextProblem("unknown_method", *at, {"found": one, "known": "、".join(map(str, methods))})
        for ref in kind.get("required_contents", []):
            if ref not in {one.ref for one in clauses}:
                yield TextProblem("no_such_article", *at, {"ref": ref})
        letter = kind.get("letter")
        if not re.fullmatch("[A-Z]", str(letter)) or letters[letter] > 1:
            yield TextProblem("bad_letter", *at, {"found": letter})


def _national(data: Mapping[str, Any]) -> Iterator[str]:
    """The refs into the national regulation."""
    if isinstance(data.get("national"), str):
        try:
            yield from (f"{data['national']}:{one.ref}" for one in load(data["national"]).clauses)
        except RegulationsError:
            return
