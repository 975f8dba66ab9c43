"""Failpoints: named points where tests kill the process, to show that nothing is lost or duplicated.

Off unless the edge arms one because ``DUCHA_FAILPOINT`` names it, as ``before_commit:3`` for the third commit of the
process. Dying means at once, by ``kill -9``: nothing is rolled back, closed or written by the process itself. Every
transaction that writes passes both: those of acts, of the outbox, of the sweep and of the publication alike.
"""

from __future__ import annotations

import os
import signal
from typing import Final, Literal

Name = Literal["before_commit", "after_commit"]

DIED: Final = -signal.SIGKILL
"""How a process that died at a failpoint ended, as ``subprocess`` says it."""

_name: str = ""
_left: int = 1


def arm(name: str, count: int = 1) -> None:
    """Kill the process the Nth time this point is reached."""
    global _name, _left
    _name, _left = name, count


def reach(name: Name) -> None:
    """Pass this point, or kill the process if it is armed."""
    global _left
    if name != _name:
        return
    _left -= 1
    if _left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
