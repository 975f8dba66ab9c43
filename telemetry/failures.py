"""Failures: the type of an error and where it was raised, never its message, which may quote what somebody wrote."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from telemetry.records import emit

PRODUCT: Final = f"{Path(__file__).parents[1]}/"
MOST_CAUSES: Final = 5
MOST_FRAMES: Final = 40
_MARK: Final = "_ducha_recorded"


def failed(error: BaseException, event: str = "failure", **fields: object) -> None:
    """Record an error with its traceback, unless a layer below has recorded it already."""
    if not is_recorded(error):
        mark_recorded(error)
        known = {"result": "failed", "codes": [type(error).__name__], **fields}
        emit(event, "error", **known, error=list(_chain(error)))


def mark_recorded(error: BaseException) -> None:
    """This error has its record."""
    setattr(error, _MARK, True)


def is_recorded(error: BaseException) -> bool:
    """Whether this error has its record already."""
    return getattr(error, _MARK, False)


def _chain(error: BaseException | None) -> Iterator[dict[str, Any]]:
    """The error and what caused it, each with where it was raised, outermost call first."""
    seen: set[int] = set()
    while error is not None and len(seen) < MOST_CAUSES and id(error) not in seen:
        seen.add(id(error))
        stack = traceback.walk_tb(error.__traceback__)
        frames = traceback.StackSummary.extract(stack, lookup_lines=False)[-MOST_FRAMES:]
        kind = type(error)
        yield {
            "type": f"{kind.__module__}.{kind.__qualname__}",
            "frames": [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
        }
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _short(file: str) -> str:
    """A file by its path within the product or within a library."""
    _, library, within = file.rpartition("/site-packages/")
    return within if library else file.removeprefix(PRODUCT) if file.startswith(PRODUCT) else Path(file).name
