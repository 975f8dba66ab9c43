"""Records beside the cases, one chain of hashes for each jurisdiction: of accounts, and of units.

Their heads are anchored with those of the cases, under the name of the record and the jurisdiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, Table, func, insert, literal, select

from storage import canonical
from storage.engine import Session
from storage.journal.journal import FIRST
from storage.journal.verification import ChainBreak, by_bytes


@dataclass(frozen=True, slots=True)
class RecordChain:
    """A record kept in a table; ``prefix`` and the jurisdiction name a chain as ids name cases: ``accounts:TL``."""

    prefix: str
    table: Table

    def append(self, session: Session, jurisdiction: str, entries: Iterable[Mapping[str, Any]]) -> None:
        """Append entries; numbers and hashes are added here. Whoever appends holds the record to itself."""
        columns, last = self.table.c, select(self.table.c.seq, self.table.c.hash)
        found = session.execute(
            last.where(columns.jurisdiction == jurisdiction).order_by(columns.seq.desc()).limit(1)
        ).first()
        seq, head = (found.seq, found.hash) if found is not None else (0, FIRST)
        rows = list[dict[str, Any]]()
        for entry in entries:
            seq += 1
            row = {**entry, "jurisdiction": jurisdiction, "seq": seq, "prev_hash": head}
            head = row["hash"] = digest(row)
            rows.append(row)
        if rows:
            session.execute(insert(self.table), rows)

    def heads(self, session: Session) -> Select[Any]:
        """The last entry of every chain, as ``storage.journal.chain_heads`` reads those of the cases."""
        columns = self.table.c
        last = select(columns.jurisdiction, func.max(columns.seq).label("seq")).group_by(columns.jurisdiction)
        found = last.subquery()
        same = (columns.jurisdiction == found.c.jurisdiction) & (columns.seq == found.c.seq)
        query = select(self._name(), columns.seq, columns.hash).join(found, same)
        return query.order_by(by_bytes(session, columns.jurisdiction))

    def entries(self, session: Session, chain: str | None = None) -> Select[Any]:
        """Every entry, or those of the chain of this name, as ``storage.journal.chain_heads`` reads the journal."""
        columns = self.table.c
        query = select(self._name(), columns.seq, columns.hash, columns.recorded_at)
        if chain is not None:
            query = query.where(columns.jurisdiction == chain.removeprefix(self.prefix))
        return query.order_by(by_bytes(session, columns.jurisdiction), columns.seq)

    def first_break(self, jurisdiction: str, chain: Iterable[Mapping[str, Any]]) -> ChainBreak | None:
        """The first entry of a chain, read in its order, that is missing, out of place or edited."""
        head, name = FIRST, f"{self.prefix}{jurisdiction}"
        for seq, row in enumerate(chain, start=1):
            if row["seq"] != seq:
                return ChainBreak(name, seq, "missing")
            if row["prev_hash"] != head:
                return ChainBreak(name, seq, "unlinked")
            if digest(row) != row["hash"]:
                return ChainBreak(name, seq, "edited")
            head = row["hash"]
        return None

    def _name(self) -> Any:
        return (literal(self.prefix) + self.table.c.jurisdiction).label("case_id")


def digest(row: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical form of an entry's columns, all but the hash itself."""
    kept = {name: value for name, value in row.items() if name != "hash"}
    kept["recorded_at"] = row["recorded_at"].astimezone(UTC).isoformat(timespec="microseconds")
    if "effective_on" in kept:
        kept["effective_on"] = row["effective_on"].isoformat()
    return sha256(canonical.dumps(kept).encode()).hexdigest()
