"""What every command may be told: which database, which language, and whether a script reads the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import messages

if TYPE_CHECKING:
    from access.reader import Reader
    from casework.clock import Clock
    from storage.engine import Database, Session

DATABASE_VARIABLE: Final = "DUCHA_DATABASE_URL"
LANGUAGE_VARIABLE: Final = "DUCHA_LANG"
DEFAULT_DATABASE: Final = str(Path("var", "ducha.db"))


@dataclass
class Options:
    """The settings of one command line; options given later on it override earlier ones."""

    url: str = DEFAULT_DATABASE
    language: messages.Language = "zh"
    as_json: bool = False

    @property
    def clock(self) -> Clock:
        """The clock on the wall: this is the edge where time is taken."""
        from casework.clock import SystemClock

        return SystemClock()

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The database, ready for work. Raises DatabaseTrouble."""
        from storage.engine import open_database

        database = open_database(self.url)
        try:
            yield database
        finally:
            database.close()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that changes nothing."""
        with self.opened() as database, database.reading() as session:
            yield session

    @contextmanager
    def reading_as(self, account: str | None) -> Iterator[tuple[Session, Reader]]:
        """A transaction that changes nothing, and its reader; without an account that is the machine's operator.

        What was read is put on record when the transaction has ended.
        """
        from casework.readers import reading_as

        with self.opened() as database, reading_as(database, self.clock, account) as found:
            yield found

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is committed at the end, or not at all."""
        with self.opened() as database, database.writing() as session:
            yield session


def preparse(arguments: Sequence[str], environ: Mapping[str, str]) -> Options:
    """The settings as far as they can be told before parsing, so that even its errors keep to them."""
    known = arguments[: arguments.index("--")] if "--" in arguments else arguments
    wanted = environ.get(LANGUAGE_VARIABLE, "")
    for at, argument in enumerate(known):
        name, _, value = argument.partition("=")
        if name == "--lang":
            wanted = value or "".join(known[at + 1 : at + 2])
    language: messages.Language = next((one for one in messages.LANGUAGES if one == wanted), "zh")
    url = environ.get(DATABASE_VARIABLE) or DEFAULT_DATABASE
    return Options(url, language, "--json" in known)
