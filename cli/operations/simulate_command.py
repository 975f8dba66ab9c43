"""``ducha simulate``: a district left to chance, in a database of its own, and its scripts played again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import click
from click.core import ParameterSource

import messages
import telemetry
from cli.output.printing import show
from cli.parsing.commands import Command, option
from cli.parsing.options import Options
from cli.parsing.param_types import Number

if TYPE_CHECKING:
    from simulation.result_models import ScriptView, SimulationResult
    from simulation.runner import Result
    from simulation.step_runner import Player

ACTS_TO_A_UNIT: Final = 10
MOST_UNITS: Final = 2000
"""As many as a script may have (simulation.script)."""
MOST_YEARS: Final = 3
"""The years from the first whole one of the Tongliang measures to the last with a holiday notice."""


@click.command("simulate", cls=Command, help="simulate.about")
@option("--units", type=Number(1, MOST_UNITS), default=500, help="simulate.opt_units")
@option("--years", type=Number(1, MOST_YEARS), default=MOST_YEARS, help="simulate.opt_years")
@option("--seed", type=Number(0, 2**31), default=7, help="simulate.opt_seed")
@option("--steps", type=Number(1, 1_000_000), help="simulate.opt_steps")
@option("--replay", metavar="FILE", help="simulate.opt_replay")
@option("--script", metavar="FILE", help="simulate.opt_script")
@click.pass_context
def simulate(
    ctx: click.Context, units: int, years: int, seed: int, steps: int | None, replay: str | None, script: str | None
) -> int:
    """Leave a district to chance, or play a script; 1 where something is as it must never be."""
    settings = ctx.ensure_object(Options)
    # Made-up acts and refusals are not what the log of an office is for.
    with telemetry.logging_to(None), _ground(ctx, settings) as url:
        told = (
            _replayed(url, replay) if replay else _simulated(url, units, years, seed, steps or units * ACTS_TO_A_UNIT)
        )
    answer = told.view()
    if answer.script is not None and not replay:
        kept = _kept(script or f"simulation-{told.script.seed}.json", answer.script)
        answer = answer.model_copy(update={"script_file": kept})
    show(settings, answer, _lines)
    return 1 if told.breach else 0


@contextmanager
def _ground(ctx: click.Context, settings: Options) -> Iterator[str]:
    """The database named on the command line, or one that is gone afterwards; never the one people work in."""
    if any(one.get_parameter_source("db") is ParameterSource.COMMANDLINE for one in (ctx, ctx.find_root())):
        yield settings.url
        return
    with TemporaryDirectory(prefix="ducha-simulate-") as folder:
        yield str(Path(folder, "district.db"))


def _simulated(url: str, units: int, years: int, seed: int, steps: int) -> Result:
    from simulation import runner, sandbox_db

    database = sandbox_db.district(url, units)
    try:
        return runner.simulate(database, units, years, seed, steps, _watched(steps))
    finally:
        database.close()


def _replayed(url: str, name: str) -> Result:
    from cli.parsing.data_files import read_data
    from simulation import runner, sandbox_db
    from simulation.script import read_script

    script = read_script(read_data(name))
    database = sandbox_db.district(url, script.units)
    try:
        return runner.replay(database, script, _watched(len(script.steps)))
    finally:
        database.close()


def _watched(expected: int) -> Any:
    """Says a line on standard error for every twentieth part."""
    every = max(1, expected // 20)
    last = [0]

    def watch(acts: int, player: Player, day: date) -> None:
        if acts // every > last[0]:
            last[0] = acts // every
            counts = {name: player.counts.get(name, 0) for name in ("acts", "refused", "nights", "notices")}
            click.echo(messages.text("simulate.progress", day=day, **counts), err=True)

    return watch


def _kept(name: str, script: ScriptView) -> str | None:
    """Where the script was written; None where it could not be: the violation is reported even so."""
    from operations.atomic_files import os_error_text

    written = script.model_dump(mode="json")
    steps = ",\n".join(json.dumps(step, ensure_ascii=False) for step in written["steps"])
    head = json.dumps({**written, "steps": []}, ensure_ascii=False).removesuffix("]}")
    try:
        Path(name).write_text(f"{head}\n{steps}\n]}}\n", encoding="utf-8")
    except OSError as error:
        click.echo(messages.text("upkeep.file_unwritten", file=name, detail=os_error_text(error)), err=True)
        return None
    return name


def _lines(found: SimulationResult) -> str:
    counts = {name: found.counts.get(name, 0) for name in ("acts", "refused", "nights", "notices", "followed_up")}
    faults = messages.text("console.comma").join(
        messages.text("simulate.times", what=messages.text(f"simulate.fault_{name}"), times=times)
        for name, times in sorted(found.faults.items())
    )
    lines = [
        messages.text("simulate.summary", units=found.units, seed=found.seed, last=found.last_day or "—"),
        messages.text("simulate.counts", **counts),
        messages.text("simulate.faults", faults=faults or "—"),
    ]
    if found.breach is None:
        return "\n".join([*lines, messages.text("simulate.held", times=found.checked_whole)])
    lines.append(messages.text("simulate.breached", steps=found.steps, fact=found.breach.fact))
    if found.script_file:
        lines.append(messages.text("simulate.replay", file=found.script_file))
    return "\n".join(lines)
