"""Refusals as people read them: the clause, the fact, the cure, who can bring it about and from when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import messages
from regulations import HOUSE, JurisdictionRefused, RosterRefused


def format_refusals(head: str, refusals: Sequence[dict[str, Any]], case: str | None = None) -> str:
    """All refusals under one heading, with their clauses; house rules are named as such where a case refused."""
    return "\n".join([head, *(line for number, one in enumerate(refusals, 1) for line in _lines(number, one, case))])


def _lines(number: int, refusal: dict[str, Any], case: str | None) -> Iterator[str]:
    fact = refusal["fact"]
    if case is not None or refusal["article"] != HOUSE:
        fact = messages.text("console.refusal_fact", fact=fact.rstrip("。."), citation=refusal["citation"])
    yield f"{number:>3}. {fact}"
    if refusal["cure"]:
        yield " " * 5 + messages.text("console.refusal_cure", cure=refusal["cure"])
    if refusal["who"]:
        who = messages.text("console.comma").join(refusal["who_names"])
        yield " " * 5 + messages.text("console.refusal_who", who=who)
    if refusal["earliest"]:
        yield " " * 5 + messages.text("console.refusal_earliest", day=refusal["earliest"])


def person_name(area: str, key: str) -> str:
    """What people call an act, a state, a role …; the key itself when the catalogue has no name for it."""
    return messages.text(f"{area}.{key}") if messages.has(f"{area}.{key}") else key


def act_name(act: str) -> str:
    """What people call an act."""
    return person_name("act", act)


def of_roster(error: RosterRefused) -> list[dict[str, Any]]:
    """The problems of a roster in the shape that every refusal has, with row and column."""
    return [
        {
            **refusal(f"roster_{problem.fault}", str(problem).removesuffix(problem.cure), problem.cure),
            "row": problem.row,
            "field": problem.field,
        }
        for problem in error.problems
    ]


def of_jurisdiction(error: JurisdictionRefused) -> list[dict[str, Any]]:
    """The problems of a jurisdiction file in the shape that every refusal has, with the key each is about."""
    return [
        {
            **refusal(f"jurisdiction_{problem.fault}", str(problem).removesuffix(problem.cure), problem.cure),
            "place": problem.place,
        }
        for problem in error.problems
    ]


def plain_refusal(error: Exception) -> dict[str, Any]:
    """An error that is all sentence."""
    code = getattr(error, "code", None) or getattr(error, "text", "refused").rpartition(".")[2]
    return refusal(str(code), getattr(error, "fact", str(error)), getattr(error, "cure", ""))


def refusal(code: str, fact: str, cure: str) -> dict[str, Any]:
    """A refusal that rests on a house rule and has no date to it."""
    return {
        "code": code,
        "article": HOUSE,
        "citation": messages.text("regulations.house_rule"),
        "fact": fact,
        "cure": cure,
        "who": [],
        "earliest": None,
    }
