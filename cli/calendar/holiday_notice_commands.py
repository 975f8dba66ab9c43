"""Holiday notices at the console: checked alone, or taken in after showing all they would move."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

import messages
from cli.calendar.calendar_output import day_picture, iso, kind_and_name, weekday
from cli.output.printing import join_names, section, show, table
from cli.parsing.commands import Command, argument, option
from cli.parsing.data_files import STANDARD_INPUT, FileRefused, read_bytes
from cli.parsing.options import Options
from cli.parsing.reader_option import ACCOUNT_VARIABLE

if TYPE_CHECKING:
    from calendars.acceptance import DayChange
    from casework.administration.holiday_notices import Proposal, Shift

REFUSED = 5


@click.command("check", cls=Command, help="calendar.cmd_check")
@argument("file", metavar="FILE", help="calendar.arg_notice")
@click.pass_obj
def check(settings: Options, file: str) -> int | None:
    """Read and check a notice alone, whatever is known already."""
    data = _checked(file)
    show(settings, data, _told_check)
    return None if data["ok"] else REFUSED


@click.command("import", cls=Command, help="calendar.cmd_import")
@argument("file", metavar="FILE", default=STANDARD_INPUT, required=False, help="calendar.arg_notice")
@option("--as", "actor", envvar=ACCOUNT_VARIABLE, metavar="NAME", help="calendar.opt_as")
@option("--yes", is_flag=True, help="calendar.opt_yes")
@option("--dry-run", is_flag=True, help="calendar.opt_dry_run")
@click.pass_obj
def take_in(settings: Options, file: str, actor: str | None, yes: bool, dry_run: bool) -> int | None:
    """Read a notice, show what it changes, ask, and take it in."""
    from casework.administration import holiday_notices
    from casework.readers import reader_of

    content = _content(file)
    with settings.reading_as(actor) as (session, reader):
        proposal = holiday_notices.propose(session, reader, content)
    nothing_to_take = dry_run or proposal.known or bool(proposal.problems)
    if not nothing_to_take and not yes:
        _ask(settings, proposal)
    elif nothing_to_take:
        show(settings, _picture(proposal, accepted=False), _told)
        return REFUSED if proposal.problems else None
    with settings.writing() as session:
        # Worked out again where it is taken in: what was shown may have been overtaken since.
        proposal = holiday_notices.propose(session, reader_of(session, actor), content)
        holiday_notices.accept(session, settings.clock, actor or _office(), proposal)
    show(settings, _picture(proposal, accepted=True), _told if yes else _told_accepted)
    return None


def _ask(settings: Options, proposal: Proposal) -> None:
    """Show what would change and let a person decide. Aborts on no; a script must say --yes."""
    if settings.as_json or not sys.stdin.isatty():
        raise click.UsageError(messages.text("calendar.nobody_to_ask"))
    click.echo(_told(_picture(proposal, accepted=False)))
    click.confirm(messages.text("calendar.ask_accept"), abort=True)


def _office() -> str:
    """Who takes a notice in when nobody is named: the service account of the first jurisdiction."""
    import regulations

    return next(one.name for one in regulations.jurisdictions()[0].seed_accounts if one.automation)


def _content(file: str) -> bytes:
    """The bytes of the file. Raises CalendarRefused when it is far too large for a notice, and FileMissing."""
    from calendars import CalendarRefused
    from calendars.holiday_text.intake import LARGEST

    try:
        return read_bytes(file)
    except FileRefused:
        raise CalendarRefused("too_large", largest=LARGEST) from None


def _checked(file: str) -> dict[str, Any]:
    from calendars import CalendarRefused
    from calendars.acceptance import days_set
    from calendars.holiday_text.checks import check
    from calendars.holiday_text.intake import read

    try:
        reading = read(_content(file))
    except CalendarRefused as error:
        return _unreadable(error.code, error.fact, error.cure)
    problems = [_problem(one.check, one.sentence, one.expected) for one in check(reading)]
    days = [
        {"date": iso(day.date), "kind": day.kind, "name": day.name, "clause": day.clause}
        for day in days_set(reading.notice)
    ]
    notice = reading.notice
    head = {"ok": not problems, "document": notice.document, "title": notice.title, "year": notice.year}
    return {**head, "problems": problems, "days": days}


def _unreadable(code: str, fact: str, cure: str) -> dict[str, Any]:
    """A file in which there is no notice to check."""
    problem = {"sentence": "", "check": code, "fact": fact, "expected": cure}
    return {"ok": False, "document": None, "title": None, "year": None, "problems": [problem], "days": []}


def _problem(check: str, sentence: str, expected: str) -> dict[str, str]:
    return {
        "sentence": sentence,
        "check": check,
        "fact": messages.text(f"calendar.check_{check}"),
        "expected": expected,
    }


def _picture(proposal: Proposal, accepted: bool) -> dict[str, Any]:
    changes = proposal.difference.changes if proposal.difference else ()
    return {
        "document": proposal.notice.document,
        "title": proposal.notice.title,
        "year": proposal.notice.year,
        "ok": not proposal.problems,
        "known": proposal.known,
        "accepted": accepted,
        "problems": [_problem(one.check, one.sentence, one.expected) for one in proposal.problems],
        "changes": [
            {"date": iso(one.date), "before": day_picture(one.before), "after": day_picture(one.after)}
            for one in changes
        ],
        "shifts": [_shift(one, changes) for one in proposal.shifts],
    }


def _shift(shift: Shift, changes: tuple[DayChange, ...]) -> dict[str, Any]:
    """A deadline that moves, and the clauses about the days it runs over."""
    deadline = shift.before.deadline
    last = max(day for day in (shift.before.latest_on, shift.after.latest_on, deadline.start) if day)
    clauses = dict.fromkeys(one.after.clause for one in changes if deadline.start < one.date <= last)
    return {
        "case": shift.case.id,
        "deadline": deadline.id,
        "from": {"due": iso(shift.before.due_on), "latest": iso(shift.before.latest_on)},
        "to": {"due": iso(shift.after.due_on), "latest": iso(shift.after.latest_on)},
        "status": shift.after.due_status,
        "clauses": list(clauses),
    }


def _told_check(data: dict[str, Any]) -> str:
    if not data["ok"]:
        return _problems(data)
    rows = ((day["date"], weekday(day["date"]), kind_and_name(day), day["clause"]) for day in data["days"])
    head = messages.text("calendar.check_passed", document=data["document"], title=data["title"])
    return f"{head}\n\n{table(('on', 'weekday', 'day_kind', 'clause'), rows)}"


def _problems(data: dict[str, Any]) -> str:
    head = messages.text("calendar.check_failed", document=data["document"] or "", count=len(data["problems"]))
    rows = ((one["sentence"], one["fact"], one["expected"]) for one in data["problems"])
    return f"{head}\n\n{table(('sentence', 'fact', 'expected'), rows)}"


def _told(data: dict[str, Any]) -> str:
    if not data["ok"]:
        return _problems(data)
    if data["known"]:
        return messages.text("calendar.already_known", document=data["document"])
    days = (
        (
            one["date"],
            weekday(one["date"]),
            kind_and_name(one["before"]),
            kind_and_name(one["after"]),
            one["after"]["clause"],
        )
        for one in data["changes"]
    )
    shifts = (
        (one["case"], one["deadline"], _span(one["from"]), _span(one["to"]), join_names(one["clauses"]))
        for one in data["shifts"]
    )
    return "\n".join(
        [
            messages.text("calendar.proposed", document=data["document"], title=data["title"]),
            section("day_changes", table(("on", "weekday", "before", "after", "clause"), days, "calendar.no_changes")),
            section("shifts", table(("case", "term", "before", "after", "clause"), shifts, "calendar.no_shifts")),
            *([f"\n{_told_accepted(data)}"] if data["accepted"] else []),
        ]
    )


def _told_accepted(data: dict[str, Any]) -> str:
    return messages.text("calendar.accepted", document=data["document"], moved=len(data["shifts"]))


def _span(dates: dict[str, str | None]) -> str:
    return join_names(dict.fromkeys(day for day in dates.values() if day)) or messages.text("calendar.no_date")
