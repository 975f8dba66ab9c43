"""Commands about versions of a text: diff."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import messages
from cli.output.printing import show, table
from cli.parsing.commands import Command, argument
from cli.parsing.options import Options

if TYPE_CHECKING:
    from casework.views.regulation_differences import RegulationDifference, WordsView
    from regulations import Regulation

_STYLES = {"removed": ("red", "[-{}-]"), "added": ("green", "{{+{}+}}")}


@click.command("diff", cls=Command, help="own_text.diff")
@argument("before", metavar="A", help="own_text.arg_version")
@argument("after", metavar="B", help="own_text.arg_version")
@click.pass_obj
def diff(settings: Options, before: str, after: str) -> None:
    """Show what differs between two versions, article by article."""
    from casework.views.regulation_differences import regulation_difference

    show(settings, regulation_difference(_version(before), _version(after)), _format_difference)


COMMANDS = (diff,)
"""The commands of this module, for the group ``ducha regulation``."""


def _version(named: str) -> Regulation:
    """A version by its key, the newest of an id, or the one in a folder."""
    import regulations
    from regulations.import_text.folder_check import check_folder

    if Path(named).is_dir():
        return check_folder(Path(named))
    return regulations.by_key(named) if "@" in named else regulations.load(named)


def _format_difference(found: RegulationDifference) -> str:
    lines = [messages.text("own_text.compared", before=found.before, after=found.after)]
    for one in found.articles:
        place = one.after or one.before
        if one.before and one.after and one.before != one.after:
            place = f"{one.before} → {one.after}"
        lines.append(f"\n{messages.text(f'own_text.change_{one.change}')}　{place}　{one.heading}".rstrip("　"))
        if one.words:
            lines.append("".join(map(_marked, one.words)))
    if not found.articles:
        lines.append(messages.text("own_text.same_articles"))
    if found.rules:
        rows = ((messages.text(f"own_text.rule_{one.sort}"), one.name, one.before, one.after) for one in found.rules)
        lines += ["", table(("rule", "name", "before", "after"), rows)]
    return "\n".join(lines)


def _marked(words: WordsView) -> str:
    """Words as a terminal shows them in colour, and a file with signs around them."""
    if words.change not in _STYLES:
        return words.text
    colour, signs = _STYLES[words.change]
    marked = signs.format(words.text)
    return click.style(marked, fg=colour) if sys.stdout.isatty() else marked
