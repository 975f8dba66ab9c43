"""Where the flows work: the database of the cases, the account they act as, and what a refusal comes to.

Prefect knows no users, and whoever starts a run is unknown to us: what is done here is done by the automation account
of the joint office, which can never approve, file, consent or close out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Final

import regulations
from calendars import CalendarRefused
from casework.clock import Clock, SystemClock
from casework.errors import CaseworkError
from regulations import Jurisdiction, RegulationsError
from states.engine.forms.reading import FormRefused
from states.engine.refusals import ActRefused
from storage.engine import Database, Session, open_database
from storage.errors import DatabaseError
from storage.people import jurisdictions

DATABASE_VARIABLE: Final = "DUCHA_DATABASE_URL"
REFUSALS: Final = (ActRefused, FormRefused, CaseworkError, RegulationsError, CalendarRefused)
"""What makes a run end with an answer, not with a crash."""

_SIMULATED: ContextVar[Clock | None] = ContextVar("simulated", default=None)


def clock() -> Clock:
    """The clock on the wall; in a rehearsal the simulated one."""
    return _SIMULATED.get() or SystemClock()


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


@cache
def _opened(url: str) -> Database:
    return open_database(url)


def database() -> Database:
    """The database the environment names, opened once. Raises DatabaseTrouble, or KeyError when none is named."""
    return _opened(os.environ[DATABASE_VARIABLE])


def offered_jurisdictions() -> tuple[Jurisdiction, ...]:
    """What run forms offer: the jurisdictions the database works for; without a database those of the package.

    Forms are made when the flows are loaded, before the process may have a database open.
    """
    try:
        opened = open_database(os.environ[DATABASE_VARIABLE])
    except (KeyError, DatabaseError):
        return regulations.jurisdictions()
    try:
        with opened.reading() as session:
            return jurisdictions.set_up(session)
    finally:
        opened.close()


def service_account(session: Session, jurisdiction: str) -> str:
    """The automation account of a jurisdiction. Raises UnknownJurisdiction."""
    return jurisdictions.load(session, jurisdiction).service_account
