"""The least that a form can be filled in with."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from states.engine.forms import fields
from states.engine.forms.reading import FieldProblem, FormRefused, read_form

PLAIN: dict[str, Any] = {
    "year": 2026,
    "size": 1,
    "satisfaction": 90.5,
    "invited": False,
    "limit_hours": 2,
    "late_minutes": 30,
    "expert": False,
    "spot_checks": 5,
}
"""Values of the fields that hold neither text nor a date."""


def least(form: type[BaseModel]) -> dict[str, Any]:
    """What a form cannot do without, as it would be read from a file."""
    return {
        name: _value(name, form.model_fields[name].annotation) for name in form.model_fields if name in required(form)
    }


def required(form: type[BaseModel]) -> set[str]:
    """The fields that a form cannot do without."""
    return {name for name, field in form.model_fields.items() if field.is_required()}


def faults(form: type[BaseModel], data: object) -> tuple[FieldProblem, ...]:
    """What is wrong with a form; nothing if it is taken."""
    try:
        read_form(form, data)
    except FormRefused as refused:
        return refused.problems
    return ()


def filled(form: type[BaseModel], targets: list[str]) -> BaseModel:
    """The form filled in with the least, and with these targets where it has any."""
    return read_form(form, {**least(form), **({"targets": targets} if has_targets(form) else {})})


def has_targets(form: type[BaseModel]) -> bool:
    """Whether the form lists units as its targets."""
    field = form.model_fields.get("targets")
    return field is not None and fields.part(field.annotation) is None


def _value(name: str, annotation: object) -> Any:
    within = fields.part(annotation)
    if within is not None:
        value: Any = least(within)
    elif choices := fields.choices(annotation):
        value = choices[0]
    elif fields.holds_moments(annotation):
        value = "2026-03-01 08:30"
    elif fields.holds_days(annotation):
        value = "2026-06-30"
    else:
        value = PLAIN.get(name, "11")
    return [value] if fields.is_list(annotation) else value
