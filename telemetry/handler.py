"""Writing records: standard logging, each a JSON line in the file of the day."""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from time import monotonic
from typing import Any, Final

from telemetry.files import day_of, file_name

ZONE: Final = timezone(timedelta(hours=8))
"""China's time, which has had no summer time since 1991: a day of the log is a day of the office."""
RETRY_SECONDS: Final = 60.0
"""How long a log that could not be opened is left alone."""
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, default=str, separators=(",", ":")).encode
LEVELS: Final = {"info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


class JsonLine(logging.Formatter):
    """A record as one line: time, level, event, and the fields it was given, in that order; none that is empty."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        head = {
            "time": datetime.fromtimestamp(record.created, ZONE).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.msg,
            "process": self._process,
            "pid": record.process,
        }
        fields: dict[str, Any] = record.__dict__["fields"]
        filled = {name: value for name, value in fields.items() if value not in ("", None, [])}
        return _ENCODE({**head, **filled})


class DailyFile(logging.Handler):
    """Appends each record to the file of its day in one write; readable by its owner alone.

    A file that cannot be written costs its records and nothing else, and is tried again after a minute.
    """

    def __init__(self, process: str, directory: Path, days: int) -> None:
        super().__init__()
        self._process, self._directory, self._days = process, directory, days
        self._file: int | None = None
        self._day = date.min
        self._closed_until = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        """Append a record."""
        try:
            line = f"{self.format(record)}\n".encode(errors="backslashreplace")
            day = datetime.fromtimestamp(record.created, ZONE).date()
            if (file := self._of(day)) is not None:
                os.write(file, line)
        except Exception:
            # The act is committed by now: whatever is wrong with the log must not look like a failure of the act.
            self._closed_until = monotonic() + RETRY_SECONDS
            self._close()

    def close(self) -> None:
        """Close the file."""
        self._close()
        super().close()

    def _of(self, day: date) -> int | None:
        if self._file is not None and day == self._day:
            return self._file
        if monotonic() < self._closed_until:
            return None
        self._close()
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._directory / file_name(self._process, day)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        try:
            self._file = os.open(path, flags | os.O_EXCL, 0o600)
        except FileExistsError:
            self._file = os.open(path, flags, 0o600)
        else:
            # The process that creates the first file of a day deletes the oldest ones.
            self._prune(day)
        self._day = day
        return self._file

    def _prune(self, today: date) -> None:
        for file in self._directory.iterdir():
            day = day_of(file)
            if day is not None and (today - day).days >= self._days:
                with suppress(OSError):
                    file.unlink()

    def _close(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                os.close(self._file)
        self._file = None


class DailyLog:
    """The log of one process. Without a directory it writes nothing."""

    def __init__(self, process: str, directory: Path | None, days: int) -> None:
        # A logger of its own, and not one by name: what others do to the tree of loggers (Prefect configures it, tests
        # capture it) neither hides records nor shows them on the screen.
        self._logger = logging.Logger("ducha.telemetry")
        self._handler = DailyFile(process, directory, days) if directory else logging.NullHandler()
        self._handler.setFormatter(JsonLine(process))
        self._logger.addHandler(self._handler)

    def record(self, event: str, level: str, fields: dict[str, object]) -> None:
        """Write a record."""
        # Made here: ``Logger.log`` would search the stack for its caller, which costs more than the write.
        record = logging.LogRecord(self._logger.name, LEVELS[level], "", 0, event, (), None)
        record.fields = fields
        self._logger.handle(record)

    def close(self) -> None:
        """Close the file."""
        self._handler.close()
