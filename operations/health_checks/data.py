"""Looking over the database and what is kept beside it: queues, sweeps, anchors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, inspect, select

from casework.clock import SHANGHAI, Clock, today
from casework.errors import UpkeepFailed
from casework.nightly import mailing
from operations.anchors import anchoring
from operations.anchors.anchor_files import AnchorSettings
from operations.health_checks.health_models import HealthFinding
from operations.health_checks.installation import good, skipped, wrong
from storage import backup_files, key_value, row_checks, sqlite_driver
from storage.calendar import sweep_nights
from storage.cases.deadlines import DEADLINES
from storage.engine import Database, Session, durable_mode
from storage.journal import chain_heads
from storage.journal.journal import JOURNAL
from storage.messages import notices, outbox, quarantine
from storage.people import jurisdictions
from storage.row_checks import BadRow

LATE: Final = timedelta(minutes=15)
"""How long an act or an e-mail may wait before it counts as stuck: the service looks every few seconds."""
AHEAD: Final = timedelta(minutes=5)
"""How far the last entry may be ahead of the clock."""
APART: Final = timedelta(minutes=5)
"""How far the clocks of two machines may differ."""
REMEMBERED: Final = timedelta(days=7)
"""How long an e-mail that was given up is spoken of."""
NAMED: Final = 5
"""Rows that are named one by one."""
SYNCHRONOUS: Final = ("OFF", "NORMAL", "FULL", "EXTRA")


def findings(database: Database, clock: Clock, where: AnchorSettings, *, mail: bool) -> Iterator[HealthFinding]:
    """Everything about the data; ``mail`` says whether a mail server is configured.

    Rows that cannot be read are named; the other checks go on without them.
    """
    with database.reading() as session:
        unreadable = row_checks.bad_rows(session)
        yield rows(unreadable)
        if not database.is_sqlite:
            yield half_restored(session)
    if unreadable:
        row_checks.hide(database, unreadable)
    with database.reading() as session:
        if database.is_sqlite:
            yield sqlite(session)
        yield moment(session, clock)
        yield from sweeps(session, clock)
        yield follow_ups(session, clock)
        yield mails(session, clock, configured=mail)
        yield held_back(session)
        anything = session.execute(select(func.count()).select_from(JOURNAL)).scalar_one() > 0
    yield anchors(database, clock, where, anything=anything)


def rows(found: Sequence[BadRow]) -> HealthFinding:
    """Whether every row can be read."""
    if not found:
        return good("rows", "rows_readable")
    listed = "、".join(f"{one.table} {one.key}（{one.column}）" for one in found[:NAMED])
    return wrong("rows", "rows_unreadable", count=len(found), rows=listed + ("……" if len(found) > NAMED else ""))


def half_restored(session: Session) -> HealthFinding:
    """Whether a restore that was broken off left its schema behind."""
    if inspect(session).has_schema(backup_files.STAGING):
        return wrong("restore", "restore_left", schema=backup_files.STAGING)
    return good("restore", "restore_nothing_left")


def sqlite(session: Session) -> HealthFinding:
    """Which SQLite is used, and whether it is in the mode that loses nothing in a power cut."""
    mode, synchronous = durable_mode(sqlite_driver.sqlite_version())
    found = str(session.exec_driver_sql("PRAGMA journal_mode").scalar_one())
    level = SYNCHRONOUS[int(session.exec_driver_sql("PRAGMA synchronous").scalar_one())]
    version = ".".join(map(str, sqlite_driver.sqlite_version()))
    facts = {"version": version, "library": sqlite_driver.description(), "mode": found.upper(), "synchronous": level}
    if (found, level) != (mode, synchronous):
        return wrong("sqlite", "sqlite_unsafe", **facts, wanted=f"{mode.upper()} + {synchronous}")
    return good("sqlite", "sqlite_rollback" if mode == "persist" else "sqlite_wal", **facts)


def moment(session: Session, clock: Clock) -> HealthFinding:
    """Whether the clock agrees with the server's, and is not behind what was recorded already."""
    now = clock.now()
    last = session.execute(select(func.max(JOURNAL.c.recorded_at))).scalar()
    if last is not None and last > now + AHEAD:
        return wrong("clock", "clock_behind", now=_at(now), last=_at(last))
    if session.dialect.name != "sqlite":
        server: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
        if abs(server - now) > APART:
            return wrong("clock", "clock_apart", now=_at(now), server=_at(server))
    return good("clock", "clock_agrees", now=_at(now))


