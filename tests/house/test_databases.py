"""Each test has an empty database of its own, and leaves none behind."""

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import URL

from storage.engine import Database, connect
from storage.migrate import pending
from tests.databases import postgres_database


@pytest.mark.parametrize("attempt", [1, 2])
def test_a_database_is_empty_and_can_be_written(database_url: str, attempt: int) -> None:
    engine = connect(database_url, create=True).engine
    assert inspect(engine).get_table_names() == []
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE mark (attempt INTEGER)"))
        connection.execute(text("INSERT INTO mark VALUES (:attempt)"), {"attempt": attempt})
    engine.dispose()


def test_a_database_is_dropped_even_when_someone_still_holds_it(postgresql_server: URL, postgresql_url: str) -> None:
    names = text("SELECT datname FROM pg_database")
    with create_engine(postgresql_url).connect() as watcher:
        with postgres_database(postgresql_server) as url:
            held = create_engine(url).connect()
            assert url.database in watcher.execute(names).scalars().all()
        assert url.database not in watcher.execute(names).scalars().all()
        held.invalidate()


@pytest.mark.parametrize("attempt", [1, 2])
def test_a_migrated_database_wants_no_migration_and_is_written_by_one_test(database: Database, attempt: int) -> None:
    assert pending(database) == []
    with database.writing() as session:
        session.execute(text("CREATE TABLE mark (attempt INTEGER)"))
