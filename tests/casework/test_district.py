"""A small district left to chance: random acts by random people over three years never breach what must always hold.

``DUCHA_TEST_DISTRICTS`` says how many runs are tried in each share, instead of the shares of 300 runs.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from casework.acts import deadline_changes
from casework.inspection import groups, sample
from simulation.violations import ViolationFound
from states.engine import common_guards, consulted_cases
from states.engine.case import Case
from states.engine.frequency import Use
from states.inspection import dossier
from states.inspection.guards import application, oversight, plan_in_force
from states.inspection.procedures import PROCEDURES
from storage.cases import deadlines
from storage.engine import Session
from storage.messages import notices
from storage.messages.notices import Notice
from storage.messages.notices import add_untold as record_untold
from tests.casework.district import District, Tally
from tests.casework.grounds import Prepared, ground_on, prepare

DISTRICTS = int(os.environ.get("DUCHA_TEST_DISTRICTS", "0"))
STEPS = 40
SHARES = [*(("sqlite", number, 27) for number in range(10)), *(("postgresql", number, 10) for number in range(10, 13))]
"""300 runs in shares that several processes work on at once; each begins elsewhere."""
KNOWN = {f"{name}: {act}" for name, procedure in PROCEDURES.items() for act in procedure.acts}
FLOOR = 90
"""How many of the acts of all procedures were performed at least, in all shares together."""


@pytest.fixture(scope="module")
def prepared() -> Mapping[str, Prepared]:
    return prepare()


def left_to_chance(url: str | None, prepared: Mapping[str, Prepared], share: int, runs: int) -> Tally:
    """So many runs of a district; says what they came to."""
    tally = Tally()
    with ground_on(url, prepared) as ground:
        here = type("Here", (District,), {"ground": ground, "prepared": prepared, "tally": tally})
        run_state_machine_as_test(
            seed(share)(here),
            settings=settings(
                max_examples=DISTRICTS or runs,
                stateful_step_count=STEPS,
                suppress_health_check=list(HealthCheck),
                deadline=None,
                database=None,
                phases=set(Phase) if DISTRICTS else {Phase.generate},
            ),
        )
    return tally


def written_down(folder: Path, share: int, tally: Tally) -> list[Path]:
    """The tallies of the shares that are done."""
    folder.mkdir(exist_ok=True)
    name = folder / f"{share}.new"
    name.write_text(json.dumps({"runs": tally.runs, "days": tally.days, "performed": tally.performed}))
    name.rename(folder / f"{share}.json")
    return sorted(folder.glob("*.json"))


@pytest.mark.parametrize(
    ("engine", "share", "runs"),
    [pytest.param(*share, marks=[] if share == SHARES[0] else pytest.mark.slow) for share in SHARES],
)
def test_a_district_left_to_chance_breaches_nothing(
    request: pytest.FixtureRequest, prepared: Mapping[str, Prepared], engine: str, share: int, runs: int
) -> None:
    url = request.getfixturevalue("shared_postgresql") if engine == "postgresql" else None
    tally = left_to_chance(url, prepared, share, runs)
    assert tally.runs >= runs and len(tally.performed) >= runs, tally
    base: Path = request.getfixturevalue("tmp_path_factory").getbasetemp()
    done = written_down((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "districts", share, tally)
    if len(done) == len(SHARES):
        performed = {act for one in done for act in json.loads(one.read_text())["performed"]}
        assert len(performed) >= FLOOR, sorted(KNOWN - performed)


def nothing_bars(uses: Sequence[Use], *_: object) -> Iterator[Use]:
    """A guard that knows only what is held, and forgets every window."""
    yield from (use for use in uses if use.held)


def told_anew(session: Session, issued: Sequence[Notice]) -> list[Notice]:
    """Notices that are recorded whether they were before or not."""
    return record_untold(session, [replace(one, key=f"{one.key}:{uuid4()}") for one in issued])


def the_first(_: str, codes: Sequence[str], size: int) -> tuple[str, ...]:
    """A draw of whom one likes."""
    return tuple(sorted(codes)[-size:])


BROKEN: dict[str, tuple[set[str], list[tuple[object, str, Callable[..., object]]]]] = {
    "of the yearly limits": ({"windows", "unexpected"}, [(application, "clashes", nothing_bars)]),
    "of own decisions": ({"own_decision"}, [(Case, "actors", lambda *_: frozenset())]),
    "of the people of the groups": (
        {"group_people"},
        [(groups, "_with_people_of", lambda was, now: was)],
    ),
    "of the own unit": ({"own_unit"}, [(common_guards, "_own_unit_refusals", lambda *_: iter(()))]),
    "of the offices": ({"unlawful"}, [(common_guards, "_role_refusals", lambda *_: iter(()))]),
    "of the dates": ({"dates"}, [(common_guards, "_date_refusals", lambda *_: iter(()))]),
    "of the plan": ({"unplanned"}, [(plan_in_force, "_outside_the_period", lambda *_: iter(()))]),
    "of the reports that never came": (
        {"unrecorded"},
        [
            (dossier, "is_recorded_as_missing", lambda *_: True),
            (dossier, "self_inspection_due", lambda *_: date.min),
        ],
    ),
    "of the draw": ({"wrongly_drawn"}, [(sample, "draw", the_first)]),
    "of what a party dates back": ({"dated_back"}, [(common_guards, "late_entry_refusals", lambda *_: iter(()))]),
    "of facts of the future": (
        {"premature"},
        [
            (consulted_cases, "dated_before_facts", lambda *_: iter(())),
            (oversight, "not_before", lambda *_: iter(())),
        ],
    ),
    "of clocks that stand still": ({"suspended"}, [(deadline_changes, "pause_all", lambda *_: None)]),
    "of notices, with the mark behind it": (
        {"told_twice"},
        [(notices, "add_untold", told_anew), (deadlines, "swept", lambda *_: None)],
    ),
}
"""What the guard keeps off, and the guard without its teeth; a window may break on the fence of the database first."""
FOUND_SOON = "of the yearly limits"
"""The control that quick-test runs as well."""


@pytest.mark.parametrize(
    "guard", [pytest.param(guard, marks=[] if guard == FOUND_SOON else pytest.mark.slow) for guard in BROKEN]
)
def test_a_guard_that_is_broken_is_found_out(
    prepared: Mapping[str, Prepared], monkeypatch: pytest.MonkeyPatch, guard: str
) -> None:
    names, replaced = BROKEN[guard]
    for module, function, toothless in replaced:
        monkeypatch.setattr(module, function, toothless)
    with pytest.raises(ViolationFound) as found:
        for share in range(10):
            left_to_chance(None, prepared, share, 12)
    assert found.value.breach.name in names
