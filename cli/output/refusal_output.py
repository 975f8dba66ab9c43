"""Refusals as people read them: the clause, the fact, the cure, who can bring it about and from when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import messages
import regulations
from regulations import HOUSE, JurisdictionRefused, Regulation, RegulationsError, RosterRefused


def format_refusals(head: str, refusals: Sequence[dict[str, Any]], case: str | None = None) -> str:
    """All refusals under one heading, with their clauses; house rules are named as such where a case refused."""
    return "\n".join([head, *(line for number, one in enumerate(refusals, 1) for line in _lines(number, one, case))])


def _lines(number: int, refusal: dict[str, Any], case: str | None) -> Iterator[str]:
    fact = refusal["fact"]
    if case is not None or refusal["article"] != HOUSE:
        fact = messages.text(
            "console.refusal_fact", fact=fact.rstrip("。."), citation=format_citation(refusal["article"], case)
        )
    yield f"{number:>3}. {fact}"
    if refusal["cure"]:
        yield " " * 5 + messages.text("console.refusal_cure", cure=refusal["cure"])
    if refusal["who"]:
        who = messages.text("console.comma").join(refusal["who_names"])
        yield " " * 5 + messages.text("console.refusal_who", who=who)
    if refusal["earliest"]:
        yield " " * 5 + messages.text("console.refusal_earliest", day=refusal["earliest"])


def format_citation(article: str, case: str | None = None) -> str:
    """A clause as it is cited in a column, under the regulation of the jurisdiction that the case belongs to."""
    try:
        return _regulation_of(case).short(article)
    except RegulationsError:
        return article


def term_named(term: str, case: str) -> str:
    """What a term is called: by the regulation that has it, otherwise by the catalogue."""
    from casework.views.case_views import term_title

    return term_title(term, _regulation_of(case).key)


def _regulation_of(case: str | None) -> Regulation:
    """The regulation of the jurisdiction whose prefix the case has; the first one for any other case."""
    prefix = (case or "").partition("-")[0]
    homes = regulations.jurisdictions()
    home = next((one for one in homes if one.case_prefix == prefix), homes[0])
    return regulations.load(home.regulation)


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
    return {"code": code, "article": HOUSE, "fact": fact, "cure": cure, "who": [], "earliest": None}
