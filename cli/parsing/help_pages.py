"""Help pages: headings from the catalogue, and columns that hold where a Chinese character is two cells wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

import click

import messages

_HEADINGS = {
    "Options": "console.heading_options",
    "Commands": "console.heading_commands",
    "Positional arguments": "console.heading_arguments",
}
_OPENING, _CLOSING = "（《“‘", "，。；：、）》”’！？"


class HelpPage(click.HelpFormatter):
    """Lays out a help page by the cells that a terminal needs."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line, in the words of the catalogue."""
        spoken = args.replace("[OPTIONS]", messages.text("console.usage_options"))
        spoken = spoken.replace("COMMAND [ARGS]...", messages.text("console.usage_command"))
        super().write_usage(prog, spoken, prefix or messages.text("console.usage"))

    def write_heading(self, heading: str) -> None:
        """A heading of click's, or one of our own, as it is said."""
        said = messages.text(_HEADINGS[heading]) if heading in _HEADINGS else heading
        self.write(f"{'':>{self.current_indent}}{said}{messages.text('console.colon')}\n")

    def write_text(self, text: str) -> None:
        """A text in paragraphs."""
        for line in text.splitlines():
            for piece in wrapped(line, self.width - self.current_indent):
                self.write(f"{'':>{self.current_indent}}{piece}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Terms and what they mean, in two columns."""
        listed = list(rows)
        first = min(max(cells(term) for term, _ in listed), col_max) + col_spacing
        for term, meaning in listed:
            lines = wrapped(meaning, max(self.width - self.current_indent - first, 10))
            if cells(term) > first - col_spacing:
                self.write(f"{'':>{self.current_indent}}{term}\n")
            else:
                gap = " " * (first - cells(term))
                self.write(f"{'':>{self.current_indent}}{term}{gap}{lines.pop(0)}".rstrip() + "\n")
            for line in lines:
                self.write(f"{'':>{self.current_indent + first}}{line}\n")


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(2 if _wide(char) else 1 for char in text)


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most this many cells; broken at blanks, and between Chinese characters."""
    lines, line = [], ""
    for word in _words(text):
        if line.strip() and cells(line + word.rstrip()) > width:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return [*lines, line.rstrip()]


def _words(text: str) -> Iterator[str]:
    """Pieces not to be torn apart: words with the blank after them, Chinese characters with their punctuation."""
    piece = ""
    for char in text:
        if piece and char not in _CLOSING and piece[-1] not in _OPENING and (_wide(char) or _ends(piece)):
            yield piece
            piece = ""
        piece += char
    yield piece


def _ends(piece: str) -> bool:
    return piece[-1] == " " or _wide(piece[-1])


def _wide(char: str) -> bool:
    return east_asian_width(char) in "WF"
