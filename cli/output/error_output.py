"""The one place where what went wrong becomes an exit code, a text for people and an answer for scripts."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

import messages
import telemetry
from cli.output import usage_errors
from cli.parsing.options import Options
from messages.errors import DuchaError, Outcome
from settings import SettingRefused
from settings import Settings as Environment

if TYPE_CHECKING:
    from messages.answers import Answer

FAILED, USAGE, NOT_FOUND, NOT_PERMITTED, REFUSED = 1, 2, 3, 4, 5
EXIT_CODES: Final = {
    Outcome.FAILED: FAILED,
    Outcome.NOT_FOUND: NOT_FOUND,
    Outcome.NOT_PERMITTED: NOT_PERMITTED,
    Outcome.REFUSED: REFUSED,
}
RESULTS: Final = {exit_code: outcome.value for outcome, exit_code in EXIT_CODES.items()}
"""What the log calls a command that was not carried out."""
LONGEST: Final = 1000
"""Characters of a fact; what somebody wrote may be in it, however long it was."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong: ``text`` for people, and ``answer`` for scripts, made only when a script asks.

    ``fault`` says that the program or its installation is at fault, and not what was asked for.
    """

    exit_code: int
    codes: tuple[str, ...]
    text: str
    answer: Callable[[], Answer]
    fault: bool = False


def failure_of(error: Exception) -> Failure:
    """How an exception is reported."""
    if isinstance(error, DuchaError):
        return _refused(error) if error.heading else _of_error(error)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        nothing, cure = messages.text("console.usage_nothing"), usage_errors.cure(error)
        return Failure(USAGE, ("usage",), error.message, lambda: _error_view("usage", nothing, cure))
    if isinstance(error, click.UsageError):
        return _simple(USAGE, "usage", usage_errors.fault(error), usage_errors.cure(error))
    if isinstance(error, SettingRefused):
        return _simple(NOT_FOUND, error.code, *setting_texts(error), fault=True)
    what = f"{type(error).__name__}: {error}".partition("\n")[0]
    cure = messages.text("console.unexpected_cure", variable=Environment.debug.name)
    return _simple(FAILED, "unexpected", messages.text("console.unexpected", what=what), cure)


def report(failure: Failure, settings: Options, error: Exception) -> int:
    """Say what went wrong: scripts on standard output, people on standard error. Returns the exit code."""
    _record(failure, error)
    if settings.environment.debug:
        click.echo("".join(traceback.format_exception(error)), err=True)
    if settings.as_json:
        from cli.output.printing import as_json

        click.echo(as_json(failure.answer()))
    else:
        click.echo(failure.text, err=True)
    return failure.exit_code


def setting_texts(error: SettingRefused) -> tuple[str, str]:
    """What is wrong with a variable of the environment, and what to do about it."""
    return messages.text(error.text, None, **error.params), messages.text(error.cure_text, None, **error.params)


def _record(failure: Failure, error: Exception) -> None:
    """Keep a record of the failure or refusal in the log, unless it has one. A usage error is not worth one."""
    if failure.exit_code == USAGE or telemetry.is_recorded(error):
        return
    if failure.fault:
        telemetry.failed(error, codes=list(failure.codes))
    else:
        telemetry.emit("refusal", "warning", result=RESULTS[failure.exit_code], codes=list(failure.codes))


def _refused(error: DuchaError) -> Failure:
    """An error that is answered as a list of refusals."""
    from cli.output.refusal_output import format_refusals
    from messages.answers import RefusalList

    views = error.refusal_views()
    codes = tuple(dict.fromkeys(view.code for view in views))
    head = messages.text(f"console.{error.heading}", **error.heading_params)
    text = format_refusals(head, views, judged=error.judged)
    return Failure(EXIT_CODES[error.outcome], codes, text, lambda: RefusalList(refusals=views))


def _of_error(error: DuchaError) -> Failure:
    return _simple(EXIT_CODES[error.outcome], error.code, error.fact, error.cure, fault=error.of_the_installation)


def _simple(exit_code: int, code: str, fact: str, cure: str, *, fault: bool = False) -> Failure:
    fact = fact if len(fact) <= LONGEST else f"{fact[: LONGEST // 2]} … {fact[-LONGEST // 2 :]}"
    text = messages.text("console.error", fact=fact)
    if cure:
        text += f"\n{messages.text('console.error_cure', cure=cure)}"
    return Failure(exit_code, (code,), text, lambda: _error_view(code, fact, cure), fault or exit_code == FAILED)


def _error_view(code: str, fact: str, cure: str) -> Answer:
    from messages.answers import ErrorView

    return ErrorView(error=code, fact=fact, cure=cure)
