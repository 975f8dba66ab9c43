"""Who read what is on record: after the read, in a transaction of its own, and without ever failing the read."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

import pytest

from access.access_record import record
from access.policy import Read
from access.reader import operator
from casework.clock import FixedClock
from casework.errors import NotFound, NotPermitted
from casework.readers import reader_of, reading_as
from casework.views import access_list, case_queries
from casework.views.case_lists import list_cases
from storage.engine import Database, open_database
from tests.casework.office import (
    ADMINISTRATOR,
    AUDITOR,
    BACHUAN,
    COORDINATOR,
    OFFICERS,
    Office,
    dump,
)


def recorded(office: Office, reader: str | None = None, **asked: Any) -> list[tuple[str | None, str, str | None, bool]]:
    """The record as somebody is shown it, oldest first."""
    with office.reading() as session:
        found = access_list.list_reads(session, reader_of(session, reader), **asked)
    return [(one.account, one.kind, one.case, one.found) for one in reversed(found)]


def looks(office: Office, account: str | None, case: str) -> None:
    with reading_as(office.database, office.clock, account, request="r-1") as (session, reader):
        case_queries.show(session, office.clock, reader, case)


def test_every_read_is_recorded_with_its_reader_and_so_is_one_that_found_nothing(office: Office) -> None:
    case = office.special([BACHUAN], to="drafted")
    looks(office, COORDINATOR, case)
    looks(office, None, case)
    with pytest.raises(NotFound):
        looks(office, OFFICERS[BACHUAN], case)
    with reading_as(office.database, office.clock, AUDITOR) as (session, reader):
        list_cases(session, reader, unit=BACHUAN)
    assert recorded(office) == [
        (COORDINATOR, "case", case, True),
        (None, "case", case, True),
        (OFFICERS[BACHUAN], "case", case, False),
        (AUDITOR, "case_list", None, True),
    ]
    with office.reading() as session:
        rows = access_list.list_reads(session, operator())
    assert [row.unit for row in rows] == [BACHUAN, None, None, None]
    assert [row.request for row in rows] == [None, "r-1", "r-1", "r-1"]
    assert {row.jurisdiction for row in rows} == {"TL"}
    assert {row.recorded_at.date() for row in rows} == {office.day}


def test_the_record_is_narrowed_down_by_reader_kind_case_unit_and_day(office: Office) -> None:
    first, second = office.special([BACHUAN], to="drafted"), office.special([BACHUAN], to="drafted")
    looks(office, COORDINATOR, first)
    looks(office.later(), None, second)
    with reading_as(office.database, office.clock, COORDINATOR) as (session, reader):
        list_cases(session, reader, unit=BACHUAN)
    shown = {one: (COORDINATOR if one == first else None, "case", one, True) for one in (first, second)}
    listed = (COORDINATOR, "case_list", None, True)
    assert recorded(office, account=COORDINATOR) == [shown[first], listed]
    assert recorded(office, kind="case") == [shown[first], shown[second]]
    assert recorded(office, case_id=second) == [shown[second]]
    assert recorded(office, unit=BACHUAN) == [listed]
    assert recorded(office, since=office.day) == [shown[second], listed]
    assert recorded(office, until=date(2026, 3, 2)) == [shown[first]]
    assert recorded(office, limit=1) == [listed]


def test_the_auditor_sees_the_record_of_the_jurisdiction_and_nobody_else_does(office: Office) -> None:
    at = office.clock.now()
    foreign, everywhere = operator(), operator()
    foreign.note(Read.CASE, jurisdiction="YJ", case="YJ-2026-X01")
    everywhere.note(Read.CASE_LIST)
    assert record(office.database, foreign, at) and record(office.database, everywhere, at)
    looks(office, COORDINATOR, office.special([BACHUAN], to="drafted"))
    assert [kind for _, kind, _, _ in recorded(office)] == ["case", "case_list", "case"]
    assert recorded(office, AUDITOR) == [(None, "case_list", None, True), (COORDINATOR, "case", "TL-2026-X01", True)]
    for name in (COORDINATOR, ADMINISTRATOR, OFFICERS[BACHUAN]):
        with pytest.raises(NotPermitted) as refused:
            recorded(office, name)
        assert refused.value.code == "auditor_only"


def test_what_was_read_is_written_in_one_statement_and_once(office: Office) -> None:
    reader = operator()
    for number in range(50):
        reader.note(Read.CASE, jurisdiction="TL", case=f"TL-2026-X{number:02d}")
    assert record(office.database, reader, office.clock.now())
    assert record(office.database, reader, office.clock.now())
    assert len(dump(office.database)["access_record"]) == 50


def test_a_database_that_may_only_be_read_keeps_no_record_and_fails_no_read(
    office: Office, office_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    case = office.special([BACHUAN], to="drafted")
    read_only = (
        f"sqlite:///file:{office_url}?mode=ro&uri=true"
        if office.database.is_sqlite
        else f"{office_url}?options=-c%20default_transaction_read_only%3Don"
    )
    database = open_database(read_only)
    with caplog.at_level(logging.WARNING), reading_as(database, office.clock, COORDINATOR) as (session, reader):
        assert case_queries.show(session, office.clock, reader, case).case.case == case
    database.close()
    assert dump(office.database)["access_record"] == [] and caplog.records == []


@pytest.mark.slow
def test_a_busy_database_fails_no_read_and_the_missing_record_is_logged(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DUCHA_BUSY_SECONDS", "0")
    database = open_database(sqlite_database.where)
    reader = operator()
    reader.note(Read.CASE_LIST)
    with sqlite_database.writing(), caplog.at_level(logging.WARNING):
        assert not record(database, reader, FixedClock.on(date(2026, 3, 2)).now())
    database.close()
    assert "locked" in caplog.text
