"""Documents of dossiers, parsed as their forms once for as long as the same document is in hand.

A document is never changed in place, and a form is frozen: a case that is read again with the documents it had
(``storage.cases.stored_dossiers``) need not have them parsed again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from states.engine.forms.base import STORED

_Form = TypeVar("_Form", bound=BaseModel)
MOST: Final = 2048
"""Documents that are remembered; then all are forgotten."""

_parsed: dict[tuple[int, type[BaseModel]], tuple[object, Any]] = {}
"""By the identity of the document, which holds as long as the document itself is kept beside its form."""


def parsed(kept: Mapping[str, Any], form: type[_Form]) -> _Form:
    """A stored document as its form, without what was stored beside the fields of the form."""
    found = _parsed.get((id(kept), form))
    if found is None:
        if len(_parsed) >= MOST:
            _parsed.clear()
        known = {key: value for key, value in kept.items() if key in form.model_fields}
        found = _parsed[id(kept), form] = kept, form.model_validate(known, context=STORED)
    value: _Form = found[1]
    return value
