"""A group of commands for each procedure, a command for each act, made from the procedure's table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

import words
from console.acting import asking_options, do
from console.commands import Argument, Command, Group, share
from console.forms import template_name
from console.opening import open_inspection
from console.printing import joined
from console.refusals import act_name, cited, named
from states.case import NEW
from states.procedures import PROCEDURES
from states.table import Procedure, Step

ROOTS = ("inspection", "look_back")
"""The procedures that stand by themselves; what belongs to an inspection is asked for on it."""


def procedure(name: str) -> click.Group:
    """The commands of a procedure."""
    found = PROCEDURES[name.replace("-", "_")]
    return Acts(name=name, help=f"console.entry_{name}", commands={spelt(one.name): one for one in _commands(found)})


class Acts(Group):
    """The acts of one procedure."""


def spelt(name: str | None) -> str:
    """An act as it is written on the command line."""
    return (name or "").replace("_", "-")


def _commands(found: Procedure) -> Iterator[Command]:
    """The opening first, then every act in the order of the table, then what is asked for on an inspection.

    Acts that only another act brings about have no command.
    """
    if found.name in ROOTS:
        yield open_inspection(found.name)
    for act in found.acts:
        rows = tuple(row for row in found.rows(act) if not row.brought)
        if rows and rows[0].from_ != (NEW,):
            yield _command(act, rows)
        elif rows and found.asked_as:
            yield _command(act, rows, asked_as=found.asked_as)
    if found.name in ROOTS:
        for under in PROCEDURES.values():
            if under.asked_as:
                yield _command(under.asked_as, under.rows(under.first_act), asked_as=under.asked_as)


def _command(act: str, rows: tuple[Step, ...], asked_as: str | None = None) -> Command:
    @click.pass_obj
    def run(settings: Any, /, case: str, **asked: Any) -> None:
        do(settings, case, asked_as or act, **asked)

    run = asking_options(run)
    case = Argument(["case"], metavar="CASE", help="console.arg_inspection" if asked_as else "console.arg_case")
    options = list(reversed(getattr(run, "__click_params__", [])))
    command = Command(
        name=spelt(act),
        callback=run,
        params=[case, *options],
        help=_about(asked_as or act, rows),
        short_help=words.say("console.act_short", act=act_name(asked_as or act), citation=cited(rows[0].article)),
    )
    share(command)
    return command


def _about(act: str, rows: tuple[Step, ...]) -> str:
    """What an act is: by whom, from where to where, by which clause, and with which form."""
    roles = joined(named("role", role) for role in dict.fromkeys(role.value for row in rows for role in row.by))
    sources = dict.fromkeys(state for row in rows for state in row.from_ if state != NEW)
    return words.say(
        "console.act_about",
        act=act_name(act),
        citation=cited(rows[0].article),
        roles=roles,
        sources=joined(named("state", state) for state in sources) or words.say("console.not_yet_open"),
        template=spelt(template_name(act, rows[0].form)),
    )
