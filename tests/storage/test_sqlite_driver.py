"""Which SQLite opens a file, which journal it keeps, and what happens where the shipped library is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from storage import backup_files, key_value, sqlite_driver
from storage.engine import Database, connect, durable_mode, open_database
from storage.errors import DatabaseError
from storage.sqlite_driver import driver, open_file
from tests.house.repository import ROOT, pyproject

OLD = (3, 40, 1)
[SHIPPED] = [r for r in map(Requirement, pyproject()["project"]["dependencies"]) if r.name == "pysqlite3"]
assert SHIPPED.marker is not None
PLATFORMS = {
    "linux on x86-64": ("linux", "x86_64", True),
    "linux on arm64": ("linux", "aarch64", False),
    "macos on arm64": ("darwin", "arm64", True),
    "macos on intel": ("darwin", "x86_64", False),
    "windows": ("win32", "AMD64", True),
}


@pytest.mark.parametrize(("system", "machine", "shipped"), PLATFORMS.values(), ids=PLATFORMS)
def test_the_newer_library_is_asked_for_where_it_has_a_wheel(system: str, machine: str, shipped: bool) -> None:
    assert SHIPPED.marker is not None
    here = {"sys_platform": system, "platform_machine": machine, "implementation_name": "cpython"}
    for python, has_wheel in (("3.11", True), ("3.14", True), ("3.15", False)):
        assert SHIPPED.marker.evaluate({**here, "python_version": python}) == (shipped and has_wheel)


@pytest.fixture
def without_wheel(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a machine for which pysqlite3 has no wheel."""
    monkeypatch.setitem(sys.modules, "pysqlite3.dbapi2", None)
    driver.cache_clear()
    yield
    driver.cache_clear()


def test_the_shipped_library_is_used_where_it_is_installed() -> None:
    assert SHIPPED.marker is not None
    expected = "pysqlite3" if SHIPPED.marker.evaluate() else "sqlite3"
    assert sqlite_driver.description().split()[0] == driver().__name__.partition(".")[0] == expected


def test_without_it_pythons_own_serves(without_wheel: None, ready_file: Path) -> None:
    assert driver().__name__ == "sqlite3" and "Python 3." in sqlite_driver.description()
    database = open_database(str(ready_file))
    with database.reading() as session:
        assert isinstance(session.connection.driver_connection, driver().Connection)
        assert session.exec_driver_sql("SELECT sqlite_version()").scalar_one() == driver().sqlite_version
    database.close()


def test_errors_of_either_library_are_said_in_our_words(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    (tmp_path / "ducha.db").write_bytes("督察".encode() * 2000)
    for fixture in (None, "without_wheel"):
        if fixture:
            request.getfixturevalue(fixture)
        with pytest.raises(DatabaseError) as raised:
            open_database(str(tmp_path / "ducha.db"))
        assert raised.value.code == "not_a_database"
        assert isinstance(raised.value.__cause__, driver().Error)


def mode_in(file: Path) -> str:
    """The journal mode that the file itself names: only WAL is written down in it."""
    with closing(open_file(file)) as connection:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def as_version(monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int]) -> None:
    monkeypatch.setattr(sqlite_driver, "sqlite_version", lambda: version)


def modes(database: Database) -> tuple[str, int]:
    """Journal mode and synchronous setting of a writer."""
    with database.writing() as session:
        mode, level = (
            session.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("journal_mode", "synchronous")
        )
    return str(mode), int(level)


