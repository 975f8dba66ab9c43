"""Backed up while people work, restored whole or not at all, and nothing followed up or mailed a second time."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from casework.clock import FixedClock
from casework.errors import NotFound, UpkeepFailed
from casework.nightly import mailing
from casework.nightly.follow_ups import follow_up, pending
from casework.nightly.mail_models import MailResult
from operations.anchors import anchoring
from operations.anchors.anchor_files import AnchorSettings
from operations.backup_models import RestoreResult
from operations.backups import backup, sidecar
from operations.restoring import restore
from storage import engine, key_value
from storage.engine import connect, open_database
from storage.errors import DatabaseError
from storage.journal.journal import JOURNAL
from storage.messages import notices, outbox, quarantine
from storage.messages.notices import NOTICES
from storage.sqlite_driver import open_file
from tests.casework.office import Office, dump
from tests.databases import on

LATER = FixedClock(FixedClock.on(Office.day).at + timedelta(days=60))
MAIL = mailing.MailSettings("127.0.0.1", 25, "ducha@tongliang.example", "tongliang.example")


on_sqlite = on("office_url", "sqlite")
on_postgresql = on("office_url", "postgresql")


@pytest.fixture
def where(tmp_path: Path) -> AnchorSettings:
    return AnchorSettings(tmp_path / "anchors")


@pytest.fixture
def kept(office: Office, office_url: str, tmp_path: Path) -> Path:
    """The backup of an office at work: acts to follow up and mails to send; nobody has the database open."""
    case = office.special(to="staffed")
    follow_up(office.database, office.clock, "test", limit=2)
    backup(office.database, office.clock, tmp_path / "backup")
    office.advance(case, "trained")
    office.database.close()
    return tmp_path / "backup"


moments = count()


def restored(url: str, kept: Path, where: AnchorSettings, **options: Any) -> RestoreResult:
    """A restore two months later, each a second after the one before."""
    return restore(url, FixedClock(LATER.at + timedelta(seconds=next(moments))), kept, where, **options)


@contextmanager
def trouble(code: str) -> Iterator[None]:
    """The database is in this trouble."""
    with pytest.raises(DatabaseError) as raised:
        yield
    assert raised.value.code == code


def refused(code: str, url: str, kept: Path, **options: bool) -> UpkeepFailed:
    """The restore is refused under this code, and the database is as it was."""
    database = open_database(url)
    before = dump(database)
    database.close()
    with pytest.raises(UpkeepFailed, match=code) as raised:
        restored(url, kept, AnchorSettings(), **options)
    database = open_database(url)
    assert dump(database) == before
    database.close()
    assert raised.value.fact and raised.value.cure
    return raised.value


def test_a_backup_says_what_it_holds(kept: Path, office: Office) -> None:
    said = json.loads(sidecar(kept).read_text())
    assert said["engine"] == ("sqlite" if office.database.is_sqlite else "postgresql")
    assert said["cases"] > 1 and said["entries"] > said["cases"]
    assert said["size"] == kept.stat().st_size
    assert kept.stat().st_mode & 0o777 == 0o600
    assert {path.name for path in kept.parent.glob("*backup*")} == {"backup", "backup.json"}


def test_a_restored_database_is_as_it_was_backed_up_but_for_what_is_held_back(
    kept: Path, office_url: str, where: AnchorSettings
) -> None:
    done = restored(office_url, kept, where, force=True)
    assert done.held_back.acts > 0 and done.held_back.mails > 0
    assert (done.breaks, done.altered, done.anchor, done.migrations) == ((), (), None, ())
    database = open_database(office_url)
    with database.reading() as session:
        assert session.execute(select(JOURNAL.c.act).where(JOURNAL.c.act == "train")).all() == []
    database.close()
    again = restored(office_url, Path(str(done.replaced)), where, force=True)
    assert again.replaced
    database = open_database(office_url)
    with database.reading() as session:
        assert session.execute(select(JOURNAL.c.act).where(JOURNAL.c.act == "train")).all() != []
    database.close()


def test_nothing_is_followed_up_or_mailed_again_until_somebody_lets_it_go(
    kept: Path, office_url: str, where: AnchorSettings
) -> None:
    held = restored(office_url, kept, where, force=True).held_back
    database = open_database(office_url)
    assert pending(database) == []
    assert follow_up(database, LATER, "test", limit=100) == []
    assert mailing.send_queued(database, LATER, MAIL, "test") == MailResult()
    with database.writing() as session:
        found = quarantine.held_back(session)
        assert (found.acts, found.mails) == (held.acts, held.mails)
        quarantine.let_go(session, LATER.now(), mails=False)
        assert (outbox.waiting(session), notices.unsent(session)) == (held.acts, 0)
        assert quarantine.held_back(session) == quarantine.HeldBack(0, 0)
    assert len(follow_up(database, LATER, "test", limit=100)) == held.acts
    database.close()


def test_mails_go_out_again_only_when_that_is_asked_for(kept: Path, office_url: str, where: AnchorSettings) -> None:
    held = restored(office_url, kept, where, force=True).held_back
    database = open_database(office_url)
    with database.writing() as session:
        quarantine.let_go(session, LATER.now(), mails=True)
        assert notices.unsent(session) == held.mails
        assert session.execute(select(NOTICES.c.mail_error).where(NOTICES.c.mail_error.is_not(None))).all() == []
    database.close()


@on_sqlite
def test_a_plain_copy_of_the_file_would_mail_again(office: Office, tmp_path: Path) -> None:
    """What the quarantine is for."""
    office.special(to="staffed")
    follow_up(office.database, office.clock, "test", limit=100)
    office.database.close()
    shutil.copy(str(office.database.engine.url.database), tmp_path / "copy.db")
    copied = open_database(str(tmp_path / "copy.db"))
    with copied.reading() as session:
        assert notices.unsent(session) > 0
    copied.close()


def test_a_database_that_is_there_is_not_replaced_by_accident(kept: Path, office_url: str) -> None:
    refused("restore_over", office_url, kept)


def shorten(kept: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:-1])


def change_a_byte(kept: Path) -> None:
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)


def relabel(**changed: object) -> Callable[[Path], object]:
    def change(kept: Path) -> None:
        sidecar(kept).write_text(json.dumps({**json.loads(sidecar(kept).read_text()), **changed}))

    return change


SPOILT: list[tuple[Callable[[Path], object], str]] = [
    (shorten, "backup_changed"),
    (change_a_byte, "backup_changed"),
    (Path.unlink, "file_unreadable"),
    (lambda kept: sidecar(kept).unlink(), "backup_unlabelled"),
    (lambda kept: sidecar(kept).write_bytes(b"\xff"), "backup_label_unreadable"),
    (lambda kept: sidecar(kept).write_text("[]"), "backup_label_unreadable"),
    (lambda kept: sidecar(kept).write_text("{}"), "backup_label_unreadable"),
    (relabel(more=1), "backup_label_unreadable"),
    (relabel(made_at="?"), "backup_label_unreadable"),
    (relabel(format="ducha-backup-9"), "backup_of_another_format"),
    (relabel(schema="9999"), "backup_newer"),
    (relabel(engine="oracle"), "backup_of_another_engine"),
]


@pytest.mark.parametrize(("spoil", "code"), SPOILT)
def test_a_backup_that_is_not_as_it_was_made_is_refused(
    sqlite_office: tuple[str, Path], spoil: Callable[[Path], object], code: str
) -> None:
    url, kept = sqlite_office
    spoil(kept)
    refused(code, url, kept, force=True)


@pytest.fixture
def sqlite_office(founded_sqlite: Path, tmp_path: Path) -> tuple[str, Path]:
    """An office of SQLite with a backup."""
    url = str(shutil.copy(founded_sqlite, tmp_path / "office.db"))
    database = open_database(url)
    backup(database, LATER, tmp_path / "backup")
    database.close()
    return url, tmp_path / "backup"


def test_a_backup_whose_journal_is_broken_is_refused_and_what_stood_there_stays(
    office: Office, office_url: str, where: AnchorSettings, tmp_path: Path
) -> None:
    case = office.special(to="approved")
    with office.writing() as session:
        session.execute(update(JOURNAL).where(JOURNAL.c.case_id == case, JOURNAL.c.seq == 2).values(actor="别人"))
    backup(office.database, office.clock, tmp_path / "broken")
    office.database.close()
    assert case in refused("backup_broken", office_url, tmp_path / "broken", force=True).fact
    done = restored(office_url, tmp_path / "broken", where, force=True, despite_breaks=True)
    assert [(one.case, one.seq, one.flaw) for one in done.breaks] == [(case, 2, "edited")]


def test_what_was_done_since_the_backup_is_named_and_the_anchors_begin_anew(
    office: Office, office_url: str, where: AnchorSettings, tmp_path: Path
) -> None:
    case = office.special(to="staffed")
    anchoring.anchor(office.database, office.clock, where)
    backup(office.database, office.clock, tmp_path / "backup")
    office.advance(case, "trained")
    seq = office.case(case).version
    anchoring.anchor(office.database, office.clock, where)
    office.database.close()
    done = restored(office_url, tmp_path / "backup", where, force=True)
    assert (case, seq, "cut") in {(one.case, one.seq, one.flaw) for one in done.lost}
    assert done.anchor is not None and done.anchor.number == 3 and done.anchor.anew
    database = open_database(office_url)
    assert anchoring.verify(database, where).whole
    database.close()


def test_anchors_that_cannot_be_read_do_not_undo_a_restore(
    office: Office, office_url: str, where: AnchorSettings, tmp_path: Path
) -> None:
    Path(anchoring.anchor(office.database, office.clock, where).file).write_bytes(b"")
    backup(office.database, office.clock, tmp_path / "backup")
    office.database.close()
    trouble = restored(office_url, tmp_path / "backup", where, force=True).anchor_trouble
    assert trouble is not None and trouble.error == "anchor_broken"


def test_a_backup_is_restored_where_there_is_nothing(
    sqlite_office: tuple[str, Path], where: AnchorSettings, tmp_path: Path
) -> None:
    done = restored(str(tmp_path / "new.db"), sqlite_office[1], where)
    assert done.replaced is None
    with trouble("no_directory"):
        restored(str(tmp_path / "none" / "new.db"), sqlite_office[1], where)


@on_sqlite
def test_a_backup_of_sqlite_is_not_restored_into_postgresql(
    kept: Path, where: AnchorSettings, postgresql_url: str
) -> None:
    with pytest.raises(UpkeepFailed, match="backup_of_another_engine"):
        restored(postgresql_url, kept, where)


@on_postgresql
def test_a_backup_is_restored_into_an_empty_postgresql(kept: Path, where: AnchorSettings, postgresql_url: str) -> None:
    assert restored(postgresql_url, kept, where).replaced is None
    database = open_database(postgresql_url)
    database.close()


@on_postgresql
def test_a_broken_journal_leaves_an_empty_postgresql_empty(
    office: Office, where: AnchorSettings, postgresql_url: str, tmp_path: Path
) -> None:
    case = office.special(to="approved")
    with office.writing() as session:
        session.execute(update(JOURNAL).where(JOURNAL.c.case_id == case, JOURNAL.c.seq == 2).values(actor="别人"))
    backup(office.database, office.clock, tmp_path / "broken")
    with pytest.raises(UpkeepFailed, match="backup_broken"):
        restored(postgresql_url, tmp_path / "broken", where)
    assert restored(postgresql_url, tmp_path / "broken", where, despite_breaks=True).replaced is None


@on_postgresql
def test_postgresql_is_not_restored_while_others_are_at_work(kept: Path, office: Office, office_url: str) -> None:
    with office.database.reading(), pytest.raises(UpkeepFailed, match="restore_in_use"):
        restored(office_url, kept, AnchorSettings(), force=True)


@pytest.mark.parametrize("content", [b"no database at all" * 300, b"SQLite format 3\0" + b"\1" * 9000])
def test_a_damaged_database_is_put_aside_and_replaced(
    sqlite_office: tuple[str, Path], where: AnchorSettings, content: bytes
) -> None:
    url, kept = sqlite_office
    Path(url).write_bytes(content)
    with pytest.raises(UpkeepFailed, match="restore_over"):
        restored(url, kept, where)
    done = restored(url, kept, where, force=True)
    assert Path(str(done.replaced)).read_bytes() == content
    open_database(url).close()


def test_a_damaged_backup_is_found_before_it_replaces_anything(sqlite_office: tuple[str, Path], tmp_path: Path) -> None:
    url, kept = sqlite_office
    content = bytearray(kept.read_bytes())
    content[5000:9000] = b"\0" * 4000
    kept.write_bytes(content)
    relabel(size=len(content), sha256=sha256(content).hexdigest())(kept)
    refused("copy_damaged", url, kept, force=True)
    assert not list(tmp_path.glob(".*"))


def test_whoever_has_the_file_open_sees_the_restored_database(
    sqlite_office: tuple[str, Path], where: AnchorSettings
) -> None:
    url, kept = sqlite_office
    open_elsewhere = open_database(url)
    with open_elsewhere.writing() as session:
        session.exec_driver_sql("DELETE FROM account_role")
    restored(url, kept, where, force=True)
    with open_elsewhere.reading() as session:
        assert session.exec_driver_sql("SELECT count(*) FROM account_role").scalar_one() > 0
    open_elsewhere.close()


def test_a_backup_waits_for_a_writer_no_longer_than_anybody(
    sqlite_office: tuple[str, Path], monkeypatch: pytest.MonkeyPatch, where: AnchorSettings
) -> None:
    url, kept = sqlite_office
    monkeypatch.setattr(engine, "durable_mode", lambda _version: ("persist", "EXTRA"))
    open_database(url).close()
    writer = open_file(Path(url))
    writer.execute("BEGIN EXCLUSIVE")
    database = connect(url, busy_seconds=0.3)
    with trouble("locked"):
        backup(database, LATER, kept.with_name("second"))
    writer.execute("ROLLBACK")
    writer.execute("BEGIN IMMEDIATE")
    with trouble("locked"):
        restored(url, kept, where, force=True, busy_seconds=0.3)
    writer.close()
    backup(database, LATER, kept.with_name("third"))
    database.close()


def test_a_backup_holds_what_only_the_log_holds_and_waits_for_no_writer(
    sqlite_office: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUCHA_BUSY_SECONDS", "0.2")
    url, _ = sqlite_office
    database = open_database(url)
    with database.writing() as session:
        key_value.put(session, "mark", "committed")
    shutil.copy(url, tmp_path / "plain")
    with database.writing() as session:
        key_value.put(session, "mark", "not yet")
        backup(database, LATER, tmp_path / "second")
    has_log = Path(f"{url}-wal").exists()
    database.close()
    assert {path.name for path in tmp_path.glob("second*")} == {"second", "second.json"}
    assert mark(tmp_path / "second") == "committed"
    assert mark(tmp_path / "plain") == (None if has_log else "committed")


def test_a_log_left_by_a_deleted_database_does_not_get_into_the_restored_one(
    sqlite_office: tuple[str, Path], where: AnchorSettings
) -> None:
    url, kept = sqlite_office
    database = open_database(url)
    with database.writing() as session:
        key_value.put(session, "mark", "committed")
    beside = [Path(url + suffix) for suffix in ("-wal", "-journal") if Path(url + suffix).exists()]
    left = {path: path.read_bytes() for path in beside}
    database.close()
    Path(url).unlink()
    for path, content in left.items():
        path.write_bytes(content)
    assert left and all(left.values())
    restored(url, kept, where)
    assert mark(Path(url)) is None


def mark(file: Path) -> str | None:
    """What was written to this database, whatever lies beside it."""
    with closing(open_file(file)) as connection:
        found = connection.execute("SELECT value FROM setting WHERE name = 'mark'").fetchone()
    return found[0] if found else None


def test_a_backup_replaces_no_file_and_leaves_no_half(sqlite_office: tuple[str, Path], tmp_path: Path) -> None:
    url, kept = sqlite_office
    database = open_database(url)
    with pytest.raises(UpkeepFailed, match="file_exists"):
        backup(database, LATER, kept)
    kept.unlink()
    with pytest.raises(UpkeepFailed, match="file_exists"):
        backup(database, LATER, kept)
    (tmp_path / "file").touch()
    with pytest.raises(UpkeepFailed, match="file_unwritten"):
        backup(database, LATER, tmp_path / "file" / "backup")
    database.close()
    assert not list(tmp_path.glob(".*"))


@on_sqlite
def test_sqlite_is_backed_up_without_any_program(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    backup(office.database, office.clock, tmp_path / "second")
    assert (tmp_path / "second").exists()


@on_postgresql
def test_without_its_programs_postgresql_is_not_backed_up(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UpkeepFailed, match="tool_missing"):
        backup(office.database, office.clock, tmp_path / "second")
    fake = tmp_path / "pg_dump"
    fake.write_text("#!/bin/sh\necho server is newer >&2\nexit 1\n")
    fake.chmod(0o755)
    with pytest.raises(UpkeepFailed, match="tool_failed") as failed:
        backup(office.database, office.clock, tmp_path / "second")
    assert "server is newer" in failed.value.fact
    assert not (tmp_path / "second").exists()


def test_a_missing_backup_is_not_found(sqlite_office: tuple[str, Path], where: AnchorSettings, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="file_unreadable"):
        restored(sqlite_office[0], tmp_path / "none", where, force=True)
