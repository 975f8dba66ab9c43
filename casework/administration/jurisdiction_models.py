"""Answers about jurisdictions."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from messages.answers import Answer


class JurisdictionRow(Answer):
    """A jurisdiction, and what it has in this database."""

    jurisdiction: str = Field(description="code of the jurisdiction")
    name: str = Field(description="its name")
    instruments: dict[str, str] = Field(description="regulation of each instrument")
    region: str = Field(description="region whose calendar it uses")
    case_prefix: str = Field(description="prefix of its case numbers")
    units: int = Field(description="number of units")
    accounts: int = Field(description="number of active accounts")
    source: str = Field(description="where its data come from: `package`, `database` or `database_over_package`")
    sha256: str | None = Field(description="SHA-256 of the text it was entered from; null for the package's own")
    entered_at: datetime | None = Field(description="time it was entered, in Asia/Shanghai")
    entered_by: str | None = Field(description="who entered it")


class JurisdictionView(JurisdictionRow):
    """A jurisdiction with its offices."""

    national: str = Field(description="national regulation above its own")
    division_code: str = Field(description="administrative division code")
    roster_note: str = Field(description="note on its roster")
    offices: dict[str, str] = Field(description="Chinese name of the office that holds each role")
    offices_en: dict[str, str] = Field(description="English name of the office that holds each role")


class JurisdictionEntry(JurisdictionRow):
    """A jurisdiction that was entered, or would be."""

    dry_run: bool = Field(description="whether nothing was changed because only a trial was asked for")
    unchanged: bool = Field(description="whether the same text had been entered before")
    units_added: int = Field(description="number of units added")
    accounts_added: int = Field(description="number of accounts added")
    replaces: str | None = Field(description="where the data it replaces come from; null where it replaces none")
    same_prefix: tuple[str, ...] = Field(description="codes of other jurisdictions with the same prefix")
