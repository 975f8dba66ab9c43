"""Checks after every step what changed since the last check, and everything from time to time.

Every invariant holds of each case by what is stored of it and of its inspection. So a case that did not change since it
was found right is still right, unless its inspection was suspended, taken up again or ended meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple

from sqlalchemy import func, select

from simulation import invariants
from simulation.invariants import Known
from simulation.reminder_checks import about_another_date, issued_early, issued_twice
from simulation.termination_checks import without_end
from simulation.violations import Violation
from states.engine.case import Case
from states.packs import procedure_of
from storage.cases import cases, deadlines
from storage.cases.case_rows import CASES
from storage.cases.deadlines import Tracked
from storage.engine import Database, Session
from storage.messages.notices import NOTICES

_SEEN: Final = select(CASES.c.id, CASES.c.version, CASES.c.suspended, CASES.c.open)
_LAST_NOTICE: Final = select(func.max(NOTICES.c.id))


class _Glimpse(NamedTuple):
    """The values that show that a case changed, and how."""

    version: int
    suspended: bool
    open: bool

    @property
    def goes_on(self) -> tuple[bool, bool]:
        """What matters to the parts of an inspection."""
        return self.suspended, self.open


@dataclass
class Watch:
    """The state that was already checked."""

    known: Known
    seen: dict[str, _Glimpse] = field(default_factory=dict)
    tracked: dict[str, Tracked] = field(default_factory=dict)
    last_notice: int | None = None

    def cases(self, session: Session, ids: Collection[str]) -> Iterator[Violation]:
        """Violations in these cases."""
        yield from self._as_stored(session, ids)
        yield from invariants.chains(session, ids)

    def changes(self, session: Session, today: date) -> Iterator[Violation]:
        """Violations in everything that changed since the last check, reported or not."""
        glimpses, tracked = self._glimpses(session), {one.deadline.id: one for one in deadlines.of_cases(session)}
        yield from (Violation("gone", one) for one in (self.seen | self.tracked).keys() - (glimpses | tracked).keys())
        if changed := self._changed(glimpses) | self._moved(tracked):
            yield from self.cases(session, changed)
        yield from self._notices(session, today)

    def everything(self, database: Database, at: datetime) -> Iterator[Violation]:
        """Violations anywhere, changed or not."""
        with database.reading() as session:
            yield from self._as_stored(session, self._glimpses(session))
            yield from invariants.chains(session)
            yield from invariants.windows(session)
            yield from issued_twice(session)
        yield from without_end(database, at)

    def _as_stored(self, session: Session, ids: Iterable[str]) -> Iterator[Violation]:
        found = cases.load_many(session, ids)
        for one in [case for case in found.values() if self._turned(case)]:
            found |= {part.id: part for part in cases.find(session, root=one.id)}
        tracked = deadlines.of_cases(session, found)
        yield from self._rewritten(tracked)
        yield from invariants.of_cases(session, self.known, found, tracked)
        yield from about_another_date(session, tracked)
        self._found_right(found.values(), tracked)

    def _turned(self, case: Case) -> bool:
        """Whether an inspection was suspended, resumed or ended: that touches all its parts."""
        return case.id in self.seen and self.seen[case.id].goes_on != _glimpse(case).goes_on

    def _glimpses(self, session: Session) -> dict[str, _Glimpse]:
        return {row.id: _Glimpse(*row[1:]) for row in session.execute(_SEEN)}

    def _changed(self, now: Mapping[str, _Glimpse]) -> set[str]:
        """Cases that changed."""
        return {one for one, glimpse in now.items() if self.seen.get(one) != glimpse}

    def _moved(self, now: Mapping[str, Tracked]) -> set[str]:
        """Cases whose deadlines changed."""
        return {one.deadline.case for one in now.values() if self.tracked.get(one.deadline.id) != one}

    def _notices(self, session: Session, today: date) -> Iterator[Violation]:
        last = session.execute(_LAST_NOTICE).scalar_one()
        if last != self.last_notice:
            yield from issued_twice(session)
            yield from issued_early(session, today)
            self.last_notice = last

    def _rewritten(self, tracked: Iterable[Tracked]) -> Iterator[Violation]:
        """A deadline that has ended stays as it ended."""
        for one in tracked:
            before = self.tracked.get(one.deadline.id, one)
            if not before.deadline.running and before != one:
                yield Violation("rewritten", one.deadline.id, str(one))

    def _found_right(self, found: Iterable[Case], tracked: Iterable[Tracked]) -> None:
        self.seen.update((case.id, _glimpse(case)) for case in found)
        self.tracked.update((one.deadline.id, one) for one in tracked)


def _glimpse(case: Case) -> _Glimpse:
    return _Glimpse(case.version, case.suspended, procedure_of(case).is_open(case.state))
