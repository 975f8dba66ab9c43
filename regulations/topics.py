"""Topics: what the articles of a text on supervision are about, and the rule keys that rest on each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

NATIONAL_SIGN = ":"
"""In a ref into the national regulation: ``decree-733:17``."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: the clauses of the model that are about it, rule keys beside those, and the words that tell of it."""

    code: str
    title: str
    words: tuple[str, ...]
    refs: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    in_principle: str = ""


@dataclass(frozen=True, slots=True)
class KindWord:
    """A kind of inspection and the word that texts have for it. ``counts`` is what a limit of it counts."""

    code: str
    word: str
    procedure: str
    letter: str
    counts: str


@cache
def topics() -> tuple[Topic, ...]:
    """Every topic, in the order of a text."""
    rows: list[dict[str, Any]] = _data()["topic"]
    return tuple(Topic(**{name: _frozen(value) for name, value in row.items()}) for row in rows)


@cache
def kind_words() -> tuple[KindWord, ...]:
    """The kinds of inspection."""
    return tuple(KindWord(**row) for row in _data()["kind"])


def model() -> str:
    """The key of the text whose rules the topics follow."""
    return str(_data()["model"])


def articles_by_topic(given: Mapping[str, str], like: Mapping[str, str], national: str | None) -> dict[str, str]:
    """The article of each rule key, from the article of each topic. ``like`` are the articles of the model.

    A rule that the model rests on the national regulation rests on it here as well, where it is the same.
    """
    above = f"{national}{NATIONAL_SIGN}"
    found = {key: ref for key, ref in like.items() if national and ref.startswith(above)}
    for topic in topics():
        if ref := given.get(topic.code):
            found |= {key: ref for key, old in like.items() if old in topic.refs}
            found |= dict.fromkeys(topic.keys, ref)
    return found


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("regulations").joinpath("topics.toml").read_text(encoding="utf-8"))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
