"""Refusals as people read them: the clause, the fact, the cure, who can bring it about and from when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import messages
from messages.errors import HOUSE

if TYPE_CHECKING:
    from messages.answers import RefusalView

FEW: Final = 5
"""People who are named one by one."""


def format_refusals(head: str, refusals: Sequence[RefusalView], *, judged: bool) -> str:
    """All refusals under one heading, with their clauses; house rules are named as such where a case was judged."""
    lines = (line for number, one in enumerate(refusals, 1) for line in _lines(number, one, judged))
    return "\n".join([head, *lines])


def _lines(number: int, refusal: RefusalView, judged: bool) -> Iterator[str]:
    fact = refusal.fact
    if judged or refusal.article != HOUSE:
        fact = messages.text("console.refusal_fact", fact=fact.rstrip("。."), citation=refusal.citation)
    yield f"{number:>3}. {fact}"
    if refusal.cure:
        yield " " * 5 + messages.text("console.refusal_cure", cure=refusal.cure)
    if refusal.who:
        who = messages.text("console.comma").join(refusal.who_names)
        yield " " * 5 + messages.text("console.refusal_who", who=who)
    if refusal.people is not None:
        yield " " * 5 + _people_text(refusal.people)
    if refusal.earliest:
        yield " " * 5 + messages.text("console.refusal_earliest", day=refusal.earliest)


def _people_text(people: Sequence[str]) -> str:
    """Who can bring it about today, the first few by name."""
    if not people:
        return messages.text("console.refusal_nobody")
    named = messages.text("console.comma").join(people[:FEW])
    if len(people) > FEW:
        named = messages.text("console.refusal_people_more", people=named, count=len(people))
    return messages.text("console.refusal_people", people=named)


def person_name(area: str, key: str) -> str:
    """What people call an act, a state, a role …; the key itself when the catalogue has no name for it."""
    return messages.text(f"{area}.{key}") if messages.has(f"{area}.{key}") else key


def act_name(act: str, procedure: str = "") -> str:
    """What people call an act, or a procedure of its acts where that has a name of its own for it."""
    own = f"act.{procedure}.{act}"
    return messages.text(own) if messages.has(own) else person_name("act", act)
