"""A service started as people start it, in a directory of its own."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

OPENER = build_opener(ProxyHandler({}))
READY = "按 Ctrl-C 停止"


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Service:
    """``ducha serve`` in a directory; what it says is kept in ``said``."""

    directory: Path
    port: int = field(default_factory=free_port)
    metrics_port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def auth(self) -> str:
        return (self.directory / "var" / "prefect-auth").read_text(encoding="ascii")

    @property
    def said(self) -> str:
        return (self.directory / "said.txt").read_text(encoding="utf-8")

    def start(self, *options: str, wait: float = 170) -> Service:
        """Start it and wait until it is ready, or has ended."""
        with (self.directory / "said.txt").open("wb") as said:
            command = [sys.executable, "-m", "cli", "serve", "--port", str(self.port)]
            command += ["--metrics-port", str(self.metrics_port), *options]
            self.process = subprocess.Popen(command, cwd=self.directory, stdout=said, stderr=said)
        until(lambda: READY in self.said or self.ended, wait, lambda: self.said)
        return self

    @property
    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Stop it as Ctrl-C does; returns its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(60)

    def processes(self) -> set[int]:
        """The processes that live on this directory: all that were told of its database."""
        marker = str(self.directory / "var").encode()
        found = set()
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal() and int(entry.name) != os.getpid():
                try:
                    if marker in (entry / "environ").read_bytes():
                        found.add(int(entry.name))
                except OSError:
                    continue
        return found

    def asks(self, path: str, body: Any = None, *, auth: str | None = None) -> Any:
        """What Prefect's API answers; an int where it is an error."""
        token = base64.b64encode((auth or self.auth).encode()).decode()
        headers = {"Authorization": f"Basic {token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        try:
            with OPENER.open(Request(f"{self.url}/api{path}", data, headers), timeout=30) as answer:
                return json.load(answer)
        except HTTPError as error:
            return error.code

    def runs(self, deployment: str, parameters: dict[str, Any], wait: float = 120) -> dict[str, Any]:
        """Run a deployment by the worker; returns the run when it has ended."""
        [found] = [one for one in self.asks("/deployments/filter", {}) if one["name"] == deployment]
        made = self.asks(f"/deployments/{found['id']}/create_flow_run", {"parameters": parameters})
        run: dict[str, Any] = {}

        def has_ended() -> bool:
            run.update(self.asks(f"/flow_runs/{made['id']}"))
            return run["state_type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}

        until(has_ended, wait, lambda: run)
        return run


def until(happened: Callable[[], bool], seconds: float, otherwise: Callable[[], object]) -> None:
    """Wait until something has happened; fail with what is said otherwise when it does not in time."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, otherwise()
        time.sleep(0.2)
