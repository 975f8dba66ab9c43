"""Commands that take in a district's own text: import, confirm, check, add."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

import messages
from cli.output.printing import facts, join_names, show
from cli.parsing.commands import Command, argument, option
from cli.parsing.options import Options

if TYPE_CHECKING:
    from casework.administration.own_text_models import (
        AddedText,
        DecidedProposals,
        ImportedText,
        ProposalRow,
        TextCheck,
    )


@click.command("import", cls=Command, help="own_text.import")
@argument("file", metavar="FILE", help="own_text.arg_file")
@option("--id", "id", metavar="ID", required=True, help="own_text.opt_id")
@option("--version", "version", metavar="VERSION", help="own_text.opt_version")
@option("--into", "into", metavar="FOLDER", help="own_text.opt_into")
@option("--as-printed", is_flag=True, help="own_text.opt_as_printed")
@option("--dry-run", "dry", is_flag=True, help="own_text.opt_import_dry_run")
@click.pass_obj
def import_command(
    settings: Options, file: str, id: str, version: str | None, into: str | None, as_printed: bool, dry: bool
) -> None:
    """Read a text, show what was found, and write its folder."""
    from casework.administration.text_import import import_text
    from cli.parsing.data_files import read_bytes
    from regulations.import_text.files import LARGEST

    content = read_bytes(file, LARGEST)
    folder = None if dry else Path(into or id)
    show(settings, import_text(content, file, id, version, folder, as_printed=as_printed), _format_import)


@click.command("confirm", cls=Command, help="own_text.confirm")
@argument("folder", metavar="FOLDER", help="own_text.arg_folder")
@argument("numbers", metavar="NUMBER", nargs=-1, help="own_text.arg_numbers")
@option("--set", "changed", metavar="KEY=VALUE", multiple=True, help="own_text.opt_set")
@option("--reject", is_flag=True, help="own_text.opt_reject")
@click.pass_obj
def confirm(settings: Options, folder: str, numbers: tuple[str, ...], changed: tuple[str, ...], reject: bool) -> None:
    """Decide proposals by their numbers, or be asked about each."""
    from casework.administration.text_import import decide

    wanted = list(_numbers(numbers))
    if changed and len(wanted) != 1:
        raise click.UsageError(messages.text("own_text.set_needs_one"))
    if not wanted and sys.stdin.isatty() and not settings.as_json:
        _ask_about_each(settings, Path(folder))
        return
    values = dict(_pair(one) for one in changed)
    show(settings, decide(Path(folder), wanted, confirm=not reject, changed=values), _format_decided)


@click.command("check", cls=Command, help="own_text.check")
@argument("folder", metavar="FOLDER", help="own_text.arg_folder")
@click.pass_obj
def check(settings: Options, folder: str) -> None:
    """Check a folder."""
    from casework.administration import own_texts

    show(settings, own_texts.check(Path(folder)), _format_check)


@click.command("add", cls=Command, help="own_text.add")
@argument("folder", metavar="FOLDER", help="own_text.arg_folder")
@option("--dry-run", "dry", is_flag=True, help="own_text.opt_add_dry_run")
@click.pass_obj
def add(settings: Options, folder: str, dry: bool) -> None:
    """Add a checked folder to the directory of texts."""
    from casework.administration import own_texts
    from casework.clock import SystemClock
    from cli.administration.operator import operator

    directory = settings.environment.regulations_dir
    done = own_texts.add(Path(folder), directory, SystemClock(), operator(), dry=dry)
    show(settings, done, _format_added)


COMMANDS = (import_command, confirm, check, add)
"""The commands of this module, for the group ``ducha regulation``."""


def _numbers(given: Sequence[str]) -> Iterator[int]:
    for one in given:
        first, _, last = one.partition("-")
        if not (first.isdecimal() and (last or first).isdecimal()):
            raise click.UsageError(messages.text("own_text.bad_numbers", found=one))
        yield from range(int(first), int(last or first) + 1)


def _pair(written: str) -> tuple[str, str]:
    key, _, value = written.partition("=")
    return key.strip(), value.strip()


def _ask_about_each(settings: Options, folder: Path) -> None:
    """Show each open proposal and ask; an answer is written at once."""
    from casework.administration.text_import import answer_of
    from regulations.import_text.decisions import ProposedText
    from regulations.import_text.skeleton import OPEN

    text = ProposedText(folder)
    for row in answer_of(text).proposals:
        if row.verdict != OPEN:
            continue
        click.echo(_format_proposal(row))
        changed: dict[str, str] = {}
        while True:
            said = click.prompt(messages.text("own_text.ask"), default="y").strip()
            if "=" in said:
                changed |= dict([_pair(said)])
                continue
            break
        if said in ("q", "Q"):
            break
        if said in ("y", "Y", "n", "N"):
            text.decide(row.number, confirm=said in ("y", "Y"), changed=changed)
    show(settings, answer_of(text), _format_left)


def _format_import(found: ImportedText) -> str:
    clauses = sum(one.sort != "chapter" for one in found.tree)
    head = "would_import" if found.folder is None else "imported"
    lines = [messages.text(f"own_text.{head}", title=found.title, count=clauses, folder=found.folder)]
    lines += ["", messages.text("own_text.tree")]
    lines += ["  " * (one.level + 1) + f"{one.ref} {one.text}".strip() for one in found.tree]
    if found.unplaced:
        lines += ["", messages.text("own_text.unplaced", count=len(found.unplaced))]
        for one in found.unplaced:
            at = messages.text("own_text.at_line", line=one.line)
            lines.append(f"  {at}　{one.reason}：{one.text[:60]}")
    else:
        lines += ["", messages.text("own_text.all_placed")]
    folder = found.folder or "FOLDER"
    lines += ["", messages.text("own_text.proposals", count=len(found.proposals), folder=folder)]
    lines += [_format_proposal(one) for one in found.proposals]
    return "\n".join(lines)


def _format_proposal(one: ProposalRow) -> str:
    values = join_names(f"{key}={value}" for key, value in one.values.items() if key not in ("note", "title"))
    sort = messages.text(f"own_text.sort_{one.sort}")
    quote = " ".join(one.quote.split())
    return messages.text(
        "own_text.proposal", number=one.number, sort=sort, code=one.code, ref=one.ref, values=values, quote=quote
    )


def _format_decided(found: DecidedProposals) -> str:
    shown = found.decided or found.proposals
    lines = [f"{messages.text(f'own_text.verdict_{one.verdict}')}　{_format_proposal(one)}" for one in shown]
    return "\n".join([*lines, _format_left(found)])


def _format_left(found: DecidedProposals) -> str:
    if found.left:
        return messages.text("own_text.left", count=found.left)
    return messages.text("own_text.all_decided", folder=found.folder)


def _format_check(found: TextCheck) -> str:
    return f"{messages.text('own_text.checked', folder=found.folder)}\n{_facts(found)}"


def _format_added(found: AddedText) -> str:
    how = "added_before" if found.unchanged else "would_add" if found.dry_run else "added"
    head = messages.text(f"own_text.{how}", regulation=found.regulation, directory=found.directory)
    return f"{head}\n{_facts(found)}"


def _facts(found: TextCheck) -> str:
    named = {how: messages.text(f"regulations.how_{how}") for how in ("enforced", "tracked", "stated")}
    return facts(
        (
            ("title", found.title),
            ("regulation", found.regulation),
            ("applies_from", found.applies_from),
            ("kind", join_names(found.kinds)),
            ("term", join_names(f"{name} {value}" for name, value in found.terms.items())),
            ("limit", join_names(f"{name} {value}" for name, value in found.limits.items())),
            ("coverage", join_names(f"{named[how]} {getattr(found, how)}" for how in named)),
        )
    )
