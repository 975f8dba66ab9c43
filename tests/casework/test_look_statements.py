"""What a look at cases asks of its database: a few statements, however many parts an inspection has."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import regulations
from access.reader import operator
from bench.counting import counted
from casework.acts.request_context import open_context
from casework.views import case_lists, case_queries
from casework.views.case_models import CaseView
from states.engine.evaluate import Verdict, possible_acts
from storage.cases import cases
from storage.engine import Session
from tests.casework.office import BACHUAN, DONGCHENG, NANCHENG, OFFICERS, TUQIAO, Office


def statements_of(office: Office, look: Callable[[Session], object]) -> int:
    """The number of statements that a look at the database takes."""
    with counted(office.database) as asked, office.reading() as session:
        look(session)
    return len(asked.queries)


def judged_case_by_case(office: Office, case: str, session: Session) -> list[Verdict]:
    """What may be done on an inspection and its parts, each part with facts of its own read as guards ask for them."""
    desk = open_context(session, office.clock, None)
    family = cases.family(session, case)
    return [verdict for part in family for verdict in possible_acts(part, desk.context(part))]


def test_an_inspection_of_28_townships_is_shown_in_few_statements_however_much_is_under_it(office: Office) -> None:
    townships = [unit.code for unit in regulations.jurisdiction("TL").roster() if unit.category == "镇（街道）"]
    assert len(townships) == 28
    case = office.inspection("comprehensive", townships, "published")
    rectification = office.part(case, "rectification", TUQIAO)
    looks: dict[str, Callable[[Session], object]] = {
        "show": lambda session: case_queries.show(session, office.clock, operator(), case),
        "show part": lambda session: case_queries.show(session, office.clock, operator(), rectification),
        "why": lambda session: case_queries.why(session, office.clock, operator(), case, "close"),
        "why part": lambda session: case_queries.why(
            session, office.clock, operator(), case, "file_plan", actor=OFFICERS[TUQIAO]
        ),
        "list": lambda session: case_lists.list_cases(session, operator()),
        "list parts": lambda session: case_lists.list_cases(session, operator(), procedure=["rectification"]),
    }
    taken = {name: statements_of(office, look) for name, look in looks.items()}
    assert {name: number for name, number in taken.items() if number > 12} == {}
    # A control: the counter does see statements where facts are read for each part.
    assert statements_of(office, lambda session: judged_case_by_case(office, case, session)) > 60


def test_more_parts_take_no_more_statements(office: Office) -> None:
    few = office.special([BACHUAN], problem="无证经营")
    many = office.special([DONGCHENG, NANCHENG, TUQIAO], problem="以次充好")
    by_case = {case: statements_of(office, partial(_shown, office, case)) for case in (few, many)}
    assert by_case[few] == by_case[many]


def _shown(office: Office, case: str, session: Session) -> CaseView:
    return case_queries.show(session, office.clock, operator(), case)
