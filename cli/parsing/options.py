"""What every command may be told: which database, which language, and whether a script reads the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

import messages
import telemetry
from settings import Settings as Environment

if TYPE_CHECKING:
    from access.reader import Reader
    from casework.clock import Clock
    from storage.engine import Database, Session
    from storage.row_checks import BadRow

DEFAULT_DATABASE: Final = Environment.database_url.default


@dataclass
class Options:
    """The settings of one command line; options given later on it override earlier ones.

    ``environment`` holds what the ``DUCHA_*`` variables say; ``url`` and ``language`` begin with them. ``bad_rows``
    are left out of what is read.
    """

    url: str = DEFAULT_DATABASE
    language: messages.Language = "zh"
    as_json: bool = False
    environment: Environment = field(default_factory=lambda: Environment({}))
    bad_rows: Sequence[BadRow] = ()
    _database_clock: Clock | None = field(default=None, repr=False)
    _reads: bool = field(default=False, repr=False)
    _writes: bool = field(default=False, repr=False)

    @property
    def only_reads(self) -> bool:
        """Whether the command has read and changed nothing, so that it can be run again."""
        return self._reads and not self._writes

    @property
    def clock(self) -> Clock:
        """The system clock; for a practice database the day that it stands on."""
        from casework.clock import SystemClock
        from storage.errors import DatabaseError

        if self._database_clock is None:
            try:
                with self.opened():
                    pass
            except DatabaseError:
                return SystemClock()
        return self._database_clock or SystemClock()

    def log(self) -> telemetry.Log:
        """The log of this command line, by the database that its options name. Raises SettingRefused."""
        named = self.environment

        def directory() -> Path | None:
            return telemetry.log_directory(self.url, named.log_dir)

        return telemetry.Log("cli", directory, named.log_level, named.log_days)

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The database, ready for work; one for practice is said to be. Raises DatabaseError."""
        from casework.administration import practice
        from casework.clock import PracticeClock
        from storage.engine import open_database

        database = open_database(self.url, busy_seconds=self.environment.busy_seconds)
        if self.bad_rows:
            from storage.row_checks import hide

            hide(database, self.bad_rows)
        try:
            if self._database_clock is None:
                self._database_clock = practice.clock_of(database)
                if isinstance(self._database_clock, PracticeClock):
                    self._say_practice(self._database_clock.day)
            yield database
        finally:
            database.close()

    def _say_practice(self, day: date) -> None:
        if not self.as_json:
            click.echo(messages.text("console.practice", day=day), err=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that changes nothing."""
        self._reads = True
        with self.opened() as database, database.reading() as session:
            yield session

    @contextmanager
    def reading_as(self, account: str | None) -> Iterator[tuple[Session, Reader]]:
        """A transaction that changes nothing, and its reader; without an account that is the machine's operator.

        What was read is put on record when the transaction has ended.
        """
        from casework.readers import reading_as

        self._reads = True
        with self.opened() as database, reading_as(database, self.clock, account) as found:
            yield found

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is committed at the end, or not at all."""
        self._writes = True
        with self.opened() as database, database.writing() as session:
            yield session


def preparse(arguments: Sequence[str], environ: Mapping[str, str]) -> Options:
    """The settings as far as they can be told before parsing, so that even its errors keep to them."""
    environment = Environment(environ)
    known = arguments[: arguments.index("--")] if "--" in arguments else arguments
    wanted: str = environment.language
    for at, argument in enumerate(known):
        name, _, value = argument.partition("=")
        if name == "--lang":
            wanted = value or "".join(known[at + 1 : at + 2])
    language: messages.Language = next((one for one in messages.LANGUAGES if one == wanted), "zh")
    return Options(environment.database_url, language, "--json" in known, environment)
