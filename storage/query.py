"""A statement as the driver takes it."""

from __future__ import annotations

from typing import Any, NamedTuple


class Query(NamedTuple):
    """The text and the values of a statement; ``otherwise`` is raised when it changes no row."""

    text: str
    values: Any = None
    otherwise: Exception | None = None
