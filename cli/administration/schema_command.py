"""``ducha schema``: the JSON Schema of each command's ``--json`` answer."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

import messages
from cli.answer_table import ANSWERS, answer_of
from cli.output.printing import as_json, join_names, show, table
from cli.parsing.commands import Command, argument
from cli.parsing.options import Options

if TYPE_CHECKING:
    from cli.output.answer_models import SchemaRow


@click.command("schema", cls=Command, help="console.schema")
@argument("words", metavar="[COMMAND]…", nargs=-1, required=False, help="console.arg_schema")
@click.pass_obj
def schema(settings: Options, words: tuple[str, ...]) -> None:
    """Print the schema of a command's answer, or list all commands with an answer."""
    from cli.output.answer_models import SchemaRow

    if not words:
        show(settings, [SchemaRow(command=one.command, answer=one.name) for one in ANSWERS], _format_rows)
        return
    written = " ".join(words)
    entry = answer_of(words)
    if entry is None:
        near = join_names(get_close_matches(written, [one.command for one in ANSWERS])) or "ducha schema"
        raise click.BadParameter(messages.text("console.no_schema", written=written, near=near), param_hint="COMMAND")
    show(settings, entry.adapter().json_schema(mode="serialization"), as_json)


def _format_rows(rows: Sequence[SchemaRow]) -> str:
    return table(("command", "answer"), ((row.command, row.answer) for row in rows))
