"""One year between two special inspections of the same, as approved and in fact (Tongliang art. 12)."""

from dataclasses import replace
from datetime import date

import pytest

from states.engine.case import Case
from states.engine.frequency import Key, Use, clashes, earliest_day, normalised_topic
from states.inspection.kinds import Kind
from states.packs import pack_of
from tests.states.world import APPLICATION, AUTHORITY, BACHUAN, COORDINATOR, INSPECTION, SERVED, TONGLIANG, World

PACK = pack_of(TONGLIANG.key)
SPECIAL, COMPREHENSIVE = TONGLIANG.limit("special"), TONGLIANG.limit("comprehensive")
ALIKE = PACK.frequency.topic_keys
OTHER = "TL-2025-X09"
BEFORE = date(2025, 2, 20)
"""The approval of the other inspection, a year before this one is looked at."""


def named(world: World, **application: str) -> Case:
    return world.inspection(dossier={"application": {**APPLICATION, "reason": "投诉", **application}})


class TestTopics:
    @pytest.mark.parametrize(
        "written", ["电梯安全。", "电 梯 安 全", "电梯—安全", "《电梯安全》", "电梯安全\ufe0f", "电梯，安全"]
    )
    def test_signs_and_blanks_make_no_other_problem(self, written: str) -> None:
        assert normalised_topic(written) == normalised_topic("电梯安全")

    def test_the_same_words_count_as_a_problem_and_as_a_domain(self) -> None:
        world = World()
        world.taken = [Use(Key("problem", "电梯安全"), OTHER, date(2025, 9, 1), date(2026, 9, 1))]
        case = named(world, domain="电梯 安全")
        assert world.codes(case, "submit", {"contents": ["9(1)"]}) == {"frequency_problem"}
        world.taken = [Use(Key("domain", "电梯安全"), OTHER, date(2025, 9, 1), None)]
        case = named(world, problem="电梯安全")
        assert world.codes(case, "submit", {"contents": ["9(1)"]}) == {"frequency_domain_held"}

    def test_one_inspection_with_the_same_problem_and_domain_counts_once(self) -> None:
        twice = replace(SPECIAL, most=2)
        uses = [Use(Key(kind, "电梯"), OTHER, date(2025, 9, 1), date(2026, 9, 1)) for kind in ("problem", "domain")]
        assert list(clashes(uses, twice, World().inspection(), date(2026, 3, 2), ALIKE)) == []
        assert len(list(clashes(uses, SPECIAL, World().inspection(), date(2026, 3, 2), ALIKE))) == 1


class TestEarliestDay:
    def test_a_year_that_is_used_up_never_becomes_free(self) -> None:
        used = Use(Key("year", "2025"), "TL-2025-Z01", date(2025, 1, 1), date(2025, 12, 31))
        assert earliest_day(used, COMPREHENSIVE) is None

    def test_a_window_of_calendar_years_opens_with_a_year(self) -> None:
        used = Use(Key("target", BACHUAN), OTHER, date(2025, 6, 1), date(2026, 6, 1))
        assert earliest_day(used, replace(SPECIAL, window="calendar-year")) == date(2027, 1, 1)
        assert earliest_day(used, SPECIAL) == date(2026, 6, 2)


class TestInFact:
    def world(self, started: str | None) -> World:
        """Another special inspection of the same unit, approved more than a year ago."""
        world = World()
        dossier = {"approval": {"by": AUTHORITY, "on": BEFORE.isoformat()}}
        if started:
            dossier["start"] = {"by": COORDINATOR, "on": started}
        world.inspection("published", id=OTHER, dossier=dossier)
        world.taken = [Use(Key("target", BACHUAN), OTHER, BEFORE, date(2026, 2, 20))]
        return world

    def test_two_approved_a_year_apart_are_not_started_weeks_apart(self) -> None:
        world = self.world("2026-01-26")
        case = world.inspection("prepared")
        refused = world.weigh(case, "start", SERVED).refusals
        assert [(one.code, one.earliest) for one in refused] == [("carried_out_too_soon", date(2027, 1, 27))]
        assert OTHER in world.says("carried_out_too_soon", case, "start", SERVED)

    @pytest.mark.parametrize("started", [None, "2025-03-01"])
    def test_one_that_was_started_a_year_ago_or_not_at_all_bars_nothing(self, started: str | None) -> None:
        world = self.world(started)
        assert world.codes(world.inspection("prepared"), "start", SERVED) == set()

    @pytest.mark.parametrize(
        ("procedure", "dossier"),
        [
            ("frequency_exception", {}),
            (
                "departure",
                {"request": {"by": COORDINATOR, "on": "2026-03-02", "rule": "frequency", "note": "事故频发"}},
            ),
        ],
    )
    def test_it_yields_to_an_exception_that_was_granted(self, procedure: str, dossier: dict[str, object]) -> None:
        world = self.world("2026-01-26")
        case = world.inspection("prepared")
        world.part(procedure, "L01", "granted", INSPECTION, dossier=dossier)
        assert world.codes(case, "start", SERVED) == set()

    def test_a_look_back_has_no_limit_to_be_excepted_from(self) -> None:
        world = World()
        world.inspection("approved", kind=Kind.LOOK_BACK)
        asked = {"rule": "frequency", "note": "事故频发"}
        assert world.codes(world.part("departure", "L01", "new"), "ask", asked) == {"exception_needless"}
