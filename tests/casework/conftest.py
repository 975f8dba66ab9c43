"""An office of Tongliang on each engine, as it is before its first act."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlalchemy.engine import URL

from casework.administration.jurisdiction_setup import set_up
from casework.clock import SystemClock
from storage.engine import open_database
from storage.rows import Row
from tests.casework.matters_office import of_home
from tests.casework.office import Office
from tests.databases import hurried, postgres_database


def _found_anew(url: str) -> None:
    """Units and accounts of Tongliang, and nothing else."""
    database = open_database(url)
    with database.writing() as session:
        for table in reversed(Row.metadata.sorted_tables):
            session.execute(delete(table))
        set_up(session, clock=SystemClock())
    database.close()


@pytest.fixture(scope="session")
def founded_sqlite(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(migrated_sqlite, tmp_path_factory.mktemp("founded") / "ducha.db"))
    _found_anew(str(path))
    return path


@pytest.fixture(scope="session")
def shared_postgresql(postgresql_server: URL, migrated_postgresql: URL) -> Iterator[str]:
    """One database for all these tests: emptying it takes a hundredth of the time that making one does."""
    with postgres_database(postgresql_server, template=str(migrated_postgresql.database)) as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def office_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with the units and accounts of Tongliang."""
    if request.param == "sqlite":
        return str(shutil.copy(request.getfixturevalue("founded_sqlite"), tmp_path / "office.db"))
    url: str = request.getfixturevalue("shared_postgresql")
    _found_anew(url)
    return url


@pytest.fixture
def office(office_url: str) -> Iterator[Office]:
    """An office on the second of March 2026, with nothing on its desk; its database does not wait for the disk."""
    database = hurried(office_url)
    yield Office(database)
    database.close()


@pytest.fixture
def region(office_url: str) -> Iterator[Office]:
    """Xinjiang, in a database that has Tongliang as well."""
    yield from of_home("XJ", office_url)


@pytest.fixture
def city(office_url: str) -> Iterator[Office]:
    """Chengdu, in a database that has Tongliang as well."""
    yield from of_home("CD", office_url)
