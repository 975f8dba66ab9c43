"""What a use case says when it cannot even ask the rules: one family, each with its text in the catalogue."""

from __future__ import annotations

from typing import Any, ClassVar

import messages


class CaseworkError(Exception):
    """Something asked for cannot be done. ``code`` names its texts ``<area>.<code>`` and ``<area>.<code>_cure``."""

    area: ClassVar[str] = "casework"
    refused: ClassVar[bool] = False
    """Whether what was handed in is at fault, and not how things stand."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    @property
    def what(self) -> str:
        """What is wrong, in the language spoken."""
        return messages.text(f"{self.area}.{self.code}", **self.params)

    @property
    def cure(self) -> str:
        """What to do about it, in the language spoken."""
        return messages.text(f"{self.area}.{self.code}_cure", **self.params)

    def as_json(self) -> dict[str, Any]:
        """The error as scripts read it."""
        return {"error": self.code, "fact": self.what, "cure": self.cure}


class NotFound(CaseworkError):
    """There is no such case, unit, account or document."""


class NotPermitted(CaseworkError):
    """Whoever asks may not, whatever they ask."""


class Conflict(CaseworkError):
    """Somebody else was faster, or the same request key came with something else."""


class UpkeepFailed(CaseworkError):
    """Anchoring, bundling, copying or restoring did not come about; nothing was changed."""

    area = "upkeep"
