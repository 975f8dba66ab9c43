"""The texts: read from ``texts/<directory>/`` when first asked for, one directory a version."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from regulations import data_checks
from regulations.clauses import Clause, clauses_of, clauses_of_annex
from regulations.duties import (
    Collective,
    Criterion,
    CriterionGroup,
    Grade,
    Indicator,
    Obligation,
    Outcome,
    Phase,
    Reading,
    ScoreSection,
    Seat,
    Task,
    Veto,
)
from regulations.errors import NotInForce, UnknownRegulation
from regulations.provisions import Body, Category, Coverage, Ground, Item, Kind, Limit, Method, Term
from regulations.regulation import Regulation, items_of
from regulations.text_seal import check_unchanged
from regulations.topics import articles_by_topic, model
from settings.own_texts import own_texts

FOLDERS: list[Traversable] = [files("regulations").joinpath("texts")]
"""The folders that hold a directory for each version of each text."""

_Data = dict[str, Any]
LISTS: Mapping[str, tuple[str, type]] = {
    "kinds": ("kind", Kind),
    "limits": ("limit", Limit),
    "terms": ("term", Term),
    "methods": ("method", Method),
    "plan_items": ("plan_item", Item),
    "target_categories": ("target_category", Category),
    "core_bodies": ("core_body", Body),
    "invited_bodies": ("invited_body", Body),
    "referral_destinations": ("referral_destination", Body),
    "referral_grounds": ("referral_ground", Ground),
    "result_receivers": ("result_receiver", Body),
    "readings": ("reading", Reading),
    "collectives": ("collective", Collective),
    "phases": ("phase", Phase),
    "seats": ("seat", Seat),
    "tasks": ("task", Task),
    "indicators": ("indicator", Indicator),
    "obligations": ("obligation", Obligation),
    "score_sections": ("score_section", ScoreSection),
    "criterion_groups": ("criterion_group", CriterionGroup),
    "criteria": ("criterion", Criterion),
    "grades": ("grade", Grade),
    "vetoes": ("veto", Veto),
    "outcomes": ("outcome", Outcome),
}
DUTIES: Mapping[str, type] = {entry: made for entry, made in LISTS.values() if made.__module__ == Reading.__module__}
"""The tables that are checked when they are read."""


def load(id: str, version: str | None = None) -> Regulation:
    """The regulation of this id in this version, by default the newest. Raises UnknownRegulation."""
    for found in reversed(_versions(id, own_texts())):
        if version is None or version == found.version:
            return found
    raise UnknownRegulation(id=f"{id}@{version}", known="、".join(ids()))


def by_key(key: str) -> Regulation:
    """The version that a case has pinned: ``tongliang@2023-08-16``. Raises UnknownRegulation."""
    id, _, version = key.partition("@")
    return load(id, version)


def in_force(id: str, on: date) -> Regulation:
    """The newest version that applies on a day. Raises UnknownRegulation, NotInForce."""
    newest_first = sorted(_versions(id, own_texts()), key=lambda one: one.applies_from, reverse=True)
    for found in newest_first:
        if found.applies_from <= on:
            return found
    earliest = newest_first[-1]
    raise NotInForce(title=earliest.named(), on=on, since=earliest.applies_from)


def clause(regulation: Regulation | str, ref: str) -> Clause:
    """The clause that ``ref`` names, seen from a regulation or its key. Raises UnknownArticle."""
    return (by_key(regulation) if isinstance(regulation, str) else regulation).article(ref)


def ids() -> tuple[str, ...]:
    """The ids of all regulations there are, local and national."""
    return tuple(sorted({id for id, _ in _directories(own_texts())}))


@cache
def _directories(own: tuple[Path, int] | None) -> dict[tuple[str, str], Traversable]:
    """Every version there is, by id and version, with the directory that holds it.

    ``own`` is the directory of the texts that were added, and when it last changed.
    """
    known: dict[tuple[str, str], Traversable] = {}
    for directory in (found for folder in FOLDERS for found in folder.iterdir()):
        head = directory.joinpath("regulation.toml")
        if head.is_file():
            data = _toml(head)
            known[data["id"], data["version"]] = directory
    for added in sorted(own[0].iterdir()) if own else ():
        if added.name.startswith(".") or not added.is_dir():
            continue
        check_unchanged(added)
        data = _toml(added / "regulation.toml")
        known.setdefault((data["id"], data["version"]), added)
    return known


@cache
def _versions(id: str, own: tuple[Path, int] | None) -> tuple[Regulation, ...]:
    """All versions of a regulation, oldest first. Raises UnknownRegulation."""
    versions = sorted(version for other, version in _directories(own) if other == id)
    if not versions:
        raise UnknownRegulation(id=id, known="、".join(ids()))
    return tuple(_version(id, version) for version in versions)


@cache
def _version(id: str, version: str) -> Regulation:
    """One version, read once, so that everybody has the same object."""
    return read(_directories(own_texts())[id, version])


def read(directory: Traversable) -> Regulation:
    """One version, from the files of its directory: regulation.toml, articles.toml, coverage.toml."""
    content = directory.joinpath("regulation.toml").read_text(encoding="utf-8")
    head = tomllib.loads(content)
    rows = data_checks.Rows(content, dict(head))
    data_checks.check_shape(rows, DUTIES)
    data_checks.refuse(f"{directory.name}/{data_checks.FILE}", rows)
    text = _toml(directory.joinpath("articles.toml"))
    clauses = tuple(clauses_of_text(text))
    articles = _by_topic(head) | dict(_flat(head.pop("articles", {})))
    guards_left_out = frozenset(head.pop("guards_left_out", ()))
    steps_left_out = frozenset(head.pop("steps_left_out", ()))
    procedures_left_out = frozenset(head.pop("procedures_left_out", ()))
    reminders = {step: tuple(roles) for step, roles in head.pop("reminders", {}).items()}
    instruments = tuple(head.pop("instruments", ()))
    ways_article = head.pop("ways_article", "")
    national = head.pop("national", None)
    above = load(national) if national else None
    lists: _Data = {name: _entries(made, head.pop(entry, [])) for name, (entry, made) in LISTS.items()}
    found = Regulation(
        **{"short_en": head["title_en"]} | head,
        **lists,
        national=above,
        preamble=text.get("preamble", "").strip("\n"),
        closing=text.get("closing", "").strip("\n"),
        clauses=clauses,
        articles=articles,
        guards_left_out=guards_left_out,
        steps_left_out=steps_left_out,
        procedures_left_out=procedures_left_out,
        reminders=reminders,
        instruments=instruments,
        ways_article=ways_article,
        ways=_ways(ways_article, clauses, above),
        coverage=_entries(Coverage, _toml(directory.joinpath("coverage.toml"))["clause"]),
    )
    data_checks.check_duties(rows, found)
    data_checks.refuse(f"{directory.name}/{data_checks.FILE}", rows)
    return found


def _ways(ref: str, clauses: tuple[Clause, ...], above: Regulation | None) -> tuple[Item, ...]:
    """The numbered items of a clause, or of one of the national regulation: ``decree-733:12``."""
    prefix, colon, own = ref.partition(":")
    if not colon or above is None or prefix != above.id:
        return items_of(clauses, ref) if ref else ()
    items = items_of(above.clauses, own)
    return tuple(replace(one, code=f"{prefix}:{one.code}", article=f"{prefix}:{one.article}") for one in items)


def clauses_of_text(text: _Data) -> Iterator[Clause]:
    """The articles or parts of a text with their items, then its annexes."""
    for article in text["article"]:
        how = {name: article[name] for name in ("printed", "paragraphs") if name in article}
        yield from clauses_of(article["number"], article.get("heading", ""), article["text"], **how)
    annexes = text.get("annex", [])
    for annex in annexes:
        yield from clauses_of_annex(annex, only=len(annexes) == 1)


def _by_topic(head: _Data) -> dict[str, str]:
    """The articles of the rules of each topic that the text names, as the model has them."""
    given = head.pop("topics", None)
    return articles_by_topic(given, by_key(model()).articles, head.get("national")) if given else {}


def _flat(tables: _Data, under: str = "") -> Iterator[tuple[str, str]]:
    """Rule keys and their refs: ``[articles.guard]`` with ``period_has_begun`` is ``guard.period_has_begun``."""
    for name, value in tables.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{under}{name}.")
        else:
            yield f"{under}{name}", value


def _entries(made: type, rows: list[_Data]) -> tuple[Any, ...]:
    """TOML tables as frozen values; ``from``, a keyword of Python, is ``from_`` there."""
    return tuple(made(**{_field(key): _frozen(value) for key, value in row.items()}) for row in rows)


def _field(key: str) -> str:
    return "from_" if key == "from" else key


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _toml(file: Traversable) -> _Data:
    return tomllib.loads(file.read_text(encoding="utf-8"))
