"""Answers that only the command line gives."""

from __future__ import annotations

from pydantic import Field

from casework.administration.unit_models import RosterDifference
from messages.answers import Answer


class VersionAnswer(Answer):
    """The version of the program."""

    version: str = Field(description="version")


class TemplateNames(Answer):
    """The acts that are done with one form."""

    form: str = Field(description="name of the form")
    names: tuple[str, ...] = Field(description="names under which its template is printed")


class TemplateAnswer(Answer):
    """A template to fill in."""

    name: str = Field(description="name that was asked for")
    form: str = Field(description="name of the form")
    template: str = Field(description="the template, in YAML with comments")


class MigrationRow(Answer):
    """A step of the schema."""

    revision: str = Field(description="revision it leads to")
    title: str = Field(description="what it does")


class MigrateAnswer(Answer):
    """The steps that bring the schema up to date."""

    database: str = Field(description="database, without a password")
    applied: bool = Field(description="whether the steps were applied; false for a dry run")
    migrations: tuple[MigrationRow, ...] = Field(description="the steps, in their order")


class JurisdictionName(Answer):
    """A jurisdiction by its code and name."""

    code: str = Field(description="code")
    name: str = Field(description="name")


class InitAnswer(Answer):
    """A jurisdiction that was set up in a database."""

    jurisdiction: str = Field(description="code of the jurisdiction")
    name: str = Field(description="its name")
    units: int = Field(description="number of units")
    accounts: int = Field(description="number of active accounts")
    units_added: int = Field(description="number of units added now")
    accounts_added: int = Field(description="number of accounts added now")
    database: str = Field(description="database, without a password")
    migrations: tuple[str, ...] = Field(description="schema revisions that were applied")
    dry_run: bool = Field(False, description="whether nothing was changed because only a trial was asked for")
    differences: tuple[RosterDifference, ...] = Field(
        (), description="where the roster file says something else than the database, which stays as it is"
    )
    others: tuple[JurisdictionName, ...] = Field(
        (), description="jurisdictions that come with the product and are not set up in the database"
    )


class SchemaRow(Answer):
    """A command and the answer it gives."""

    command: str = Field(description="command, without `ducha`")
    answer: str = Field(description="name of the answer; `[]` behind it for a list")
