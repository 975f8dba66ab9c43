"""Machines played by processes of this one: a PostgreSQL with fresh databases, Prefect's server, and workers that die.

Every process gets the settings of ``deploy/machine.env``, the server those of ``deploy/prefect.env`` as well; only
names, passwords and ports are put in their place.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
from sqlalchemy import make_url

from cli.operations.prefect_checks import Api

ROOT: Final = Path(__file__).parents[1]
HOST: Final = "127.0.0.1"
PATIENCE: Final = 10.0
"""Seconds a process is given to end by itself."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A process that plays a machine, and all it started."""

    name: str
    process: subprocess.Popen[bytes]
    output: Path

    def said(self) -> str:
        """What it printed."""
        return self.output.read_text(encoding="utf-8", errors="replace")

    def die(self) -> None:
        """As by a power cut: everything at once, with ``kill -9``."""
        for pid in (self.process.pid, *_descendants(self.process.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Told to end, and killed when it does not."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        self.die()


def settings(folder: Path, port: int, cases: str, prefect: str) -> tuple[dict[str, str], dict[str, str]]:
    """The environment of every machine, and that of the server, from the example files."""
    base, auth = f"http://{HOST}:{port}", f"ducha:{secrets.token_urlsafe(18)}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "DUCHA_"))}
    machine = {
        **kept,
        **_example("machine.env"),
        "NO_PROXY": HOST,
        "no_proxy": HOST,
        "DUCHA_HOME": str(ROOT),
        "DUCHA_DATABASE_URL": cases,
        "DUCHA_LOG_DIR": str(folder / "log"),
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_API_URL": f"{base}/api",
        "PREFECT_API_AUTH_STRING": auth,
        # The workers say which runs they take.
        "PREFECT_LOGGING_LEVEL": "INFO",
    }
    server = {
        **machine,
        **_example("prefect.env"),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": prefect,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_API_AUTH_STRING": auth,
        "PREFECT_UI_URL": base,
        "PREFECT_SERVER_UI_API_URL": f"{base}/api",
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(folder / "pages"),
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": base,
    }
    return machine, server


def program(name: str) -> str:
    """A command of the environment this runs in."""
    return str(Path(sys.executable).with_name(name))


def run(environ: Mapping[str, str], name: str, *arguments: str) -> str:
    """What a command prints. Raises RuntimeError with it when the command fails."""
    command = [program(name), *arguments]
    done = subprocess.run(command, cwd=ROOT, env=dict(environ), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} {' '.join(arguments)} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def started(folder: Path, environ: Mapping[str, str], machine: str, *command: str) -> Iterator[Machine]:
    """A machine that runs this command, ended with all it started."""
    output = folder / f"{machine}.log"
    with output.open("wb") as log:
        process = subprocess.Popen(
            [program(command[0]), *command[1:]], cwd=folder, env=dict(environ), stdout=log, stderr=log
        )
    made = Machine(machine, process, output)
    try:
        yield made
    finally:
        made.stop()


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


@contextmanager
def postgres_databases(server: str, *names: str) -> Iterator[list[str]]:
    """Empty databases on this server, dropped at the end whoever still holds them; their URLs, without a driver."""
    url = make_url(server).set(drivername="postgresql")
    with ExitStack() as stack:
        owner = stack.enter_context(psycopg.connect(url.render_as_string(hide_password=False), autocommit=True))
        made = []
        for name in names:
            database = f"ducha_{name}_{os.getpid()}"
            owner.execute(f'CREATE DATABASE "{database}"')
            stack.callback(owner.execute, f'DROP DATABASE "{database}" WITH (FORCE)')
            made.append(url.set(database=database).render_as_string(hide_password=False))
        yield made


def answers(api: Api) -> bool:
    """Whether Prefect's server answers."""
    try:
        api.ask("/admin/version")
    except OSError:
        return False
    return True


def _example(name: str) -> dict[str, str]:
    lines = (ROOT / "deploy" / name).read_text(encoding="utf-8").splitlines()
    pairs: list[Any] = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {name: value for name, _, value in pairs}


def _descendants(pid: int) -> list[int]:
    """The processes this one started, and those they started, as far as they still hang together."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    found, look = [], [pid]
    while look:
        children = [child for child, parent in parents.items() if parent in look]
        found += children
        look = children
    return found
