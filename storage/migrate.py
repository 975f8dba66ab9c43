"""Bringing a database to the schema of this program, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from sqlalchemy import text

from storage import schema
from storage.engine import Database, Session
from storage.errors import DatabaseError

if TYPE_CHECKING:
    from alembic.config import Config

_TURN = 0x64756368
"""The advisory lock under which two programs that start at once migrate one after the other (PostgreSQL)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One revision still to be applied, and what it does."""

    revision: str
    title: str


def current(database: Database) -> str | None:
    """The revision of the database; None when it was never initialised."""
    with database.reading() as session:
        return schema.revision(session)


def pending(database: Database) -> list[Step]:
    """What ``upgrade`` would do, in its order; nothing is changed."""
    with database.reading() as session:
        return _pending(session, database.where)


def upgrade(database: Database) -> list[Step]:
    """Apply every pending revision, or none; returns what was applied.

    Raises DatabaseTrouble for a database of a later version, and for one that holds another program's tables.
    """
    with database.writing() as session:
        if not database.is_sqlite:
            session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
        steps = _pending(session, database.where)
        if steps:
            _run(session)
        return steps


def _pending(session: Session, where: str) -> list[Step]:
    try:
        schema.require_current(session, where)
    except DatabaseError as trouble:
        if trouble.code not in ("empty", "older_schema"):
            raise
    else:
        return []
    from alembic.script import ScriptDirectory

    known = schema.REVISIONS
    found = schema.revision(session)
    scripts = ScriptDirectory.from_config(_config())
    return [Step(name, str(scripts.get_revision(name).doc)) for name in known[known.index(found) + 1 if found else 0 :]]


def build(session: Session, revision: str) -> None:
    """Bring the schema that this transaction works in to a revision."""
    # Alembic takes a second to load, and only a database that is behind needs it.
    from alembic import command

    config = _config()
    config.attributes["connection"] = session
    command.upgrade(config, revision)


def _run(session: Session) -> None:
    build(session, schema.REVISIONS[-1])


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("storage").joinpath("migrations")).replace("%", "%%"))
    return config
