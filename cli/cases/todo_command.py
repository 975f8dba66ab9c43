"""What a person has to do, the most pressing first, each with the command that does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

import messages
from cli.cases.case_sections import FEW, standing
from cli.output.printing import join_names, show_paged, styled
from cli.parsing.commands import Command, option
from cli.parsing.options import Options
from cli.parsing.param_types import Number
from cli.parsing.reader_option import reader_option

if TYPE_CHECKING:
    from casework.acts.act_models import ActResult
    from casework.views.todo_models import NextAct, TodoList


@click.command("todo", cls=Command, help="console.todo")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@option("--limit", type=Number(1, 10_000), default=50, help="console.opt_limit")
@reader_option
@click.pass_obj
def todo(settings: Options, jurisdiction: str | None, limit: int, reader: str | None) -> None:
    """Show what is to be done."""
    from casework.views import todo_list

    with settings.reading_as(reader) as (session, by):
        found = todo_list.todo(session, settings.clock, by, jurisdiction=jurisdiction)
    show_paged(settings, found, lambda listed: "\n".join(_lines(listed, limit)))


def next_lines(settings: Options, actor: str, done: ActResult) -> list[str]:
    """Who is next after an act, and with what; nothing where the actor may not know."""
    from casework.views import todo_list
    from messages.errors import DuchaError

    try:
        with settings.reading_as(actor) as (session, by):
            found = todo_list.next_acts(session, settings.clock, by, done.case)
    except DuchaError:
        return []
    waiting: dict[tuple[str, str], list[str]] = {}
    for one in found:
        waiting.setdefault((one.case, _who(one)), []).append(one.act_name)
    return [
        messages.text("console.next_act", case=case, act=join_names(acts), who=who)
        for (case, who), acts in waiting.items()
    ]


def _lines(found: TodoList, limit: int) -> Iterator[str]:
    whose = found.account or messages.text("console.everybody")
    yield messages.text("console.todo_head", as_of=found.as_of, who=whose, count=len(found.rows))
    for one in found.rows[:limit]:
        yield ""
        yield from _act_lines(one, found.account)
    if len(found.rows) > limit:
        yield f"\n{messages.text('console.todo_cut', limit=limit)}"


def _act_lines(one: NextAct, account: str | None) -> Iterator[str]:
    head = "  ".join(filter(None, [one.case, one.unit_name, one.act_name]))
    if one.term is not None:
        term = one.term
        said = messages.text("console.todo_term", term=term.title, due=term.latest or "—", citation=term.citation)
        yield f"{styled(standing(term))}  {head}"
        yield f"    {said}"
    else:
        yield head
        yield f"    {messages.text('console.todo_since', title=one.title, state=one.state_name, since=one.since)}"
    if account is None:
        yield f"    {messages.text('console.todo_who', who=_who(one))}"
    yield f"    {command_of(one, account)}"


def _who(one: NextAct) -> str:
    return join_names(one.who) if 0 < len(one.who) <= FEW else join_names(one.roles)


def _template(one: NextAct) -> str:
    """The template of its form, by the name of the form: acts of several procedures share names."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", one.form).lower()


def command_of(one: NextAct, account: str | None) -> str:
    """The command line that does an act; with a data file where its form asks for more than a note."""
    words = ["ducha", one.procedure.replace("_", "-"), one.act.replace("_", "-"), one.case]
    asked = [name for name in one.needs if name != "note"]
    if asked:
        words += ["--data", messages.text("console.todo_file", template=_template(one))]
    elif one.needs:
        words += ["--note", messages.text("console.todo_note")]
    return " ".join([*words, "--as", account or messages.text("console.todo_name")])
