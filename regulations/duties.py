"""What a text has people do, count and reach, as small frozen values: tasks, indicators, duties, a scheme of points.

Each names the clause it is read from. ``words`` are words of that clause, so that a reader can hold one against the
other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Comparator = Literal[">=", ">", "=", "<=", "<", "rise", "fall", "rank", "yes", "count"]
Against = Literal["number", "quota", "national_average", "last_period"]
Recurrence = Literal["monthly", "quarterly", "half_yearly", "yearly", "date", "unset"]
Per = Literal["office", "each_unit", "group"]
Section = Literal["goals", "measures"]

OFFICE: Final = "office"
"""Who bears an obligation of the office that runs the work."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How doubtful words of a text are read. ``ref`` is empty where the reading is of the whole text."""

    ref: str
    words: str
    meant: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Collective:
    """A name for many units, such as 各乡(镇)人民政府、街道办事处: every unit of these target categories."""

    code: str
    name: str
    article: str
    categories: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """The unit in which the office of a role sits: where that unit is meant, somebody else decides."""

    role: str
    unit: str
    article: str


@dataclass(frozen=True, slots=True)
class Phase:
    """A window of a campaign. Windows may overlap: a phase is never a state."""

    code: str
    title: str
    article: str
    from_: date
    to: date


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the text. ``units`` are roster codes and collectives in the order of the text; where the text names
    none the office assigns it. ``code`` tells apart tasks of one clause."""

    ref: str
    group: str
    title: str
    units: tuple[str, ...] = ()
    code: str = ""
    note: str = ""

    @property
    def key(self) -> str:
        """What the task is called by, unique in its text."""
        return self.code or self.ref


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure to reach. ``value`` is a decimal as the text has it, empty where it is a quota, an average, the last
    period's, or not said.

    ``rise``, ``fall``: compared with the last period; ``rank``: a place among others; ``yes``: a fact to prove;
    ``count``: at most ``value`` incidents on record. ``year``: by the end of which it holds, None where the text has
    none.
    """

    code: str
    ref: str
    title: str
    comparator: Comparator
    words: str
    value: str = ""
    unit: str = ""
    against: Against = "number"
    year: int | None = None
    task: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty with a day, or one that recurs: ``n`` times in each period, or by ``month`` and ``day`` (each year, or in
    ``year`` only). ``unset``: the text says 定期 or 及时 without a figure; there is no day until a jurisdiction has set
    one.

    ``bearer`` is ``office``, a collective or a roster code; ``per`` whether the office, each unit of the bearer or each
    group owes it. ``evidence`` lists what proves it: ``date``, ``convener``, ``minutes``, ``document``.
    """

    code: str
    ref: str
    title: str
    rule: Recurrence
    words: str
    bearer: str = OFFICE
    per: Per = "office"
    n: int = 1
    month: int | None = None
    day: int | None = None
    year: int | None = None
    evidence: tuple[str, ...] = ("document",)
    task: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CriterionGroup:
    """A numbered row of an assessment table, of the goals or of the measures."""

    ref: str
    title: str
    section: Section


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of an assessment table. The text gives no points: ``points_key`` is what a scheme gives them by."""

    ref: str
    group: str
    title: str
    points_key: str


@dataclass(frozen=True, slots=True)
class ScoreSection:
    """A half of the table and the points its criteria have together."""

    code: Section
    title: str
    points: int
    article: str


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and its band of points, both ends within it."""

    code: str
    lowest: int
    highest: int
    article: str


@dataclass(frozen=True, slots=True)
class Veto:
    """What decides the result alone when all its ``conditions`` hold; ``effect`` is the grade, or what is lost."""

    code: str
    ref: str
    title: str
    conditions: tuple[str, ...]
    effect: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from a result: for one grade, or for every result where ``grade`` is empty.

    ``receiver`` carries it out or gets it; empty: the unit that was assessed. ``lasts``: it goes on until it is ended.
    """

    code: str
    title: str
    article: str
    grade: str = ""
    receiver: str = ""
    lasts: bool = False
