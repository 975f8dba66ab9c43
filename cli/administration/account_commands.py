"""Commands for accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

import messages
from cli.administration.grant_commands import end_reading, grants, let_read
from cli.output.printing import join_names, show, table
from cli.parsing.commands import Group, argument, option
from cli.parsing.jurisdiction_option import jurisdiction_code
from cli.parsing.options import Options
from cli.parsing.param_types import OneOf, PersonName
from cli.parsing.reader_option import actor_option, reader_option

if TYPE_CHECKING:
    from casework.administration.account_administration import AccountChangeView, AccountView, ClosedAccount

ROLES = (
    "coordinator",
    "authority",
    "responsible_leader",
    "supervision_office",
    "group_leader",
    "group_member",
    "target_officer",
    "appraisal_office",
    "auditor",
    "administrator",
)


@click.group("account", cls=Group, help="console.entry_account")
def account() -> None:
    """Accounts."""


@account.command("list", help="console.account_list")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@reader_option
@click.pass_obj
def accounts(settings: Options, jurisdiction: str | None, reader: str | None) -> None:
    """List the active accounts."""
    from casework.administration import account_administration

    with settings.reading_as(reader) as (session, by):
        found = account_administration.list_accounts(session, by, jurisdiction)
    show(settings, found, _format_accounts)


@account.command("add", help="console.account_add")
@argument("name", metavar="NAME", type=PersonName(), help="console.arg_name")
@option(
    "--role",
    "roles",
    type=OneOf(ROLES, "role."),
    multiple=True,
    required=True,
    metavar="ROLE",
    help="console.opt_give_role",
)
@option("--unit", metavar="CODE", help="console.opt_of_unit")
@option("--replace", is_flag=True, help="console.opt_replace_account")
@actor_option
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@click.pass_obj
def add(
    settings: Options,
    name: str,
    roles: tuple[str, ...],
    unit: str | None,
    replace: bool,
    actor: str,
    jurisdiction: str | None,
) -> None:
    """Add an account; with --replace, set the roles and unit of an existing account of this name."""
    from casework.acts.act_models import ActRequest
    from casework.administration import account_administration
    from states.engine.case import Role

    with settings.writing() as session:
        request, given = ActRequest(actor, jurisdiction=jurisdiction), [Role(role) for role in roles]
        added = account_administration.add_account(session, settings.clock, request, name, given, unit, replace=replace)
    show(settings, added, lambda one: _format_accounts([one]))


@account.command("remove", help="console.account_remove")
@argument("name", metavar="NAME", help="console.arg_name")
@actor_option
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@click.pass_obj
def remove(settings: Options, name: str, actor: str, jurisdiction: str | None) -> None:
    """Close an account; its acts stay on record."""
    from casework.acts.act_models import ActRequest
    from casework.administration import account_administration

    with settings.writing() as session:
        request = ActRequest(actor, jurisdiction=jurisdiction)
        closed = account_administration.close_account(session, settings.clock, request, name)
    show(settings, closed, _format_closed)


@account.command("history", help="console.account_history")
@argument("name", metavar="[NAME]", required=False, help="console.arg_name")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@reader_option
@click.pass_obj
def history(settings: Options, name: str | None, jurisdiction: str | None, reader: str | None) -> None:
    """Show every change of all accounts, or of one."""
    from casework.administration import account_administration

    with settings.reading_as(reader) as (session, by):
        found = account_administration.account_history(session, by, jurisdiction_code(session, jurisdiction), name)
    show(settings, found, _format_changes)


for command in (grants, let_read, end_reading):
    account.add_command(command)


def _format_closed(one: ClosedAccount) -> str:
    closed = messages.text("console.account_closed", name=one.name)
    if not one.open_duties:
        return closed
    head = messages.text("console.open_duties", name=one.name)
    lines = (
        f"  {duty.case}  {messages.text(f'console.open_duty_{duty.duty}')}  {duty.title}" for duty in one.open_duties
    )
    return "\n".join([closed, head, *lines])


def _format_account_state(one: dict[str, Any]) -> str:
    from cli.output.refusal_output import person_name

    if not one:
        return ""
    if one.get("reads_only"):
        state = messages.text("console.grant_active" if one["active"] else "console.grant_revoked")
        return messages.text("console.grant_state", state=state, reason=one["reason"])
    parts = [*(person_name("role", role) for role in one["roles"]), *filter(None, [one["unit"]])]
    return join_names(parts if one["active"] else [*parts, messages.text("console.inactive")])


def _format_changes(found: Sequence[AccountChangeView]) -> str:
    return table(
        ("recorded_at", "seq", "name", "change", "actor", "before", "after"),
        (
            (
                one.recorded_at.isoformat(),
                one.seq,
                one.account,
                messages.text(f"console.account_act_{one.act}"),
                one.actor or messages.text("console.at_founding"),
                _format_account_state(one.before),
                _format_account_state(one.after),
            )
            for one in found
        ),
    )


def _format_accounts(found: Sequence[AccountView]) -> str:
    return table(
        ("name", "roles", "unit", "remark"),
        (
            (
                one.name,
                join_names(one.role_names),
                one.unit_name,
                messages.text("console.automation") if one.automation else "",
            )
            for one in found
        ),
    )
