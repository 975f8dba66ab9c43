"""Readers: each turns the text of a variable into a value, or raises Unfit."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from pathlib import Path
from typing import Final, Literal, get_args

from settings.variable import Unfit

Language = Literal["zh", "en"]
LogLevel = Literal["info", "warning", "error", "off"]
ON: Final = frozenset({"1", "true", "yes", "on"})
OFF: Final = frozenset({"", "0", "false", "no", "off"})


def text(value: str) -> str:
    """The text without blanks around it."""
    return value.strip()


def path(value: str) -> Path:
    """A path, relative to the working directory."""
    return Path(value.strip())


def optional_path(value: str) -> Path | None:
    """A path; None when none is named."""
    return path(value) if value.strip() else None


def language(value: str) -> Language:
    """The language of the texts. Anything but ``en`` is Chinese, as with a locale that a machine does not have."""
    return "en" if value.strip() == "en" else "zh"


def log_level(value: str) -> LogLevel:
    """The least serious record that is written."""
    for level in get_args(LogLevel):
        if level == value.strip().lower():
            found: LogLevel = level
            return found
    raise Unfit(levels=", ".join(get_args(LogLevel)))


def seconds(value: str) -> float:
    """A number of seconds, at least 0."""
    try:
        found = float(value)
    except ValueError:
        raise Unfit from None
    if not isfinite(found):
        raise Unfit
    return max(0.0, found)


def whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers from ``least`` to ``most``."""

    def read(value: str) -> int:
        digits = value.strip()
        # "³" counts as a digit, but not as a number.
        if not (digits.isascii() and digits.isdecimal() and least <= int(digits) <= most):
            raise Unfit(least=least, most=most)
        return int(digits)

    return read


def mail_address(value: str) -> str:
    """An e-mail address."""
    if "@" not in value:
        raise Unfit
    return value.strip()


def switch(value: str) -> bool:
    """On or off; a spelling that is neither is refused, since "on" must not be taken for "off"."""
    spelt = value.strip().lower()
    if spelt not in ON | OFF:
        raise Unfit
    return spelt in ON


def lenient_switch(value: str) -> bool:
    """On unless it is spelt as off: for what is asked while an error is printed."""
    return value.strip().lower() not in OFF


def failpoint(value: str) -> tuple[str, int] | None:
    """``name:count``; the count is 1 when none is given."""
    name, _, count = value.partition(":")
    return (name, int(count) if count.isdecimal() else 1) if name else None
