"""One version of one regulation: its clauses, and what it lays down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

import messages
from messages.errors import HOUSE
from regulations.citations import place
from regulations.clauses import Clause, items_under
from regulations.duties import (
    Collective,
    Criterion,
    CriterionGroup,
    Grade,
    Indicator,
    Obligation,
    Outcome,
    Phase,
    Reading,
    ScoreSection,
    Seat,
    Task,
    Veto,
)
from regulations.errors import UnknownArticle, UnknownProvision
from regulations.provisions import Body, Category, Coverage, Ground, Item, Kind, Limit, Method, Term


def items_of(clauses: tuple[Clause, ...], ref: str) -> tuple[Item, ...]:
    """The numbered items under a clause as a list to choose from, without the punctuation that joins them."""
    return tuple(Item(one.ref, one.text.rstrip("；。"), one.ref) for one in items_under(clauses, ref))


@dataclass(frozen=True, slots=True, eq=False)
class Regulation:
    """A regulation as it stood in one version. A ``ref`` is ``13(2)`` for its own clauses, ``decree-733:17``
    for one of the national regulation above it, and ``house`` for a rule of the product's own. ``articles`` says by
    rule key which clause a rule of the tables rests on; a key without an entry is a house rule.
    ``guards_left_out``, ``procedures_left_out`` and ``steps_left_out`` name the guards, procedures and steps of its
    instruments that this version does without; ``deciders`` the role that decides on a talk, a tracing or a listed
    hazard, where the text names one;
    ``reminders`` lists the roles that each step of the reminder schedule reaches; ``instruments`` the kinds of work
    that follow this text, none for a text that only others rest on; ``offices`` the bodies that the text itself names,
    by role, as a proposal for a jurisdiction. ``preamble`` stands before the first article or part, ``closing`` after
    the last."""

    id: str
    version: str
    title: str
    title_en: str
    short_en: str
    issuer: str
    source: str
    status: str
    division: str
    applies_from: date
    applies_note: str
    national: Regulation | None
    clauses: tuple[Clause, ...]
    kinds: tuple[Kind, ...]
    limits: tuple[Limit, ...]
    terms: tuple[Term, ...]
    methods: tuple[Method, ...]
    ways_article: str
    ways: tuple[Item, ...]
    plan_items: tuple[Item, ...]
    target_categories: tuple[Category, ...]
    core_bodies: tuple[Body, ...]
    invited_bodies: tuple[Body, ...]
    referral_destinations: tuple[Body, ...]
    referral_grounds: tuple[Ground, ...]
    result_receivers: tuple[Body, ...]
    coverage: tuple[Coverage, ...]
    articles: Mapping[str, str]
    guards_left_out: frozenset[str]
    reminders: Mapping[str, tuple[str, ...]]
    instruments: tuple[str, ...] = ()
    procedures_left_out: frozenset[str] = frozenset()
    deciders: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, str] = field(default_factory=dict)
    preamble: str = ""
    closing: str = ""
    readings: tuple[Reading, ...] = ()
    collectives: tuple[Collective, ...] = ()
    phases: tuple[Phase, ...] = ()
    seats: tuple[Seat, ...] = ()
    steps_left_out: frozenset[str] = frozenset()
    tasks: tuple[Task, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    score_sections: tuple[ScoreSection, ...] = ()
    criterion_groups: tuple[CriterionGroup, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    grades: tuple[Grade, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    @property
    def key(self) -> str:
        """What a case pins: ``tongliang@2023-08-16``."""
        return f"{self.id}@{self.version}"

    def named(self) -> str:
        """The title in the language spoken."""
        return self.title if messages.current_language() == "zh" else self.title_en

    def article(self, ref: str) -> Clause:
        """The clause that ``ref`` names. Raises UnknownArticle."""
        if ref == HOUSE:
            heading, text = messages.text("regulations.house_rule"), messages.text("regulations.house_rule_text")
            return Clause(HOUSE, heading, text)
        holder, own = self.holder(ref)
        for clause in holder.clauses:
            if clause.ref == own:
                return clause
        raise UnknownArticle(ref=ref, title=self.named())

    def cite(self, ref: str, language: messages.Language | None = None) -> str:
        """The full citation: 《…》第十三条第（二）项. Raises UnknownArticle."""
        self.article(ref)
        if ref == HOUSE:
            return messages.text("regulations.house_rule", language)
        holder, own = self.holder(ref)
        english = (language or messages.current_language()) == "en"
        title = holder.title_en if english else holder.title
        return messages.text("regulations.cite", language, title=title, place=_place_in(holder, own, english))

    def short(self, ref: str, language: messages.Language | None = None) -> str:
        """The citation without the title of this text: 第十三条第（二）项, art. 13(2). Raises UnknownArticle."""
        self.article(ref)
        if ref == HOUSE:
            return messages.text("regulations.house_rule", language)
        holder, own = self.holder(ref)
        english = (language or messages.current_language()) == "en"
        written = _place_in(holder, own, english)
        if holder is self:
            return written
        title = holder.short_en if english else holder.title
        return messages.text("regulations.cite", language, title=title, place=written)

    def short_list(self, refs: Iterable[str], language: messages.Language | None = None) -> str:
        """Several citations, each in full: 第十二条、第二十一条. Raises UnknownArticle."""
        return messages.text("regulations.comma", language).join(self.short(ref, language) for ref in refs)

    def term(self, name: str) -> Term:
        """The term of this name, or the national regulation's of it. Raises UnknownProvision."""
        for term in self.terms:
            if term.name == name:
                return term
        if self.national is None:
            raise self._unknown(name)
        found = self.national.term(name)
        return replace(found, article=f"{self.national.id}:{found.article}")

    def limit(self, name: str) -> Limit:
        """The frequency limit of this name. Raises UnknownProvision."""
        for limit in self.limits:
            if limit.name == name:
                return limit
        raise self._unknown(name)

    def method(self, code: str) -> Method:
        """The method of this code. Raises UnknownProvision."""
        for method in self.methods:
            if method.code == code:
                return method
        raise self._unknown(code)

    def kind(self, code: str) -> Kind:
        """The kind of inspection of this code. Raises UnknownProvision."""
        for kind in self.kinds:
            if kind.code == code:
                return kind
        raise self._unknown(code)

    def contents(self, kind: str) -> tuple[Item, ...]:
        """What an inspection of this kind looks into: the clauses it names, or the items of its article."""
        named = self.kind(kind).contents
        return tuple(map(self._item, named)) if named else items_of(self.clauses, self.kind(kind).contents_article)

    def _item(self, ref: str) -> Item:
        """A clause as an entry of a list, by its first line: a section begins with its title."""
        return Item(ref, self.article(ref).text.partition("\n")[0].partition("。")[0], ref)

    def approver(self, kind: str) -> str:
        """The role that approves this kind."""
        return self.kind(kind).approver

    def holder(self, ref: str) -> tuple[Regulation, str]:
        """The regulation that a ref points into, and the ref there."""
        prefix, colon, own = ref.partition(":")
        if colon and self.national is not None and prefix == self.national.id:
            return self.national, own
        return self, ref

    def _unknown(self, name: str) -> UnknownProvision:
        return UnknownProvision(asked=name, title=self.named())


@lru_cache(maxsize=4096)
def _place_in(text: Regulation, ref: str, english: bool) -> str:
    """Where a clause stands, kept because lists cite the same few clauses over and over.

    Parts that are printed with the same number are told apart by their headings.
    """
    clause = next(one for one in text.clauses if one.ref == ref)
    number = re.match(r"\d*", clause.number)
    same = [one for one in text.clauses if one.top and number and one.number == number[0]]
    where = place(clause.number, text.division, clause.heading if len(same) > 1 else "")
    return where.english if english else where.chinese
