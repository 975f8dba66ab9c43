"""How a flow describes itself and its parameters: Prefect reads it from docstring and annotations of its function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel

import messages
from flows import acts

_Function = TypeVar("_Function", bound=Callable[..., Any])


def with_docs(about: str, **parameters: str) -> Callable[[_Function], _Function]:
    """Give a function this description and these descriptions of its parameters."""

    def describe(function: _Function) -> _Function:
        lines = [about, "", "Args:"]
        for name, text in parameters.items():
            first, *more = text.splitlines()
            lines += [f"    {name}: {first}", *(f"        {line}" for line in more)]
        function.__doc__ = "\n".join(lines)
        return function

    return describe


def with_choices(**parameters: object) -> Callable[[_Function], _Function]:
    """Limit parameters of a function to choices that are known only when the tables have been read."""

    def limit(function: _Function) -> _Function:
        function.__annotations__.update(parameters)
        return function

    return limit


def said(key: str, **params: object) -> str:
    """A text of run forms. They are made once for everybody, and so are in Chinese."""
    return messages.text(f"flows.{key}", "zh", **params)


def about_stage(stage: str) -> str:
    """What the flow of a stage does, and what cannot be done there."""
    text = said("about_stage", stage=messages.text(f"stage.{stage}", "zh"))
    refused = acts.elsewhere(stage)
    return text + (said("about_elsewhere", acts="、".join(refused)) if refused else "")


def about_data(stage: str) -> str:
    """What the acts of a stage have to be handed in with."""
    filled_in = acts.filled_in(stage)
    return said("about_data") + "".join(filled_in) if filled_in else said("about_data_none")


def about_form(form: type[BaseModel]) -> str:
    """What an act with this form has to be handed in with."""
    return said("about_data") + "、".join(acts.fields_of(form))
