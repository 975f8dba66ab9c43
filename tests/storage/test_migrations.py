"""The migrations come to the schema of the rows, whole or not at all, on either engine."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from multiprocessing import get_context
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Inspector, inspect, text
from sqlalchemy.engine import make_url

from states.engine.case import Actor, Role
from storage import case_numbers, migrate, schema
from storage.cases import idempotency
from storage.engine import Database, Session, connect, open_database
from storage.errors import DatabaseError
from storage.journal import account_journal, verification
from storage.people import accounts
from storage.rows import Row
from tests.databases import BOTH, on
from tests.storage.racers import upgrade
from tests.storage.samples import NOW, opened


def test_the_migrated_schema_is_that_of_the_rows(database: Database) -> None:
    with database.reading() as session:
        assert compare_metadata(MigrationContext.configure(session), Row.metadata) == []
        found = inspect(session)
        for table in Row.metadata.tables.values():
            assert _checks(found, table.name) == {
                str(check.name) for check in table.constraints if getattr(check, "sqltext", None) is not None
            }
            assert _conditions(found, database, table.name) == {
                str(index.name): str(condition)
                for index in table.indexes
                if (condition := index.dialect_options["sqlite"]["where"]) is not None
            }


def test_every_constraint_and_index_has_a_name(database: Database) -> None:
    with database.reading() as session:
        found = inspect(session)
        assert Row.metadata.tables
        for table in Row.metadata.tables:
            named: list[Any] = [
                found.get_pk_constraint(table),
                *found.get_foreign_keys(table),
                *found.get_unique_constraints(table),
                *found.get_check_constraints(table),
                *found.get_indexes(table),
            ]
            assert all(item["name"] for item in named), table


def test_the_fences_are_there(database: Database) -> None:
    with database.reading() as session:
        assert _fences(session) == (
            {"ex_frequency_use_window_insert", "ex_frequency_use_window_update"}
            if database.is_sqlite
            else {"ex_frequency_use_window"}
        )


def test_the_revisions_are_those_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(files("storage").joinpath("migrations")))
    scripts = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert list(reversed(scripts)) == list(schema.REVISIONS)


def test_what_is_pending_is_said_before_it_is_done(database_url: str) -> None:
    database = connect(database_url, create=True)
    assert migrate.current(database) is None
    pending = migrate.pending(database)
    assert [step.revision for step in pending] == list(schema.REVISIONS)
    assert all(step.title for step in pending)
    assert migrate.current(database) is None
    assert migrate.upgrade(database) == pending
    assert migrate.upgrade(database) == migrate.pending(database) == []
    assert migrate.current(database) == schema.REVISIONS[-1]
    database.close()


def test_a_migration_that_fails_leaves_nothing_behind(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = connect(database_url, create=True)

    def fail(session: Session) -> None:
        run(session)
        raise ZeroDivisionError

    run = migrate._run
    monkeypatch.setattr(migrate, "_run", fail)
    with pytest.raises(ZeroDivisionError):
        migrate.upgrade(database)
    with database.reading() as session:
        assert inspect(session).get_table_names() == []
    database.close()


def test_a_database_of_a_later_version_or_of_another_program_is_not_migrated(own_database: Database) -> None:
    with own_database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError) as caught:
        migrate.upgrade(own_database)
    assert caught.value.code == "newer_schema"
    with own_database.writing() as session:
        session.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(DatabaseError) as caught:
        migrate.upgrade(own_database)
    assert caught.value.code == "foreign"


def test_accounts_from_before_there_was_a_record_of_them_are_its_first_entries(database_url: str) -> None:
    database = connect(database_url, create=True)
    with database.writing() as session:
        _upgrade_to(session, "0002")
        _enter_as_before(session)
    assert [step.revision for step in migrate.upgrade(database)] == list(schema.REVISIONS[2:])
    with database.writing() as session:
        assert list(account_journal.breaks(session)) == []
        known = account_journal.changes(session, "TL")
        assert [(one.seq, one.account, one.act, one.actor) for one in known] == [
            (1, "丙街道联络员", "known", ""),
            (2, "甲", "known", ""),
        ]
        assert known[1].after == {"active": False, "automation": False, "roles": ["auditor", "authority"], "unit": None}
        account_journal.enter(session, [Actor("乙", frozenset({Role.AUDITOR}), "YJ")], "管理员", datetime.now(UTC))
        assert [one.act for one in account_journal.changes(session, "YJ")] == ["known", "changed"]
        assert list(account_journal.breaks(session)) == []
    database.close()


def test_accounts_get_ids_and_every_chain_verifies_unchanged(database_url: str) -> None:
    database = connect(database_url, create=True)
    with database.writing() as session:
        _upgrade_to(session, "0002")
        _enter_as_before(session)
        _upgrade_to(session, "0003")
        opened(session)
        records = _records(session)
    assert [step.revision for step in migrate.upgrade(database)] == list(schema.REVISIONS[3:])
    with database.writing() as session:
        assert _records(session) == records and all(records)
        assert list(account_journal.breaks(session)) == [] == list(verification.breaks(session))
        officer = Actor("丙街道联络员", frozenset({Role.TARGET_OFFICER}), "TL", "500151001")
        assert accounts.of_name(session, officer.name) == [officer]
        assert accounts.entered(session, "TL").keys() == {officer.name, "甲"}
        assert accounts.load(session, "TL", "甲") is None, "a closed account stays closed"
        # The numbers go on after those that were given out.
        namesake = Actor("丙街道联络员", frozenset({Role.AUDITOR}), "YJ")
        account_journal.enter(session, [namesake], "管理员", datetime.now(UTC))
        assert accounts.of_name(session, officer.name) == [officer, namesake]
        assert list(account_journal.breaks(session)) == []
    database.close()


def test_numbers_and_request_keys_go_on_where_they_were(database_url: str) -> None:
    database = connect(database_url, create=True)
    with database.writing() as session:
        _upgrade_to(session, "0003")
        session.execute(text("INSERT INTO account VALUES ('甲', 'TL', NULL, false, true)"))
        for scope, last in (("TL-2026-Z", 4), ("TL-2026-Z01-R", 7), ("accounts", 2)):
            session.execute(text(f"INSERT INTO case_number VALUES ('TL', '{scope}', {last})"))
        idempotency.claim(session, "key-1", "digest", NOW)
        idempotency.keep(session, "key-1", {"case": "TL-2026-Z04"})
    migrate.upgrade(database)
    with database.writing() as session:
        numbers = [
            case_numbers.next_case_number(session, *scope)
            for scope in ((case_numbers.EVERY_JURISDICTION, "TL-2026-Z"), ("TL", "TL-2026-Z01-R"), ("TL", "accounts"))
        ]
        assert numbers == [5, 8, 3]
        assert idempotency.claim(session, "TL:key-1", "digest", NOW) == {"case": "TL-2026-Z04"}
        assert idempotency.claim(session, "YJ:key-1", "digest", NOW) is None
    database.close()


@on("database_url", *BOTH, slow=["postgresql"])
def test_programs_that_start_at_once_migrate_once(database_url: str) -> None:
    with get_context("spawn").Pool(3) as pool:
        applied = pool.map(upgrade, [database_url] * 3)
    assert sorted(applied) == [0, 0, len(schema.REVISIONS)]
    open_database(database_url).close()


def test_without_the_extension_the_guard_rows_stand_alone(
    postgresql_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever owns the schema but not the database may not add extensions."""
    owner = connect(postgresql_url)
    role = f"plain_{make_url(postgresql_url).database}"
    with owner.writing() as session:
        session.execute(text(f"CREATE ROLE {role}"))
        session.execute(text(f"GRANT ALL ON SCHEMA public TO {role}"))
    url = make_url(postgresql_url).update_query_dict({"options": f"-c role={role}"})
    plain = connect(url.render_as_string(hide_password=False))
    try:
        migrate.upgrade(plain)
        with plain.reading() as session:
            assert _fences(session) == set()
        assert "btree_gist" in caplog.text
    finally:
        plain.close()
        with owner.writing() as session:
            session.execute(text(f"DROP OWNED BY {role}"))
            session.execute(text(f"DROP ROLE {role}"))
        owner.close()


