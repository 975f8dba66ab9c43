"""How answers are printed: as JSON for scripts, in aligned columns for people."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final, TypeVar

import click

import messages
from cli.parsing.options import Options

_Data = TypeVar("_Data")
UNLIMITED: Final = 10_000
"""Cells to a line where nobody's terminal is in the way."""
NARROW: Final = 110
"""Cells below which a table has no room for everything."""
COLOURS: Final = {"red": "red", "yellow": "yellow", "green": "green"}


def show(settings: Options, data: _Data, told: Callable[[_Data], str]) -> None:
    """Print an answer; ``told`` puts it in words for people."""
    if settings.as_json:
        click.echo(as_json(data))
    elif text := told(data):
        click.echo(text)


def show_paged(settings: Options, data: _Data, told: Callable[[_Data], str]) -> None:
    """Print an answer page by page where it is longer than the terminal it is read on."""
    if settings.as_json or not is_terminal():
        show(settings, data, told)
    elif (text := told(data)).count("\n") < shutil.get_terminal_size().lines:
        click.echo(text)
    else:
        click.echo_via_pager(text, color=True)


def is_terminal() -> bool:
    """Whether a person sits at a terminal, both to read and to turn pages."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def is_narrow() -> bool:
    """Whether a terminal with few columns is in the way."""
    return sys.stdout.isatty() and shutil.get_terminal_size().columns < NARROW


def show_list(settings: Options, found: Sequence[_Data], limit: int, told: Callable[[Sequence[_Data]], str]) -> None:
    """Print a list that was asked for with one more entry than the limit, and say whether it is cut."""
    show(settings, list(found[:limit]), told)
    if len(found) > limit:
        click.echo(messages.text("console.list_cut", limit=limit), err=True)


def as_json(data: object) -> str:
    """An answer as scripts read it."""
    return json.dumps(data, default=_plain, ensure_ascii=False, indent=2)


def _plain(model: Any) -> Any:
    """A model as plain JSON values; nothing else needs help."""
    return model.model_dump(mode="json")


def table(headings: Sequence[str | int], rows: Iterable[Sequence[object]], empty: str = "console.nothing") -> str:
    """Rows under headings, in columns that hold where a character is two cells wide; no lines around them.

    ``headings`` are names in the catalogue under ``console.col_``, or numbers; a cell that is None stays blank. Without
    rows the text named by ``empty``.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    listed = list(rows)
    if not listed:
        return messages.text(empty)
    found = Table(box=None, pad_edge=False, header_style="bold")
    for at, heading in enumerate(headings):
        name = str(heading) if isinstance(heading, int) else messages.text(f"console.col_{heading}")
        # A day or a number broken over two lines is misread.
        whole = all(isinstance(row[at], date | int | None) for row in listed)
        found.add_column(name, overflow="fold", no_wrap=whole)
    for row in listed:
        found.add_row(*(Text("" if cell is None else str(cell), style=_colour(cell)) for cell in row))
    console = Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else UNLIMITED)
    with console.capture() as captured:
        console.print(found)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


class Light(str):
    """The name of a traffic light, or what is said of it, printed in its colour: green, yellow or red."""

    colour: str

    def __new__(cls, colour: str, said: str = "") -> Light:
        """The light of this colour, named in the language spoken where nothing else is said."""
        found = super().__new__(cls, said or messages.text(f"console.light_{colour}"))
        found.colour = colour
        return found


def _colour(cell: object) -> str:
    return COLOURS.get(cell.colour, "") if isinstance(cell, Light) else ""


def styled(cell: str) -> str:
    """A light in its colour on a terminal; any other text as it is."""
    colour = _colour(cell)
    return click.style(cell, fg=colour) if colour and sys.stdout.isatty() else str(cell)


def facts(pairs: Iterable[tuple[str, object]]) -> str:
    """Names and values, one a line; what is blank is left out."""
    from rich.cells import cell_len

    listed = [(messages.text(f"console.col_{name}"), value) for name, value in pairs if value not in (None, "", [])]
    width = max((cell_len(name) for name, _ in listed), default=0)
    return "\n".join(f"{name}{' ' * (width - cell_len(name))}  {value}" for name, value in listed)


def section(title: str, body: str) -> str:
    """A part of an answer under its title."""
    return f"\n{messages.text(f'console.part_{title}')}\n{body}"


def join_names(names: Iterable[str]) -> str:
    """Names in a row."""
    return messages.text("console.comma").join(names)
