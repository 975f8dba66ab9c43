"""Handing an inspection over, backing up, restoring, and deciding about what a restore holds back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import messages
from cli.operations.journal_commands import anchored, broken, compared
from cli.output.printing import show
from cli.parsing.commands import Command, Group, argument, option
from cli.parsing.options import Options
from cli.parsing.param_types import CASE
from cli.parsing.reader_option import reader_option

if TYPE_CHECKING:
    from operations.backup_models import RestoreResult
    from operations.bundles.bundle_models import BundleVerification

_FILE = click.Path(path_type=Path)


class Bundles(Group):
    """``bundle CASE FILE`` is short for ``bundle make CASE FILE``."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """What is no command is a case."""
        return super().resolve_command(ctx, args if self.get_command(ctx, args[0]) else ["make", *args])


@click.group("bundle", cls=Bundles, help="upkeep.about_bundle")
def bundle() -> None:
    """Bundles."""


@bundle.command("make", help="upkeep.about_bundle_make")
@argument("case", metavar="CASE", type=CASE, help="console.arg_case")
@argument("file", metavar="FILE", type=_FILE, help="upkeep.arg_bundle")
@reader_option
@click.pass_obj
def make(settings: Options, case: str, file: Path, reader: str | None) -> None:
    """Write the bundle of an inspection."""
    from operations.bundles import export

    with settings.reading_as(reader) as (session, by):
        written = export.write(session, by, case, file)
    show(settings, written, lambda said: messages.text("upkeep.bundled", **dict(said)))


@bundle.command("verify", help="upkeep.about_bundle_verify")
@argument("file", metavar="FILE", type=_FILE, help="upkeep.arg_bundle")
@option("--anchor", "anchor", type=_FILE, metavar="FILE", help="upkeep.opt_anchor")
@click.pass_obj
def check(settings: Options, file: Path, anchor: Path | None) -> int:
    """Check a bundle without any database. Exit code 1 when something does not hold."""
    from operations.anchors.anchor_files import AnchorSettings
    from operations.bundles import checks

    answer = checks.check(file, AnchorSettings.from_settings(settings.environment), anchor=anchor)
    show(settings, answer, _checked)
    return 0 if answer.whole else 1


@click.command("backup", cls=Command, help="upkeep.about_backup")
@argument("file", metavar="FILE", type=_FILE, help="upkeep.arg_backup")
@click.pass_obj
def backup(settings: Options, file: Path) -> None:
    """Back the database up while it is being worked with."""
    from operations import backups
    from storage.engine import connect

    database = connect(settings.url, busy_seconds=settings.environment.busy_seconds)
    try:
        made = backups.backup(database, settings.clock, file)
    finally:
        database.close()
    show(settings, made, lambda said: messages.text("upkeep.backed_up", **said.model_dump(mode="json")))


@click.command("restore", cls=Command, help="upkeep.about_restore")
@argument("file", metavar="FILE", type=_FILE, help="upkeep.arg_backup")
@option("--force", is_flag=True, help="upkeep.opt_force")
@option("--despite-breaks", is_flag=True, help="upkeep.opt_despite_breaks")
@click.pass_obj
def restore(settings: Options, file: Path, force: bool, despite_breaks: bool) -> None:
    """Put a backup in the place of the database."""
    from operations import restoring
    from operations.anchors.anchor_files import AnchorSettings

    done = restoring.restore(
        settings.url,
        settings.clock,
        file,
        AnchorSettings.from_settings(settings.environment),
        force=force,
        despite_breaks=despite_breaks,
        busy_seconds=settings.environment.busy_seconds,
    )
    show(settings, done, _restored)


@click.group("quarantine", cls=Group, help="upkeep.about_quarantine")
def quarantine() -> None:
    """What a restore holds back."""


@quarantine.command("show", help="upkeep.about_quarantine_show")
@click.pass_obj
def held_back(settings: Options) -> None:
    """Say what is held back."""
    from operations.backup_models import HeldBackView
    from storage.messages import quarantine

    with settings.reading() as session:
        found = quarantine.held_back(session)
    text = "upkeep.quarantine_waits" if found.acts or found.mails else "upkeep.quarantine_empty"
    show(settings, HeldBackView(acts=found.acts, mails=found.mails), lambda counts: messages.text(text, **dict(counts)))


@quarantine.command("release", help="upkeep.about_quarantine_release")
@option("--mails", is_flag=True, help="upkeep.opt_mails")
@click.pass_obj
def release(settings: Options, mails: bool) -> None:
    """Let what is held back go on."""
    from operations.backup_models import HeldBackView
    from storage.messages import quarantine

    with settings.writing() as session:
        found = quarantine.let_go(session, settings.clock.now(), mails=mails)
    text = "upkeep.let_go_with_mails" if mails else "upkeep.let_go"
    show(settings, HeldBackView(acts=found.acts, mails=found.mails), lambda counts: messages.text(text, **dict(counts)))


def _checked(answer: BundleVerification) -> str:
    head = messages.text("upkeep.bundle_whole" if answer.whole else "upkeep.bundle_broken", **dict(answer))
    held = answer.anchor
    last = compared(held) if held else messages.text("upkeep.bundle_by_itself")
    return "\n".join([head, *broken(answer.breaks), last])


def _restored(done: RestoreResult) -> str:
    said = done.model_dump(mode="json")
    lines = [messages.text("upkeep.restored", **said), messages.text("upkeep.restored_held_back", **said["held_back"])]
    if done.replaced:
        lines.append(messages.text("upkeep.restored_replaced", **said))
    if done.migrations:
        lines.append(messages.text("upkeep.restored_migrated", migrations=", ".join(done.migrations)))
    if done.breaks:
        lines += [messages.text("upkeep.journal_broken"), *broken(done.breaks)]
    if done.altered:
        lines.append(messages.text("upkeep.restored_altered", objects=", ".join(done.altered)))
    if done.lost:
        lines += [messages.text("upkeep.restored_lost"), *broken(done.lost)]
    if done.anchor:
        lines.append(anchored(done.anchor))
    if trouble := done.anchor_trouble:
        lines += [trouble.fact, messages.text("console.error_cure", cure=trouble.cure)]
    return "\n".join(lines)
