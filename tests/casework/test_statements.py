"""What an act asks of its database: statements written out once, few of them, in few trips."""

from __future__ import annotations

import logging
from itertools import pairwise
from typing import Any

import pytest

from bench.counting import counted
from storage.cases.case_rows import CASES
from storage.people import accounts
from storage.statements import Statement
from tests.casework.office import BACHUAN, COORDINATOR, DONGCHENG, NANCHENG, SUPERVISION_OFFICE, Office

RESULTS = {"receiver": "appraisal_office", "summary": "督察结果"}
BEGIN, ACCOUNT, INSPECTION, CASE, ENTRY, OUTBOX, COMMIT = 1, 1, 1, 1, 1, 1, 1
PLAIN = BEGIN + ACCOUNT + INSPECTION + CASE + ENTRY + OUTBOX + COMMIT
"""The statements of an act that moves one case and asks for nothing around it."""
TRIPS = 2
"""Its trips: what is read; what is written, with the commit. Whether an idle connection is alive is one more."""


def compiled_anew(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The statements SQLAlchemy says it had no use for from before; each is followed by how it was come by."""
    lines = [record.getMessage() for record in caplog.records]
    return [one for one, how in pairwise(lines) if "[no key" in how or "[generated in" in how]


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[Statement]:
    """The statements that are compiled from now on."""
    found: list[Statement] = []
    compile_ = Statement._compile

    def noted(statement: Statement, dialect: Any) -> Any:
        found.append(statement)
        return compile_(statement, dialect)

    monkeypatch.setattr(Statement, "_compile", noted)
    return found


def test_an_act_that_was_done_before_is_done_without_compiling_a_statement(
    office: Office, caplog: pytest.LogCaptureFixture, compiled: list[Statement]
) -> None:
    first = office.special([BACHUAN], problem="无证经营")
    second = office.special([DONGCHENG], problem="以次充好")
    office.does(COORDINATOR, "pass_on", first, RESULTS, key="1")
    compiled.clear()
    with caplog.at_level(logging.INFO, "sqlalchemy.engine.Engine"), counted(office.database) as asked:
        office.special([NANCHENG], problem="缺斤少两")
        office.does(COORDINATOR, "pass_on", second, RESULTS, key="2")
    assert len(asked.queries) > 100
    assert compiled_anew(caplog) == []
    assert compiled == []


def test_a_statement_compiled_for_the_first_time_is_noted(office: Office, compiled: list[Statement]) -> None:
    with office.reading() as session:
        Statement(CASES.select()).fetch_all(session, {})
    assert len(compiled) == 1


def test_a_plain_act_asks_for_its_account_and_its_case_and_writes_three_rows(office: Office) -> None:
    case = office.special([BACHUAN], to="planned")
    with counted(office.database) as asked:
        office.does(SUPERVISION_OFFICE, "file", case)
    assert len(asked.statements) == PLAIN, asked.statements
    assert asked.trips <= TRIPS


def test_a_request_key_costs_two_statements_and_a_trip(office: Office) -> None:
    case = office.special([BACHUAN], to="planned")
    with counted(office.database) as asked:
        office.does(SUPERVISION_OFFICE, "file", case, key="备案")
    assert len(asked.statements) == PLAIN + 2, asked.statements
    # It is claimed for the jurisdiction of the account, once that is known.
    assert asked.trips == (0 if office.database.is_sqlite else TRIPS + 1)


def test_a_question_takes_along_what_is_written_and_is_a_trip_more(office: Office) -> None:
    case = office.special([BACHUAN], to="planned")
    with counted(office.database) as asked, office.at_once(), office.writing() as session:
        office.does(SUPERVISION_OFFICE, "file", case)
        for name in (COORDINATOR, SUPERVISION_OFFICE):
            accounts.load(session, "TL", name)
    assert len(asked.statements) == PLAIN + 2, asked.statements
    # What is read; what is written, with the first question; the second; the commit.
    assert asked.trips == (0 if office.database.is_sqlite else TRIPS + 2)
