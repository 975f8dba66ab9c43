"""Takes one rule out of the product while tests run: a guard, an act, a role, a term or a limit.

The tables stay as they are: what is patched is where the evaluator asks for the rule, so that only a test of what the
product does can notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from regulations import Limit, Regulation, Term
from states.engine import evaluate
from states.engine.case import Actor, Case, Role
from states.engine.context import Context
from states.engine.pack import Pack
from states.engine.refusals import Refusal
from states.engine.table import Step

SORTS = ("guard", "term", "limit", "role", "act")
"""What can be taken away, by the sort that a row of the coverage names."""


def entry_of(text: Regulation, named: str) -> str:
    """What a row names; a term or limit is that of one text: ``term:rectification_report@tongliang``.

    A national text may name a term that the texts under it set; Tongliang's stands for them.
    """
    sort, _, name = named.partition(":")
    if sort not in ("term", "limit"):
        return named
    own = name in {*(one.name for one in text.terms), *(one.name for one in text.limits)}
    return f"{named}@{text.id if own else _FIRST}"


_FIRST = "tongliang"


@contextmanager
def taken_away(entry: str) -> Iterator[None]:
    """The product without ``guard:plan_names_all_five``, and as it was after that."""
    sort, _, name = entry.partition(":")
    with pytest.MonkeyPatch.context() as patch:
        _TAKING[sort](patch, name)
        yield


def _guard(patch: pytest.MonkeyPatch, name: str) -> None:
    """No row asks the guard."""
    guarded = evaluate._guarded

    def without(case: Case, step: Step, context: Context) -> Iterator[Refusal]:
        guards = tuple(guard for guard in step.guards if guard.__name__ != name)
        return guarded(case, replace(step, guards=guards), context)

    patch.setattr(evaluate, "_guarded", without)


def _act(patch: pytest.MonkeyPatch, name: str) -> None:
    """No table has the act."""
    row = evaluate._row
    patch.setattr(evaluate, "_row", lambda case, act, context: None if act == name else row(case, act, context))


def _role(patch: pytest.MonkeyPatch, name: str) -> None:
    """Everybody holds the role."""
    holds = Actor.holds
    patch.setattr(Actor, "holds", lambda actor, role: role == Role(name) or holds(actor, role))


def _term(patch: pytest.MonkeyPatch, name: str) -> None:
    """The term of this text (``rectification_report@tongliang``) is a day, or a month, longer."""
    term = Regulation.term
    own, _, id = name.partition("@")

    def longer(text: Regulation, asked: str) -> Term:
        found = term(text, asked)
        return replace(found, length=found.length + 1) if (asked, text.id) == (own, id) else found

    patch.setattr(Regulation, "term", longer)


def _limit(patch: pytest.MonkeyPatch, name: str) -> None:
    """The text has no such limit."""
    limit_of = Pack.limit_of
    own, _, id = name.partition("@")

    def without(pack: Pack, case: Case) -> Limit | None:
        found = limit_of(pack, case)
        return None if found is not None and (found.name, pack.regulation.id) == (own, id) else found

    patch.setattr(Pack, "limit_of", without)


_TAKING: dict[str, Any] = {"guard": _guard, "act": _act, "role": _role, "term": _term, "limit": _limit}
