"""What machines do to people: clocks set back, foreign time zones, locks, full disks and cut connections.

Each is met with a sentence that says what to do, changes nothing by half, and is over when its cause is.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import event, text

from casework.clock import SHANGHAI
from casework.nightly.sweeping import sweep
from cli.main import main
from settings import Settings
from storage import idle_connections, sqlite_driver
from storage.cases import cases
from storage.engine import Database, Session, open_database
from storage.errors import DatabaseError
from tests.casework.office import AUTHORITY, BACHUAN, CONTENTS, COORDINATOR, DONGCHENG, Office, dump
from tests.casework.processes import killed, run
from tests.databases import BOTH, on

ROOT = Path(__file__).parents[2]
SUBMITTED = {"contents": CONTENTS["special"], "note": "不重复"}
on_sqlite = on("office_url", "sqlite")
on_postgresql = on("office_url", "postgresql")
sooner_on_sqlite = on("office_url", *BOTH, slow=["postgresql"])


def drafted(office: Office) -> str:
    return office.opens(kind="special", year=2026, title="专项督察", targets=[BACHUAN], problem="无证经营")


def url_of(office: Office) -> str:
    return office.database.engine.url.render_as_string(hide_password=False)


# the clock set back


def test_with_the_clock_set_back_nothing_is_dated_before_what_was_done_and_nothing_is_lost(office: Office) -> None:
    case = drafted(office)
    office.later(3).does(COORDINATOR, "submit", case, SUBMITTED)
    office.on("2026-02-20")
    refused = office.refused(AUTHORITY, "approve", case, {"note": "同意"})
    assert refused["dated_before_the_last_act"]["earliest"] == "2026-03-05"
    elsewhere = office.opens(kind="special", year=2026, title="另一专项", targets=[DONGCHENG], problem="以次充好")
    office.on("2026-03-05").does(AUTHORITY, "approve", case, {"note": "同意"})
    assert (office.state(case), office.state(elsewhere)) == ("approved", "drafted")
    assert office.breaks() == []


def test_with_the_clock_set_back_no_night_is_left_out_and_nothing_told_twice(office: Office) -> None:
    office.special([BACHUAN])
    nights = [("2026-05-01", "2026-05-01"), ("2026-04-20", "2026-04-20"), ("2026-05-03", "2026-04-21")]
    issued = []
    for today, first in nights:
        office.on(today)
        swept = sweep(office.database, office.clock, jurisdiction="TL")
        assert str(swept.nights[0]) == first
        issued += [notice.key for notice in swept.notices]
    assert len(issued) == len(set(issued)) > 0


# the time zone of the machine


@sooner_on_sqlite
def test_today_is_the_day_in_shanghai_wherever_the_machine_stands(office: Office) -> None:
    """Of a place ahead of Shanghai and one behind it, one always has another day: there the naive day is wrong."""
    naive = set()
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        program = (
            "import sys, datetime; from cli.main import main;"
            "print(datetime.date.today(), file=sys.stderr); sys.exit(main(sys.argv[1:]))"
        )
        before = datetime.now(SHANGHAI).date()
        done = subprocess.run(
            [sys.executable, "-c", program, "sweep", "--json", "--db", url_of(office)],
            cwd=ROOT,
            env={**os.environ, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        )
        today = date.fromisoformat(json.loads(done.stdout)["as_of"])
        assert before <= today <= datetime.now(SHANGHAI).date()
        naive.add(date.fromisoformat(done.stderr.split()[0]) == today)
    assert False in naive


# locked by somebody else


@contextmanager
def locked(office: Office, case: str, seconds: float) -> Iterator[None]:
    """Another process keeps the case, and with SQLite the whole database, for so long."""

    def job(database: Database, told: Connection) -> None:
        with database.writing() as session:
            cases.lock(session, case)
            told.send("locked")
            time.sleep(seconds)

    with killed(office, job) as (process, told):
        assert told.recv() == "locked"
        yield
        process.kill()


@pytest.mark.slow
def test_an_act_waits_ten_seconds_for_whoever_has_the_database_and_is_done_then(office: Office) -> None:
    case = drafted(office)
    with locked(office, case, 10):
        began = time.monotonic()
        office.does(COORDINATOR, "submit", case, SUBMITTED)
        assert time.monotonic() - began > 9
    assert office.state(case) == "submitted"


@sooner_on_sqlite
def test_an_act_that_waited_too_long_says_so_and_changes_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = drafted(office)
    before = dump(office.database)
    monkeypatch.setenv(Settings.busy_seconds.name, "1")
    line = [
        "act",
        case,
        "submit",
        "--as",
        COORDINATOR,
        "--on",
        "2026-03-02",
        "--set",
        "contents=9(3)",
        "--note",
        "不重复",
    ]
    with locked(office, case, 30):
        assert main([*line, "--db", url_of(office)]) == 1
        assert main([*line, "--db", url_of(office), "--json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["error"] == "locked" and "1 秒" in said.err
    assert dump(office.database) == before
    assert main([*line, "--db", url_of(office)]) == 0


# a full disk


@on_sqlite
def test_a_full_disk_is_said_to_be_full_and_nothing_is_changed(office: Office) -> None:
    case = drafted(office)
    before = dump(office.database)

    def fill_up(connection: sqlite_driver.Connection, _record: object) -> None:
        [pages] = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")

    office.database.close()
    event.listen(office.database.engine, "connect", fill_up)
    with pytest.raises(DatabaseError) as trouble:
        office.does(COORDINATOR, "submit", case, {**SUBMITTED, "note": "长" * 10_000})
    assert trouble.value.code == "disk_full" and trouble.value.cure
    assert dump(office.database) == before
    event.remove(office.database.engine, "connect", fill_up)
    office.database.close()
    office.does(COORDINATOR, "submit", case, SUBMITTED)


@on_sqlite
def test_a_file_that_may_not_grow_is_said_to_fail_and_nothing_is_changed(office: Office) -> None:
    case = drafted(office)
    before = dump(office.database)

    def job(database: Database, told: Connection) -> None:
        log = Path(f"{database.where}-wal")
        size = (log if log.exists() else Path(database.where)).stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        there = Office(database, office.day)
        try:
            there.does(COORDINATOR, "submit", case, {**SUBMITTED, "note": "长" * 10_000})
        except DatabaseError as trouble:
            told.send((trouble.code, trouble.cure))

    [[(code, cure)]] = run(office, [job])
    assert code in ("disk_full", "disk_failed") and cure
    assert dump(office.database) == before
    office.does(COORDINATOR, "submit", case, SUBMITTED)


@contextmanager
def full(office: Office) -> Iterator[None]:
    """The server says what it says when its disk is full, at the first row that is added to the journal."""
    raising = "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'"
    with office.writing() as session:
        session.execute(
            text(f"CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {raising}; END $$")
        )
        session.execute(text("CREATE TRIGGER disk_full BEFORE INSERT ON journal EXECUTE FUNCTION disk_full()"))
    try:
        yield
    finally:
        with office.writing() as session:
            session.execute(text("DROP FUNCTION disk_full CASCADE"))


@on_postgresql
def test_a_server_whose_disk_is_full_is_said_to_be_and_nothing_is_changed(office: Office) -> None:
    case = drafted(office)
    before = dump(office.database)
    with full(office):
        with pytest.raises(DatabaseError) as trouble:
            office.does(COORDINATOR, "submit", case, SUBMITTED)
        assert trouble.value.code == "disk_full" and trouble.value.cure
        assert dump(office.database) == before
    office.does(COORDINATOR, "submit", case, SUBMITTED)


# a cut connection


def cut(session: Session) -> None:
    """The server ends the session, as when it is restarted."""
    pid = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    _end(session.engine.url.render_as_string(hide_password=False), pid)


def _end(url: str, pid: int) -> None:
    other = open_database(url)
    with other.writing() as owner:
        owner.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    other.close()


@on_postgresql
def test_an_act_whose_connection_is_cut_is_done_whole_or_not_at_all(office: Office) -> None:
    case = drafted(office)
    before = dump(office.database)
    with pytest.raises(DatabaseError) as trouble, office.at_once():
        office.does(COORDINATOR, "submit", case, SUBMITTED)
        assert office._session is not None
        cut(office._session)
        office.does(AUTHORITY, "approve", case, {"note": "同意"})
    office._session = None
    assert trouble.value.code == "unreachable" and trouble.value.cure
    assert dump(office.database) == before
    office.does(COORDINATOR, "submit", case, SUBMITTED)
    assert office.breaks() == []


@on_postgresql
def test_a_connection_cut_at_the_commit_is_told_and_the_next_act_goes_through(office: Office) -> None:
    case = drafted(office)
    before = dump(office.database)
    with pytest.raises(DatabaseError) as trouble, office.at_once():
        office.does(COORDINATOR, "submit", case, SUBMITTED, key="submit-1")
        assert office._session is not None
        cut(office._session)
    office._session = None
    assert trouble.value.code == "unreachable"
    assert dump(office.database) == before
    assert "repeated" not in office.does(COORDINATOR, "submit", case, SUBMITTED, key="submit-1")


@on_postgresql
def test_a_connection_cut_while_nobody_acts_is_not_noticed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    # As after a pause: until then the pool takes a connection to be alive.
    monkeypatch.setattr(idle_connections, "IDLE_SECONDS", 0.0)
    case = drafted(office)
    with office.database.reading() as session:
        pid = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    _end(url_of(office), pid)
    assert office.does(COORDINATOR, "submit", case, SUBMITTED)["state"] == "submitted"
