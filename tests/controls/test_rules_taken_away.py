"""Each enforced clause names a rule, and a test fails when that rule is taken away (`make controls`)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

import regulations
from regulations import Coverage, Regulation
from tests.controls.controls import controls
from tests.controls.taken_away import entry_of
from tests.house.repository import ROOT

CONTROLS = controls()
ENFORCED = [
    (text, row) for text in map(regulations.load, regulations.ids()) for row in text.coverage if row.how == "enforced"
]


def name(text: Regulation, row: Coverage) -> str:
    """The clause as the marker has it: ``tongliang:13(2)``."""
    return f"{text.id}:{row.ref}"


NAMED = [(name(text, row), {entry_of(text, one) for one in row.by}) for text, row in ENFORCED]
CLAUSES = {entry: [clause for clause, entries in NAMED if entry in entries] for entry in CONTROLS}
"""The clauses that each rule holds."""


@pytest.fixture(scope="module")
def outcomes() -> Mapping[str, list[bool]]:
    """For each rule whether its test passes with it, and whether it passes without it."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.controls.runs"],
        input=json.dumps(CONTROLS),
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: Mapping[str, list[bool]] = json.loads(done.stdout)
    return found


def test_every_enforced_clause_names_a_rule_with_a_test() -> None:
    assert ENFORCED
    assert [clause for clause, entries in NAMED if not CONTROLS.keys() & entries] == []


def test_every_guard_term_and_limit_that_is_named_has_a_test() -> None:
    sorts = ("guard:", "term:", "limit:")
    named = {entry for _, entries in NAMED for entry in entries if entry.startswith(sorts)}
    assert named - CONTROLS.keys() == set()


def test_every_recorded_rule_is_named_by_a_clause() -> None:
    assert [entry for entry, clauses in CLAUSES.items() if not clauses] == []


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "entry", [pytest.param(entry, marks=pytest.mark.article(*clauses), id=entry) for entry, clauses in CLAUSES.items()]
)
def test_without_the_rule_its_test_fails(entry: str, outcomes: Mapping[str, list[bool]]) -> None:
    with_it, without_it = outcomes[entry]
    assert with_it, f"{CONTROLS[entry]} fails as things are"
    assert not without_it, f"{CONTROLS[entry]} does not notice that {entry} is missing"
