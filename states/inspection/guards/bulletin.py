"""The bulletin: its day, and its number, which no other bulletin of that year bears (Tongliang art. 13(5), 14)."""

from __future__ import annotations

from collections.abc import Iterator

from calendars import CalendarRefused, Term
from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection.document_numbers import document_number
from states.inspection.forms.conduct import Bulletin

PUBLISHED = frozenset({"published", "closed", "cancelled"})
"""The states an inspection may be in whose bulletin is out."""


@on_form
def bulletin_day_is_lawful(case: Case, context: Context) -> Iterator[Refusal]:
    """The bulletin follows the consent, and the end of the 15 working days is known."""
    day = context.filled(Bulletin).bulletin_on or context.on
    if day > context.on:
        yield refusal("bulletin_in_the_future", Role.COORDINATOR, day=day, on=context.on)
    if day < case.acted_on:
        yield refusal("bulletin_before_consent", Role.AUTHORITY, earliest=case.acted_on, day=day)
    term = context.regulation.term("rectification_report")
    try:
        context.calendar.count(day, Term(term.length, term.unit, term.rollover, term.article))
    except CalendarRefused as unknown:
        yield refusal("due_date_unknown", Role.ADMINISTRATOR, day=day, why=unknown.explanation, article=term.article)


@on_form
def bulletin_bears_its_own_number(case: Case, context: Context) -> Iterator[Refusal]:
    """The bulletin has a number of its year that no other bulletin of the jurisdiction bears."""
    form = context.filled(Bulletin)
    if not form.number:
        yield refusal("bulletin_unnumbered", Role.COORDINATOR)
        return
    number, year = document_number(form.number), (form.bulletin_on or context.on).year
    if number is None:
        yield refusal("number_malformed", Role.COORDINATOR, number=form.number)
        return
    if number.year != year:
        yield refusal("number_of_another_year", Role.COORDINATOR, number=form.number, year=year)
    for other in context.facts.inspections(PUBLISHED):
        bulletin = other.read("bulletin", Bulletin)
        if other.id != case.id and bulletin and document_number(bulletin.number) == number:
            yield refusal("number_taken", Role.COORDINATOR, number=str(number), case=other.id)
