"""``ducha demo --jurisdiction SZ``: Shizong's campaign, played to its end, twice with equal journals."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from casework.nightly import sweeping
from demo import demo_db
from demo.campaigns.shizong import JURISDICTION
from demo.evening_follow_up import Directly
from demo.run_year import at, is_over, run_year
from demo.summary import summary
from demo.summary_models import DemoSummary
from demo.year_plan import year_plan


def played(where: Path) -> DemoSummary:
    program = year_plan(2026, JURISDICTION)
    with demo_db.opened(str(where), program) as (database, mark):
        evening = Directly(database)
        mark = run_year(database, program, mark, evening, lambda day: None)
        assert is_over(database, program, mark)
        assert sweeping.sweep(database, at(date(2019, 12, 31), time(1)), jurisdiction=JURISDICTION).issued == 0
        return summary(database, program, mark, played=True, followed_up=evening.told())


def test_the_campaign_is_played_to_its_end_twice_with_equal_journals(tmp_path: Path) -> None:
    first, second = played(tmp_path / "first.db"), played(tmp_path / "second.db")
    assert first.journal == second.journal and first.journal.entries == 500
    [campaign] = first.inspections
    assert (campaign.state, campaign.targets) == ("closed", 29)
    assert first.deadlines.met_late == 2 and first.deadlines.running == 0
    assert [one.refusals[0].code for one in first.refusals] == ["mobilised_ahead", "office_leads_it"]
    assert first.notices.rungs["overdue_1"] > 0
