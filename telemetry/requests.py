"""The request id: what one command, flow run or job of the clock recorded bears the same one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("ducha_request", default="")


@contextmanager
def request(named: str | None = None) -> Iterator[str]:
    """Everything within belongs to one request: ``named``, such as the id of a flow run, or one with a new id."""
    token = _current.set(named or os.urandom(8).hex())
    try:
        yield _current.get()
    finally:
        _current.reset(token)


def request_id() -> str:
    """The id of the current request; empty outside of any."""
    return _current.get()
