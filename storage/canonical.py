"""One JSON text for one value, so that what is stored can be hashed and compared byte for byte.

For the values that are hashed (ASCII keys, strings, whole numbers) this is the form of RFC 8785. Times and amounts go
in as strings.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import c_make_encoder, encode_basestring  # type: ignore[attr-defined]
from typing import Any, Final

_scan = json.JSONDecoder().scan_once  # type: ignore[attr-defined]
# What JSONEncoder makes anew for every value: a third of its time for values as small as these.
_chunks = c_make_encoder(
    None,  # no look for values that hold themselves
    json.JSONEncoder().default,
    encode_basestring,
    None,  # no indentation
    ":",
    ",",
    True,  # sorted keys
    False,  # every key counts
    False,  # no NaN
)

_MOST: Final = 2048
"""Texts of documents that are remembered; then all are forgotten."""
_texts: dict[int, tuple[object, str]] = {}
"""By the identity of the document, which holds as long as the document itself is kept beside its text."""


def dumps(value: object) -> str:
    """The canonical text. Raises TypeError or ValueError for what JSON does not have."""
    return "".join(_chunks(value, 0))


def dumps_documents(documents: Mapping[str, object]) -> str:
    """The canonical text of documents by name, each written out once for as long as the same document is in hand.

    A document is never changed in place.
    """
    return (
        "{" + ",".join([f"{encode_basestring(name)}:{_written(documents[name])}" for name in sorted(documents)]) + "}"
    )


def _written(document: object) -> str:
    known = _texts.get(id(document))
    if known is None:
        if len(_texts) >= _MOST:
            _texts.clear()
        known = _texts[id(document)] = document, dumps(document)
    return known[1]


def loads(text: str) -> Any:
    """The value of a stored text. Raises ValueError for a text that holds none or goes on after it."""
    try:
        value, end = _scan(text, 0)
    except StopIteration:
        raise ValueError(f"no value in {text[:80]!r}") from None
    if end != len(text):
        raise ValueError(f"more than one value in {text[:80]!r}")
    return value
