"""Totals over the log of every process, for metrics: read on from where the last reading ended.

Commands are processes of a second each and keep no counters; their log is what they leave. A total counts from when its
reader was made, as a counter of the reader's own process would.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from telemetry.files import day_of
from telemetry.handler import ZONE

BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the buckets of seconds; one more bucket has none."""
MOST_BYTES: Final = 8 * 1024 * 1024
"""Read at once, at most: some 30,000 records. The rest follows at the next reading."""


@dataclass
class Totals:
    """What was counted: by result, by code, and how long acts took."""

    acts: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    follow_ups: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    buckets: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))

    def add(self, record: Mapping[str, Any]) -> None:
        """Count a record. Raises KeyError, TypeError or ValueError for one that is not of the log."""
        event, result = record["event"], record["result"]
        if event == "act":
            if result == "done":
                self._add_seconds(float(record["ms"]) / 1000)
            self.acts[result] += 1
        elif event == "follow_up":
            self.follow_ups[result] += 1
        elif event == "refusal":
            self.refusals.update(record["codes"])
        if result == "failed":
            self.failures.update(record["codes"])

    def _add_seconds(self, seconds: float) -> None:
        self.seconds += seconds
        self.buckets[bisect_left(BOUNDS, seconds)] += 1


class LogReader:
    """Adds what was written to the log since the last reading to its totals."""

    def __init__(self, directory: Path) -> None:
        self.totals = Totals()
        self._directory = directory
        self._read = {file: _size(file) for file in self._files()}

    def read(self) -> Totals:
        """The totals, brought up to date."""
        read, left = {file: self._read.get(file, 0) for file in self._files()}, MOST_BYTES
        for file in read:
            for line in _lines(file, read[file], left):
                read[file] += len(line)
                left -= len(line)
                self._count(line)
        self._read = read
        return self.totals

    def _files(self) -> list[Path]:
        """The files that may still grow: of today, and of yesterday a little after midnight."""
        yesterday = datetime.now(ZONE).date() - timedelta(days=1)
        try:
            days = {file: day_of(file) for file in self._directory.iterdir()}
        except OSError:
            return []
        return sorted(file for file, day in days.items() if day is not None and day >= yesterday)

    def _count(self, line: bytes) -> None:
        try:
            record = json.loads(line)
            if isinstance(record, dict):
                self.totals.add(record)
        except (KeyError, TypeError, ValueError):
            # Half a line that a full disk left, or a record of another version.
            return


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _lines(file: Path, start: int, most: int) -> Iterator[bytes]:
    """Whole lines from here on, up to so many bytes; a line that is still being written waits."""
    try:
        with file.open("rb") as log:
            log.seek(start)
            while most > 0 and (line := log.readline()).endswith(b"\n"):
                most -= len(line)
                yield line
    except OSError:
        return
