"""No duplicate inspections: whoever inspects what another open inspection does says why (Decree 733 art. 15)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.forms.text_content import is_placeholder
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection import dossier
from states.inspection.forms.application import Submit
from states.inspection.forms.planning import Amend


@on_form
def is_no_duplicate(case: Case, context: Context) -> Iterator[Refusal]:
    """For each open inspection of the same targets the applicant explains why this is no duplicate.

    The explanation names it: a reason for the inspection as such says nothing about another one.
    """
    application = dossier.application(case)
    said = f"{application.not_duplicate if application else ''} {context.filled(Submit).not_duplicate}"
    yield from _unexplained(case.targets, said, case, context)


@on_form
def added_targets_are_no_duplicate(case: Case, context: Context) -> Iterator[Refusal]:
    """The same for the units that an amended plan adds."""
    form = context.filled(Amend)
    added = sorted(set(form.targets) - set(case.targets))
    if added:
        yield from _unexplained(added, form.not_duplicate, case, context)


def _unexplained(targets: Sequence[str], said: str, case: Case, context: Context) -> Iterator[Refusal]:
    # A draft was not asked for yet: one opened by mistake holds nobody up.
    found = (one for one in context.facts.overlapping(targets, case.id) if one.state != "drafted")
    others = [one.id for one in found if one.id != case.parent]
    unnamed = tuple(other for other in others if not re.search(_named(other), said))
    if unnamed:
        yield refusal("overlap_unexplained", Role.COORDINATOR, others=unnamed)
    elif others and _says_nothing_else(said, others):
        yield refusal("overlap_only_named", Role.COORDINATOR, others=tuple(others))


def _named(other: str) -> str:
    return rf"{re.escape(other)}(?![0-9])"


def _says_nothing_else(said: str, others: Sequence[str]) -> bool:
    """Whether the numbers of the other inspections are all that is said."""
    for other in others:
        said = re.sub(_named(other), " ", said)
    return is_placeholder(said) or not any(one.isalpha() for one in said)
