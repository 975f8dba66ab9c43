"""The one place where what went wrong becomes an exit code, a text for people and an object for scripts."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import Any, Final

import click

import messages
import telemetry
from cli.output import usage_errors
from cli.parsing.data_files import FileMissing, FileRefused
from cli.parsing.options import Options
from settings import SettingRefused
from settings import Settings as Environment

FAILED, USAGE, NOT_FOUND, NOT_PERMITTED, REFUSED = 1, 2, 3, 4, 5
RESULTS: Final = {NOT_FOUND: "not_found", NOT_PERMITTED: "not_permitted", REFUSED: "refused"}
"""What the log calls a command that was not carried out."""
LONGEST: Final = 1000
"""Characters of a fact; what somebody wrote may be in it, however long it was."""
TRY_AGAIN: Final = frozenset({"locked", "deadlock", "too_many_connections"})
"""Troubles of a database that pass: the command failed, but nothing has to be put right."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong: ``body`` as scripts read it, ``text`` as people do.

    ``fault`` says that the program or its installation is at fault, and not what was asked for.
    """

    exit_code: int
    body: dict[str, Any]
    text: str
    fault: bool = False


def failure_of(error: Exception) -> Failure:
    """What an exception comes to."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return Failure(
            USAGE, _said("usage", messages.text("console.usage_nothing"), usage_errors.cure(error)), error.message
        )
    if isinstance(error, click.UsageError):
        return _simple(USAGE, "usage", usage_errors.fault(error), usage_errors.cure(error))
    if isinstance(error, SettingRefused):
        return _simple(NOT_FOUND, error.code, *setting_texts(error), fault=True)
    if isinstance(error, FileMissing):
        return _simple(NOT_FOUND, error.code, error.what, error.cure)
    if isinstance(error, FileRefused):
        return _faulty(messages.text("console.file_refused", file=error.name), error.refusals)
    return _of_the_casework(error) or _unexpected(error)


def report(failure: Failure, settings: Options, error: Exception) -> int:
    """Say what went wrong: scripts on standard output, people on standard error. Returns the exit code."""
    _record(failure, error)
    if settings.environment.debug:
        click.echo("".join(traceback.format_exception(error)), err=True)
    if settings.as_json:
        import json

        click.echo(json.dumps(failure.body, ensure_ascii=False, indent=2))
    else:
        click.echo(failure.text, err=True)
    return failure.exit_code


def _record(failure: Failure, error: Exception) -> None:
    """Keep a record of the failure or refusal in the log, unless it has one. A usage error is not worth one."""
    if failure.exit_code == USAGE or telemetry.is_recorded(error):
        return
    refused = [one["code"] for one in failure.body.get("refusals", ())]
    codes = list(dict.fromkeys(refused)) or [failure.body["error"]]
    if failure.fault:
        telemetry.failed(error, codes=codes)
    else:
        telemetry.emit("refusal", "warning", result=RESULTS[failure.exit_code], codes=codes)


def setting_texts(error: SettingRefused) -> tuple[str, str]:
    """What is wrong with a variable of the environment, and what to do about it."""
    return messages.text(error.text, None, **error.params), messages.text(error.cure_text, None, **error.params)


def _of_the_casework(error: Exception) -> Failure | None:
    """Refusals and errors of the layers below, which are imported only once something of theirs went wrong."""
    from calendars import CalendarRefused
    from casework.errors import CaseworkError, NotFound, NotPermitted
    from cli.output import refusal_output
    from regulations import JurisdictionRefused, NotInForce, RegulationsError, RosterRefused
    from states.engine.forms.reading import FormRefused
    from states.engine.refusals import ActRefused
    from storage.cases.cases import StaleCase
    from storage.cases.frequency import KeyTaken
    from storage.errors import DatabaseError

    if isinstance(error, ActRefused):
        head = messages.text("console.act_refused", act=refusal_output.act_name(error.act), case=error.case)
        listed = [refusal.as_json() for refusal in error.refusals]
        text = refusal_output.format_refusals(head, listed, error.case)
        return Failure(NOT_PERMITTED if error.not_permitted else REFUSED, {"refusals": listed}, text)
    if isinstance(error, FormRefused):
        listed = error.as_json()["refusals"]
        text = refusal_output.format_refusals(messages.text("console.form_refused"), listed)
        return Failure(NOT_PERMITTED if error.not_permitted else REFUSED, {"refusals": listed}, text)
    if isinstance(error, RosterRefused):
        return _faulty(messages.text("console.file_refused", file=error.name), refusal_output.of_roster(error))
    if isinstance(error, JurisdictionRefused):
        return _faulty(messages.text("console.file_refused", file=error.name), refusal_output.of_jurisdiction(error))
    if isinstance(error, DatabaseError):
        return _simple(FAILED if error.code in TRY_AGAIN else NOT_FOUND, error.code, error.fact, error.cure, fault=True)
    if isinstance(error, CaseworkError):
        exits = {NotFound: NOT_FOUND, NotPermitted: NOT_PERMITTED}
        otherwise = REFUSED if error.refused else FAILED
        exit_code = next((code for kind, code in exits.items() if isinstance(error, kind)), otherwise)
        return _simple(exit_code, error.code, error.what, error.cure)
    if isinstance(error, (StaleCase, KeyTaken)):
        return _simple(FAILED, "overtaken", messages.text("console.overtaken"), messages.text("console.overtaken_cure"))
    if isinstance(error, (CalendarRefused, NotInForce)):
        return _faulty(messages.text("console.refused"), [refusal_output.plain_refusal(error)])
    if isinstance(error, RegulationsError):
        return _simple(NOT_FOUND, error.text.partition(".")[2], str(error), "")
    return None


def _faulty(head: str, listed: list[dict[str, Any]]) -> Failure:
    """What was handed in is faulty: refused, though not by any clause."""
    from cli.output import refusal_output

    return Failure(REFUSED, {"refusals": listed}, refusal_output.format_refusals(head, listed))


def _simple(exit_code: int, code: str, fact: str, cure: str, *, fault: bool = False) -> Failure:
    fact = fact if len(fact) <= LONGEST else f"{fact[: LONGEST // 2]} … {fact[-LONGEST // 2 :]}"
    text = messages.text("console.error", fact=fact) + (
        f"\n{messages.text('console.error_cure', cure=cure)}" if cure else ""
    )
    return Failure(exit_code, _said(code, fact, cure), text, fault or exit_code == FAILED)


def _said(code: str, fact: str, cure: str) -> dict[str, str]:
    return {"error": code, "fact": fact, "cure": cure}


def _unexpected(error: Exception) -> Failure:
    what = f"{type(error).__name__}: {error}".partition("\n")[0]
    cure = messages.text("console.unexpected_cure", variable=Environment.debug.name)
    return _simple(FAILED, "unexpected", messages.text("console.unexpected", what=what), cure)
