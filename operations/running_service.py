"""The run file of a service: where its pages are, for commands that look for it. It holds no secret."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

RUN_FILE: Final = "service.json"
LOCK: Final = "service.lock"
AUTH: Final = "prefect-auth"
"""Name and password of Prefect's pages and API."""


@dataclass(frozen=True, slots=True)
class RunningService:
    """A service that is running: its process, the address of its pages and API, of its metrics, and its database."""

    pid: int
    port: int
    url: str
    metrics_url: str
    database: str


@contextmanager
def run_file(directory: Path, service: RunningService) -> Iterator[None]:
    """Say where the service is while it runs."""
    file = directory / RUN_FILE
    written = file.with_suffix(".new")
    written.write_text(json.dumps(asdict(service), ensure_ascii=False), encoding="utf-8")
    os.replace(written, file)
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def running_service(directory: Path) -> RunningService | None:
    """The service that runs in this directory; None when none does, or it does not say where it is."""
    if not _is_locked(directory / LOCK):
        return None
    try:
        return RunningService(**json.loads((directory / RUN_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _is_locked(lock: Path) -> bool:
    """Whether a service holds its lock: one that was killed left its run file, and no lock."""
    try:
        with lock.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
