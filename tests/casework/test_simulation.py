"""A simulated district breaches nothing; one whose guard was broken does, and its script shows it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest

from simulation.runner import Result, replay, simulate
from simulation.sandbox_db import NotEmpty, district
from simulation.script import FAULTS, BadScript, Script, read_script
from simulation.shrinking import shrink
from simulation.violations import Violation
from states.engine.frequency import Use
from states.inspection.guards import application

UNITS, YEARS, ACTS, SEED = 3, 1, 110, 11


def simulated(folder: Path, seed: int, acts: int = ACTS, units: int = UNITS) -> Result:
    database = district(str(folder / f"{seed}.db"), units)
    told = simulate(database, units, YEARS, seed, acts, lambda *_: None)
    database.close()
    return told


def replayed(folder: Path, script: Script, name: str) -> Result:
    database = district(str(folder / f"{name}.db"), script.units)
    told = replay(database, script, lambda *_: None)
    database.close()
    return told


def nothing_bars(uses: Sequence[Use], *_: object) -> Iterator[Use]:
    """A guard that knows only what is held, and forgets every window."""
    yield from (use for use in uses if use.held)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """What a small district came to."""
    return simulated(tmp_path_factory.mktemp("simulated"), SEED)


def test_a_district_breaches_nothing_with_every_fault_there_is(told: Result, tmp_path: Path) -> None:
    assert told.breach is None
    assert told.player.counts["acts"] > ACTS / 2 and told.player.counts["refused"] > 0
    assert told.checked > 1
    faults = set(told.player.faults)
    breaches: list[Violation | None] = [told.breach]
    for seed in range(SEED + 1, SEED + 9):
        if faults < set(FAULTS) - {"none"}:
            more = simulated(tmp_path, seed)
            faults, breaches = faults | set(more.player.faults), [*breaches, more.breach]
    assert faults == set(FAULTS) - {"none"}
    assert not any(breaches)


def test_what_was_written_down_comes_to_the_same(told: Result, tmp_path: Path) -> None:
    script = Script(UNITS, SEED, told.steps)
    again = replayed(tmp_path, read_script(script.view().model_dump(mode="json")), "again")
    assert (again.breach, again.steps) == (None, told.steps)
    assert again.player.counts == told.player.counts


def test_a_broken_guard_is_found_out_and_its_script_shows_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(application, "clashes", nothing_bars)
        several = (simulated(tmp_path, seed, acts=60, units=1) for seed in range(1, 6))
        told = next(told for told in several if told.breach is not None and told.breach.name == "windows")
        grounds = (str(tmp_path / f"ground-{number}.db") for number in count())
        short = shrink(told, lambda units: district(next(grounds), units))
        assert len(short.steps) < len(told.steps)
        script = read_script(short.view().model_dump(mode="json"))
        assert replayed(tmp_path, script, "broken").breach == told.breach
    assert replayed(tmp_path, script, "mended").breach is None


def test_nobodys_database_is_simulated_in(tmp_path: Path) -> None:
    district(str(tmp_path / "ducha.db"), 1).close()
    with pytest.raises(NotEmpty, match="not_empty"):
        district(str(tmp_path / "ducha.db"), 1)


@pytest.mark.parametrize("data", [{}, [], {"simulation": 2, "units": 1, "seed": 1, "steps": []}, {"script": 1}])
def test_what_is_no_script_is_refused(data: object) -> None:
    with pytest.raises(BadScript) as refused:
        read_script(data)
    assert refused.value.fact and refused.value.cure
