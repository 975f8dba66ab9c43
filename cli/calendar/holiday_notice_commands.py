"""Commands for holiday notices: check one alone, or import one after showing what it changes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

import messages
from cli.calendar.calendar_output import kind_and_name, weekday
from cli.output.printing import join_names, section, show, table
from cli.parsing.commands import Command, argument, option
from cli.parsing.data_files import STANDARD_INPUT, FileRefused, read_bytes
from cli.parsing.options import Options
from cli.parsing.reader_option import actor_option, default_account

if TYPE_CHECKING:
    from casework.administration.holiday_notices import Proposal
    from casework.views.calendar_models import (
        DueSpan,
        HolidayNoticeProposal,
        NoticeCheck,
        NoticeWithdrawal,
        ShiftView,
    )
    from storage.engine import Session

REFUSED = 5


@click.command("check", cls=Command, help="calendar.cmd_check")
@argument("file", metavar="FILE", help="calendar.arg_notice")
@click.pass_obj
def check(settings: Options, file: str) -> int | None:
    """Read and check a notice without comparing it with known notices."""
    found = _checked(file)
    show(settings, found, _format_check)
    return None if found.ok else REFUSED


@click.command("import", cls=Command, help="calendar.cmd_import")
@argument("file", metavar="FILE", default=STANDARD_INPUT, required=False, help="calendar.arg_notice")
@option("--as", "actor", default=default_account, metavar="NAME", help="calendar.opt_as")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@option("--yes", is_flag=True, help="calendar.opt_yes")
@option("--dry-run", is_flag=True, help="calendar.opt_dry_run")
@click.pass_obj
def take_in(
    settings: Options, file: str, actor: str | None, jurisdiction: str | None, yes: bool, dry_run: bool
) -> int | None:
    """Read a notice, show what it changes, ask for confirmation, and import it."""
    from casework.administration import holiday_notices
    from casework.readers import reader_of
    from casework.views.calendar_views import proposal_view

    content = _content(file)
    with settings.reading_as(actor) as (session, reader):
        proposal = holiday_notices.propose(session, reader, content)
    nothing_to_import = dry_run or proposal.known or bool(proposal.problems)
    if not nothing_to_import and not yes:
        _ask(settings, proposal)
    elif nothing_to_import:
        show(settings, proposal_view(proposal, accepted=False), _format_proposal)
        return REFUSED if proposal.problems else None
    with settings.writing() as session:
        # Recompute inside the writing transaction: the data may have changed since it was shown.
        proposal = holiday_notices.propose(session, reader_of(session, actor), content)
        if proposal.known:  # somebody else was first
            show(settings, proposal_view(proposal, accepted=False), _format_proposal)
            return None
        by, home = (actor, jurisdiction) if actor else _service_account(session, jurisdiction)
        holiday_notices.accept(session, settings.clock, by, proposal, jurisdiction=home)
    show(settings, proposal_view(proposal, accepted=True), _format_proposal if yes else _format_accepted)
    return None


@click.command(cls=Command, help="calendar.cmd_withdraw")
@argument("document", metavar="DOCUMENT", help="calendar.arg_document")
@option("--reason", metavar="TEXT", required=True, help="calendar.opt_reason")
@actor_option
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@option("--yes", is_flag=True, help="calendar.opt_withdraw_yes")
@option("--dry-run", is_flag=True, help="calendar.opt_withdraw_dry_run")
@click.pass_obj
def withdraw(
    settings: Options, document: str, reason: str, actor: str, jurisdiction: str | None, yes: bool, dry_run: bool
) -> None:
    """Show which deadlines move when a notice that was taken in is withdrawn, ask for confirmation, and withdraw it."""
    from casework.administration import notice_withdrawal
    from casework.views.calendar_views import withdrawal_view

    with settings.reading_as(actor) as (session, reader):
        found = notice_withdrawal.propose_withdrawal(session, reader, document, reason)
    shown = withdrawal_view(found, reason=reason, withdrawn=False)
    if dry_run:
        show(settings, shown, _format_withdrawal)
        return
    if not yes:
        if settings.as_json or not sys.stdin.isatty():
            raise click.UsageError(messages.text("calendar.nobody_to_ask"))
        click.echo(_format_withdrawal(shown))
        click.confirm(messages.text("calendar.ask_withdraw"), abort=True)
    with settings.writing() as session:
        done = notice_withdrawal.withdraw(session, settings.clock, actor, document, reason, jurisdiction=jurisdiction)
    show(settings, withdrawal_view(done, reason=reason, withdrawn=True), _format_withdrawal)


def _ask(settings: Options, proposal: Proposal) -> None:
    """Show the changes and ask for confirmation. Aborts on "no"; a script must pass ``--yes``."""
    from casework.views.calendar_views import proposal_view

    if settings.as_json or not sys.stdin.isatty():
        raise click.UsageError(messages.text("calendar.nobody_to_ask"))
    click.echo(_format_proposal(proposal_view(proposal, accepted=False)))
    click.confirm(messages.text("calendar.ask_accept"), abort=True)


def _service_account(session: Session, jurisdiction: str | None) -> tuple[str, str]:
    """Account that imports a notice when none is given: the service account of the (first) jurisdiction."""
    from storage.people import jurisdictions

    home = jurisdictions.asked_about(session, jurisdiction)[0]
    return home.service_account, home.code


def _content(file: str) -> bytes:
    """The bytes of the file. Raises FileMissing, and CalendarRefused if it is too large for a notice."""
    from calendars import CalendarRefused
    from calendars.holiday_text.intake import LARGEST

    try:
        return read_bytes(file)
    except FileRefused:
        raise CalendarRefused("too_large", largest=LARGEST) from None


def _checked(file: str) -> NoticeCheck:
    from calendars import CalendarRefused
    from casework.views.calendar_views import notice_check, unreadable_notice

    try:
        return notice_check(_content(file))
    except CalendarRefused as error:
        return unreadable_notice(error)


def _format_check(found: NoticeCheck) -> str:
    if not found.ok:
        return _format_problems(found)
    rows = ((day.date, weekday(day.date), kind_and_name(day.kind, day.name), day.clause) for day in found.days)
    head = messages.text("calendar.check_passed", document=found.document, title=found.title)
    return f"{head}\n\n{table(('on', 'weekday', 'day_kind', 'clause'), rows)}"


def _format_problems(found: NoticeCheck | HolidayNoticeProposal) -> str:
    head = messages.text("calendar.check_failed", document=found.document or "", count=len(found.problems))
    rows = ((one.sentence, one.fact, one.expected) for one in found.problems)
    return f"{head}\n\n{table(('sentence', 'fact', 'expected'), rows)}"


def _format_proposal(found: HolidayNoticeProposal) -> str:
    if not found.ok:
        return _format_problems(found)
    if found.known:
        return messages.text("calendar.already_known", document=found.document)
    days = (
        (
            one.date,
            weekday(one.date),
            kind_and_name(one.before.kind, one.before.name),
            kind_and_name(one.after.kind, one.after.name),
            one.after.clause,
        )
        for one in found.changes
    )
    completes = messages.text("calendar.completes", known=found.completes) if found.completes else ""
    return "\n".join(
        [
            messages.text("calendar.proposed", document=found.document, title=found.title) + completes,
            section("day_changes", table(("on", "weekday", "before", "after", "clause"), days, "calendar.no_changes")),
            section("shifts", _format_shifts(found.shifts)),
            *([f"\n{_format_accepted(found)}"] if found.accepted else []),
        ]
    )


def _format_shifts(shifts: Sequence[ShiftView]) -> str:
    rows = ((one.case, one.deadline, _span(one.from_), _span(one.to), join_names(one.clauses)) for one in shifts)
    return table(("case", "term", "before", "after", "clause"), rows, "calendar.no_shifts")


def _format_withdrawal(found: NoticeWithdrawal) -> str:
    head = "calendar.withdrawn" if found.withdrawn else "calendar.would_withdraw"
    said = {"document": found.document, "by": found.accepted_by, "at": found.accepted_at.date()}
    return "\n".join((messages.text(head, **said), section("shifts", _format_shifts(found.shifts))))


def _format_accepted(found: HolidayNoticeProposal) -> str:
    return messages.text("calendar.accepted", document=found.document, moved=len(found.shifts))


def _span(dates: DueSpan) -> str:
    return join_names(dict.fromkeys(str(day) for day in (dates.due, dates.latest) if day)) or messages.text(
        "calendar.no_date"
    )
