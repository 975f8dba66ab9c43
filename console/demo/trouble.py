"""What stands in the way of playing a demo: each with its cure, exit code 3."""

from __future__ import annotations

import words
from casework.errors import NotFound


class NoStage(NotFound):
    """This database is not one in which the demo asked for can be played. Texts: ``demo.<code>``."""

    @property
    def what(self) -> str:
        """What is wrong, in the language spoken."""
        return words.say(f"demo.{self.code}", **self.params)

    @property
    def cure(self) -> str:
        """What to do about it, in the language spoken."""
        return words.say(f"demo.{self.code}_cure", **self.params)
