"""Errors of the demo."""

from __future__ import annotations

from casework.errors import NotFound


class WrongDatabase(NotFound):
    """The requested demo cannot run in this database."""

    area = "demo"
