"""What is asked of a backup before it becomes the database, and what would be lost by that."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select

import messages
from casework.errors import UpkeepFailed
from operations.anchors import anchoring
from operations.anchors.anchor_models import BreakView
from operations.backup_models import BackupLabel, HeldBackView
from operations.backups import content_of, sha256_of_file
from storage import case_numbers, practice, schema
from storage.case_numbers import Numbers
from storage.cases.case_rows import CASES
from storage.engine import Database, Session
from storage.errors import DatabaseError
from storage.journal import account_journal, chain_heads, parallel_verification
from storage.journal.chain_heads import Head
from storage.journal.journal import JOURNAL
from storage.journal.verification import ChainBreak
from storage.messages import quarantine

_EVER: Final = datetime(1900, 1, 1, tzinfo=UTC)
_NUMBERED: Final = re.compile(r"(?P<scope>[^:]+-\d{4}-[A-Z]+|[^:]+-\d{4}-[A-Z]+\d+-[A-Z]+)(?P<number>\d+)")
_OF_PART: Final = re.compile(r".+-\d{4}-[A-Z]+\d+-[A-Z]+")


@dataclass(frozen=True, slots=True)
class Replaced:
    """What the database that is replaced remembers, as far as it can be read."""

    kept: str | None = None
    heads: list[Head] = field(default_factory=list)
    numbers: Numbers = field(default_factory=dict)
    practice: bool | None = None


def require_as_labelled(file: Path, path: Path, said: BackupLabel) -> None:
    """Raises UpkeepFailed unless a file has the size and fingerprint that the label of a backup gives."""
    if (file.stat().st_size, sha256_of_file(file)) != (said.size, said.sha256):
        raise UpkeepFailed("backup_changed", file=str(path))


def require_content_as_labelled(session: Session, path: Path, said: BackupLabel) -> None:
    """Raises UpkeepFailed unless a backup holds what its label says."""
    if schema.revision(session) == said.schema_:
        found, wanted = content_of(session), said.model_dump(by_alias=False)
        if all(found[name] == wanted[name] for name in found):
            return
    raise UpkeepFailed("backup_mislabelled", file=str(path))


def breaks(database: Database, path: Path, despite_breaks: bool) -> list[BreakView]:
    """The breaks of the journal and of the record of accounts. Raises UpkeepFailed unless they are put up with."""
    with database.reading() as session:
        found = [*parallel_verification.check(database, session).chains, *account_journal.breaks(session)]
    broken = [anchoring.break_view(one) for one in found]
    if broken and not despite_breaks:
        raise UpkeepFailed("backup_broken", file=str(path), count=len(broken), first=broken[0].fact)
    return broken


def remember(database: Database, kept: str | None) -> Replaced:
    """What the database remembers that is about to be replaced; one of an older version only that it was there."""
    try:
        with database.reading() as session:
            schema.require_current(session, database.where)
            heads = list(chain_heads.heads(session))
            practised = practice.practice_day(session) is not None
            return Replaced(kept, heads, case_numbers.last_numbers(session), practised)
    except DatabaseError:
        return Replaced(kept)


def newer_than(session: Session, replaced: Replaced, database: Database) -> tuple[BreakView, ...]:
    """What the database that is replaced has and the backup (``session``) does not, with every act."""
    found = list(chain_heads.compare(session, replaced.heads, _EVER))
    if not found:
        return ()
    with database.reading() as standing:
        return tuple(_newer(standing, one) for one in found)


def _newer(standing: Session, found: ChainBreak) -> BreakView:
    after = (JOURNAL.c.case_id == found.case_id) & (JOURNAL.c.seq >= found.seq)
    query = select(JOURNAL.c.seq, JOURNAL.c.acted_on, JOURNAL.c.actor, JOURNAL.c.act).where(after)
    acts = [
        messages.text("upkeep.newer_act", seq=seq, on=on, actor=actor, act=act_name(act))
        for seq, on, actor, act in standing.execute(query.order_by(JOURNAL.c.seq))
    ]
    listed = messages.text("upkeep.newer_separator").join(acts)
    fact = messages.text("upkeep.newer" if acts else "upkeep.newer_elsewhere", case=found.case_id, acts=listed)
    return BreakView(case=found.case_id, seq=found.seq, flaw=found.flaw, fact=fact)


def act_name(act: str) -> str:
    """What people call an act; one that this version does not know, as it is stored."""
    return messages.text(f"act.{act}") if messages.has(f"act.{act}") else act


def require_same_use(session: Session, replaced: Replaced, where: str) -> None:
    """Raises UpkeepFailed where a backup made for practice would become a real database, or the other way round."""
    practised = practice.practice_day(session) is not None
    if replaced.practice is not None and replaced.practice is not practised:
        raise UpkeepFailed("restore_practice" if practised else "restore_over_practice", where=where)


def make_usable(session: Session, at: datetime, replaced: Replaced, anchored: list[Head]) -> HeldBackView:
    """Hold back what waits, and give out no number that was given out before, as far as anything remembers it."""
    held_back = quarantine.hold_back(session, at)
    case_numbers.count_on_from(session, replaced.numbers)
    case_numbers.count_on_from(session, _numbers_of(session, anchored))
    return HeldBackView(acts=held_back.acts, mails=held_back.mails)


def _numbers_of(session: Session, anchored: list[Head]) -> Numbers:
    """The numbers in the ids of cases: of inspections, and of the parts of inspections that are here."""
    homes = dict(session.execute(select(CASES.c.id, CASES.c.jurisdiction)).tuples().all())
    found: Numbers = {}
    for head in anchored:
        if numbered := _NUMBERED.fullmatch(head.case_id):
            scope, number = numbered["scope"], int(numbered["number"])
            of_part = _OF_PART.fullmatch(scope) is not None
            home = homes.get(scope.rpartition("-")[0]) if of_part else case_numbers.EVERY_JURISDICTION
            if home is not None:
                found[home, scope] = max(number, found.get((home, scope), 0))
    return found
