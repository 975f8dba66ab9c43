"""``ducha demo --jurisdiction YJ``: an assessment year of Yangjiang, played to its end, twice with equal journals."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from casework.nightly import sweeping
from demo import demo_db
from demo.assessments.year_of_counties import JURISDICTION
from demo.evening_follow_up import Directly
from demo.run_year import at, is_over, run_year
from demo.summary import summary
from demo.summary_models import DemoSummary
from demo.year_plan import PROGRAMS, year_plan


def played(where: Path) -> DemoSummary:
    program = year_plan(2026, JURISDICTION)
    with demo_db.opened(str(where), program) as (database, mark):
        evening = Directly(database)
        mark = run_year(database, program, mark, evening, lambda day: None)
        assert is_over(database, program, mark)
        again = sweeping.sweep(database, at(date(2026, 12, 31), time(1)), jurisdiction=JURISDICTION)
        assert again.issued == 0
        return summary(database, program, mark, played=True, followed_up=evening.told())


def test_the_year_is_played_to_its_end_twice_with_equal_journals(tmp_path: Path) -> None:
    first, second = played(tmp_path / "first.db"), played(tmp_path / "second.db")
    assert first.journal == second.journal and first.journal.entries > 60
    [year] = first.inspections
    assert (year.state, year.targets) == ("closed", 4)
    assert first.deadlines.met_late == 1 and first.deadlines.running == 0
    assert [one.refusals[0].code for one in first.refusals] == [
        "points_do_not_add_up", "adjusted_after_the_start", "total_without_grade", "county_not_settled",
    ]  # fmt: skip
    assert first.notices.rungs["overdue_1"] > 0


@pytest.mark.parametrize("jurisdiction", PROGRAMS)
def test_each_jurisdiction_has_a_database_of_its_own(jurisdiction: str) -> None:
    others = {demo_db.default_for(one) for one in PROGRAMS if one != jurisdiction}
    assert demo_db.default_for(jurisdiction) not in others
