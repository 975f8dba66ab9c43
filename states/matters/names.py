"""Procedures and states of matters that guards and casework ask for."""

from __future__ import annotations

from typing import Final

COMMITMENT: Final = "commitment"
TRACING: Final = "tracing"
KEPT: Final = "kept"
REPORTED: Final = "reported"
DECLINED: Final = "declined"
