"""Statements on the driver: one text for all values, errors as SQLAlchemy raises them, and what waits is not lost."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from bench.counting import counted
from storage import statements
from storage.among import among
from storage.engine import Database
from storage.rows import Setting, table
from storage.statements import Statement, inserting

SETTINGS = table(Setting)
ADD = inserting(SETTINGS)
NAMED = Statement(select(SETTINGS.c.name).where(among(SETTINGS.c.name, "keys")).order_by(SETTINGS.c.name))
ONE, TWO = {"name": "一", "value": "1"}, {"name": "二", "value": "2"}


def keys(database: Database) -> list[str]:
    with database.reading() as session:
        return [key for (key,) in NAMED.fetch_all(session, {"keys": ("一", "二", '"三"')})]


def test_a_list_goes_in_as_one_value(database: Database) -> None:
    with database.writing() as session:
        for row in (ONE, TWO, {"name": '"三"', "value": "3"}):
            ADD.execute(session, row)
    assert keys(database) == sorted(("一", "二", '"三"'))
    with database.reading() as session:
        assert list(NAMED.fetch_all(session, {"keys": ()})) == []


def test_a_statement_whose_text_depends_on_its_values_is_refused(database: Database) -> None:
    with database.reading() as session, pytest.raises(ValueError, match="not one text"):
        Statement(select(SETTINGS).where(SETTINGS.c.name.in_(["一"]))).fetch_all(session, {})


def test_what_waits_is_seen_by_what_is_asked_next(database: Database) -> None:
    with database.writing() as session:
        ADD.execute_later(session, ONE)
        assert NAMED.fetch_one(session, {"keys": ("一",)}) is not None
        ADD.execute_later(session, TWO)
        assert session.execute(select(SETTINGS.c.value).where(SETTINGS.c.name == "二")).scalar_one() == "2"
    assert keys(database) == ["一", "二"]


def test_what_waits_goes_before_what_sqlalchemy_executes(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        ADD.execute_later(session, ONE)
        session.execute(insert(SETTINGS), [ONE, TWO])
    assert keys(database) == []


def test_nothing_that_waits_is_written_where_something_is_raised(database: Database) -> None:
    with pytest.raises(LookupError), database.writing() as session:
        ADD.execute_later(session, ONE)
        raise LookupError
    assert keys(database) == []


def test_one_that_is_refused_takes_the_others_along(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        ADD.execute_later(session, TWO)
        ADD.execute_later(session, ONE)
        ADD.execute_later(session, ONE)
    assert keys(database) == []
    with database.writing() as session:
        ADD.execute_later(session, ONE)
    assert keys(database) == ["一"]


def test_what_is_fetched_ahead_is_taken_once(database: Database) -> None:
    asked = {"keys": ("一",)}
    with database.writing() as session:
        statements.fetch_ahead(session, (NAMED, asked))
        assert NAMED.fetch_one(session, asked) is None
        ADD.execute_later(session, ONE)
        assert NAMED.fetch_one(session, asked) is not None


def test_a_transaction_that_asks_nothing_goes_to_the_server_for_its_connection_only(database: Database) -> None:
    with counted(database) as asked, database.writing():
        pass
    assert asked.queries == []
    assert asked.trips <= 1
