"""What stands in the way of playing a demo."""

from __future__ import annotations

from casework.errors import NotFound


class WrongDatabase(NotFound):
    """This database is not one in which the demo asked for can be played."""

    area = "demo"