def _upgrade_to(session: Session, revision: str) -> None:
    config = migrate._config()
    config.attributes["connection"] = session
    command.upgrade(config, revision)


def _enter_as_before(session: Session) -> None:
    """Accounts as they were entered when their name was their key."""
    for row in (
        "('甲', 'TL', NULL, false, false)",
        "('乙', 'YJ', NULL, false, true)",
        "('丙街道联络员', 'TL', '500151001', false, true)",
    ):
        session.execute(text(f"INSERT INTO account (name, jurisdiction, unit, automation, active) VALUES {row}"))
    for row in ("('甲', 'authority')", "('甲', 'auditor')", "('丙街道联络员', 'target_officer')"):
        session.execute(text(f"INSERT INTO account_role (account, role) VALUES {row}"))


def _records(session: Session) -> list[list[tuple[Any, ...]]]:
    """Journal and account changes, byte for byte."""
    tables = ("journal ORDER BY case_id, seq", "account_change ORDER BY jurisdiction, seq")
    return [[tuple(row) for row in session.execute(text(f"SELECT * FROM {one}"))] for one in tables]


def _checks(found: Inspector, table: str) -> set[str]:
    return {str(check["name"]) for check in found.get_check_constraints(table)}


def _conditions(found: Inspector, database: Database, table: str) -> dict[str, str]:
    """The conditions of partial indexes, spelt as in the rows; the exclusion constraint is not one of them."""
    option = "sqlite_where" if database.is_sqlite else "postgresql_where"
    return {
        str(index["name"]): _plain(str(index["dialect_options"][option]))
        for index in found.get_indexes(table)
        if option in index.get("dialect_options", {}) and not str(index["name"]).startswith("ex_")
    }


def _plain(condition: str) -> str:
    """PostgreSQL puts every comparison in brackets and casts every text."""
    return condition.replace("(", "").replace(")", "").replace("::text", "")


def _fences(session: Session) -> set[str]:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if session.dialect.name == "sqlite"
        else "SELECT conname FROM pg_constraint WHERE contype = 'x'"
    )
    return set(session.execute(text(query)).scalars())
