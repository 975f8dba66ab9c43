"""What an act and a look ask of the database: no statement compiled anew, and no statement a part."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest
from sqlalchemy import event

import regulations
from access.reader import operator
from casework.acts.request_context import open_context
from casework.views import case_lists, case_queries
from casework.views.case_models import CaseView
from states.engine.evaluate import Verdict, possible_acts
from storage.cases import cases
from storage.engine import Session
from tests.casework.office import BACHUAN, COORDINATOR, DONGCHENG, NANCHENG, OFFICERS, TUQIAO, Office

RESULTS = {"receiver": "appraisal_office", "summary": "督察结果"}


def compiled_anew(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The statements SQLAlchemy says it had no use for from before; each is followed by how it was come by."""
    lines = [record.getMessage() for record in caplog.records]
    return [one for one, how in pairwise(lines) if "[no key" in how or "[generated in" in how]


def test_an_act_that_was_done_before_is_done_without_compiling_a_statement(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    first = office.special([BACHUAN], problem="无证经营")
    second = office.special([DONGCHENG], problem="以次充好")
    office.does(COORDINATOR, "pass_on", first, RESULTS, key="1")
    with caplog.at_level(logging.INFO, "sqlalchemy.engine.Engine"):
        office.special([NANCHENG], problem="缺斤少两")
        office.does(COORDINATOR, "pass_on", second, RESULTS, key="2")
    assert len(caplog.records) > 100
    assert compiled_anew(caplog) == []


def counted(office: Office, look: Callable[[Session], object]) -> int:
    """The number of statements that a look at the database takes."""
    statements: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    with office.database.reading() as session:
        event.listen(office.database.engine, "before_cursor_execute", count)
        try:
            look(session)
        finally:
            event.remove(office.database.engine, "before_cursor_execute", count)
    return len(statements)


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
        "list parts": lambda session: case_lists.list_cases(session, operator(), procedure="rectification"),
    }
    taken = {name: counted(office, look) for name, look in looks.items()}
    assert {name: number for name, number in taken.items() if number > 12} == {}
    # A control: the counter does see statements where facts are read for each part.
    assert counted(office, lambda session: judged_case_by_case(office, case, session)) > 100


def test_more_parts_take_no_more_statements(office: Office) -> None:
    few = office.special([BACHUAN], problem="无证经营")
    many = office.special([DONGCHENG, NANCHENG, TUQIAO], problem="以次充好")
    by_case = {case: counted(office, partial(_shown, office, case)) for case in (few, many)}
    assert by_case[few] == by_case[many]


def _shown(office: Office, case: str, session: Session) -> CaseView:
    return case_queries.show(session, office.clock, operator(), case)
