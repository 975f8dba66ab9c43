"""The doctor finds what is wrong, each with its cure, and nothing where all is well."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from sqlalchemy import text, update

from casework.clock import Clock, FixedClock
from casework.nightly import sweeping
from casework.nightly.follow_ups import follow_up
from casework.nightly.mailing import mail_earlier, switch
from operations.anchors import anchoring
from operations.anchors.anchor_files import AnchorSettings
from operations.health_checks import data, installation
from operations.health_checks.health_models import HealthFinding
from operations.health_checks.installation import TOGETHER
from storage.backup_files import STAGING
from storage.engine import Database, open_database
from storage.journal.journal import JOURNAL
from storage.messages import notices, outbox, quarantine
from storage.messages.notices import NOTICES
from tests.casework.office import Office
from tests.house.repository import pyproject

FITTING = {"prefect": "3.9.1", "fastapi": "0.150.0", "sqlalchemy": "2.0.58", "sqlmodel": "0.0.50"}
FITTING |= {"apscheduler": "3.11.3", "transitions": "0.9.3", "whenever": "0.11.0"}


@pytest.fixture
def where(tmp_path: Path) -> AnchorSettings:
    return AnchorSettings(tmp_path / "anchors")


@pytest.fixture(autouse=True)
def other_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests play in March 2026, which no server knows of."""
    monkeypatch.setattr(data, "APART", timedelta.max)


def looked_over(
    database: Database, clock: Clock, where: AnchorSettings, *, mail: bool = False
) -> dict[str, HealthFinding]:
    """Every finding by its check; what is wrong says what to do."""
    found = list(data.findings(database, clock, where, mail=mail))
    assert all(bool(one.cure) == (one.verdict == "wrong") and one.fact for one in found)
    return {one.check: one for one in found}


def wrong(found: dict[str, HealthFinding]) -> set[str]:
    return {check for check, one in found.items() if one.verdict == "wrong"}


@pytest.fixture
def office(office_url: str) -> Iterator[Office]:
    """An office as it runs in service: whether it waits for the disk is one of the things that are looked at."""
    database = open_database(office_url)
    yield Office(database)
    database.close()


@pytest.fixture
def well(office: Office, where: AnchorSettings) -> Iterator[Office]:
    """An office where everything was done: followed up, swept, anchored."""
    office.special()
    follow_up(office.database, office.clock, "test", limit=1000)
    sweeping.sweep(office.database, office.clock)
    anchoring.nightly(office.database, office.clock, where)
    yield office


def test_where_all_is_well_nothing_is_wrong(well: Office, where: AnchorSettings) -> None:
    found = looked_over(well.database, well.clock, where)
    assert wrong(found) == set()
    assert found["mail"].verdict == "skipped"
    assert ("sqlite" in found) == well.database.is_sqlite


def test_an_empty_database_wants_nothing(office: Office, where: AnchorSettings) -> None:
    assert wrong(looked_over(office.database, office.clock, where)) == set()


def test_rows_that_cannot_be_read_are_named_and_the_rest_is_looked_over(well: Office, where: AnchorSettings) -> None:
    with well.writing() as session:
        session.execute(text("UPDATE notice SET recipient_role = 'nobody' WHERE id = (SELECT min(id) FROM notice)"))
    found = looked_over(well.database, well.clock, where)
    assert wrong(found) == {"rows"}
    assert "notice" in found["rows"].fact and "recipient_role" in found["rows"].fact
    assert found["anchor"].verdict == "good"


def test_a_schema_that_a_restore_left_is_noticed(well: Office, where: AnchorSettings) -> None:
    if well.database.is_sqlite:
        assert "restore" not in looked_over(well.database, well.clock, where)
        return
    with well.writing() as session:
        session.execute(text(f"CREATE SCHEMA {STAGING}"))
    try:
        found = looked_over(well.database, well.clock, where)
    finally:
        with well.writing() as session:
            session.execute(text(f"DROP SCHEMA {STAGING}"))
    assert wrong(found) == {"restore"} and f"DROP SCHEMA {STAGING}" in found["restore"].cure


