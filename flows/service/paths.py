"""Where the service keeps what is its own: everything under one directory that nobody else can read."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import flows
from flows.service.errors import ServiceError
from operations.running_service import AUTH, LOCK

USER: Final = "ducha"


@dataclass(frozen=True, slots=True)
class ServicePaths:
    """The files of one service, all below ``root``."""

    root: Path

    @property
    def prefect_home(self) -> Path:
        """Prefect's own directory: its database, its logs, its pages."""
        return self.root / "prefect"

    @property
    def deployed(self) -> Path:
        """Says what was deployed last, so that an unchanged second start deploys nothing."""
        return self.prefect_home / "deployed"

    @property
    def deployments(self) -> Path:
        """The deployments put on the server, as ``prefect deploy`` reads them."""
        return self.prefect_home / "prefect.yaml"

    def log(self, name: str) -> Path:
        """Where a child's output goes."""
        return self.prefect_home / f"{name}.log"

    def prepare(self) -> None:
        """Make the directories, readable by their owner alone. Raises ServiceTrouble where that cannot be done."""
        try:
            for directory in (self.root, self.prefect_home):
                directory.mkdir(mode=0o700, exist_ok=True)
                directory.chmod(0o700)
        except OSError as error:
            raise ServiceError("no_place", where=str(self.root), detail=error.strerror) from error

    @property
    def has_served(self) -> bool:
        """Whether a service was ever started here."""
        return self.auth.exists()

    def auth_string(self) -> str:
        """Name and password of Prefect's pages and API, made at the first start and kept from others."""
        if not self.has_served:
            handle = os.open(self.auth, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(f"{USER}:{secrets.token_urlsafe(18)}")
        return self.auth.read_text(encoding="ascii").strip()

    @property
    def auth(self) -> Path:
        """The file with name and password of Prefect's pages and API."""
        return self.root / AUTH

    @property
    def lock(self) -> Path:
        """The lock that a running service holds."""
        return self.root / LOCK

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Keep a second service out of these files. Raises ServiceTrouble when one is running."""
        with self.lock.open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise ServiceError("running", where=str(self.root)) from None
            yield


def home() -> Path:
    """The directory our packages lie in: a working copy, or where the product is installed."""
    return Path(flows.__file__).parent.parent
