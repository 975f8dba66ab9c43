"""The kinds of inspection; the data of a version says which of them it has."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Comprehensive, special, or a look-back at what an earlier inspection found."""

    COMPREHENSIVE = "comprehensive"
    SPECIAL = "special"
    LOOK_BACK = "look_back"
