"""What a refused act tells the account that asked: without a role in the act, nothing about other units."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from access.policy import Read
from access.visible_cases import open_reader
from casework.acts.able_accounts import AbleAccounts, always
from casework.acts.request_context import RequestContext, case_of
from states.engine.evaluate import evaluate
from states.engine.forms.reading import FormRefused
from states.engine.refusals import ActRefused
from storage.cases.family_facts import FamilyFacts

ABOUT_THE_REQUEST: Final = frozenset(
    {
        "role_missing",
        "other_jurisdiction",
        "only_in_person",
        "not_of_this_unit",
        "dated_in_the_future",
        "counts_when_recorded",
        "late_entry_by_the_party",
        "late_entry_received_by_a_party",
    }
)
"""Refusals that tell nothing about the inspection: they are about the account, the day and the form."""
ROLE_MISSING: Final = "role_missing"


@contextmanager
def as_seen(request: RequestContext) -> Iterator[None]:
    """Reduce a refusal raised within to what the account may know of the case (decision 0180)."""
    try:
        yield
    except ActRefused as refused:
        raise _reduced(request, refused) from None
    except FormRefused as refused:
        against = refused.against
        raise FormRefused(refused.problems, _reduced(request, against) if against else None) from None


def _reduced(request: RequestContext, refused: ActRefused) -> ActRefused:
    """Only what is about the request, for an account without a role in the act that sees a part of the inspection.

    Any other account gets the names of those who can act today, as far as it may see their accounts.
    """
    case = refused.about or case_of(request.session, refused.case)
    reader = open_reader(request.session, request.acting())
    without_role = any(one.code == ROLE_MISSING for one in refused.refusals)
    if without_role and not reader.sees_whole(Read.VERDICT, case):
        kept = tuple(one for one in refused.refusals if one.code in ABOUT_THE_REQUEST)
        return ActRefused(refused.case, refused.act, kept, case)
    facts = FamilyFacts(request.session, case)
    verdict = replace(evaluate(case, refused.act, request.context(case, facts=facts)), refusals=refused.refusals)
    named = AbleAccounts(request, facts, reader.sees_account).naming(verdict, always(case))
    return ActRefused(refused.case, refused.act, named, case)
