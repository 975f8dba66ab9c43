"""A restore that is killed anywhere loses nothing, goes on when it is asked for again, and believes no label."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import delete, inspect, text

from casework.clock import FixedClock
from casework.errors import UpkeepFailed
from operations.anchors import anchoring
from operations.anchors.anchor_files import AnchorSettings
from operations.atomic_files import remove_leftovers
from operations.backup_models import RestoreResult
from operations.backups import backup, sidecar
from operations.restoring import restore
from storage import failpoints, migrate, postgresql_restore, practice
from storage.backup_files import STAGING
from storage.engine import Database, connect, open_database
from storage.people import accounts
from storage.rows import Row
from storage.sqlite_driver import open_file
from tests.casework.office import BACHUAN, OFFICERS, Office, dump
from tests.databases import on

LATER = FixedClock(FixedClock.on(Office.day).at + timedelta(days=60))
on_postgresql = on("office_url", "postgresql")
on_sqlite = on("office_url", "sqlite")

RESTORE = """
import sys
from pathlib import Path
from tests.casework.test_restores import LATER
from operations.anchors.anchor_files import AnchorSettings
from operations.restoring import restore
from storage import failpoints
failpoints.arm(sys.argv[4], int(sys.argv[5]))
restore(sys.argv[1], LATER, Path(sys.argv[2]), AnchorSettings(Path(sys.argv[3])), force=True)
"""


def restored(url: str, kept: Path, **options: bool) -> RestoreResult:
    return restore(url, LATER, kept, AnchorSettings(kept.parent / "anchors"), force=True, **options)


def killed_at(url: str, kept: Path, point: str, count: int) -> bool:
    """Restore in a process of its own that is killed there; whether it was, rather than coming to its end."""
    command = [sys.executable, "-c", RESTORE, url, str(kept), str(kept.parent / "anchors"), point, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode in (0, failpoints.DIED), done.stderr
    return done.returncode == failpoints.DIED


def content(url: str) -> dict[str, list[str]]:
    """The cases, the journal and the accounts of the database."""
    database = open_database(url)
    kept = dump(database)
    database.close()
    return {name: kept[name] for name in ("case_file", "journal", "account", "account_change", "deadline")}


@pytest.fixture
def kept(office: Office, office_url: str, tmp_path: Path) -> Path:
    """The backup of an office that has gone on since; ``original`` is the backup of what it came to."""
    case = office.special(to="staffed")
    backup(office.database, office.clock, tmp_path / "backup")
    office.advance(case, "trained")
    backup(office.database, office.clock, tmp_path / "original")
    office.database.close()
    return tmp_path / "backup"


def forget_copies(kept: Path) -> None:
    """All restores of this test happen in the same second."""
    for left in kept.parent.glob("*.before-*"):
        left.unlink()


@pytest.mark.slow
@pytest.mark.parametrize("point", ["before_commit", "after_commit"])
def test_killed_at_any_commit_it_is_the_one_or_the_other_and_goes_on(kept: Path, office_url: str, point: str) -> None:
    before = content(office_url)
    restored(office_url, kept)
    after = content(office_url)
    assert after != before
    deaths = 0
    for count in range(1, 20):
        forget_copies(kept)
        restored(office_url, kept.with_name("original"))
        assert content(office_url) == before
        forget_copies(kept)
        if not killed_at(office_url, kept, point, count):
            break
        deaths += 1
        assert content(office_url) in (before, after), f"torn at {point}:{count}"
        forget_copies(kept)
        restored(office_url, kept)
        assert content(office_url) == after
        assert left_behind(office_url, kept) == []
    assert 2 <= deaths < 19


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.1, 0.5, 1.0])
def test_killed_at_any_moment_it_is_the_one_or_the_other(kept: Path, office_url: str, seconds: float) -> None:
    before = content(office_url)
    command = [sys.executable, "-c", RESTORE, office_url, str(kept), str(kept.parent / "anchors"), "", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
        try:
            running.wait(1.0 + seconds)
        except subprocess.TimeoutExpired:
            running.kill()
    found = content(office_url)
    forget_copies(kept)
    restored(office_url, kept)
    after = content(office_url)
    assert found in (before, after)
    assert left_behind(office_url, kept) == []


def left_behind(url: str, kept: Path) -> list[str]:
    """What is left of preparations: files, or the schema of PostgreSQL."""
    found = [path.name for path in kept.parent.glob(".*")]
    database = open_database(url)
    with database.reading() as session:
        found += [name for name in inspect(session).get_schema_names() if name == STAGING]
    database.close()
    return found


@on_postgresql
def test_what_was_loaded_before_it_was_killed_is_not_loaded_again(
    kept: Path, office_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert killed_at(office_url, kept, "after_commit", 2)
    monkeypatch.setattr(postgresql_restore, "load", None)
    assert restored(office_url, kept).replaced


@on_postgresql
def test_another_backup_than_was_loaded_is_loaded_anew(kept: Path, office_url: str) -> None:
    before = content(office_url)
    assert killed_at(office_url, kept, "after_commit", 2)
    restored(office_url, kept.with_name("original"))
    assert content(office_url) == before


@on_postgresql
def test_a_restore_that_an_earlier_version_left_half_done_is_put_aside(kept: Path, office_url: str) -> None:
    database = connect(office_url)
    with database.writing() as session:
        session.execute(text("DELETE FROM alembic_version"))
    database.close()
    with pytest.raises(UpkeepFailed, match="restore_over"):
        restore(office_url, LATER, kept, AnchorSettings(kept.parent / "anchors"))
    schema = str(restored(office_url, kept).replaced)
    database = open_database(office_url)
    with database.writing() as session:
        assert schema in inspect(session).get_schema_names()
        session.execute(text(f'DROP SCHEMA "{schema}" CASCADE'))
    database.close()


@on_postgresql
def test_an_older_schema_is_restored_over_a_current_one(office: Office, office_url: str, tmp_path: Path) -> None:
    """The dump is of revision 0002: it has neither the record of accounts nor the folded keys."""
    office.database.close()
    database = connect(office_url)
    with postgresql_restore.staging(database) as staged:
        with staged.writing() as session:
            session.execute(text(f"CREATE SCHEMA {STAGING}"))
            migrate.build(session, "0002")
        backup(staged, LATER, tmp_path / "old")
    with database.writing() as session:
        postgresql_restore.drop(session)
    database.close()
    assert json.loads(sidecar(tmp_path / "old").read_text())["schema"] == "0002"
    assert restored(office_url, tmp_path / "old").migrations
    open_database(office_url).close()


@on_postgresql
def test_what_others_built_on_the_tables_is_named(kept: Path, office_url: str) -> None:
    database = open_database(office_url)
    with database.writing() as session:
        session.execute(text("CREATE VIEW of_their_own AS SELECT id FROM case_file"))
    before = content(office_url)
    database.close()
    with pytest.raises(UpkeepFailed, match="restore_blocked") as refused:
        restored(office_url, kept)
    assert refused.value.fact and refused.value.cure and content(office_url) == before
    database = open_database(office_url)
    with database.writing() as session:
        session.execute(text("DROP VIEW of_their_own"))
    database.close()


def relabel(kept: Path, **changed: object) -> None:
    said = json.loads(sidecar(kept).read_text())
    sidecar(kept).write_text(json.dumps({**said, **changed}))


def spoil_cases(kept: Path) -> None:
    relabel(kept, cases=99)


def spoil_entries(kept: Path) -> None:
    relabel(kept, entries=0)


def spoil_identity(kept: Path) -> None:
    relabel(kept, identity="0123456789abcdef")


def spoil_schema(kept: Path) -> None:
    relabel(kept, schema="0001")


SPOILT = [spoil_cases, spoil_entries, spoil_identity, spoil_schema]


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_label_that_is_not_of_the_content_is_not_believed(
    kept: Path, office_url: str, spoil: Callable[[Path], None]
) -> None:
    spoil(kept)
    before = content(office_url)
    with pytest.raises(UpkeepFailed, match=r"mislabelled|damaged") as refused:
        restored(office_url, kept)
    assert refused.value.fact and refused.value.cure
    assert content(office_url) == before and left_behind(office_url, kept) == []


@on_sqlite
def test_an_empty_file_is_no_backup(kept: Path, office_url: str) -> None:
    kept.write_bytes(b"")
    relabel(kept, size=0, sha256=sha256(b"").hexdigest(), cases=0, entries=0)
    before = content(office_url)
    with pytest.raises(UpkeepFailed, match="backup_mislabelled"):
        restored(office_url, kept)
    assert content(office_url) == before


ALTERED = [
    ("DROP TRIGGER ex_frequency_use_window_insert", "trigger ex_frequency_use_window_insert"),
    ("DROP INDEX uq_frequency_use_held", "index uq_frequency_use_held"),
    ("CREATE TRIGGER quiet AFTER INSERT ON journal BEGIN DELETE FROM notice; END", "trigger quiet"),
    ("ALTER TABLE unit ADD COLUMN more TEXT", "table unit"),
]


@on_sqlite
@pytest.mark.parametrize(("statement", "named"), ALTERED)
def test_missing_indexes_and_triggers_are_named(kept: Path, office_url: str, statement: str, named: str) -> None:
    connection = open_file(kept)
    connection.execute(statement)
    connection.close()
    relabel(kept, size=kept.stat().st_size, sha256=sha256(kept.read_bytes()).hexdigest())
    before = content(office_url)
    with pytest.raises(UpkeepFailed, match="backup_altered") as refused:
        restored(office_url, kept)
    assert named in refused.value.fact and content(office_url) == before
    assert restored(office_url, kept, despite_breaks=True).altered == (named,)


@on_postgresql
def test_postgresql_gets_every_index_and_constraint_whatever_the_dump_holds(kept: Path, office_url: str) -> None:
    database = open_database(office_url)
    with database.writing() as session:
        session.execute(text("DROP INDEX uq_frequency_use_held"))
        session.execute(text("ALTER TABLE frequency_use DROP CONSTRAINT ex_frequency_use_window"))
    backup(database, LATER, kept.with_name("poor"))
    database.close()
    restored(office_url, kept.with_name("poor"))
    database = open_database(office_url)
    with database.reading() as session:
        found = {index["name"] for index in inspect(session).get_indexes("frequency_use")}
    database.close()
    assert {"uq_frequency_use_held", "ex_frequency_use_window"} <= found


def test_an_account_that_was_changed_beside_the_record_is_a_break(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    with office.writing() as session:
        accounts.switch(session, "TL", OFFICERS[BACHUAN], active=False)
    backup(office.database, office.clock, tmp_path / "backup")
    office.database.close()
    with pytest.raises(UpkeepFailed, match="backup_broken"):
        restored(office_url, tmp_path / "backup")
    assert [one.flaw for one in restored(office_url, tmp_path / "backup", despite_breaks=True).breaks] == ["account"]


def test_what_is_newer_than_the_backup_is_listed_and_its_numbers_are_not_given_out_again(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    first = office.special(to="approved")
    backup(office.database, office.clock, tmp_path / "backup")
    office.advance(first, "planned")
    second = office.special(to="drafted")
    office.database.close()
    lost = {one.case: one.fact for one in restored(office_url, tmp_path / "backup").lost}
    assert set(lost) == {first, second}
    assert "制定方案" in lost[first] and "立项" in lost[second]
    database = open_database(office_url)
    third = Office(database).special(to="drafted")
    database.close()
    assert third > second


def test_numbers_that_an_anchor_remembers_are_not_given_out_again(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    """The database is gone with its disk; the anchor lies elsewhere."""
    anchors = AnchorSettings(tmp_path / "anchors")
    office.special(to="drafted")
    anchoring.anchor(office.database, office.clock, anchors)
    backup(office.database, office.clock, tmp_path / "backup")
    second = office.special(to="drafted")
    anchoring.anchor(office.database, office.clock, anchors)
    lose(office.database)
    assert second in {one.case for one in restored(office_url, tmp_path / "backup").lost}
    database = open_database(office_url)
    third = Office(database).special(to="drafted")
    database.close()
    assert third > second


def lose(database: Database) -> None:
    """The database is gone, with everything in it."""
    if database.is_sqlite:
        database.close()
        Path(str(database.engine.url.database)).unlink()
        return
    with database.writing() as session:
        for table in reversed(Row.metadata.sorted_tables):
            session.execute(delete(table))
        session.execute(text("DROP TABLE alembic_version"))
        Row.metadata.drop_all(session)
    database.close()


def test_practice_and_real_databases_do_not_become_each_other(office: Office, office_url: str, tmp_path: Path) -> None:
    backup(office.database, office.clock, tmp_path / "real")
    with office.writing() as session:
        practice.stand_on(session, Office.day)
    backup(office.database, office.clock, tmp_path / "practice")
    office.database.close()
    with pytest.raises(UpkeepFailed, match="restore_over_practice"):
        restored(office_url, tmp_path / "real")
    forget_copies(tmp_path / "real")
    restored(office_url, tmp_path / "practice")


def test_a_real_database_is_not_overwritten_by_practice(office: Office, office_url: str, tmp_path: Path) -> None:
    backup(office.database, office.clock, tmp_path / "real")
    with office.writing() as session:
        practice.stand_on(session, Office.day)
    backup(office.database, office.clock, tmp_path / "practice")
    lose(office.database)
    restored(office_url, tmp_path / "real")
    forget_copies(tmp_path / "real")
    with pytest.raises(UpkeepFailed, match="restore_practice"):
        restored(office_url, tmp_path / "practice")


def test_unfinished_files_of_processes_that_ended_are_removed(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    number = int(ended.stdout)
    gone = [tmp_path / f".office.db.{number}.restoring", tmp_path / f".backup.{number}.part"]
    gone += [tmp_path / f".office.db.{number}.restoring-wal"]
    kept = [tmp_path / f".office.db.{os.getpid()}.restoring", tmp_path / f".backup.{number}", tmp_path / "office.part"]
    for path in gone + kept:
        path.touch()
    remove_leftovers(tmp_path)
    assert set(tmp_path.iterdir()) == set(kept)
