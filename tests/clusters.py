"""A PostgreSQL server of one's own, to be stopped, killed and started again without anybody else noticing."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import URL

INSTALLED = Path("/usr/lib/postgresql")
PATIENCE = 60.0
"""Seconds that a server is waited for."""


@dataclass(frozen=True)
class Cluster:
    """A server that listens at 127.0.0.1 alone. It does not wait for the disk: no power fails here."""

    binaries: Path
    directory: Path
    port: int

    @property
    def url(self) -> URL:
        """Where to reach it, as its owner."""
        return URL.create("postgresql+psycopg", "ducha", host="127.0.0.1", port=self.port, database="postgres")

    def database(self, name: str, template: str = "template0") -> str:
        """A new database, copied from the template; it goes with the server."""
        dsn = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url.set(database=name).render_as_string(hide_password=False)

    def start(self) -> None:
        """Start it, and recover what a crash left; whatever outlived a killed server is waited for."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        until = time.monotonic() + PATIENCE
        while self._control("start", "-w", "-l", str(self.directory / "log"), "-o", options).returncode:
            assert time.monotonic() < until, (self.directory / "log").read_text(encoding="utf-8")
            time.sleep(0.1)

    def stop_at_once(self) -> None:
        """Cut every session and write nothing more, as when the machine goes down."""
        assert self._control("stop", "-m", "immediate").returncode == 0

    def kill(self) -> None:
        """``kill -9`` to its first process; the sessions find out by themselves."""
        [number, *_] = (self._data / "postmaster.pid").read_text(encoding="ascii").splitlines()
        os.kill(int(number), signal.SIGKILL)

    def make(self) -> None:
        """Lay out its files."""
        if os.geteuid() == 0:
            shutil.chown(self.directory, "postgres", "postgres")
        layout = ["-A", "trust", "-U", "ducha", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"]
        made = self._run("initdb", "-D", str(self._data), *layout)
        assert made.returncode == 0, made.stderr

    @property
    def _data(self) -> Path:
        return self.directory / "data"

    def _control(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run("pg_ctl", "-D", str(self._data), *arguments)

    def _run(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """PostgreSQL refuses to be run by root."""
        other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*other, str(self.binaries / name), *arguments]
        # A server that is started inherits what its starter writes to: a pipe would never end.
        with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
            done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False)
            said.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, "", said.read())


def binaries() -> Path | None:
    """Where the programs of a PostgreSQL server are, the newest first; None when there are none."""
    versions = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda path: (len(path.parts[4]), path.parts[4]))
    found = str(versions[-1]) if versions else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server that runs; gone with all its files at the end. Without programs the test is skipped."""
    programs = binaries()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed: initdb was not found")
    with tempfile.TemporaryDirectory(prefix="ducha-pg-") as directory, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        made = Cluster(programs, Path(directory), probe.getsockname()[1])
        probe.close()
        made.make()
        made.start()
        try:
            yield made
        finally:
            made._control("stop", "-m", "immediate")
