"""Records: notices, documents and the journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

import messages
from cli.administration.account_commands import ROLES
from cli.operations.journal_commands import anchor, verify
from cli.output.printing import join_names, show, show_list, table
from cli.parsing.commands import Group, argument, option
from cli.parsing.completion import units
from cli.parsing.options import Options
from cli.parsing.param_types import CASE, DAY, Number, OneOf
from cli.parsing.reader_option import reader_option

if TYPE_CHECKING:
    from casework.nightly.mail_models import MailAnswer
    from casework.views.case_records import JournalEntryView
    from casework.views.message_models import MessageView


@click.group("notice", cls=Group, help="console.entry_notice")
def notice() -> None:
    """Notices."""


@notice.command("list", help="console.notice_list")
@option("--unit", "recipient", metavar="CODE", help="console.opt_unit", shell_complete=units)
@option("--role", type=OneOf(ROLES, "role."), metavar="ROLE", help="console.opt_role")
@option("--case", "case_id", metavar="CASE", type=CASE, help="console.arg_case")
@option("--since", type=DAY, help="console.opt_since")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@option("--limit", type=Number(1, 10_000), default=200, help="console.opt_limit")
@reader_option
@click.pass_obj
def notices(settings: Options, /, reader: str | None, limit: int, **asked: Any) -> None:
    """List notices, the newest first."""
    from casework.views import message_lists

    with settings.reading_as(reader) as (session, by):
        found = message_lists.list_messages(session, by, limit=limit + 1, **asked)
    show_list(settings, found, limit, _notices)


@notice.command("send", help="console.notice_send")
@option("--earlier", is_flag=True, help="console.opt_earlier")
@click.pass_obj
def send(settings: Options, earlier: bool) -> None:
    """Send what is queued by e-mail."""
    from casework.nightly import mailing
    from casework.nightly.mail_models import MailAnswer
    from cli.operations.sweep_commands import worker

    mail = mailing.MailSettings.from_settings(settings.environment)
    if mail is None:
        show(settings, MailAnswer(configured=False), lambda _: messages.text("console.no_mail_server"))
        return
    with settings.opened() as database:
        if earlier:
            mailing.switch(database, settings.clock, on=True)
            mailing.mail_earlier(database, settings.clock)
        done = mailing.send_queued(database, settings.clock, mail, worker())
    show(settings, MailAnswer(**dict(done), configured=True), _sent)


@click.group("document", cls=Group, help="console.entry_document")
def document() -> None:
    """Documents."""


@document.command("show", help="console.document_show")
@argument("case", metavar="CASE", type=CASE, help="console.arg_case")
@argument("name", metavar="NAME", help="console.arg_document")
@reader_option
@click.pass_obj
def shown(settings: Options, case: str, name: str, reader: str | None) -> None:
    """Show a document of a case; made more than once, the last one."""
    from casework.views import case_records

    with settings.reading_as(reader) as (session, by):
        found = case_records.document(session, by, case, name)
    show(settings, found, lambda made: made.text)


@click.group("journal", cls=Group, help="console.entry_journal")
def journal() -> None:
    """The journal."""


@journal.command("show", help="console.journal_show")
@argument("case", metavar="CASE", type=CASE, help="console.arg_case")
@reader_option
@click.pass_obj
def entries(settings: Options, case: str, reader: str | None) -> None:
    """Show every entry of a case."""
    from casework.views import case_records

    with settings.reading_as(reader) as (session, by):
        found = case_records.entries(session, by, case)
    show(settings, found, _entries)


journal.add_command(verify)
journal.add_command(anchor)


def _notices(found: Sequence[MessageView]) -> str:
    rows = ((one.dated_on, one.case, _to(one), _subject(one), one.text) for one in found)
    return table(("on", "case", "to_whom", "subject", "text"), rows, empty="console.no_notices")


def _sent(done: MailAnswer) -> str:
    said = messages.text("console.mail_sent", **dict(done))
    return "\n".join([said, messages.text("console.mail_earlier", **dict(done))]) if done.earlier else said


def _subject(one: MessageView) -> str:
    return messages.text("console.superseded", subject=one.subject) if one.superseded else one.subject


def _to(one: MessageView) -> str:
    return join_names([*one.recipient_names, *filter(None, [one.recipient_unit or one.recipient])])


def _entries(found: Sequence[JournalEntryView]) -> str:
    return table(
        ("case", "seq", "on", "recorded_at", "act", "actor", "to", "article", "reason", "hash"),
        (
            (
                one.case,
                one.seq,
                one.on,
                one.recorded_at.isoformat(),
                one.act_name,
                one.actor,
                one.to_name,
                one.citation,
                one.reason,
                one.hash[:12],
            )
            for one in found
        ),
    )
