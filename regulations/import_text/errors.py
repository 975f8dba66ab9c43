"""What is wrong with a text that is imported, or with the folder made from it: file, line, row, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import messages
from messages.errors import HOUSE, house_rule
from regulations.errors import DataFileRefused

if TYPE_CHECKING:
    from messages.answers import RefusalView


@dataclass(frozen=True, slots=True)
class TextProblem:
    """One fault. ``file`` is the file of a folder, empty for the text itself; ``line`` is 0 where the whole is meant;
    ``row`` is the entry in the file, such as ``term[2]``."""

    fault: str
    line: int = 0
    file: str = ""
    row: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """File, row and line, in the current language."""
        parts = [self.file, self.row]
        if self.line:
            parts.append(messages.text("own_text.at_line", line=self.line))
        return " ".join(filter(None, parts)) or messages.text("regulations.roster_at_file")

    @property
    def fact(self) -> str:
        """Where the fault is and what it is, in the current language."""
        what = messages.text(f"own_text.{self.fault}", None, **self.params)
        return messages.text("regulations.roster_problem", at=self.place, what=what)

    @property
    def cure(self) -> str:
        """What to do about it, in the current language."""
        return messages.text(f"own_text.{self.fault}_cure", None, **self.params)

    def view(self) -> RefusalView:
        """The fault in the form that every refusal has, with its place."""
        from messages.answers import RowRefusalView

        return RowRefusalView(
            code=f"text_{self.fault}",
            article=HOUSE,
            citation=house_rule(),
            fact=self.fact,
            cure=self.cure,
            row=self.line,
            field=" ".join(filter(None, (self.file, self.row))),
        )


class TextRefused(DataFileRefused[TextProblem]):
    """A text cannot be imported, or its folder cannot be used."""

    area = "own_text"
    stable_code = "text_refused"


def refused(name: str, fault: str, line: int = 0, /, **params: object) -> TextRefused:
    """A text that is refused for one fault."""
    return TextRefused(name, (TextProblem(fault, line, params=params),))
