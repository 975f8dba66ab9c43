"""Answers about the migration of cases to another version of their regulation."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from messages.answers import Answer, RefusalView


class ChangedAct(Answer):
    """An act that is possible before or after the migration, and not the same."""

    case: str = Field(description="id of the case")
    act: str = Field(description="code of the act")
    act_name: str = Field(description="name of the act")
    before: tuple[str, ...] | None = Field(description="codes of its refusals before; null where it had no place")
    after: tuple[str, ...] | None = Field(description="codes of its refusals after; null where it has no place")


class ChangedTerm(Answer):
    """A running deadline that is counted or cited otherwise after the migration."""

    case: str = Field(description="id of the case")
    term: str = Field(description="code of the term")
    title: str = Field(description="name of the term")
    article_before: str = Field(description="clause it rested on")
    article_after: str = Field(description="clause it rests on")
    was: date | None = Field(description="due date before; null while it is paused or unknown")
    due: date | None = Field(description="due date after; null while it is paused or unknown")


class ChangedKey(Answer):
    """A frequency key that the migration changes."""

    key: str = Field(description="kind and value of the key")
    before: str = Field(description="window before; empty where it was not held")
    after: str = Field(description="window after; empty where it is not held")


class MigratedCase(Answer):
    """A case with everything that belongs to it, and what its migration changes."""

    case: str = Field(description="id of the case")
    title: str = Field(description="its title")
    from_: str = Field(alias="from", description="regulation and version before")
    to: str = Field(description="regulation and version after")
    parts: int = Field(description="number of cases that move with it")
    acts: tuple[ChangedAct, ...] = Field(description="acts that change")
    terms: tuple[ChangedTerm, ...] = Field(description="running deadlines that change")
    keys: tuple[ChangedKey, ...] = Field(description="frequency keys that change")
    refusals: tuple[RefusalView, ...] = Field(description="why it cannot be migrated; empty where it can")


class VersionMigration(Answer):
    """What a migration changes, or changed."""

    to: str = Field(description="regulation and version after")
    dry_run: bool = Field(description="whether nothing was changed because only a trial was asked for")
    cases: tuple[MigratedCase, ...] = Field(description="the cases")
