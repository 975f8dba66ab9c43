"""Databases for the tests: a fresh one each time, on SQLite always and on PostgreSQL where there is one.

On PostgreSQL each test has a database of its own rather than a schema: making one costs about 50 ms and
dropping it 30, dropping a schema of 30 tables 140; and extensions and locks behave as they do in service.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import count

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url

from storage.engine import Database, open_database

BOTH = ("sqlite", "postgresql")
POSTGRES_URL = "DUCHA_TEST_POSTGRES_URL"
_numbers = count(1)


def postgres_server() -> URL | None:
    """Where tests may create databases, or None when the environment names no server."""
    given = os.environ.get(POSTGRES_URL)
    return make_url(given) if given else None


def on(fixture: str, *engines: str, slow: Collection[str] = ()) -> pytest.MarkDecorator:
    """The engines a test runs on, of those that a fixture offers; on the slow ones only when every test runs."""
    params = [pytest.param(engine, marks=[pytest.mark.slow] if engine in slow else []) for engine in engines]
    return pytest.mark.parametrize(fixture, params, indirect=True)


@contextmanager
def postgres_database(server: URL, template: str = "template0") -> Iterator[URL]:
    """A database copied from the template, and dropped at the end whoever still holds it."""
    name = f"ducha_test_{os.getpid()}_{next(_numbers)}"
    dsn = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield server.set(database=name)
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def hurried(url: str) -> Database:
    """A database that does not wait for the disk: where rules and races are tried, not power cuts."""
    if "://" in url and not url.startswith("sqlite"):
        parsed = make_url(url)
        options = f"{parsed.query.get('options', '')} -c synchronous_commit=off"
        url = parsed.update_query_dict({"options": options}).render_as_string(hide_password=False)
    database = open_database(url)
    if database.is_sqlite:
        event.listen(database.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
        database.engine.dispose()
    return database
