"""Each test has an empty database of its own, and leaves none behind."""

import pytest
from sqlalchemy import create_engine, inspect, text

from tests.databases import postgres_database, postgres_server


@pytest.mark.parametrize("attempt", [1, 2])
def test_a_database_is_empty_and_can_be_written(database_url: str, attempt: int) -> None:
    engine = create_engine(database_url)
    assert inspect(engine).get_table_names() == []
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE mark (attempt INTEGER)"))
        connection.execute(text("INSERT INTO mark VALUES (:attempt)"), {"attempt": attempt})
    engine.dispose()


def test_a_database_is_dropped_even_when_someone_still_holds_it(postgres_url: str) -> None:
    server = postgres_server()
    assert server is not None
    names = text("SELECT datname FROM pg_database")
    with create_engine(postgres_url).connect() as watcher:
        with postgres_database(server) as url:
            held = create_engine(url).connect()
            assert url.database in watcher.execute(names).scalars().all()
        assert url.database not in watcher.execute(names).scalars().all()
        held.invalidate()
