"""Form templates: YAML with a line for every field and a comment that explains it.

Required fields are empty; optional ones hold their default, or are commented out with a leading ``#``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from pydantic import BaseModel
from pydantic.fields import FieldInfo

import messages
from states.engine.forms import fields
from states.engine.pack import Pack


@cache
def templates(packs: tuple[Pack, ...]) -> dict[str, type[BaseModel]]:
    """Every form, by its own name (``rectification_plan``) and by the name of its act (``plan``).

    Where procedures share an act, its name means the first of them: the inspection's comes first.
    """
    procedures = [procedure for pack in packs for procedure in pack.procedures.values()]
    asked = [(step.act, step.form) for procedure in procedures for step in procedure.steps if not step.consequence_only]
    asked += [
        (procedure.opened_by_act, procedure.rows(procedure.first_act)[0].form)
        for procedure in procedures
        if procedure.opened_by_act
    ]
    found: dict[str, type[BaseModel]] = {}
    for act, form in asked:
        found.setdefault(act, form)
    for _, form in asked:
        found.setdefault(re.sub(r"(?<!^)(?=[A-Z])", "_", form.__name__).lower(), form)
    return dict(
        sorted(
            {**found, **{name: found[other] for pack in packs for name, other in pack.also_known_as.items()}}.items()
        )
    )


def template(form: type[BaseModel], params: Mapping[str, str]) -> str:
    """The template of a form, in the current language; ``params`` come from the regulation."""
    return "\n".join([f"# {messages.text('template.how')}", "", *_fields(form, params)]) + "\n"


def _fields(form: type[BaseModel], params: Mapping[str, str]) -> Iterator[str]:
    """Every field of a form in order, an optional note last."""
    named = sorted(form.model_fields.items(), key=lambda item: item[0] == "note" and not item[1].is_required())
    for name, field in named:
        yield f"# {_comment(form, name, field, params)}"
        yield from _field(name, field, params)


def _comment(form: type[BaseModel], name: str, field: FieldInfo, params: Mapping[str, str]) -> str:
    need = messages.text("template.needed" if fields.is_needed(field) else "template.optional")
    said = messages.text("template.field", title=fields.title(form, name), need=need)
    return said + "".join(
        messages.text("template.hint", hint=hint) for hint in _hints(form, name, field.annotation, params)
    )


def _hints(form: type[BaseModel], name: str, annotation: object, params: Mapping[str, str]) -> Iterator[str]:
    if about := fields.about(form, name, params):
        yield about
    choices = fields.choices(annotation)
    if not all(choice in about for choice in choices):
        yield messages.text("template.choices", choices="、".join(choices))
    if fields.holds_days(annotation):
        yield messages.text("template.day")
    if fields.holds_moments(annotation):
        yield messages.text("template.moment")


def _field(name: str, field: FieldInfo, params: Mapping[str, str]) -> Iterator[str]:
    within = fields.part(field.annotation)
    if within is None:
        yield f"{name}: {_empty(field)}".rstrip()
        return
    lines = [f"{name}:", *(["  -"] if fields.is_list(field.annotation) else [])]
    lines += [f"{'    ' if fields.is_list(field.annotation) else '  '}{line}" for line in _fields(within, params)]
    yield from lines if fields.is_needed(field) else (f"#{line}" for line in lines)


def _empty(field: FieldInfo) -> str:
    """The initial value of a field: empty where it is required, else its default."""
    if fields.is_list(field.annotation):
        return "[]"
    if field.is_required() or field.default is None:
        return ""
    return {"": '""', "False": "false", "True": "true"}.get(str(field.default), str(field.default))
