"""Fields given on the command line, for acts too short for a file: ``--set summary=… --set contents=9(3)``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, get_origin

import click
from pydantic import BaseModel

import messages
from states.packs import newest_packs


def fields_of(act_name: str, pairs: Sequence[str]) -> dict[str, Any]:
    """The fields that were set; a field that takes several is set once for each. Raises click.BadParameter."""
    found: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise click.BadParameter(messages.text("console.set_bad", pair=pair), param_hint="--set")
        name = name.strip()
        if _takes_several(act_name, name):
            found.setdefault(name, []).append(value)
        elif name in found:
            raise click.BadParameter(messages.text("console.set_twice", field=name), param_hint="--set")
        else:
            found[name] = value
    return found


def _takes_several(act_name: str, field: str) -> bool:
    return any(
        get_origin(form.model_fields[field].annotation) is tuple
        for form in _forms(act_name)
        if field in form.model_fields
    )


def _forms(act_name: str) -> Iterator[type[BaseModel]]:
    """The forms of every act of this code or name."""
    for pack in newest_packs():
        for procedure in pack.procedures.values():
            if procedure.opened_by_act and _is_called(procedure.opened_by_act, act_name, procedure.name):
                yield procedure.rows(procedure.first_act)[0].form
            for act in procedure.acts:
                if _is_called(act, act_name, procedure.name):
                    yield from (step.form for step in procedure.rows(act))


def _is_called(act: str, written: str, procedure: str) -> bool:
    names = (f"act.{procedure}.{act}", f"act.{act}")
    return written == act or any(messages.text(name) == written for name in names if messages.has(name))
