"""What a regulation lays down, as small frozen values. Each names the article it is read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TermUnit = Literal["working_days", "days", "months", "years"]
Window = Literal["declared-year", "rolling", "calendar-year"]
CountsFrom = Literal["approval", "start", "bulletin"]
CoverageHow = Literal["enforced", "tracked", "stated"]


@dataclass(frozen=True, slots=True)
class Term:
    """A time allowed: ``length`` in ``unit``, counted from the day ``from_`` names (that day not counted).

    ``rollover``: a last day that is a rest day moves to the next working day. ``extension_cap``: by how much,
    in the same unit, all extensions together may lengthen it; 0 means not at all.
    """

    name: str
    title: str
    length: int
    unit: TermUnit
    from_: str
    article: str
    rollover: bool
    extension_cap: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` inspections in ``years`` for each of ``keys`` separately. ``counts_from`` is what the window
    counts from: the approval, the start of the visits, or the bulletin. ``in_principle`` (原则上): yields only to a
    recorded exception decided by the approving body. ``at_least`` are owed in every declared year; 0 where the text
    is read as a ceiling only."""

    name: str
    keys: tuple[str, ...]
    window: Window
    years: int
    most: int
    in_principle: bool
    article: str
    counts_from: CountsFrom = "approval"
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list that the text gives: a content of inspection, an on-site way, a part of the plan."""

    code: str
    text: str
    article: str


@dataclass(frozen=True, slots=True)
class Method:
    """A way of inspecting: written, on site, third-party evaluation."""

    code: str
    name: str
    article: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body that the text names for a part in the work; with ``category``, every unit of that target category.

    ``inspects_only``: it is named for the groups, which makes it no target.
    """

    code: str
    name: str
    article: str
    category: str = ""
    inspects_only: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of a referral: where it may go, whether it has to be sent, and the words in facts that call for it."""

    code: str
    name: str
    article: str
    destinations: tuple[str, ...]
    must_be_sent: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """A category of units that may be inspected; ``label`` is what a roster writes for it."""

    code: str
    label: str
    name: str
    article: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of inspection: the procedure it follows and the letter of its case numbers, who approves it, which
    methods it may use, which it must use in principle, with which methods together its on-site part may be by
    sampling (empty: never), and which of its contents it always has. The contents are the items of
    ``contents_article``, or the clauses of ``contents`` where it names any."""

    code: str
    name: str
    procedure: str
    letter: str
    article: str
    contents_article: str
    approver: str
    approver_article: str
    methods: tuple[str, ...]
    methods_article: str
    in_principle_methods: tuple[str, ...] = ()
    sampling_with: tuple[str, ...] = ()
    required_contents: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()

    def may_sample(self, methods: set[str]) -> bool:
        """Whether the on-site part may be by sampling when these methods are used."""
        return bool(self.sampling_with) and methods >= set(self.sampling_with)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the product does about one clause. ``by`` holds ``sort:name`` entries, the sort being guard, act,
    term, limit, role, procedure, document or list; ``why`` is the reason, in Chinese."""

    ref: str
    how: CoverageHow
    by: tuple[str, ...]
    why: str

    def named(self, sort: str) -> tuple[str, ...]:
        """The names of one sort in ``by``: ``named("guard")``."""
        return tuple(entry.removeprefix(f"{sort}:") for entry in self.by if entry.startswith(f"{sort}:"))
