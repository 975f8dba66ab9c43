"""What a refused act tells the account that asked: without a role in the act, nothing about other units."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from access.policy import Read
from access.visible_cases import open_reader
from casework.acts.request_context import RequestContext, case_of
from states.engine.forms.reading import FormRefused
from states.engine.refusals import ActRefused

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
    """Only the missing role, for an account without a role in the act that does not see the whole inspection."""
    missing = tuple(one for one in refused.refusals if one.code == ROLE_MISSING)
    if not missing or len(missing) == len(refused.refusals):
        return refused
    reader = open_reader(request.session, request.acting())
    if reader.sees_whole(Read.VERDICT, case_of(request.session, refused.case)):
        return refused
    return ActRefused(refused.case, refused.act, missing)
