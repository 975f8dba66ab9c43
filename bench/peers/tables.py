"""The case and its history as SQLModel has them."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class PeerCase(SQLModel, table=True):
    """A case."""

    __tablename__ = "peer_case"
    id: int = Field(primary_key=True)
    state: str


class PeerHistory(SQLModel, table=True):
    """One act of a case."""

    __tablename__ = "peer_history"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int
    event: str
    source: str
    target: str
    at: float