def test_two_days_without_a_sweep_and_an_anchor_are_noticed(well: Office, where: AnchorSettings) -> None:
    assert wrong(looked_over(well.database, well.later(1).clock, where)) == set()
    assert wrong(looked_over(well.database, well.later(1).clock, where)) == {"sweep", "anchor"}


def test_a_night_of_the_future_is_noticed_until_a_sweep_withdraws_it(well: Office, where: AnchorSettings) -> None:
    today = well.day
    sweeping.sweep(well.database, well.later(40).clock)
    found = looked_over(well.database, well.on(today).clock, where)
    assert wrong(found) == {"sweep"} and "晚于今日" in found["sweep"].fact and "ducha sweep" in found["sweep"].cure
    sweeping.sweep(well.database, well.clock)
    assert "sweep" not in wrong(looked_over(well.database, well.clock, where))


def test_what_was_never_swept_followed_up_or_anchored_is_noticed(office: Office, where: AnchorSettings) -> None:
    office.special()
    found = looked_over(office.database, office.clock, where)
    assert wrong(found) == {"sweep", "outbox", "anchor"}
    assert "ducha sweep" in found["sweep"].cure and "ducha follow-up" in found["outbox"].cure


def test_an_act_that_just_happened_may_wait_a_little(office: Office, where: AnchorSettings) -> None:
    office.opens(kind="special", year=2026, title="督察", reason="计划", targets=["500151001"], problem="食品")
    assert looked_over(office.database, office.clock, where)["outbox"].verdict == "good"


def test_an_act_that_fails_again_and_again_says_why(office: Office, where: AnchorSettings) -> None:
    office.opens(kind="special", year=2026, title="督察", reason="计划", targets=["500151001"], problem="食品")
    with office.writing() as session:
        [item] = outbox.lease(session, "test", office.clock.now())
        outbox.failed(session, item, office.clock.now(), "磁盘坏了")
    assert "磁盘坏了" in looked_over(office.database, office.later().clock, where)["outbox"].fact


def test_a_journal_that_contradicts_its_anchor_is_noticed(well: Office, where: AnchorSettings) -> None:
    with well.writing() as session:
        session.execute(update(JOURNAL).values(hash="0" * 64))
    assert wrong(looked_over(well.database, well.clock, where)) == {"anchor"}


def test_an_anchor_that_proves_nothing_is_noticed(well: Office, where: AnchorSettings) -> None:
    (where.directory / "anchor.key").chmod(0o644)
    assert "chmod 600" in looked_over(well.database, well.clock, where)["anchor"].cure


def test_mails_that_wait_or_were_given_up_are_noticed(well: Office, where: AnchorSettings) -> None:
    switch(well.database, well.clock, on=True)
    mail_earlier(well.database, well.clock)
    assert wrong(looked_over(well.database, well.later().clock, where, mail=True)) == {"mail"}
    with well.writing() as session:
        session.execute(update(NOTICES).values(created_at=well.clock.now()))
        assert notices.unsent(session) > 0
    assert wrong(looked_over(well.database, well.clock, where, mail=True)) == set()
    with well.writing() as session:
        session.execute(update(NOTICES).values(mail_state="failed", mail_error="550 no such user"))
    found = looked_over(well.database, well.clock, where)
    assert "550 no such user" in found["mail"].fact
    with well.writing() as session:
        session.execute(update(NOTICES).values(dated_on=date(2025, 1, 1)))
    assert wrong(looked_over(well.database, well.clock, where)) == set()


def test_what_is_not_mailed_for_want_of_a_server_is_said(well: Office, where: AnchorSettings) -> None:
    with well.reading() as session:
        recorded = notices.unsent(session)

    def said(*, mail: bool) -> tuple[str, bool]:
        found = looked_over(well.database, well.clock, where, mail=mail)["mail"]
        return found.verdict, str(recorded) in found.fact

    assert said(mail=False) == said(mail=True) == ("skipped", True)
    switch(well.database, well.clock, on=True)
    assert said(mail=True) == ("good", True)
    assert "notice send --earlier" in looked_over(well.database, well.clock, where, mail=True)["mail"].fact
    assert looked_over(well.database, well.clock, where)["mail"].verdict == "skipped"


