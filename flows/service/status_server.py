"""``/healthz`` and ``/metrics`` on a port of their own: answered by a thread, on this machine only.

A monitor needs no password for them, they hold no content of any case, and they answer while Prefect's server is down.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, ClassVar, Final

from flows.service.environment import HOST

METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
SECONDS: Final = 10.0
"""How long a client may take to send its request."""


class StatusHandler(BaseHTTPRequestHandler):
    """Answers the two paths. One request at a time is computed: reading the log moves on."""

    checks: ClassVar[Callable[[], Mapping[str, bool]]]
    metrics: ClassVar[Callable[[], bytes]]
    turn: ClassVar[Lock]
    timeout = SECONDS
    server_version = "ducha"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer a path of ours, 404 to any other."""
        if self.path == "/healthz":
            self._answer_health()
        elif self.path == "/metrics":
            with self.turn:
                body = type(self).metrics()
            self._answer(HTTPStatus.OK, METRICS_TYPE, body)
        else:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"/healthz /metrics\n")

    def log_message(self, *_: Any) -> None:
        """A monitor asks every few seconds: nothing worth a line."""

    def _answer_health(self) -> None:
        found = dict(type(self).checks())
        healthy = all(found.values())
        body = json.dumps({"status": "ok" if healthy else "failing", "checks": found}).encode()
        status = HTTPStatus.OK if healthy else HTTPStatus.SERVICE_UNAVAILABLE
        self._answer(status, "application/json", body)

    def _answer(self, status: HTTPStatus, content: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def status_server(port: int, checks: Callable[[], Mapping[str, bool]], metrics: Callable[[], bytes]) -> Iterator[int]:
    """Answer on this port within, 0 for any that is free; gives the port."""
    attributes = {"checks": staticmethod(checks), "metrics": staticmethod(metrics), "turn": Lock()}
    handler = type("Handler", (StatusHandler,), attributes)
    with ThreadingHTTPServer((HOST, port), handler) as server:
        thread = Thread(target=server.serve_forever, name="status", daemon=True)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()
