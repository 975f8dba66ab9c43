"""What a holiday notice sets, once read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Standing = Literal["annual", "supplement", "adjustment", "extension"]
"""What a notice does to those before it.

``annual`` arranges a year; ``supplement`` adds days (2015); ``adjustment`` replaces the named holiday (2019);
``extension`` carries the named holiday on to a later last day (2020).
"""


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """A day that a clause of the notice sets off or to work."""

    date: date
    kind: Literal["holiday", "makeup"]
    name: str
    clause: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A document that sets days.

    ``number`` is empty when the copy has no document number; ``published`` is the day from
    which it holds for anyone asking "as known on"; ``concerns`` is the holiday an amendment names in its title.
    """

    standing: Standing
    year: int
    title: str
    number: str
    signed: date | None
    published: date | None
    source: str
    concerns: str
    days: tuple[NoticeDay, ...]

    @property
    def document(self) -> str:
        """How the notice is cited: its number, or its title when the number is not known."""
        return self.number or self.title

    def is_copy(self, other: Notice) -> bool:
        """Whether the other one is a copy of this notice, which may lack the document number."""
        if self.number and other.number:
            return self.number == other.number
        same = (self.standing, self.year, self.concerns) == (other.standing, other.year, other.concerns)
        return self.document == other.document or same

    @property
    def known_from(self) -> date:
        """First day on which people could know the notice. Where it is lost (2004, 2005): the eve of the year."""
        return self.published or self.signed or date(self.year - 1, 12, 31)
