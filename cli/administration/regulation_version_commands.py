"""Commands about versions of a text: compare them, and migrate open cases from one to another."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

import messages
from cli.output.printing import show, table
from cli.parsing.commands import Command, argument, option
from cli.parsing.options import Options
from cli.parsing.reader_option import actor_option

if TYPE_CHECKING:
    from casework.administration.version_models import ChangedAct, MigratedCase, VersionMigration
    from casework.views.regulation_differences import RegulationDifference, WordsView
    from regulations import Regulation

_STYLES = {"removed": ("red", "[-{}-]"), "added": ("green", "{{+{}+}}")}


@click.command("diff", cls=Command, help="own_text.diff")
@argument("before", metavar="A", help="own_text.arg_version")
@argument("after", metavar="B", help="own_text.arg_version")
@click.pass_obj
def diff(settings: Options, before: str, after: str) -> None:
    """Show what differs between two versions, article by article."""
    from casework.views.regulation_differences import regulation_difference

    show(settings, regulation_difference(_version(before), _version(after)), _format_difference)


@click.command("migrate", cls=Command, help="own_text.migrate")
@option("--to", "to", metavar="ID@VERSION", required=True, help="own_text.opt_to")
@option("--case", "chosen", metavar="CASE", multiple=True, help="own_text.opt_case")
@option("--note", metavar="TEXT", required=True, help="own_text.opt_note")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@option("--dry-run", "dry", is_flag=True, help="own_text.opt_migrate_dry_run")
@actor_option
@click.pass_obj
def migrate(
    settings: Options,
    to: str,
    chosen: tuple[str, ...],
    note: str,
    jurisdiction: str | None,
    dry: bool,
    actor: str,
) -> None:
    """Migrate open cases to another version, or show case by case what that would change."""
    from casework.administration import version_migration

    with settings.writing() as session:
        done = version_migration.migrate(
            session, settings.clock, actor, to, note, chosen, jurisdiction=jurisdiction, dry=dry
        )
    show(settings, done, _format_migration)


COMMANDS = (diff, migrate)
"""The commands of this module, for the group ``ducha regulation``."""


def _version(named: str) -> Regulation:
    """A version by its key, the newest of an id, or the one in a folder."""
    import regulations
    from regulations.import_text.folder_check import check_folder

    if Path(named).is_dir():
        return check_folder(Path(named))
    return regulations.by_key(named) if "@" in named else regulations.load(named)


def _format_difference(found: RegulationDifference) -> str:
    lines = [messages.text("own_text.compared", before=found.before, after=found.after)]
    for one in found.articles:
        place = one.after or one.before
        if one.before and one.after and one.before != one.after:
            place = f"{one.before} → {one.after}"
        lines.append(f"\n{messages.text(f'own_text.change_{one.change}')}　{place}　{one.heading}".rstrip("　"))
        if one.words:
            lines.append("".join(map(_marked, one.words)))
    if not found.articles:
        lines.append(messages.text("own_text.same_articles"))
    if found.rules:
        rows = ((messages.text(f"own_text.rule_{one.sort}"), one.name, one.before, one.after) for one in found.rules)
        lines += ["", table(("rule", "name", "before", "after"), rows)]
    return "\n".join(lines)


def _marked(words: WordsView) -> str:
    """Words as a terminal shows them in colour, and a file with signs around them."""
    if words.change not in _STYLES:
        return words.text
    colour, signs = _STYLES[words.change]
    marked = signs.format(words.text)
    return click.style(marked, fg=colour) if sys.stdout.isatty() else marked


def _format_migration(found: VersionMigration) -> str:
    how = "would_migrate" if found.dry_run else "migrated"
    lines = [messages.text(f"own_text.{how}", to=found.to, count=len(found.cases))]
    for one in found.cases:
        lines += ["", *_format_case(one)]
    return "\n".join(lines)


def _format_case(one: MigratedCase) -> Iterator[str]:
    yield messages.text("own_text.migrated_case", case=one.case, title=one.title, was=one.from_, parts=one.parts)
    if one.refusals:
        yield messages.text("own_text.cannot_migrate")
        yield from (f"  {refusal.fact} {refusal.cure}" for refusal in one.refusals)
        return
    for term in one.terms:
        was, due = term.was or "—", term.due or "—"
        yield "  " + messages.text(
            "own_text.migrated_term",
            case=term.case,
            title=term.title,
            was=was,
            due=due,
            before=term.article_before,
            after=term.article_after,
        )
    for act in one.acts:
        yield "  " + messages.text(
            "own_text.migrated_act",
            case=act.case,
            act=act.act_name,
            before=_possible(act, after=False),
            after=_possible(act, after=True),
        )
    for key in one.keys:
        yield "  " + messages.text(
            "own_text.migrated_key", key=key.key, before=key.before or "—", after=key.after or "—"
        )
    if not (one.terms or one.acts or one.keys):
        yield "  " + messages.text("own_text.migrated_nothing")


def _possible(act: ChangedAct, *, after: bool) -> str:
    """Whether an act is possible, or the codes of its refusals."""
    codes = act.after if after else act.before
    if codes is None:
        return messages.text("own_text.act_absent")
    return ", ".join(codes) if codes else messages.text("own_text.act_possible")
