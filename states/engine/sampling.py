"""Sampling for the on-site part of a combined inspection (Tongliang art. 12): the draw can be reproduced.

Each unit's key is the SHA-256 of seed and unit code; the units with the smallest keys are drawn. The draw depends on
neither the order of the list nor the version of a random generator.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def draw_key(seed: str, code: str) -> str:
    """The draw key of one unit under this seed, in hexadecimal."""
    return hashlib.sha256(f"{seed}\n{code}".encode()).hexdigest()


def draw(seed: str, codes: Iterable[str], size: int) -> tuple[str, ...]:
    """The ``size`` units with the smallest keys, in the order of their codes. Raises ValueError if there are fewer."""
    pool = set(codes)
    if not 0 <= size <= len(pool):
        raise ValueError(f"cannot draw {size} of {len(pool)}")
    return tuple(sorted(sorted(pool, key=lambda code: draw_key(seed, code))[:size]))
