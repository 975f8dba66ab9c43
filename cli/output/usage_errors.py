"""Usage errors in the words of the catalogue: what is wrong with the command line, and how to put it right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

import click

import messages


def fault(error: click.UsageError) -> str:
    """What is wrong with the command line."""
    if isinstance(error, click.MissingParameter):
        return _missing(error)
    if isinstance(error, click.BadParameter):
        return messages.text("console.usage_bad_value", name=_named(error.param, error), fault=_stated(error))
    if isinstance(error, click.NoSuchOption):
        return messages.text("console.usage_no_option", name=error.option_name) + _perhaps(error.possibilities)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return messages.text("console.usage_no_command", name=error.command_name) + _perhaps(_like(error))
    if isinstance(error, click.BadOptionUsage):
        code = "usage_takes_no_value" if "does not take" in error.message else "usage_needs_value"
        return messages.text(f"console.{code}", name=error.option_name)
    if extra := re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", error.message, re.DOTALL):
        return messages.text("console.usage_extra", written=extra[1])
    return error.message


def readable(arguments: Sequence[str]) -> None:
    """Raises click.UsageError where the command line is not UTF-8: such bytes can be neither kept nor shown."""
    for number, argument in enumerate(arguments, start=1):
        if any("\ud800" <= character <= "\udfff" for character in argument):
            shown = argument.encode(errors="backslashreplace").decode()
            raise click.UsageError(messages.text("console.usage_not_utf8", number=number, written=shown))


def cure(error: click.UsageError) -> str:
    """Where to read how it is done."""
    command = error.ctx.command_path if error.ctx else "ducha"
    return messages.text("console.usage_cure", command=command)


def _missing(error: click.MissingParameter) -> str:
    named = _named(error.param, error)
    about = getattr(error.param, "help", None)
    return messages.text("console.usage_missing_about" if about else "console.usage_missing", name=named, about=about)


def _named(param: click.Parameter | None, error: click.BadParameter) -> str:
    """The option or argument by the name it is written with."""
    if isinstance(param, click.Argument):
        return param.make_metavar(error.ctx) if error.ctx else str(param.name)
    if param is not None:
        return max(param.opts, key=len)
    return str(error.param_hint or "")


def _stated(error: click.BadParameter) -> str:
    """What the type says; the types that click brings along are put in our words."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice) and "is not one of" in error.message:
        return messages.text("console.only_one_of", known=messages.text("console.comma").join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange):
        return messages.text("console.only_between", least=kind.min, most=kind.max)
    if kind is click.INT:
        return messages.text("console.only_a_number")
    return error.message


def _like(error: click.exceptions.NoSuchCommand) -> list[str]:
    """Commands of nearly this name; the root group loads its own only when they are called."""
    if error.ctx is None or not isinstance(error.ctx.command, click.Group):
        return []
    return get_close_matches(error.command_name, error.ctx.command.list_commands(error.ctx))


def _perhaps(possibilities: Sequence[str] | None) -> str:
    return (
        messages.text("console.perhaps", names=messages.text("console.comma").join(possibilities))
        if possibilities
        else ""
    )
