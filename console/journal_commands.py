"""Holding the journal to its word: verifying the chains, and anchoring them outside the database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

import words
from console.commands import Command, argument, option
from console.printing import show
from console.settings import Settings
from console.waiting import waiting


@click.command("verify", cls=Command, help="upkeep.about_verify")
@argument("case", metavar="[CASE]", required=False, help="upkeep.arg_verify_case")
@option("--anchor", "file", type=click.Path(path_type=Path), metavar="FILE", help="upkeep.opt_anchor")
@click.pass_obj
def verify(settings: Settings, case: str | None, file: Path | None) -> int:
    """Verify every chain and hold it against the last anchor. Exit code 1 when something does not hold."""
    from casework import anchoring
    from casework.anchors import AnchorSettings

    with settings.opened() as database, waiting("upkeep.verifying") as tell:
        answer = anchoring.verify(database, AnchorSettings.from_environment(os.environ), case, file=file, tell=tell)
    show(settings, answer, _verified)
    return 0 if answer["whole"] else 1


@click.command("anchor", cls=Command, help="upkeep.about_anchor")
@option("--anew", metavar="REASON", default="", help="upkeep.opt_anew")
@click.pass_obj
def anchor(settings: Settings, anew: str) -> None:
    """Write an anchor now."""
    from casework import anchoring
    from casework.anchors import AnchorSettings

    with settings.opened() as database:
        written = anchoring.anchor(database, settings.clock, AnchorSettings.from_environment(os.environ), anew=anew)
    show(settings, written, anchored)


def anchored(written: dict[str, Any]) -> str:
    """Which anchor was written."""
    return words.say("upkeep.anchored", **written)


def broken(breaks: list[dict[str, Any]]) -> list[str]:
    """Every break, a line each."""
    return [f"  {one['fact']}" for one in breaks]


def _verified(answer: dict[str, Any]) -> str:
    lines = [words.say("upkeep.journal_whole")] if answer["whole"] else [words.say("upkeep.journal_broken")]
    lines += broken(answer["breaks"])
    if not answer["whole"]:
        lines.append(words.say("upkeep.journal_broken_cure"))
    held = answer["anchor"]
    lines.append(words.say("upkeep.held_against", **held) if held else words.say("upkeep.held_against_nothing"))
    if held and held["anew"]:
        lines.append(words.say("upkeep.began_anew", **held))
    return "\n".join(lines)