def test_what_is_held_back_waits_for_a_decision(well: Office, where: AnchorSettings) -> None:
    with well.writing() as session:
        quarantine.hold_back(session, well.clock.now())
    assert wrong(looked_over(well.database, well.clock, where)) == {"quarantine"}


def test_a_clock_that_was_set_back_is_noticed(well: Office, where: AnchorSettings) -> None:
    assert "clock" in wrong(looked_over(well.database, well.later(-30).clock, where))


def test_a_clock_that_differs_from_the_servers_is_noticed(
    postgresql_database: Database, where: AnchorSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "APART", timedelta(minutes=5))
    clock = FixedClock.on(date(2000, 1, 1))
    assert wrong(looked_over(postgresql_database, clock, where)) == {"clock"}


def test_a_journal_mode_that_may_lose_something_is_noticed(
    migrated_sqlite: Path, where: AnchorSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = open_database(str(migrated_sqlite))
    clock = FixedClock.on(date(2026, 3, 2))
    assert wrong(looked_over(database, clock, where)) == set()
    monkeypatch.setattr(data, "durable_mode", lambda _version: ("delete", "FULL"))
    assert wrong(looked_over(database, clock, where)) == {"sqlite"}
    database.close()


def test_versions_that_fit_are_listed() -> None:
    [found] = installation.versions(FITTING.get, (3, 11, 7))
    assert found.verdict == "good" and "fastapi 0.150.0" in found.fact


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sqlalchemy": "2.1.0b1"}, "sqlalchemy 2.1.0b1"),
        ({"fastapi": "0.151.0"}, "fastapi 0.151.0"),
        ({"fastapi": "0.138.9"}, "fastapi 0.138.9"),
        ({"prefect": "3.9.2"}, "prefect 3.9.2"),
        ({"transitions": None}, "transitions"),
        ({"whenever": "0.10.5"}, "whenever 0.10.5"),
    ],
)
def test_a_version_that_does_not_fit_is_named(changed: dict[str, str | None], said: str) -> None:
    [found] = installation.versions({**FITTING, **changed}.get, (3, 11, 7))
    assert found.verdict == "wrong" and said in found.fact


def test_an_old_python_is_named() -> None:
    assert "3.10.12" in installation.versions(FITTING.get, (3, 10, 12))[0].fact


def test_what_goes_together_is_what_the_project_asks_for() -> None:
    asked = {Requirement(line).name: Requirement(line).specifier for line in pyproject()["project"]["dependencies"]}
    assert TOGETHER
    for package, least, below in TOGETHER:
        assert Version(".".join(map(str, least))) in asked[package]
        assert Version(".".join(map(str, below))) not in asked[package]


def test_the_day_in_shanghai_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FixedClock.on(date(2026, 3, 2))
    assert "2026-03-02 09:00" in installation.zone(clock).fact
    monkeypatch.setattr(installation, "ZoneInfo", lambda _name: ZoneInfo("UTC"))
    assert installation.zone(clock).verdict == "wrong"

    def missing(_name: str) -> None:
        raise ZoneInfoNotFoundError

    monkeypatch.setattr(installation, "ZoneInfo", missing)
    assert "tzdata" in installation.zone(clock).cure


def test_a_disk_that_is_nearly_full_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [found] = installation.disk([tmp_path / "not" / "yet", tmp_path])
    assert str(tmp_path) in found.fact
    usage = namedtuple("usage", "free")
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage(installation.LEAST_FREE - 1))
    assert installation.disk([tmp_path])[0].verdict == "wrong"


def test_findings_are_plain_for_scripts() -> None:
    assert installation.good("outbox", "outbox_empty").model_dump().keys() == {"check", "verdict", "fact", "cure"}
