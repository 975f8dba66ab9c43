"""Doing an act: who, on which day, with what in hand, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cli.output.printing import join_names, show
from cli.output.progress import progress_line
from cli.parsing.commands import Command, argument, option
from cli.parsing.completion import acts
from cli.parsing.data_files import Data
from cli.parsing.options import Options
from cli.parsing.param_types import CASE, DAY, LINE
from cli.parsing.reader_option import actor_option

if TYPE_CHECKING:
    from casework.acts.act_models import ActResult

_Callback = TypeVar("_Callback", bound=Callable[..., Any])


def asking_options(callback: _Callback) -> _Callback:
    """The options of every command that changes a case."""
    for decorate in (
        option("--request", type=LINE, metavar="KEY", help="console.opt_request"),
        option("--each-target", is_flag=True, help="console.opt_each_target"),
        option("--note", metavar="TEXT", help="console.opt_note"),
        option("--late-entry", "late_reason", metavar="TEXT", help="console.opt_late_entry"),
        option("--received-by", metavar="NAME", help="console.opt_received_by"),
        option("--set", "pairs", multiple=True, metavar="FIELD=VALUE", help="console.opt_set"),
        option("--data", "file", metavar="FILE", help="console.opt_data"),
        option("--on", type=DAY, help="console.opt_on"),
        actor_option,
    ):
        callback = decorate(callback)
    return callback


@click.command("act", cls=Command, help="console.entry_act")
@argument("case", metavar="CASE", type=CASE, help="console.arg_case")
@argument("act_name", metavar="ACT", help="console.arg_act", shell_complete=acts)
@asking_options
@click.pass_obj
def act(settings: Options, /, case: str, act_name: str, **asked: Any) -> None:
    """Do any act of any case."""
    do(settings, case, act_name.replace("-", "_"), **asked)


def do(
    settings: Options,
    case: str,
    act_name: str,
    *,
    actor: str,
    on: date | None,
    file: str | None,
    pairs: tuple[str, ...],
    note: str | None,
    request: str | None,
    late_reason: str | None = None,
    received_by: str | None = None,
    each_target: bool = False,
) -> None:
    """Do an act and print what came of it."""
    data = filled(act_name, file, pairs, note, late_entry(late_reason, received_by))

    from casework import do_act
    from casework.acts.act_models import ActRequest

    with settings.writing() as session, progress_line("console.progress_acts") as tell:
        asked = ActRequest(actor, on, request)
        answer = do_act.do_act(session, settings.clock, asked, case, act_name, data, each_target=each_target, tell=tell)
    show_result(settings, actor, answer)


def show_result(settings: Options, actor: str, answer: ActResult) -> None:
    """Print what came of an act, and who is next."""
    from cli.cases.todo_command import next_lines

    show(settings, answer, lambda done: "\n".join([format_result(done), *next_lines(settings, actor, done)]))


def late_entry(reason: str | None, received_by: str | None) -> dict[str, Any]:
    """The late entry that the command line describes; nothing where it describes none."""
    given = {"reason": reason, "received_by": received_by}
    known = {name: value for name, value in given.items() if value is not None}
    return {"late_entry": known} if known else {}


def filled(
    act_name: str,
    file: str | None,
    pairs: tuple[str, ...],
    note: str | None,
    more: Mapping[str, Any] | None = None,
) -> Data | None:
    """What the act is handed in with: the data file, and in each of its entries what the command line adds."""
    fields: dict[str, Any] = {**(more or {}), **({} if note is None else {"note": note})}
    if pairs:
        from cli.parsing.set_option import fields_of

        fields = fields_of(act_name, pairs) | fields
    if file is None:
        return fields or None

    from cli.parsing.data_files import read_data

    data = read_data(file)
    return [{**entry, **fields} for entry in data] if isinstance(data, list) else {**data, **fields}


def format_result(answer: ActResult) -> str:
    """What came of an act, in words."""
    return "\n".join(_lines(answer))


def _lines(answer: ActResult) -> Iterator[str]:
    from cli.output.refusal_output import person_name
    from messages import text

    yield text(
        "console.repeated" if answer.repeated else "console.done",
        case=answer.case,
        act=answer.act_name,
        on=answer.on,
        state=person_name("state", answer.state),
        citation=answer.citation,
    )
    for one in answer.followed:
        yield text("console.followed", case=one.case, act=one.act_name, state=person_name("state", one.to))
    for left in answer.goes_on or ():
        yield text("console.goes_on", case=left.case, state=person_name("state", left.state))
    for late in answer.met_late:
        yield text(
            "console.met_late",
            case=late.case,
            term=late.title,
            due=late.due,
            days=late.late_days,
            working=late.late_working_days,
            citation=late.citation,
        )
    for deadline in answer.deadlines:
        yield text(
            "console.runs_until" if deadline.due == deadline.latest else "console.runs_between",
            case=deadline.case,
            term=deadline.title,
            citation=deadline.citation,
            due=deadline.due,
            latest=deadline.latest,
        )
    for other in answer.overlaps or ():
        yield text(
            "console.overlap",
            case=other.case,
            title=other.title,
            state=person_name("state", other.state),
            targets=join_names(other.target_names or other.targets),
        )
    for like in answer.like_topics or ():
        yield text(
            "console.like_topic" if like.until else "console.like_topic_held",
            case=like.case,
            kind=person_name("key", like.key_kind),
            topic=like.topic,
            until=like.until,
        )
