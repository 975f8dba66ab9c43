"""Holding the journal to its word: verifying the chains, and anchoring them outside the database."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

import messages
from cli.output.printing import show
from cli.output.progress import progress_line
from cli.parsing.commands import Command, argument, option
from cli.parsing.options import Options
from cli.parsing.param_types import LINE
from cli.parsing.reader_option import reader_option

if TYPE_CHECKING:
    from operations.anchors.anchor_models import AnchorView, BreakView, JournalVerification


@click.command("verify", cls=Command, help="upkeep.about_verify")
@argument("case", metavar="[CASE]", required=False, help="upkeep.arg_verify_case")
@option("--anchor", "file", type=click.Path(path_type=Path), metavar="FILE", help="upkeep.opt_anchor")
@reader_option
@click.pass_obj
def verify(settings: Options, case: str | None, file: Path | None, reader: str | None) -> int:
    """Verify every chain and hold it against the last anchor. Exit code 1 when something does not hold."""
    from casework.readers import require_verification
    from operations.anchors import anchoring
    from operations.anchors.anchor_files import AnchorSettings

    with settings.reading_as(reader) as (session, by):
        require_verification(session, by, case)
    where = AnchorSettings.from_settings(settings.environment)
    with settings.opened() as database, progress_line("upkeep.verifying") as tell:
        answer = anchoring.verify(database, where, case, file=file, tell=tell)
    show(settings, answer, _verified)
    return 0 if answer.whole else 1


@click.command("anchor", cls=Command, help="upkeep.about_anchor")
@option("--anew", type=LINE, metavar="REASON", help="upkeep.opt_anew")
@click.pass_obj
def anchor(settings: Options, anew: str | None) -> None:
    """Write an anchor now."""
    from operations.anchors import anchoring
    from operations.anchors.anchor_files import AnchorSettings

    where = AnchorSettings.from_settings(settings.environment)
    with settings.opened() as database:
        written = anchoring.anchor(database, settings.clock, where, anew=anew or "")
    show(settings, written, anchored)


def anchored(written: AnchorView) -> str:
    """Which anchor was written."""
    return messages.text("upkeep.anchored", **written.model_dump(mode="json"))


def compared(anchor: AnchorView) -> str:
    """Which anchor it was compared with."""
    return messages.text("upkeep.held_against", **anchor.model_dump(mode="json"))


def broken(breaks: Iterable[BreakView]) -> list[str]:
    """Every break, a line each."""
    return [f"  {one.fact}" for one in breaks]


def _verified(answer: JournalVerification) -> str:
    lines = [messages.text("upkeep.journal_whole")] if answer.whole else [messages.text("upkeep.journal_broken")]
    lines += broken(answer.breaks)
    if not answer.whole:
        lines.append(messages.text("upkeep.journal_broken_cure"))
    held = answer.anchor
    lines.append(compared(held) if held else messages.text("upkeep.held_against_nothing"))
    if held and held.anew:
        lines.append(messages.text("upkeep.began_anew", **held.model_dump(mode="json")))
    return "\n".join(lines)
