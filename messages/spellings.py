"""How people write days, numbers of cases and clauses, and what these are when written plainly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from messages.names import plain_letters

_DAY = re.compile(r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?", re.ASCII)
_CODE = re.compile(r"(?=.*\d)[0-9A-Z-]{1,32}", re.ASCII)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def plain(text: str) -> str:
    """The text with full-width letters, digits and signs as plain ones, and one kind of dash."""
    return unicodedata.normalize("NFKC", plain_letters(text)).translate(_DASHES).strip(" ")


def plain_day(text: str) -> str:
    """A day such as 2026/11/20, 2026.11.20 or 2026年11月20日 as 2026-11-20; anything else as it is written."""
    found = _DAY.fullmatch(plain(text))
    return "{}-{:0>2}-{:0>2}".format(*found.groups()) if found else text


def plain_code(text: str) -> str:
    """The number of a case or of a unit: plain signs, capital letters."""
    written = plain(text).upper()
    return written if _CODE.fullmatch(written) else text


def plain_clause(text: str) -> str:
    """The address of a clause: 9（3） as 9(3)."""
    written = re.sub(r"\s", "", plain(text))
    return written if written.isascii() else text


def meant(written: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The codes that a word may mean: itself, or all of this name, or those whose name contains it.

    ``names`` are the names by code.
    """
    if written in names:
        return (written,)
    word = plain(written)
    spelt = word.casefold().replace("-", "_")
    if spelt in names:
        return (spelt,)
    return next((found for found in _steps(word, names) if found), ())


def _steps(word: str, names: Mapping[str, str]) -> Iterable[tuple[str, ...]]:
    yield tuple(code for code, name in names.items() if plain(name) == word)
    if word:
        yield tuple(code for code, name in names.items() if word in plain(name))


def shortened(text: str, most: int) -> str:
    """The text, cut with an ellipsis where it has more than so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
