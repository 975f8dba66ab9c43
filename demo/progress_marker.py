"""How far the year has been played, kept in the demo's own database in the transaction of each step."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from storage import canonical, key_value
from storage.engine import Session

NAME: Final = "demo"
"""The setting whose presence makes a database a demo's."""


@dataclass(frozen=True, slots=True)
class ProgressMarker:
    """The year and the program that are played, the steps done, and the refusals met on the way."""

    year: int
    program: str
    done: int = 0
    refusals: tuple[dict[str, Any], ...] = ()

    def further(self, *refusals: dict[str, Any]) -> ProgressMarker:
        """One step further, with what was refused at it."""
        return replace(self, done=self.done + 1, refusals=(*self.refusals, *refusals))


def find(session: Session) -> ProgressMarker | None:
    """The bookmark of this database; None when no demo was ever played in it."""
    kept = key_value.get(session, NAME)
    if kept is None:
        return None
    fields = canonical.loads(kept)
    return ProgressMarker(**{**fields, "refusals": tuple(fields["refusals"])})


def keep(session: Session, bookmark: ProgressMarker) -> None:
    """Keep the bookmark, in the transaction of the step it stands behind."""
    key_value.put(session, NAME, canonical.dumps(asdict(bookmark)))
