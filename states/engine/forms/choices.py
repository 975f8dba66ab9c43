"""The values that a field is limited to, by the names people give them, and input written in such names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

import messages
from messages.spellings import meant
from states.engine.forms import fields


def choice_name(field: str, value: object) -> str:
    """What people call a value of this field; the value itself where the catalogue has no name for it."""
    name = f"choice.{field}.{value}"
    return messages.text(name) if messages.has(name) else str(value)


def with_codes(form: type[BaseModel], data: Mapping[str, Any]) -> dict[str, Any]:
    """The input with every choice as its code (``书面督察`` as ``written``); what is no choice stays as it is."""
    return {name: _coded(form, name, value) for name, value in data.items()}


def _coded(form: type[BaseModel], name: str, value: object) -> object:
    field = form.model_fields.get(name)
    if field is None:
        return value
    if isinstance(value, list | tuple):
        return [_coded(form, name, entry) for entry in value]
    within = fields.part(field.annotation)
    if within is not None and isinstance(value, Mapping):
        return with_codes(within, value)
    known = fields.choices(field.annotation)
    return _code(name, value, known) if isinstance(value, str) and known and value not in known else value


def _code(field: str, written: str, known: tuple[str, ...]) -> str:
    found = meant(written, {code: choice_name(field, code) for code in known})
    return found[0] if len(found) == 1 else written
