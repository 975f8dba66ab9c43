"""The year, played whole: what it comes to, and that it comes to the same whoever is killed on the way."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from cli.main import main
from demo import progress_marker
from storage.cases import cases
from storage.engine import open_database
from storage.errors import DatabaseError
from storage.journal import journal, verification
from storage.messages import documents, notices
from tests.cli.conftest import Ducha
from tests.cli.test_schema import validate

pytestmark = pytest.mark.timeout(600)

STEPS = 341


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year that was played without a break."""
    path = tmp_path_factory.mktemp("played") / "demo.db"
    assert main(["--db", str(path), "demo", "--json"]) == 0
    return path


@pytest.fixture
def summary(played: Path, bare: Ducha) -> dict[str, Any]:
    """What the year came to, as a second run tells it."""
    answer = bare("--db", played, "demo", "--json")
    assert answer.code == 0, answer
    return dict(answer.data)


def test_the_year_is_answered_as_its_schema_says(played: Path, bare: Ducha) -> None:
    validate(bare, "demo", bare("--db", played, "demo", "--json"))


def told(url: Path | str) -> dict[str, list[Any]]:
    """All that the year left behind: every journal entry by its hash, every document, every notice."""
    database = open_database(str(url))
    with database.reading() as session:
        found = cases.find(session)
        left: dict[str, list[Any]] = {
            "journal": [(e.case_id, e.seq, e.hash) for case in found for e in journal.of_case(session, case.id)],
            "documents": [(m.case_id, m.seq, m.sha256) for case in found for m in documents.of_case(session, case.id)],
            "notices": [(n.key, n.dated_on, n.text) for n in notices.find(session, superseded=None)],
        }
    database.close()
    return {name: sorted(rows) for name, rows in left.items()}


def test_every_inspection_of_the_year_ends_as_it_should(summary: dict[str, Any]) -> None:
    assert {one["case"]: (one["state"], one["targets"]) for one in summary["inspections"]} == {
        "TL-2026-Z01": ("closed", 28),
        "TL-2026-X01": ("closed", 3),
        "TL-2026-H01": ("closed", 4),
        "TL-2026-X02": ("cancelled", 2),
        "TL-2026-X03": ("published", 2),
    }


def test_rectifications_are_in_time_and_late_and_one_is_due_beyond_the_published_calendar(
    summary: dict[str, Any],
) -> None:
    found = summary["deadlines"]
    assert (found["met_in_time"], found["met_late"], found["running"]) == (47, 5, 1)
    assert [one["case"] for one in found["provisional"]] == ["TL-2026-X03-R01"]


def test_every_rung_is_reached_and_the_nights_down_are_caught_up(summary: dict[str, Any]) -> None:
    assert all(summary["notices"]["rungs"].values())
    assert set(summary["notices"]["caught_up"]) == {"2026-05-26", "2026-05-27", "2026-05-28"}


def test_the_limit_refuses_with_the_earliest_lawful_day_and_yields_to_an_exception(summary: dict[str, Any]) -> None:
    refused = {one["case"]: one for one in summary["refusals"]}
    [limit] = refused["TL-2026-X02"]["refusals"]
    assert (limit["code"], limit["article"], limit["earliest"]) == ("frequency_target", "12", "2027-05-09")
    excepted = [use for row in summary["board"] for use in row["uses"] if use["exception"]]
    assert {use["case"] for use in excepted} == {"TL-2026-X03"}


def test_every_refusal_cites_an_article_or_a_house_rule(summary: dict[str, Any]) -> None:
    refusals = [refusal for one in summary["refusals"] for refusal in one["refusals"]]
    assert len(summary["refusals"]) == 12
    assert all(refusal["article"] and refusal["fact"] and refusal["cure"] for refusal in refusals)


def test_the_journals_are_whole(played: Path) -> None:
    database = open_database(str(played))
    with database.reading() as session:
        assert list(verification.breaks(session)) == []
    database.close()


def test_a_year_that_is_over_is_told_again_and_not_changed(played: Path, bare: Ducha) -> None:
    before = sha256(played.read_bytes()).hexdigest()
    answer = bare("--db", played, "demo")
    assert answer.code == 0
    assert "先前已经完毕" in answer.out
    assert "TL-2026-X03" in answer.out and "第十二条" in answer.out
    assert sha256(played.read_bytes()).hexdigest() == before


def test_the_summary_is_told_in_english_too(played: Path, bare: Ducha) -> None:
    answer = bare("--db", played, "--lang", "en", "demo")
    assert answer.code == 0
    assert "nothing was changed" in answer.out


def test_a_demo_of_another_year_is_not_gone_on_with(played: Path, bare: Ducha) -> None:
    answer = bare("--db", played, "demo", "--year", 2025)
    assert answer.code == 3
    assert "--fresh" in answer.err


@pytest.mark.slow
def test_killed_three_times_the_year_comes_to_the_same(played: Path, tmp_path: Path) -> None:
    path = tmp_path / "killed.db"
    for done in sorted(random.Random().sample(range(1, STEPS), 3)):
        _play_until(path, done)
    assert main(["--db", str(path), "demo", "--json"]) == 0
    assert told(path) == told(played)


@pytest.mark.slow
def test_on_postgresql_the_year_comes_to_the_same(played: Path, postgresql_url: str) -> None:
    assert main(["--db", postgresql_url, "demo", "--json"]) == 0
    assert told(postgresql_url) == told(played)


def _play_until(path: Path, done: int) -> None:
    """Play in a process of its own and kill it when so many steps are done."""
    command = [sys.executable, "-m", "cli", "--db", str(path), "demo", "--json"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        while _done(path) < done and process.poll() is None:
            time.sleep(0.05)
        ended = process.poll()
        process.kill()
        assert process.stderr is not None
        assert ended is None, f"{done}: {process.stderr.read().decode()}"


def _done(path: Path) -> int:
    """How many steps are done; none before there is a database."""
    with suppress(DatabaseError):
        database = open_database(str(path))
        try:
            with database.reading() as session:
                found = progress_marker.find(session)
                return found.done if found else 0
        finally:
            database.close()
    return 0
