"""``ducha doctor``: what is wrong here, and what to do about it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

import words
from console.commands import Command, option
from console.printing import show
from console.settings import DEFAULT_DATABASE, Settings

if TYPE_CHECKING:
    from casework.checkup import Finding

COLOURS: Final = {"good": "green", "wrong": "red", "skipped": "yellow"}


@click.command("doctor", cls=Command, help="upkeep.about_doctor")
@option("--prefect", "prefect", metavar="URL", help="upkeep.opt_prefect")
@click.pass_obj
def doctor(settings: Settings, prefect: str | None) -> int:
    """Look everything over. Exit code 1 when something is wrong."""
    found = [finding.as_json() for finding in _findings(settings, prefect)]
    answer = {"wrong": sum(one["verdict"] == "wrong" for one in found), "checks": found}
    show(settings, answer, _told)
    return 1 if answer["wrong"] else 0


def _findings(settings: Settings, prefect: str | None) -> Iterator[Finding]:
    from casework import checkup
    from casework.anchors import AnchorSettings
    from console import prefect_checkup

    clock, anchors = settings.clock, AnchorSettings.from_environment(os.environ)
    yield from checkup.versions()
    yield checkup.zone(clock)
    yield from checkup.disk([_directory(settings), anchors.directory])
    yield from _data(settings, anchors)
    environ = {**os.environ, "PREFECT_API_URL": prefect} if prefect else os.environ
    yield from prefect_checkup.findings(prefect_checkup.configured(environ, Path(DEFAULT_DATABASE).parent), clock.now())


def _data(settings: Settings, anchors: Any) -> Iterator[Finding]:
    from casework import checkup_of_data
    from casework.checkup import Finding, good
    from casework.errors import CaseworkError
    from casework.mailing import MailSettings
    from storage.schema import REVISIONS
    from storage.trouble import DatabaseTrouble

    try:
        mail = MailSettings.from_environment(os.environ) is not None
    except CaseworkError as error:
        mail = False
        yield Finding("mail", "wrong", error.what, error.cure)
    try:
        with settings.opened() as database:
            yield good("database", "database_ready", where=database.where, revision=REVISIONS[-1])
            yield from checkup_of_data.findings(database, settings.clock, anchors, mail=mail)
    except DatabaseTrouble as trouble:
        yield Finding("database", "wrong", trouble.fact, trouble.cure)


def _directory(settings: Settings) -> Path:
    """Where the data are: beside a file of SQLite; for another machine's database, where we stand."""
    path = settings.url.removeprefix("sqlite:///")
    return Path() if "://" in path else Path(path).parent


def _told(answer: dict[str, Any]) -> str:
    lines = []
    for one in answer["checks"]:
        verdict = click.style(words.say(f"upkeep.verdict_{one['verdict']}"), fg=COLOURS[one["verdict"]])
        check = words.say(f"upkeep.check_{one['check']}")
        lines.append(words.say("upkeep.doctor_line", verdict=verdict, check=check, fact=one["fact"]))
        if one["cure"]:
            lines.append(words.say("console.error_cure", cure=one["cure"]))
    lines.append(words.say("upkeep.doctor_wrong" if answer["wrong"] else "upkeep.doctor_good", count=answer["wrong"]))
    return "\n".join(lines)