def sweeps(session: Session, clock: Clock) -> Iterator[HealthFinding]:
    """Whether every jurisdiction with something to sweep was swept last night or tonight."""
    for one in jurisdictions.set_up(session):
        last = sweep_nights.last(session, one.code)
        if last is None and not _runs_any(session, one.code):
            yield good("sweep", "sweep_needless", name=one.name)
        elif last is None:
            yield wrong("sweep", "sweep_never", name=one.name)
        elif last > today(clock):
            yield wrong("sweep", "sweep_ahead", name=one.name, night=last, today=today(clock))
        elif last < today(clock) - timedelta(days=1):
            yield wrong("sweep", "sweep_late", name=one.name, night=last)
        else:
            yield good("sweep", "sweep_done", name=one.name, night=last)


def follow_ups(session: Session, clock: Clock) -> HealthFinding:
    """Whether acts are followed up."""
    waiting = outbox.waiting(session)
    if not waiting:
        return good("outbox", "outbox_empty")
    oldest = outbox.backlog(session, limit=1)[0]
    facts = {"waiting": waiting, "since": _at(oldest.created_at), "case": oldest.case_id, "tries": oldest.attempts}
    if clock.now() - oldest.created_at <= LATE:
        return good("outbox", "outbox_waits", **facts)
    return wrong("outbox", "outbox_stuck", **facts, error=oldest.last_error or "—")


def mails(session: Session, clock: Clock, *, configured: bool) -> HealthFinding:
    """Whether e-mails go out."""
    failed = notices.find(session, mail_state="failed", since=today(clock) - REMEMBERED, limit=1)
    if failed:
        return wrong("mail", "mail_failed", subject=failed[0].subject, error=failed[0].mail_error)
    waiting, earlier = notices.unsent(session), notices.unmailed(session)
    on = bool(key_value.get(session, mailing.ON_SINCE))
    if not configured or not on:
        text = "mail_not_yet" if configured else "mail_elsewhere" if on else "mail_unconfigured"
        return skipped("mail", text, waiting=waiting, shown=waiting + earlier)
    since = notices.oldest_unsent(session)
    if waiting and since is not None and clock.now() - since > LATE:
        return wrong("mail", "mail_stuck", waiting=waiting, since=_at(since))
    return good("mail", "mail_waits_earlier" if earlier else "mail_waits", waiting=waiting, earlier=earlier)


def held_back(session: Session) -> HealthFinding:
    """Whether something is held back after a restore, for somebody to decide about."""
    found = quarantine.held_back(session)
    if found.acts or found.mails:
        return wrong("quarantine", "quarantine_waits", acts=found.acts, mails=found.mails)
    return good("quarantine", "quarantine_empty")


def anchors(database: Database, clock: Clock, where: AnchorSettings, *, anything: bool) -> HealthFinding:
    """Whether there is an anchor of last night or tonight, and the journal still holds what it says."""
    try:
        last = anchoring.newest_here(database, where)
    except UpkeepFailed as trouble:
        return HealthFinding(check="anchor", verdict="wrong", fact=trouble.fact, cure=trouble.cure)
    if last is None:
        return (
            wrong("anchor", "anchor_none", directory=where.directory) if anything else good("anchor", "anchor_needless")
        )
    with backup_files.reading_snapshot(database) as calm, calm.reading() as session:
        broken = list(chain_heads.compare(session, last.heads(), last.at))
    facts = {"number": last.number, "at": _at(last.at), "cases": last.cases, "file": last.file}
    if broken:
        return wrong("anchor", "anchor_broken_since", **facts, case=broken[0].case_id, count=len(broken))
    if last.at.astimezone(SHANGHAI).date() < today(clock) - timedelta(days=1):
        return wrong("anchor", "anchor_old", **facts)
    return good("anchor", "anchor_holds", **facts)


def _runs_any(session: Session, jurisdiction: str) -> bool:
    running = (DEADLINES.c.jurisdiction == jurisdiction, DEADLINES.c.met_on.is_(None), DEADLINES.c.closed_on.is_(None))
    return session.execute(select(DEADLINES.c.id).where(*running).limit(1)).first() is not None


def _at(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
