"""The one place where what went wrong becomes an exit code, a text for people and an answer for scripts."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

import messages
from cli.output import usage_errors
from cli.parsing.options import Options
from messages.errors import DuchaError, Outcome

if TYPE_CHECKING:
    from messages.answers import Answer

FAILED, USAGE, NOT_FOUND, NOT_PERMITTED, REFUSED = 1, 2, 3, 4, 5
EXIT_CODES: Final = {
    Outcome.FAILED: FAILED,
    Outcome.NOT_FOUND: NOT_FOUND,
    Outcome.NOT_PERMITTED: NOT_PERMITTED,
    Outcome.REFUSED: REFUSED,
}
DEBUG_VARIABLE: Final = "DUCHA_DEBUG"
LONGEST: Final = 1000
"""Characters of a fact; what somebody wrote may be in it, however long it was."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong: ``text`` for people, and ``answer`` for scripts, made only when a script asks."""

    exit_code: int
    text: str
    answer: Callable[[], Answer]


def failure_of(error: Exception) -> Failure:
    """How an exception is reported."""
    if isinstance(error, DuchaError):
        return _refused(error) if error.heading else _of_error(error)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        nothing = messages.text("console.usage_nothing")
        return Failure(USAGE, error.message, lambda: _error_view("usage", nothing, usage_errors.cure(error)))
    if isinstance(error, click.UsageError):
        return _simple(USAGE, "usage", usage_errors.fault(error), usage_errors.cure(error))
    what = f"{type(error).__name__}: {error}".partition("\n")[0]
    cure = messages.text("console.unexpected_cure", variable=DEBUG_VARIABLE)
    return _simple(FAILED, "unexpected", messages.text("console.unexpected", what=what), cure)


def report(failure: Failure, settings: Options, error: Exception) -> int:
    """Say what went wrong: scripts on standard output, people on standard error. Returns the exit code."""
    if os.environ.get(DEBUG_VARIABLE):
        click.echo("".join(traceback.format_exception(error)), err=True)
    if settings.as_json:
        from cli.output.printing import as_json

        click.echo(as_json(failure.answer()))
    else:
        click.echo(failure.text, err=True)
    return failure.exit_code


def _refused(error: DuchaError) -> Failure:
    """An error that is answered as a list of refusals."""
    from cli.output.refusal_output import format_refusals
    from messages.answers import RefusalList

    views = error.refusal_views()
    head = messages.text(f"console.{error.heading}", **error.heading_params)
    text = format_refusals(head, views)
    return Failure(EXIT_CODES[error.outcome], text, lambda: RefusalList(refusals=views))


def _of_error(error: DuchaError) -> Failure:
    return _simple(EXIT_CODES[error.outcome], error.code, error.fact, error.cure)


def _simple(exit_code: int, code: str, fact: str, cure: str) -> Failure:
    fact = fact if len(fact) <= LONGEST else f"{fact[: LONGEST // 2]} … {fact[-LONGEST // 2 :]}"
    text = messages.text("console.error", fact=fact)
    if cure:
        text += f"\n{messages.text('console.error_cure', cure=cure)}"
    return Failure(exit_code, text, lambda: _error_view(code, fact, cure))


def _error_view(code: str, fact: str, cure: str) -> Answer:
    from messages.answers import ErrorView

    return ErrorView(error=code, fact=fact, cure=cure)
