"""``ducha doctor``: what is wrong here, and what to do about it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

import messages
from cli.output.error_output import setting_texts
from cli.output.printing import show
from cli.parsing.commands import Command, option
from cli.parsing.options import DEFAULT_DATABASE, Options
from settings import SettingRefused

if TYPE_CHECKING:
    from operations.health_checks.health_models import HealthFinding, HealthReport

COLOURS: Final = {"good": "green", "wrong": "red", "skipped": "yellow"}


@click.command("doctor", cls=Command, help="upkeep.about_doctor")
@option("--prefect", "prefect", metavar="URL", help="upkeep.opt_prefect")
@click.pass_obj
def doctor(settings: Options, prefect: str | None) -> int:
    """Look everything over. Exit code 1 when something is wrong."""
    from operations.health_checks.health_models import HealthReport

    found = tuple(_findings(settings, prefect))
    report = HealthReport(wrong=sum(one.verdict == "wrong" for one in found), checks=found)
    show(settings, report, _told)
    return 1 if report.wrong else 0


def _findings(settings: Options, prefect: str | None) -> Iterator[HealthFinding]:
    from casework.clock import SystemClock
    from cli.operations import prefect_checks
    from operations.anchors.anchor_files import AnchorSettings
    from operations.health_checks import installation

    clock, anchors = settings.clock, AnchorSettings.from_settings(settings.environment)
    yield from installation.versions()
    yield installation.zone(SystemClock())
    yield from installation.disk([_directory(settings), anchors.directory])
    log = settings.log()
    yield installation.log(log.directory(), log.level)
    yield from _data(settings, anchors)
    environ = {**os.environ, "PREFECT_API_URL": prefect} if prefect else os.environ
    yield from prefect_checks.findings(prefect_checks.configured(environ, Path(DEFAULT_DATABASE).parent), clock.now())


def _data(settings: Options, anchors: Any) -> Iterator[HealthFinding]:
    from casework.nightly.mailing import MailSettings
    from operations.health_checks import data
    from operations.health_checks.health_models import HealthFinding
    from operations.health_checks.installation import good
    from storage.errors import DatabaseError
    from storage.schema import REVISIONS

    try:
        mail = MailSettings.from_settings(settings.environment) is not None
    except SettingRefused as error:
        mail = False
        fact, cure = setting_texts(error)
        yield HealthFinding(check="mail", verdict="wrong", fact=fact, cure=cure)
    try:
        with settings.opened() as database:
            yield good("database", "database_ready", where=database.where, revision=REVISIONS[-1])
            yield from data.findings(database, settings.clock, anchors, mail=mail)
    except DatabaseError as trouble:
        yield HealthFinding(check="database", verdict="wrong", fact=trouble.fact, cure=trouble.cure)


def _directory(settings: Options) -> Path:
    """Where the data are: beside a file of SQLite; for another machine's database, where we stand."""
    path = settings.url.removeprefix("sqlite:///")
    return Path() if "://" in path else Path(path).parent


def _told(report: HealthReport) -> str:
    lines = []
    for one in report.checks:
        verdict = click.style(messages.text(f"upkeep.verdict_{one.verdict}"), fg=COLOURS[one.verdict])
        check = messages.text(f"upkeep.check_{one.check}")
        lines.append(messages.text("upkeep.doctor_line", verdict=verdict, check=check, fact=one.fact))
        if one.cure:
            lines.append(messages.text("console.error_cure", cure=one.cure))
    lines.append(messages.text("upkeep.doctor_wrong" if report.wrong else "upkeep.doctor_good", count=report.wrong))
    return "\n".join(lines)
