"""Where the log is: one file a day for each kind of process, named by its day and never renamed.

Several processes append to one file: each record is one write to a file opened O_APPEND, which the kernel does not
mix with another's. A file that is renamed while others write to it loses what they write, so none is.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

NAME: Final = re.compile(r"(?P<process>cli|service|worker)-(?P<day>\d{4}-\d{2}-\d{2})\.log")
WITHOUT_A_FILE: Final = Path("var")
"""The directory that holds the log where the database is a server."""


def log_directory(database: str, named: Path | None = None) -> Path | None:
    """The directory of the log of this database, or ``named``; None where the product keeps nothing.

    So a mistyped database, or a working directory that is not the product's, gets no ``log``.
    """
    if named is not None:
        return named
    path = database.removeprefix("sqlite:///")
    try:
        if "://" in path:
            return WITHOUT_A_FILE / "log" if WITHOUT_A_FILE.is_dir() else None
        return Path(path).parent / "log" if Path(path).is_file() else None
    except OSError:
        # A directory on the way that may not be entered.
        return None


def file_name(process: str, day: date) -> str:
    """The file of a kind of process on a day."""
    return f"{process}-{day.isoformat()}.log"


def day_of(file: Path) -> date | None:
    """The day a file is for; None for a file that is not of the log."""
    found = NAME.fullmatch(file.name)
    try:
        return date.fromisoformat(found["day"]) if found else None
    except ValueError:
        return None
