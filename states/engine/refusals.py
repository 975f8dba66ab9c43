"""Refusals: each says what failed, by which article, who can resolve it and from when (rule 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import messages
import regulations
from messages.answers import RefusalView
from messages.errors import DuchaError, Outcome
from regulations import Jurisdiction, office_name
from states.engine.case import Case, Role


@dataclass(frozen=True, slots=True)
class Refusal:
    """One unmet condition.

    ``code`` is stable and names the texts ``refusal.<code>`` (the fact) and ``refusal.<code>_cure``; ``who`` can cure
    it; ``earliest`` is the first lawful date where the date is the problem. ``article`` is the clause it rests on, or
    ``house``, in the version ``regulation``. A guard leaves both to the evaluator, which looks the article up by
    ``rule``, by the code and by the guard; only an article that the regulation's data names with the provision
    itself is given by the guard. ``home`` is the jurisdiction whose offices the texts name. ``people`` are the
    accounts that can cure it today; None where nobody looked, or the reader may not be told.
    """

    code: str
    who: tuple[Role, ...] = ()
    earliest: date | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    rule: str | None = None
    article: str = ""
    regulation: str = ""
    home: Jurisdiction | None = None
    people: tuple[str, ...] | None = None

    @property
    def is_about_who(self) -> bool:
        """Whether the refusal concerns the actor and not the act."""
        return self.code in {"role_missing", "not_of_this_unit", "not_the_receiver", "other_jurisdiction"}

    @property
    def fact(self) -> str:
        """What is wrong, in the current language."""
        return messages.text(f"refusal.{self.code}", **self._display_params())

    @property
    def cure(self) -> str:
        """What to do about it, in the current language."""
        general = f"refusal.{self.code}_cure"
        # Some offices have their own text: a case is submitted to the authority, not handed to a clerk.
        special = [name for role in self.who if messages.has(name := f"{general}_{role.value}")]
        return messages.text(special[0] if len(self.who) == len(special) == 1 else general, **self._display_params())

    @property
    def citation(self) -> str:
        """The short citation of the article in the version the case has pinned."""
        return regulations.by_key(self.regulation).short(self.article)

    def _display_params(self) -> dict[str, Any]:
        """The params as display names: acts, states and methods by their titles, roles by their offices.

        Every text may name an office by its role: ``{authority}``.
        """
        said: dict[str, Any] = {role.value: office_name(role, self.home) for role in Role}
        said |= {name: self._display(name, value) for name, value in self.params.items()}
        return said | {"earliest": self.earliest or "—"}

    def _display(self, name: str, value: object) -> object:
        many = value if isinstance(value, tuple) else (value,)
        if name == "roles":
            many = tuple(office_name(str(role), self.home) for role in many)
        elif area := NAMED.get(name):
            many = tuple(messages.text(f"{area}.{one}") if messages.has(f"{area}.{one}") else one for one in many)
        return "、".join(str(one) for one in many) if isinstance(value, tuple) else many[0]

    @property
    def who_names(self) -> list[str]:
        """The names of the offices that can resolve it."""
        return [office_name(role, self.home) for role in self.who]

    def view(self) -> RefusalView:
        """The refusal as it is returned."""
        return RefusalView(
            code=self.code,
            article=self.article,
            citation=self.citation,
            fact=self.fact,
            cure=self.cure,
            who=tuple(role.value for role in self.who),
            who_names=tuple(self.who_names),
            earliest=self.earliest,
            people=self.people,
        )


NAMED = {
    "act": "act",
    "acts": "act",
    "contents": "content",
    "method": "method",
    "methods": "method",
    "state": "state",
    "states": "state",
    "duty": "choice.duty",
    "mark": "choice.mark",
    "told": "form.ReportIncident",
    "told_first": "form.ReportIncident",
    "told_then": "form.ReportIncident",
}
"""Params that hold an identifier, and the area of the catalogue with its title."""


def refusal(
    code: str,
    *who: Role,
    earliest: date | None = None,
    rule: str | None = None,
    article: str = "",
    **params: object,
) -> Refusal:
    """Shorthand for building a Refusal."""
    return Refusal(code, who, earliest, params, rule, article)


class ActRefused(DuchaError):
    """An act was refused; ``refusals`` lists every unmet condition, never only the first.

    ``about`` is the case as it was judged.
    """

    area = "casework"
    heading = "act_refused"
    judged = True

    def __init__(self, case: str, act: str, refusals: tuple[Refusal, ...], about: Case | None = None) -> None:
        super().__init__("act_refused", case=case, act=act)
        self.about = about
        self.case = case
        self.act = act
        self.refusals = refusals
        self.outcome = outcome_of(refusals)

    @property
    def fact(self) -> str:
        """The facts of all refusals."""
        return " ".join(refusal.fact for refusal in self.refusals)

    def __str__(self) -> str:
        return f"{self.act} on {self.case}: {', '.join(refusal.code for refusal in self.refusals)}"

    @property
    def heading_params(self) -> Mapping[str, object]:
        """The case, and the act by its title."""
        name = f"act.{self.act}"
        return {"case": self.case, "act": messages.text(name) if messages.has(name) else self.act}

    def refusal_views(self) -> tuple[RefusalView, ...]:
        """Every unmet condition with its citation."""
        return tuple(refusal.view() for refusal in self.refusals)


def outcome_of(refusals: tuple[Refusal, ...]) -> Outcome:
    """NOT_PERMITTED where only the caller is wrong, so that another account could do the act."""
    only_the_caller = bool(refusals) and all(refusal.is_about_who for refusal in refusals)
    return Outcome.NOT_PERMITTED if only_the_caller else Outcome.REFUSED