def test_a_file_is_converted_when_it_is_opened_and_keeps_what_it_holds(
    ready_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version, mode, level in ((OLD, "persist", 3), ((3, 53, 4), "wal", 2), (OLD, "persist", 3)):
        as_version(monkeypatch, version)
        database = open_database(str(ready_file))
        assert modes(database) == (mode, level)
        with database.writing() as session:
            key_value.put(session, mode, "kept")
        database.close()
        assert (mode_in(ready_file) == "wal") == (mode == "wal")
        assert not [name for name in os.listdir(ready_file.parent) if name.endswith(("-wal", "-shm"))]
    database = open_database(str(ready_file))
    with database.reading() as session:
        assert [key_value.get(session, mode) for mode in ("persist", "wal")] == ["kept", "kept"]
    database.close()


def test_a_plain_connection_leaves_the_mode_as_it_is(ready_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_version(monkeypatch, OLD)
    open_database(str(ready_file)).close()
    with closing(open_file(ready_file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"


@pytest.mark.skipif(durable_mode(sqlite_driver.sqlite_version())[0] != "wal", reason="this SQLite keeps no log")
def test_a_file_that_may_only_be_read_is_read_in_the_mode_it_has(ready_file: Path) -> None:
    with closing(open_file(ready_file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    database = open_database(f"sqlite:///file:{ready_file}?mode=ro&uri=true")
    with database.reading() as session:
        assert session.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete"
        assert key_value.get(session, "mark") is None
    database.close()


def as_nobody(job: Callable[[], object]) -> None:
    """In a process that may write nothing of what this one owns."""

    def run() -> None:
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        job()

    process = get_context("fork").Process(target=run)
    process.start()
    process.join()
    assert process.exitcode == 0


@pytest.fixture
def in_a_folder_of_others(ready_file: Path) -> Iterator[Path]:
    """A database in a folder in which only its owner may write; for the superuser, whom nothing stops, a test changes
    to another user."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(shutil.copy(ready_file, Path(name) / "ducha.db"))
        database = open_database(str(path))
        with database.writing() as session:
            key_value.put(session, "mark", "1")
        database.close()
        path.chmod(0o444)
        Path(name).chmod(0o555)
        yield path
        Path(name).chmod(0o755)


def test_a_database_in_a_folder_that_may_not_be_written_can_be_read(in_a_folder_of_others: Path) -> None:
    def look() -> None:
        database = open_database(str(in_a_folder_of_others))
        with database.reading() as session:
            assert key_value.get(session, "mark") == "1"
        with pytest.raises(DatabaseError) as raised, database.writing() as session:
            key_value.put(session, "mark", "2")
        assert raised.value.code == "read_only"
        with backup_files.reading_snapshot(database) as calm, calm.reading() as session:
            assert key_value.get(session, "mark") == "1"
        database.close()

    as_nobody(look)
    assert os.listdir(in_a_folder_of_others.parent) == ["ducha.db"]


def sent(database: Database, work: Callable[[], object]) -> list[str]:
    """The first words of everything that the connections to the database send meanwhile."""
    lines: list[str] = []
    for pool in filter(None, (database.engine.pool, database.readers)):
        connection = pool.connect()
        raw = connection.driver_connection
        assert raw is not None
        raw.set_trace_callback(lines.append)
        connection.close()
    work()
    return [" ".join(line.split()[:2]) for line in lines]


def alternately(database: Database) -> Callable[[], None]:
    def work() -> None:
        for number in range(2):
            with database.reading() as session:
                key_value.get(session, "mark")
            with database.writing() as session:
                key_value.put(session, "mark", str(number))

    return work


def test_reading_and_writing_in_turn_makes_no_statement_be_prepared_again(ready_file: Path) -> None:
    """PRAGMA query_only makes SQLite prepare every statement of its connection anew."""
    database = open_database(str(ready_file))
    alternately(database)()
    assert sent(database, alternately(database)) == [
        "BEGIN", "SELECT setting.value", "COMMIT", "BEGIN IMMEDIATE", "INSERT INTO", "COMMIT",
    ] * 2  # fmt: skip
    database.close()


def test_in_memory_where_there_is_one_connection_a_reader_still_writes_nothing() -> None:
    database = connect("sqlite://", create=True)
    with database.writing() as session:
        session.exec_driver_sql("CREATE TABLE t (n INTEGER)")
    with pytest.raises(DatabaseError) as raised, database.reading() as session:
        session.exec_driver_sql("INSERT INTO t VALUES (1)")
    assert raised.value.code == "read_only"
    with database.writing() as session:
        session.exec_driver_sql("INSERT INTO t VALUES (1)")
    database.close()


SAME = (
    "tests/storage/test_engine.py",
    "tests/storage/test_auditors.py::test_all_of_them_see_one_state_while_others_go_on_writing",
    "tests/storage/test_auditors.py::test_several_find_what_one_finds",
    "tests/casework/test_backups.py",
    "tests/casework/test_anchoring.py",
)


@pytest.mark.timeout(600)
def test_backups_verification_and_locks_hold_without_the_shipped_library_as_well(tmp_path: Path) -> None:
    """The same tests in a process in which pysqlite3 cannot be imported, nor in the processes that it starts."""
    (tmp_path / "pysqlite3.py").write_text("raise ImportError\n")
    (tmp_path / "test_control.py").write_text(
        "from storage.sqlite_driver import driver\n\n"
        "def test_the_library_is_pythons_own():\n    assert driver().__name__ == 'sqlite3'\n"
    )
    environ = {name: value for name, value in os.environ.items() if name != "DUCHA_TEST_POSTGRES_URL"}
    environ["PYTHONPATH"] = str(tmp_path)
    options = ["-q", "-p", "no:cacheprovider", "-k", "not postgresql", "-n", "0"]
    command = [sys.executable, "-m", "pytest", *options, *SAME, str(tmp_path / "test_control.py")]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout.splitlines()[-1]
