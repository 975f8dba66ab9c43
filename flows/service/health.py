"""Whether Prefect's server answers."""

from __future__ import annotations

import asyncio
import os
from http.client import HTTPException
from time import monotonic
from typing import Final
from urllib.request import ProxyHandler, build_opener

TIMEOUT: Final = 2.0
"""Seconds to wait for an answer."""

_OPENER: Final = build_opener(ProxyHandler({}))


async def answers() -> bool:
    """Whether the server of this environment answers just now."""
    return await asyncio.to_thread(is_answering)


def is_answering() -> bool:
    """As ``answers``, for a thread."""
    return _asked(f"{os.environ['PREFECT_API_URL']}/health")


async def answers_within(seconds: float) -> bool:
    """Whether it answers before so many seconds have passed."""
    end = monotonic() + seconds
    while not (answered := await answers()) and monotonic() < end:
        await asyncio.sleep(0.2)
    return answered


def _asked(url: str) -> bool:
    try:
        with _OPENER.open(url, timeout=TIMEOUT) as answer:
            return bool(answer.status == 200)
    except (OSError, HTTPException):
        return False
