"""A database that cannot be used says so, says why, and says what to do; nothing is changed by it."""

from __future__ import annotations

from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

import messages
from storage import idle_connections, key_value, sqlite_driver
from storage.engine import Database, connect, durable_mode, open_database
from storage.errors import Code, DatabaseError


def trouble(url: str) -> str:
    """The code of what stands against opening this."""
    with pytest.raises(DatabaseError) as caught:
        open_database(url)
    assert caught.value.fact and caught.value.cure
    return caught.value.code


def test_a_missing_file_is_said_to_be_missing_and_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "ducha.db"
    assert trouble(str(path)) == "missing"
    assert trouble(f"sqlite:///{path}") == "missing"
    assert not path.exists()


def test_a_missing_directory_is_named(tmp_path: Path) -> None:
    url = str(tmp_path / "none" / "ducha.db")
    assert trouble(url) == "no_directory"
    with pytest.raises(DatabaseError, match="none"):
        connect(url, create=True)


def test_a_directory_is_not_a_database(tmp_path: Path) -> None:
    assert trouble(str(tmp_path)) == "is_directory"


def test_a_file_of_something_else_is_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "ducha.db"
    path.write_bytes("督察".encode() * 2000)
    assert trouble(str(path)) == "not_a_database"


def test_an_empty_file_is_not_initialised(tmp_path: Path) -> None:
    (tmp_path / "ducha.db").touch()
    assert trouble(str(tmp_path / "ducha.db")) == "empty"


def test_a_damaged_database_is_said_to_be_damaged(ready_file: Path) -> None:
    with ready_file.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 4000)
    assert trouble(str(ready_file)) == "damaged"


def test_another_programs_database_is_not_taken_for_ours(database_url: str) -> None:
    database = connect(database_url, create=True)
    with database.writing() as session:
        session.execute(text("CREATE TABLE notes (line TEXT)"))
    database.close()
    assert trouble(database_url) == "foreign"


def test_a_database_of_a_later_version_is_left_alone(own_database: Database, own_url: str) -> None:
    with own_database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert trouble(own_url) == "newer_schema"


@pytest.mark.parametrize("url", ["mysql://root@127.0.0.1/ducha", "sqlite:ducha://", "what://ever"])
def test_an_address_of_nothing_we_know_is_refused(url: str) -> None:
    assert trouble(url) == "bad_url"


@pytest.mark.parametrize("url", ["postgresql://", "postgresql://root@127.0.0.1:5432", "postgresql://root@127.0.0.1/"])
def test_a_server_without_the_name_of_a_database_is_refused(url: str) -> None:
    assert trouble(url) == "no_database_named"


def test_a_path_that_is_too_long_is_refused(tmp_path: Path) -> None:
    assert trouble(str(tmp_path / ("a" * 5000))) == "path_too_long"


def test_a_server_that_does_not_answer_is_unreachable() -> None:
    assert trouble("postgresql://root:secret@127.0.0.1:1/ducha") == "unreachable"


def test_a_database_the_server_does_not_have_is_named_without_the_password(postgresql_url: str) -> None:
    url = make_url(postgresql_url).set(database="ducha_none", password="secret")
    with pytest.raises(DatabaseError, match="ducha_none") as caught:
        open_database(url.render_as_string(hide_password=False))
    assert caught.value.code == "no_database"
    assert "secret" not in str(caught.value)


def test_a_reader_can_change_nothing(database: Database) -> None:
    with pytest.raises(DatabaseError) as caught, database.reading() as session:
        key_value.put(session, "clock", "on")
    assert caught.value.code == "read_only"
    with database.writing() as session:
        key_value.put(session, "clock", "off")
    with database.reading() as session:
        assert key_value.get(session, "clock") == "off"


def test_a_database_that_may_only_be_read_can_be_read(ready_url: str) -> None:
    if "://" in ready_url:
        url = make_url(ready_url).update_query_dict({"options": "-c default_transaction_read_only=on"})
        database = open_database(url.render_as_string(hide_password=False))
    else:
        database = open_database(f"sqlite:///file:{ready_url}?mode=ro&uri=true")
    with database.reading() as session:
        assert key_value.get(session, "clock") is None
    with pytest.raises(DatabaseError) as caught, database.writing() as session:
        key_value.put(session, "clock", "on")
    assert caught.value.code == "read_only"
    database.close()


def test_a_database_somebody_holds_is_said_to_be_locked(ready_url: str) -> None:
    database = open_database(ready_url, busy_seconds=0.2)
    with database.writing() as session:
        key_value.put(session, "clock", "on")
        with pytest.raises(DatabaseError) as caught, database.writing() as other:
            key_value.put(other, "clock", "off")
        assert caught.value.code == "locked"
        assert "0.2" in caught.value.fact
    with database.reading() as session:
        assert key_value.get(session, "clock") == "on"
    database.close()


def test_readers_see_one_state_while_others_write(database: Database) -> None:
    """With a rollback journal the writer waits for the reader instead, so nobody writes meanwhile."""
    with database.writing() as session:
        key_value.put(session, "clock", "on")
    with database.reading() as reader:
        assert key_value.get(reader, "clock") == "on"
        if not database.is_sqlite or durable_mode(sqlite_driver.sqlite_version())[0] == "wal":
            with database.writing() as writer:
                key_value.put(writer, "clock", "off")
        assert key_value.get(reader, "clock") == "on"


def test_what_a_program_does_wrong_is_no_trouble_of_the_database(database: Database) -> None:
    with pytest.raises(Exception, match="nothing") as caught, database.reading() as session:
        session.execute(text("SELECT 1 FROM nothing"))
    assert not isinstance(caught.value, DatabaseError)


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_trouble_has_its_texts_in_both_languages(language: messages.Language) -> None:
    texts = messages.texts("storage", language)
    assert texts.keys() == {
        name for code in (*get_args(Code), "overtaken", "rows_unreadable") for name in (code, f"{code}_cure")
    }
    fields = {field for line in texts.values() for _, field, _, _ in Formatter().parse(line) if field}
    assert fields <= {"where", "detail", "seconds", "directory", "found", "known", "text", "rows", "count"}


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), ("persist", "EXTRA")),
        ((3, 51, 2), ("persist", "EXTRA")),
        ((3, 51, 3), ("wal", "FULL")),
        ((4, 0, 0), ("wal", "FULL")),
    ],
)
def test_a_write_ahead_log_is_kept_only_where_it_is_safe(version: tuple[int, int, int], mode: tuple[str, str]) -> None:
    assert durable_mode(version) == mode


def test_every_sqlite_connection_keeps_commits_through_a_power_cut(ready_file: Path) -> None:
    database = open_database(str(ready_file))
    with database.writing() as session:
        found = [session.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
        assert session.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.close()
    mode, synchronous = durable_mode(sqlite_driver.sqlite_version())
    assert found == [mode, {"FULL": 2, "EXTRA": 3}[synchronous]]


@pytest.mark.parametrize(("idle_seconds", "pings"), [(600.0, 0), (0.0, 2)])
def test_a_connection_of_the_pool_is_asked_whether_it_is_alive_after_a_pause_only(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch, idle_seconds: float, pings: int
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(postgresql_database.engine.dialect, "do_ping", asked.append)
    monkeypatch.setattr(idle_connections, "IDLE_SECONDS", idle_seconds)
    for _ in range(2):
        with postgresql_database.reading():
            pass
    assert len(asked) == pings
