"""One JSON text for one value, so that what is stored can be hashed and compared byte for byte.

For the values that are hashed (ASCII keys, strings, whole numbers) this is the form of RFC 8785. Times and amounts go
in as strings.
"""

from __future__ import annotations

import json
from typing import Any

_decode = json.JSONDecoder().raw_decode
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def dumps(value: object) -> str:
    """The canonical text. Raises TypeError or ValueError for what JSON does not have."""
    return _encode(value)


def loads(text: str) -> Any:
    """The value of a stored text. Raises ValueError for a text that goes on after its value."""
    value, end = _decode(text)
    if end != len(text):
        raise ValueError(f"more than one value in {text[:80]!r}")
    return value
