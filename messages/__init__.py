"""The catalogue: every text a person sees, in Chinese and in English.

Texts live in ``texts/<area>.<language>.toml`` as flat tables; a text is named ``<area>.<key>`` and filled in with
``str.format``. A number chooses between two forms with ``{count:night|nights}``: the first is for exactly one.
Chinese is the default; English is chosen with ``--lang en``.
"""

from __future__ import annotations

import tomllib
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_language: ContextVar[Language] = ContextVar("ducha_language", default="zh")


class UnknownText(KeyError):
    """The catalogue has no text of this name."""


def set_language(language: Language) -> None:
    """Use this language from now on in this context (a process, a request, a run)."""
    _language.set(language)


def current_language() -> Language:
    """The language in use."""
    return _language.get()


@cache
def texts(area: str, language: Language) -> dict[str, str]:
    """All texts of one area in one language, by key; empty when the area has no file."""
    source = files(__package__).joinpath("texts", f"{area}.{language}.toml")
    if not source.is_file():
        return {}
    return {key: str(text) for key, text in tomllib.loads(source.read_text(encoding="utf-8")).items()}


def has(name: str) -> bool:
    """Whether the catalogue has a text of this name."""
    area, _, key = name.partition(".")
    return key in texts(area, "zh")


def text(name: str, language: Language | None = None, /, **params: object) -> str:
    """The text of this name, filled in. Raises UnknownText for a name the catalogue does not have."""
    area, _, key = name.partition(".")
    area_texts = texts(area, language or current_language())
    if key not in area_texts:
        raise UnknownText(name)
    return _FORMATTER.vformat(area_texts[key], (), params) if params else area_texts[key]


class _PluralFormatter(Formatter):
    """``str.format`` with ``{count:night|nights}``: the form that fits the number."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """The value as the specification asks for it."""
        singular, bar, plural = format_spec.partition("|")
        if bar:
            return singular if value == 1 else plural
        return str(format(value, format_spec))


_FORMATTER = _PluralFormatter()
