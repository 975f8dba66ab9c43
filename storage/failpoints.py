"""Failpoints: named places where a process can be made to die, to show that nothing is lost or doubled there.

Off unless ``DUCHA_FAILPOINT`` names one, as ``before_commit:3`` for the third commit of the process. Dying means at
once, as by ``kill -9``: nothing is rolled back, closed or written by the process itself.
"""

from __future__ import annotations

import os
from typing import Final, Literal

Name = Literal["before_commit", "after_commit"]

VARIABLE: Final = "DUCHA_FAILPOINT"
DIED: Final = 137
"""The exit code of a process that died at a failpoint: that of ``kill -9``."""

_name, _, _count = os.environ.get(VARIABLE, "").partition(":")
_left: int = int(_count) if _count.isdecimal() else 1


def reach(name: Name) -> None:
    """Pass this place, or die here if it was asked for."""
    global _left
    if name != _name:
        return
    _left -= 1
    if _left <= 0:
        os._exit(DIED)
