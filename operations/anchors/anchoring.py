"""Write anchors of the journal outside the database, and compare the journal with them.

An anchor is written only when the journal agrees with the last one, so a contradiction cannot be hidden by a new
anchor. After a restore a new sequence begins, and its first anchor records the reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from typing import Final

import messages
from casework.clock import SHANGHAI, Clock
from casework.errors import NotFound, UpkeepFailed
from operations.anchors import anchor_files
from operations.anchors.anchor_files import Anchor, AnchorBroken, AnchorSettings
from operations.anchors.anchor_models import AnchorView, BreakView, JournalVerification
from storage import backup_files, key_value
from storage.cases import cases
from storage.engine import Database, Session
from storage.journal import account_journal, chain_heads, parallel_verification, unit_journal, verification
from storage.journal.parallel_verification import Tell
from storage.journal.verification import ChainBreak

IDENTITY: Final = "database.identity"
"""The setting that tells this database from others; it is kept through backup and restore."""
LAST: Final = "anchor.last"
"""The setting that says which anchor was written last, wherever it lies."""


def anchor(database: Database, clock: Clock, where: AnchorSettings, *, anew: str = "") -> AnchorView:
    """Write an anchor of every case as it stands; ``anew`` says why it need not agree with the last one.

    Raises UpkeepFailed when the journal contradicts the last anchor, or the anchor cannot be written.
    """
    identity = _identity(database)
    files = anchor_files.kept(where, identity)
    try:
        last = anchor_files.read(files[-1], where.key()) if files else None
    except AnchorBroken as error:
        raise UpkeepFailed("anchor_broken", file=str(error.file)) from error
    at = clock.now()
    with backup_files.reading_snapshot(database) as calm, calm.reading() as session:
        broken = [] if anew or last is None else list(chain_heads.compare(session, last.heads(), last.at))
        if last is not None and broken:
            raise UpkeepFailed("anchor_contradicted", file=str(last.file), case=broken[0].case_id, count=len(broken))
        known = json.loads(key_value.get(session, LAST) or "{}").get("number", 0)
        written = anchor_files.write(
            where,
            chain_heads.heads(session),
            database=identity,
            number=max(known, last.number if last else 0) + 1,
            at=at,
            previous=last.mac if last else None,
            anew=anew,
        )
    with database.writing() as session:
        key_value.put(session, LAST, json.dumps({"number": written.number, "at": written.at.isoformat()}))
    return anchor_view(written)


def nightly(database: Database, clock: Clock, where: AnchorSettings) -> AnchorView | None:
    """The anchor of the night: as ``anchor``, but None when this day in Shanghai already has one here.

    One dated ahead, by a clock that was wrong, does not stand for the days up to then.

    Of two who anchor the same night at the same moment one finds its number taken, and then that it is done.
    """
    newest = newest_here(database, where)
    if newest is not None and newest.at.astimezone(SHANGHAI).date() == clock.now().astimezone(SHANGHAI).date():
        return None
    try:
        return anchor(database, clock, where)
    except UpkeepFailed as error:
        if error.code == "anchor_unwritten" and newest_here(database, where) != newest:
            return nightly(database, clock, where)
        raise


def newest_here(database: Database, where: AnchorSettings) -> Anchor | None:
    """The last anchor of this database that lies here. Raises UpkeepFailed when it proves nothing."""
    with database.reading() as session:
        identity = key_value.get(session, IDENTITY)
    files = anchor_files.kept(where, identity) if identity else []
    try:
        return anchor_files.read(files[-1], where.key()) if files else None
    except AnchorBroken as error:
        raise UpkeepFailed("anchor_broken", file=str(error.file)) from error


def verify(
    database: Database,
    where: AnchorSettings,
    case_id: str | None = None,
    *,
    file: Path | None = None,
    tell: Tell = lambda done, entries: None,
) -> JournalVerification:
    """Whether every chain is whole, or those of one inspection, and agrees with the last anchor or the one in ``file``.

    Reports every break; ``tell`` gets the entries checked and their total. Raises NotFound for a case that neither
    the journal nor the anchor knows.
    """
    with backup_files.reading_snapshot(database) as calm, calm.reading() as session:
        against, broken = _anchor(session, where, file)
        kept, at = (against.heads(), against.at) if against is not None else ((), None)
        if case_id is None:
            found = parallel_verification.check(calm, session, kept, at, tell=tell)
            broken += map(
                break_view,
                [*found.chains, *found.heads, *account_journal.breaks(session), *unit_journal.breaks(session)],
            )
        for one in _family(session, against, case_id) if case_id else ():
            broken += [break_view(each) for each in [verification.verify(session, one)] if each is not None]
            if against is not None:
                broken += map(break_view, chain_heads.compare(session, against.heads(), against.at, one))
    return JournalVerification(
        case=case_id,
        whole=not broken,
        breaks=tuple(broken),
        anchor=anchor_view(against) if against is not None else None,
    )


def break_view(found: ChainBreak) -> BreakView:
    """A break with its message."""
    fact = messages.text(f"upkeep.flaw_{found.flaw}", case=found.case_id, seq=found.seq)
    return BreakView(case=found.case_id, seq=found.seq, flaw=found.flaw, fact=fact)


def anchor_view(found: Anchor) -> AnchorView:
    """An anchor as it is answered."""
    return AnchorView(
        file=str(found.file),
        number=found.number,
        at=found.at.astimezone(SHANGHAI).replace(microsecond=0),
        cases=found.cases,
        anew=found.anew,
    )


def _anchor(session: Session, where: AnchorSettings, file: Path | None) -> tuple[Anchor | None, list[BreakView]]:
    """The anchor to compare the journal with, and the faults of the anchors themselves."""
    identity = key_value.get(session, IDENTITY)
    try:
        if file is not None:
            found = anchor_files.read(file, where.key())
            if found.database != identity:
                raise UpkeepFailed("anchor_of_another", file=str(file))
            return found, []
        here = anchor_files.chained(where, identity) if identity else []
    except AnchorBroken as error:
        fact = messages.text(f"upkeep.flaw_anchor_{error.flaw}", file=str(error.file))
        return None, [BreakView(case=None, seq=None, flaw=f"anchor_{error.flaw}", fact=fact)]
    last = here[-1] if here else None
    written = json.loads(key_value.get(session, LAST) or "{}")
    if written.get("number", 0) > (last.number if last else 0):
        fact = messages.text("upkeep.flaw_anchor_absent", directory=str(where.directory), **written)
        return last, [BreakView(case=None, seq=None, flaw="anchor_absent", fact=fact)]
    return last, []


def _family(session: Session, against: Anchor | None, case_id: str) -> list[str]:
    """A case and, under an inspection, its parts: those that are there and those the anchor remembers."""
    known = {case_id} if cases.load(session, case_id) else set()
    known |= {part.id for part in cases.find(session, root=case_id)}
    known |= {head.case_id for head in _remembered(against, case_id)}
    if not known:
        raise NotFound("case_unknown", case=case_id)
    return sorted(known)


def _remembered(against: Anchor | None, case_id: str) -> Iterator[chain_heads.Head]:
    if against is not None:
        under = f"{case_id}-"
        yield from (head for head in against.heads() if head.case_id == case_id or head.case_id.startswith(under))


def _identity(database: Database) -> str:
    """The identity of this database, created on first use."""
    with database.writing() as session:
        found = key_value.get(session, IDENTITY)
        if found is None:
            found = token_hex(8)
            key_value.put(session, IDENTITY, found)
        return found
