"""Rows of units and of accounts."""

from __future__ import annotations

from sqlmodel import Field

from storage.rows.base import Row


class UnitRow(Row, table=True):
    """A unit on the roster of a jurisdiction."""

    __tablename__ = "unit"

    jurisdiction: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    name: str
    category: str
    parent: str
    source: str


class Account(Row, table=True):
    """A person or the service itself (``automation``), of one jurisdiction and perhaps of one unit."""

    __tablename__ = "account"

    name: str = Field(primary_key=True)
    jurisdiction: str = Field(index=True)
    unit: str | None = None
    automation: bool
    active: bool


class AccountRole(Row, table=True):
    """A role an account holds."""

    __tablename__ = "account_role"

    account: str = Field(primary_key=True, foreign_key="account.name")
    role: str = Field(primary_key=True, index=True)
