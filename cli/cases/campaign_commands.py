"""Boards and indicators of campaigns, and the import of readings."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

import messages
from cli.output.printing import Light, facts, join_names, section, show, table
from cli.output.refusal_output import person_name
from cli.parsing.commands import Command, Group, argument, option
from cli.parsing.options import Options
from cli.parsing.param_types import CASE, DAY, LINE
from cli.parsing.reader_option import actor_option, reader_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.campaign.campaign_models import CampaignBoard, IndicatorRow, IndicatorView, ReadingsImport


@click.command("board", cls=Command, help="console.entry_board")
@argument("case", metavar="CASE", type=CASE, help="console.arg_campaign")
@reader_option
@click.pass_obj
def board(settings: Options, case: str, reader: str | None) -> None:
    """Show the board of a campaign: units by groups of tasks."""
    from casework.campaign.board import campaign_board

    with settings.reading_as(reader) as (session, by):
        found = campaign_board(session, settings.clock, by, case)
    show(settings, found, _board)


@click.group("indicator", cls=Group, help="console.entry_indicator")
def indicator() -> None:
    """Indicators."""


@indicator.command("list", help="console.indicator_list")
@argument("case", metavar="CASE", type=CASE, help="console.arg_campaign")
@reader_option
@click.pass_obj
def indicators(settings: Options, case: str, reader: str | None) -> None:
    """List the indicators of a campaign and how they stand."""
    from casework.campaign.indicators import list_indicators

    with settings.reading_as(reader) as (session, by):
        found = list_indicators(session, settings.clock, by, case)
    show(settings, found, _indicators)


@indicator.command("show", help="console.indicator_show")
@argument("case", metavar="CASE", type=CASE, help="console.arg_campaign")
@argument("indicator", metavar="INDICATOR", help="console.arg_indicator")
@reader_option
@click.pass_obj
def shown(settings: Options, case: str, indicator: str, reader: str | None) -> None:
    """Show an indicator with its readings and figures."""
    from casework.campaign.indicators import show_indicator

    with settings.reading_as(reader) as (session, by):
        found = show_indicator(session, settings.clock, by, case, indicator)
    show(settings, found, _indicator)


@click.group("reading", cls=Group, help="console.entry_reading")
def reading() -> None:
    """Readings."""


@reading.command("import", help="console.reading_import")
@argument("case", metavar="CASE", type=CASE, help="console.arg_campaign")
@argument("file", metavar="FILE", help="console.arg_readings")
@option("--on", type=DAY, help="console.opt_on")
@option("--note", metavar="TEXT", default="", help="console.opt_note")
@option("--dry-run", "dry", is_flag=True, help="console.opt_reading_dry_run")
@option("--request", type=LINE, metavar="KEY", help="console.opt_request")
@actor_option
@click.pass_obj
def take_in(
    settings: Options,
    case: str,
    file: str,
    on: date | None,
    note: str,
    dry: bool,
    request: str | None,
    actor: str,
) -> None:
    """Record the readings of a CSV file, all or none."""
    from casework.acts.act_models import ActRequest
    from casework.readings_import import import_readings
    from cli.parsing.data_files import FileMissing

    try:
        content = Path(file).read_bytes()
    except OSError as error:
        raise FileMissing(file, error.strerror or str(error)) from error
    with settings.writing() as session:
        asked = ActRequest(actor, on, request)
        found = import_readings(session, settings.clock, asked, case, content, Path(file).name, note=note, dry=dry)
    show(settings, found, _imported)


def _board(found: CampaignBoard) -> str:
    counts = join_names(f"{Light(colour)} {count}" for colour, count in found.counts.items())
    head = messages.text("console.campaign_head", title=found.title, as_of=found.as_of, counts=counts)
    windows = join_names(
        messages.text("console.window", title=one.title, begins=one.begins, ends=one.ends)
        for one in found.windows
        if one.open
    )
    numbers = range(1, len(found.groups) + 1)
    rows = [(one.name, *map(_sign, one.lights), _evaluated(one.evaluation, one.veto)) for one in found.rows]
    groups = [(number, one.title, _sign(one.light)) for number, one in zip(numbers, found.groups, strict=True)]
    tasks = [(Light(one.light), one.task, one.title, one.lead, _state(one.state)) for one in found.tasks]
    unset = [(Light(one.light), one.obligation, one.title, one.bearer, _interval(one)) for one in found.unset]
    return "\n".join(
        [
            head,
            facts([("windows_open", windows or "—"), ("legend", messages.text("console.sign_legend"))]),
            table(("unit", *numbers, "evaluation"), rows),
            section("groups", table(("no", "group", "light"), groups)),
            section("tasks", table(("light", "task", "title", "lead", "state"), tasks)),
            section("unset", table(("light", "code", "title", "bearer", "interval"), unset)),
        ]
    )


def _sign(light: str | None) -> str:
    said = messages.text(f"console.sign_{light or 'none'}")
    return Light(light, said) if light else said


def _state(state: str | None) -> str:
    return person_name("state", state) if state else messages.text("console.unassigned")


def _evaluated(state: str | None, veto: bool) -> str:
    said = person_name("state", state) if state else ""
    return messages.text("console.vetoed", state=said) if veto else said


def _interval(one: object) -> str:
    every = getattr(one, "every", None)
    if every is None:
        return messages.text("console.interval_unset")
    unit = messages.text(f"choice.interval.{getattr(one, 'interval', '')}")
    given = {name: getattr(one, name, "") for name in ("document", "set_by", "set_on")}
    return messages.text("console.interval_set", every=every, unit=unit, **given)


def _indicators(found: Sequence[IndicatorRow]) -> str:
    rows = (
        (
            Light(one.light),
            one.indicator,
            f"{one.title}{f'（{one.body}）' if one.body else ''}",
            _target(one),
            one.value,
            one.period,
            messages.text(f"console.trend_{one.trend}"),
            one.citation,
        )
        for one in found
    )
    return table(("light", "code", "indicator", "target", "value", "period", "trend", "article"), rows)


def _target(one: IndicatorRow) -> str:
    against = "" if one.against == "number" else messages.text(f"console.against_{one.against}")
    comparator = messages.text(f"console.comparator_{one.comparator}") if one.comparator.isalpha() else one.comparator
    value = "" if one.comparator == "yes" else one.target or messages.text("console.sign_unset")
    return " ".join(part for part in (comparator, against, f"{value}{one.measure if value else ''}") if part)


def _indicator(found: IndicatorView) -> str:
    readings = (
        (one.period, one.body, one.value, one.source, join_names(one.evidence), one.by, one.on, _replaced(one.replaced))
        for one in found.readings
    )
    figures = (
        (one.period, one.body, messages.text(f"choice.kind.{one.kind}"), one.value, one.source) for one in found.figures
    )
    head = facts(
        [
            ("indicator", f"{found.title}（{found.indicator}）"),
            ("light", Light(found.light)),
            ("target", _target(found)),
            ("article", found.citation),
            ("words", found.words),
            ("remark", found.note),
        ]
    )
    columns = ("period", "unit", "value", "source", "evidence", "actor", "on", "remark")
    return "\n".join(
        [
            head,
            section("readings", table(columns, readings, empty="console.no_readings")),
            section("figures", table(("period", "unit", "kind", "value", "source"), figures)),
        ]
    )


def _replaced(replaced: bool) -> str:
    return messages.text("console.reading_replaced") if replaced else ""


def _imported(found: ReadingsImport) -> str:
    name = "console.readings_checked" if found.dry_run else "console.readings_imported"
    return messages.text(name, count=found.readings, file=found.file, case=found.case)
