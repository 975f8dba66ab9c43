"""Records: notices, documents and the journal."""

from __future__ import annotations

import os
from typing import Any

import click

import words
from console.commands import Group, argument, option
from console.journal_commands import anchor, verify
from console.people import ROLES
from console.printing import joined, show, table
from console.settings import Settings
from console.values import DAY, Number, OneOf


@click.group("notice", cls=Group, help="console.entry_notice")
def notice() -> None:
    """Notices."""


@notice.command("list", help="console.notice_list")
@option("--unit", "recipient", metavar="CODE", help="console.opt_unit")
@option("--role", type=OneOf(ROLES), metavar="ROLE", help="console.opt_role")
@option("--case", "case_id", metavar="CASE", help="console.arg_case")
@option("--since", type=DAY, help="console.opt_since")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@option("--limit", type=Number(1, 10_000), default=200, help="console.opt_limit")
@click.pass_obj
def notices(settings: Settings, /, **asked: Any) -> None:
    """List notices, the newest first."""
    from casework import notices

    with settings.reading() as session:
        found = notices.listed(session, **asked)
    show(settings, found, _notices)


@notice.command("send", help="console.notice_send")
@option("--earlier", is_flag=True, help="console.opt_earlier")
@click.pass_obj
def send(settings: Settings, earlier: bool) -> None:
    """Send what is queued by e-mail."""
    from casework import mailing
    from console.nightly import worker

    mail = mailing.MailSettings.from_environment(os.environ)
    if mail is None:
        none: dict[str, Any] = {"sent": 0, "failed": 0, "earlier": 0, "configured": False}
        show(settings, none, lambda _: words.say("console.no_mail_server"))
        return
    with settings.opened() as database:
        if earlier:
            mailing.switch(database, settings.clock, on=True)
            mailing.mail_earlier(database, settings.clock)
        done = mailing.send_queued(database, settings.clock, mail, worker())
    show(settings, {**done, "configured": True}, _sent)


@click.group("document", cls=Group, help="console.entry_document")
def document() -> None:
    """Documents."""


@document.command("show", help="console.document_show")
@argument("case", metavar="CASE", help="console.arg_case")
@argument("name", metavar="NAME", help="console.arg_document")
@click.pass_obj
def shown(settings: Settings, case: str, name: str) -> None:
    """Show a document of a case; made more than once, the last one."""
    from casework import records

    with settings.reading() as session:
        found = records.document(session, case, name)
    show(settings, found, lambda made: str(made["text"]))


@click.group("journal", cls=Group, help="console.entry_journal")
def journal() -> None:
    """The journal."""


@journal.command("show", help="console.journal_show")
@argument("case", metavar="CASE", help="console.arg_case")
@click.pass_obj
def entries(settings: Settings, case: str) -> None:
    """Show every entry of a case."""
    from casework import records

    with settings.reading() as session:
        found = records.entries(session, case)
    show(settings, found, _entries)


journal.add_command(verify)
journal.add_command(anchor)


def _notices(found: list[dict[str, Any]]) -> str:
    rows = ((one["dated_on"], one["case"], _to(one), one["subject"], one["text"]) for one in found)
    return table(("on", "case", "to_whom", "subject", "text"), rows, empty="console.no_notices")


def _sent(done: dict[str, Any]) -> str:
    said = words.say("console.mail_sent", **done)
    return "\n".join([said, words.say("console.mail_earlier", **done)]) if done["earlier"] else said


def _to(one: dict[str, Any]) -> str:
    from console.refusals import named

    return joined([*(named("role", role) for role in one["recipient_roles"]), *filter(None, [one["recipient"]])])


def _entries(found: list[dict[str, Any]]) -> str:
    return table(
        ("case", "seq", "on", "recorded_at", "act", "actor", "to", "article", "reason", "hash"),
        (
            (
                one["case"],
                one["seq"],
                one["on"],
                one["recorded_at"],
                one["act_name"],
                one["actor"],
                one["to_name"],
                one["citation"],
                one["reason"],
                one["hash"][:12],
            )
            for one in found
        ),
    )
