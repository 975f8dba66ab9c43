"""One JSON text for one value, so that what is stored can be hashed and compared byte for byte.

For the values that are hashed (ASCII keys, strings, whole numbers) this is the form of RFC 8785. Times and amounts go
in as strings.
"""

from __future__ import annotations

import json
from typing import Any

_scan = json.JSONDecoder().scan_once  # type: ignore[attr-defined]
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def dumps(value: object) -> str:
    """The canonical text. Raises TypeError or ValueError for what JSON does not have."""
    return _encode(value)


def loads(text: str) -> Any:
    """The value of a stored text. Raises ValueError for a text that holds none or goes on after it."""
    try:
        value, end = _scan(text, 0)
    except StopIteration:
        raise ValueError(f"no value in {text[:80]!r}") from None
    if end != len(text):
        raise ValueError(f"more than one value in {text[:80]!r}")
    return value
