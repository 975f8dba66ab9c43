"""What an act leaves in hand for the next one is what the next one would have read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pytest
from sqlalchemy import select

from storage.cases import case_rows, known_rows
from storage.cases.case_rows import CASES
from tests.casework.office import BACHUAN, COORDINATOR, DONGCHENG, SUPERVISION_OFFICE, TUQIAO, Office

TRANSACTION: Final = 22
"""What SQLite asks an authorizer about BEGIN and COMMIT, which the driver prepares each time."""


def typed(value: Any) -> Any:
    """A value with its types, which equality does not see."""
    if isinstance(value, Mapping):
        return {name: typed(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [type(value), *map(typed, value)]
    return type(value), value


def test_what_was_written_is_what_is_read(office: Office) -> None:
    case = office.special([BACHUAN, TUQIAO])
    office.does(COORDINATOR, "pass_on", case, {"receiver": "appraisal_office", "summary": "督察结果"})
    with office.reading() as session:
        rows = session.execute(select(CASES)).all()
    assert len(rows) > 5
    for row in rows:
        known, read = known_rows.known(row), case_rows.made_of(row)
        assert known is not None
        assert known.case == read
        assert typed(known.case.dossier) == typed(read.dossier)
        assert typed(known.case.actors_by_act) == typed(read.actors_by_act)


@pytest.mark.parametrize("office_url", ["sqlite"], indirect=True)
def test_sqlite_prepares_the_statements_of_an_act_once(office: Office) -> None:
    """PostgreSQL's driver prepares what is asked often by itself."""
    with office.database.engine.connect() as session:
        driver: Any = session.connection.driver_connection
    prepared: list[int] = []

    def allow(action: int, *_about: object) -> int:
        prepared.append(action)
        return 0

    # This alone makes SQLite prepare everything anew, once.
    driver.set_authorizer(allow)
    # However much else the connection is used for, before and between.
    for number in range(150):
        driver.execute(f"SELECT {number}").fetchall()
    cases = [office.special([target], to="planned", problem=target) for target in (BACHUAN, DONGCHENG)]
    office.does(SUPERVISION_OFFICE, "file", cases[0])
    for number in range(150):
        driver.execute(f"SELECT {number}, 1").fetchall()
    prepared.clear()
    office.does(SUPERVISION_OFFICE, "file", cases[1])
    driver.set_authorizer(None)
    assert [action for action in prepared if action != TRANSACTION] == []
