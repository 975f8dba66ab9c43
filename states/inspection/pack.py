"""The inspection pack of one version of a regulation."""

from __future__ import annotations

from regulations import Regulation
from states.engine.pack import Pack
from states.inspection.procedures import PROCEDURES


def inspection_pack(regulation: Regulation) -> Pack:
    """The tables by which inspections under this version are judged."""
    return Pack("inspection", regulation, PROCEDURES)
