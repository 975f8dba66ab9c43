"""The evening follow-up: documents and notices for every act of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from itertools import count
from typing import Final

from casework.clock import FixedClock
from casework.nightly import follow_ups
from demo.run_year import at
from demo.summary_models import FollowUpSummary
from storage.engine import Database

CLOSING: Final = time(18)
WORKER: Final = "demo"


@dataclass(slots=True)
class Directly:
    """Follows up without Prefect."""

    database: Database
    acts: int = 0
    lease_seconds: int = follow_ups.LEASE_SECONDS

    def __call__(self, day: date) -> None:
        """Follow up the queued acts of this day."""
        # A killed process keeps its leases until they expire.
        apart = self.lease_seconds // 60 + 1
        for round in count():
            if not follow_ups.pending(self.database, 1):
                return
            self.acts += self.follow_up(at(day, CLOSING, round * apart))

    def follow_up(self, clock: FixedClock) -> int:
        """Follow up what is free at this moment; says how many acts."""
        return len(follow_ups.follow_up(self.database, clock, WORKER, limit=1000, for_seconds=self.lease_seconds))

    def told(self) -> FollowUpSummary:
        """The summary of the follow-up."""
        return FollowUpSummary(by="directly", acts=self.acts)
