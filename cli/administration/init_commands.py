"""Commands that create a database, migrate its schema, and print the version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import messages
from cli.output.printing import facts, join_names, show, table
from cli.parsing.commands import Command, option
from cli.parsing.options import DEFAULT_DATABASE, Options

if TYPE_CHECKING:
    from datetime import date

    from casework.administration.unit_models import RosterDifference
    from cli.output.answer_models import InitAnswer, JurisdictionName, MigrateAnswer
    from regulations import Jurisdiction, Roster
    from storage.engine import Session


@click.command("init", cls=Command, help="console.init")
@option("--roster", metavar="FILE", help="console.opt_roster")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@option("--practice", "for_practice", is_flag=True, help="console.opt_practice")
@option("--dry-run", "dry", is_flag=True, help="console.opt_init_dry_run")
@click.pass_obj
def init(settings: Options, roster: str | None, jurisdiction: str | None, for_practice: bool, dry: bool) -> None:
    """Create the database if it does not exist, and add units and accounts; existing ones stay."""
    from casework.administration import jurisdiction_setup, practice
    from casework.clock import today
    from cli.output.answer_models import InitAnswer
    from cli.parsing.jurisdiction_option import jurisdiction_meant
    from operations.atomic_files import make_own_directory
    from storage import backup_files, private_files
    from storage import migrate as migrations
    from storage.engine import connect

    home = jurisdiction_meant(settings, jurisdiction)
    listed = read_roster_file(roster, home) if roster else None
    if settings.url == DEFAULT_DATABASE and not dry:
        make_own_directory(Path(DEFAULT_DATABASE).parent)
    database = connect(settings.url, create=not dry, busy_seconds=settings.environment.busy_seconds)
    if database.is_sqlite and not dry:
        private_files.restrict(backup_files.file_of(database))
    try:
        steps = [] if dry else migrations.upgrade(database)
        with database.writing() as session:
            if for_practice and not dry:
                practice.begin(session, settings.clock)
        with database.writing() as session, session.begin_nested() as savepoint:
            before = _counts(session, home.code)
            left = _differences(session, home.code, listed, today(settings.clock)) if listed else ()
            done = jurisdiction_setup.set_up(session, home.code, listed, clock=settings.clock)
            after = _counts(session, home.code)
            others = _not_set_up(session)
            if dry:
                savepoint.rollback()
    finally:
        database.close()
    added = {f"{name}_added": after[name] - before[name] for name in after}
    applied = tuple(step.revision for step in steps)
    answer = InitAnswer(
        **{**done, **after, **added},
        database=database.where,
        migrations=applied,
        dry_run=dry,
        differences=left,
        others=others,
    )
    show(settings, answer, _format_init)


@click.command("migrate", cls=Command, help="console.migrate")
@option("--dry-run", "dry", is_flag=True, help="console.opt_dry_run")
@click.pass_obj
def migrate(settings: Options, dry: bool) -> None:
    """Apply pending schema migrations, or list them with ``--dry-run``."""
    from cli.output.answer_models import MigrateAnswer, MigrationRow
    from storage import migrate as migrations
    from storage.engine import connect

    database = connect(settings.url, busy_seconds=settings.environment.busy_seconds)
    try:
        steps = migrations.pending(database) if dry else migrations.upgrade(database)
    finally:
        database.close()
    answer = MigrateAnswer(
        database=database.where,
        applied=not dry,
        migrations=tuple(MigrationRow(revision=step.revision, title=step.title) for step in steps),
    )
    show(settings, answer, _format_migration)


@click.command("version", cls=Command, help="console.entry_version")
@click.pass_obj
def version(settings: Options) -> None:
    """Print the version of the program."""
    from importlib.metadata import version as version_of

    from cli.output.answer_models import VersionAnswer

    show(settings, VersionAnswer(version=version_of("ducha")), lambda found: f"ducha {found.version}")


def _not_set_up(session: Session) -> tuple[JurisdictionName, ...]:
    """The jurisdictions that come with the product and have no accounts in the database."""
    import regulations
    from cli.output.answer_models import JurisdictionName
    from storage.people import accounts

    there = accounts.jurisdictions(session)
    ours = (one for one in regulations.jurisdictions() if one.code not in there)
    return tuple(JurisdictionName(code=one.code, name=one.name) for one in ours)


def _differences(session: Session, jurisdiction: str, listed: Roster, on: date) -> tuple[RosterDifference, ...]:
    """Where a roster file differs from the roster that stands, which setting up leaves as it is."""
    from casework.administration import roster_changes
    from casework.administration.unit_models import RosterDifference, changed_unit

    changed = (one for one in roster_changes.differences(session, jurisdiction, listed, on) if one.before)
    missing = roster_changes.missing_units(session, jurisdiction, listed)
    return (
        *(
            RosterDifference(change=one.change, before=changed_unit(one.before[0]), after=changed_unit(one.after[0]))
            for one in changed
        ),
        *(RosterDifference(change="missing", before=changed_unit(unit), after=None) for unit in missing),
    )


def _counts(session: Session, jurisdiction: str) -> dict[str, int]:
    from storage.people import accounts, successions

    return {
        "units": len(successions.standing(session, jurisdiction)),
        "accounts": len(accounts.active(session, jurisdiction)),
    }


def read_roster_file(file: str, home: Jurisdiction) -> Roster:
    """Read the units of a roster file, by the categories of the jurisdiction's regulation. Raises RosterRefused."""
    import regulations
    from cli.parsing.data_files import read_bytes

    return regulations.read_roster(read_bytes(file), file, regulations.load(home.regulation))


def _format_init(answer: InitAnswer) -> str:
    new = answer.units_added or answer.accounts_added or answer.migrations
    head = messages.text("console.founded" if new else "console.founded_before")
    if answer.dry_run:
        head = messages.text("console.would_found")
    return (
        f"{head}\n"
        + _format_differences(answer)
        + facts(
            (
                ("database", answer.database),
                ("jurisdiction", f"{answer.jurisdiction} {answer.name}"),
                ("units", messages.text("console.of_which_new", count=answer.units, new=answer.units_added)),
                ("accounts", messages.text("console.of_which_new", count=answer.accounts, new=answer.accounts_added)),
                ("migrations", join_names(answer.migrations)),
            )
        )
        + _format_others(answer)
    )


def _format_others(answer: InitAnswer) -> str:
    """The jurisdictions of the product that are not set up in this database, and how to set one up."""
    if not answer.others:
        return ""
    named = join_names(f"{one.code} {one.name}" for one in answer.others)
    return "\n\n" + messages.text("console.other_jurisdictions", named=named, example=answer.others[0].code)


def _format_differences(answer: InitAnswer) -> str:
    """Where the roster file says something else than the database, and how to take it in."""
    if not answer.differences:
        return ""
    rows = (
        (messages.text(f"console.unit_is_{one.change}"), one.before.code, one.before.name, one.after and one.after.name)
        for one in answer.differences
    )
    return f"{messages.text('console.roster_differs')}\n{table(('change', 'code', 'before', 'after'), rows)}\n\n"


def _format_migration(answer: MigrateAnswer) -> str:
    if not answer.migrations:
        return messages.text("console.up_to_date", database=answer.database)
    head = messages.text("console.migrated" if answer.applied else "console.would_migrate", database=answer.database)
    return "\n".join([head, *(f"  {step.revision}  {step.title}" for step in answer.migrations)])
