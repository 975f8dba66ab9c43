"""The fields of forms: titles, hints, choices and types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from inspect import get_annotations
from typing import Literal, get_args, get_origin

from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

import messages
from states.engine.forms.base import CODE


def title(form: type[BaseModel], name: str) -> str:
    """The title of the field, in the current language."""
    return messages.text(_key(form, name))


def about(form: type[BaseModel], name: str, params: Mapping[str, str]) -> str:
    """The hint for the field, in the current language; empty where it has none.

    ``params`` are taken from the regulation: articles and the codes of its lists.
    """
    key = f"{_key(form, name)}.about"
    return messages.text(key, **params) if messages.has(key) else ""


def is_needed(field: FieldInfo) -> bool:
    """Whether a field has to be filled in: the form or a rule requires it."""
    extra = field.json_schema_extra
    return field.is_required() or (isinstance(extra, dict) and bool(extra.get("needed")))


def holds_days(annotation: object) -> bool:
    """Whether a field holds dates."""
    return date in _kinds(annotation)


def holds_moments(annotation: object) -> bool:
    """Whether a field holds days with a time of day."""
    return datetime in _kinds(annotation)


def holds_codes(field: FieldInfo) -> bool:
    """Whether a field holds codes of units or numbers of cases."""
    return any(_is_code(one) for one in (*field.metadata, *_kinds(field.annotation)))


def _is_code(kind: object) -> bool:
    return isinstance(kind, StringConstraints) and kind.pattern == CODE


def part(annotation: object) -> type[BaseModel] | None:
    """The nested form of a field, single or in a list; None for a plain value."""
    return next((kind for kind in _kinds(annotation) if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def choices(annotation: object) -> tuple[str, ...]:
    """The values a field is limited to; empty when it is not."""
    for kind in _kinds(annotation):
        if get_origin(kind) is Literal:
            return get_args(kind)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return tuple(member.value for member in kind)
    return ()


def is_list(annotation: object) -> bool:
    """Whether a field holds several values."""
    return any(get_origin(kind) is tuple for kind in _kinds(annotation))


def _kinds(annotation: object) -> tuple[object, ...]:
    """The types in an annotation, outermost first."""
    return _taken_apart(annotation)


@cache
def _taken_apart(annotation: object) -> tuple[object, ...]:
    within = () if get_origin(annotation) is Literal else get_args(annotation)
    return (annotation, *(kind for inner in within for kind in _kinds(inner)))


def _key(form: type[BaseModel], name: str) -> str:
    """The catalogue key of a field: under the class that defines it, so that an inherited field has one entry."""
    definer = next(cls for cls in form.__mro__ if name in get_annotations(cls))
    return f"form.{definer.__name__}.{name}"
