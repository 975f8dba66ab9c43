"""What a restore is asked to do, and where it keeps what it replaces."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from casework.clock import SHANGHAI, Clock
from operations.backup_models import BackupLabel
from storage.engine import Database
from storage.journal.chain_heads import Head


@dataclass(frozen=True, slots=True)
class Restore:
    """A backup with its label, the database it is to become, and what the last anchor remembers of that."""

    database: Database
    clock: Clock
    path: Path
    said: BackupLabel
    anchored: list[Head]
    force: bool
    despite_breaks: bool

    @property
    def name_before(self) -> str:
        """What the replaced database is called from now on."""
        name = str(self.database.engine.url.database).rpartition("/")[2]
        return f"{name}.before-{self.clock.now().astimezone(SHANGHAI):%Y%m%dT%H%M%S}"
