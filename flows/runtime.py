"""Where the flows work: the database of the cases, the account they act as, and what a refusal comes to.

Prefect knows no users, so it is not known who starts a run: what is done here is done by the automation account
of the joint office, which can never approve, file, consent or close out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Final

import regulations
import telemetry
from access.reader import Reader
from calendars import CalendarRefused
from casework.administration import practice
from casework.clock import Clock
from casework.errors import CaseworkError
from casework.readers import reading_as
from regulations import Jurisdiction, RegulationsError
from regulations.jurisdiction_files import JURISDICTION_SEPARATOR
from settings import SettingRefused, Settings
from settings.own_texts import use_own_texts
from states.engine.forms.reading import FormRefused
from states.engine.refusals import ActRefused
from storage import failpoints
from storage.engine import Database, Session, open_database
from storage.errors import DatabaseError
from storage.people import jurisdictions

REFUSALS: Final = (ActRefused, FormRefused, CaseworkError, RegulationsError, CalendarRefused)
"""What makes a run end with an answer, not with a crash."""

_SIMULATED: ContextVar[Clock | None] = ContextVar("simulated", default=None)


def clock() -> Clock:
    """The system clock; in a rehearsal the simulated one, in a practice database the day it stands on."""
    return _SIMULATED.get() or practice.clock_of(database())


def artifact_prefix(name: str) -> str:
    """The tables of a rehearsal are kept apart from those of the real case that bears the same number."""
    return f"demo-{name}" if _SIMULATED.get() else name


@contextmanager
def simulated_clock(simulated: Clock) -> Iterator[None]:
    """Go by a simulated clock."""
    token = _SIMULATED.set(simulated)
    try:
        yield
    finally:
        _SIMULATED.reset(token)


def settings() -> Settings:
    """The settings of this process: flows have no command line, so the environment is all they are given."""
    named = Settings(os.environ)
    use_own_texts(named.regulations_dir)
    return named


def log(process: telemetry.Process) -> telemetry.Log:
    """The log of this process, by the settings. Raises SettingRefused."""
    named = settings()

    def directory() -> Path | None:
        return telemetry.log_directory(named.database_url, named.log_dir)

    return telemetry.Log(process, directory, named.log_level, named.log_days)


@contextmanager
def recorded(run: str | None = None, **about: str) -> Iterator[None]:
    """A flow run, by its id, or a job of the clock: one request in the log, where an error within is recorded."""
    with telemetry.request(run):
        try:
            yield
        except Exception as error:
            telemetry.failed(error, **about)
            raise


@cache
def _opened(url: str, busy_seconds: float, failpoint: tuple[str, int] | None) -> Database:
    if failpoint:
        failpoints.arm(*failpoint)
    if not telemetry.is_logging():
        # Prefect starts a process for each run: this is where that process meets the product.
        telemetry.open_log(log("worker"))
    return open_database(url, busy_seconds=busy_seconds)


def database() -> Database:
    """The database that the settings name, opened once. Raises DatabaseTrouble, SettingRefused."""
    named = settings()
    return _opened(named.database_url, named.busy_seconds, named.failpoint)


def offered_jurisdictions() -> tuple[Jurisdiction, ...]:
    """What run forms offer: the jurisdictions the database works for; without a database those of the package.

    Forms are made when the flows are loaded, before the process may have a database open.
    """
    try:
        opened = open_database(settings().database_url, busy_seconds=settings().busy_seconds)
    except (SettingRefused, DatabaseError):
        return regulations.jurisdictions()
    try:
        with opened.reading() as session:
            return jurisdictions.set_up(session)
    finally:
        opened.close()


@contextmanager
def reading_as_service(jurisdiction: str) -> Iterator[tuple[Session, Reader]]:
    """A transaction that changes nothing, read by the service account: it reads what the pages of a run show."""
    with database().reading() as session:
        account = service_account(session, jurisdiction)
    named = f"{jurisdiction}{JURISDICTION_SEPARATOR}{account}"
    # The service imports this module before its environment says where Prefect is, which Prefect reads when imported.
    from prefect import runtime

    with reading_as(database(), clock(), named, request=f"flow-run:{runtime.flow_run.id}") as found:
        yield found


def service_account(session: Session, jurisdiction: str) -> str:
    """The automation account of a jurisdiction. Raises UnknownJurisdiction."""
    return jurisdictions.load(session, jurisdiction).service_account
