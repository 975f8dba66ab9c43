"""How often the same may be inspected (Tongliang art. 12; Civil Code art. 201-202)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulations import Limit
from states.engine.case import Case
from states.engine.frequency import (
    Key,
    Use,
    clashes,
    first_day_below,
    first_free_day,
    limit_of,
    normalised_topic,
    window,
)
from states.engine.table import BadTable
from states.inspection.kinds import Kind
from states.packs import pack_of
from tests.states.world import APPLICATION, BACHUAN, DAY, DONGCHENG, TONGLIANG, World

PACK = pack_of(TONGLIANG.key)
ROLLING = TONGLIANG.limit("special")
CALENDAR_YEAR = replace(ROLLING, window="calendar-year")
DECLARED = TONGLIANG.limit("comprehensive")
SPECIAL = World().inspection()
COMPREHENSIVE = World().inspection(kind=Kind.COMPREHENSIVE)
DAYS = st.dates(date(2004, 1, 1), date(2040, 12, 31))


def taken(limit: Limit, on: date, case: Case = SPECIAL) -> Use:
    """The use that an approval on this day leaves behind."""
    return Use(Key("target", BACHUAN), "TL-2025-X09", *window(limit, case, on))


def barred(use: Use, limit: Limit, on: date) -> bool:
    return list(clashes([use], limit, SPECIAL, on)) == [use]


class TestKeys:
    def test_a_special_inspection_takes_its_targets_problem_and_domain(self) -> None:
        case = replace(SPECIAL, dossier={"application": {**APPLICATION, "problem": "电 动自行车", "domain": "消费品"}})
        assert PACK.keys_of(case) == (
            Key("domain", "消费品"),
            Key("problem", "电动自行车"),
            Key("target", BACHUAN),
            Key("target", DONGCHENG),
        )

    def test_a_comprehensive_one_takes_its_year(self) -> None:
        assert PACK.keys_of(COMPREHENSIVE) == (Key("year", "2026"),)

    def test_a_look_back_takes_nothing_and_has_no_limit(self) -> None:
        look_back = replace(SPECIAL, kind=Kind.LOOK_BACK)
        assert PACK.keys_of(look_back) == ()
        assert limit_of(look_back, TONGLIANG) is None

    def test_blanks_width_and_case_make_no_other_topic(self) -> None:
        assert normalised_topic(" ＬＥＤ 灯　具") == normalised_topic("led灯具")
        assert normalised_topic("电梯") != normalised_topic("电线")

    @pytest.mark.parametrize(
        "written", ["⻋辆⼈\u034f", "车辆人\ufe00", "车\u3164辆人", "车辆\u2800人", "车\u180b辆人"]
    )
    def test_a_radical_or_a_mark_that_does_not_show_makes_no_other_topic(self, written: str) -> None:
        assert normalised_topic(written) == normalised_topic("车辆人")


class TestRolling:
    def test_a_year_from_21_november_2025_ends_with_21_november_2026(self) -> None:
        use = taken(ROLLING, date(2025, 11, 21))
        assert (use.since, use.until) == (date(2025, 11, 21), date(2026, 11, 21))
        assert first_free_day(use) == date(2026, 11, 22)
        assert barred(use, ROLLING, date(2026, 11, 21))
        assert not barred(use, ROLLING, date(2026, 11, 22))

    def test_a_year_from_29_february_ends_with_28_february(self) -> None:
        use = taken(ROLLING, date(2024, 2, 29))
        assert use.until == date(2025, 2, 28)
        assert first_free_day(use) == date(2025, 3, 1)

    def test_a_year_into_a_leap_year_ends_with_28_february(self) -> None:
        assert first_free_day(taken(ROLLING, date(2027, 2, 28))) == date(2028, 2, 29)

    def test_an_approval_dated_before_one_already_recorded_is_caught_as_well(self) -> None:
        use = taken(ROLLING, date(2026, 6, 1))
        assert barred(use, ROLLING, date(2026, 5, 31))
        assert barred(use, ROLLING, date(2025, 6, 1)), "its year would meet the first day of the other"
        assert not barred(use, ROLLING, date(2025, 5, 31))

    @given(DAYS)
    def test_the_first_free_day_is_free_and_the_day_before_is_not(self, on: date) -> None:
        use = taken(ROLLING, on)
        free = first_free_day(use)
        assert free is not None and free > on
        assert not barred(use, ROLLING, free)
        assert barred(use, ROLLING, free - timedelta(days=1))

    @given(DAYS, DAYS)
    def test_of_two_approvals_each_bars_the_other_or_neither_does(self, one: date, other: date) -> None:
        assert barred(taken(ROLLING, one), ROLLING, other) == barred(taken(ROLLING, other), ROLLING, one)


class TestCalendarYear:
    def test_new_year_frees_the_key(self) -> None:
        use = taken(CALENDAR_YEAR, date(2025, 12, 31))
        assert first_free_day(use) == date(2026, 1, 1)
        assert not barred(use, CALENDAR_YEAR, date(2026, 1, 1))
        assert barred(use, CALENDAR_YEAR, date(2025, 1, 1))


class TestDeclaredYear:
    def test_it_is_the_year_declared_that_is_taken_not_that_of_the_approval(self) -> None:
        assert window(DECLARED, COMPREHENSIVE, date(2025, 12, 20)) == (date(2026, 1, 1), date(2026, 12, 31))

    @pytest.mark.parametrize("on", [date(2025, 12, 20), date(2026, 7, 1), date(2027, 1, 5)])
    def test_a_second_one_for_the_same_year_is_barred_whenever_it_is_approved(self, on: date) -> None:
        first = Use(Key("year", "2026"), "TL-2026-Z01", *window(DECLARED, COMPREHENSIVE, date(2026, 2, 1)))
        assert list(clashes([first], DECLARED, COMPREHENSIVE, on)) == [first]

    def test_the_refusal_names_year_and_case(self) -> None:
        world = World()
        world.taken.append(Use(Key("year", "2026"), "TL-2026-Z01", date(2026, 1, 1), date(2026, 12, 31)))
        case = world.inspection(kind=Kind.COMPREHENSIVE, id="TL-2026-Z02")
        said = world.says("frequency_year", case, "submit", {"contents": ["8(1)"]})
        assert said.startswith("2026年度的综合督察已经批准开展（TL-2026-Z01），原则上每年开展1次。")


class TestPending:
    def test_a_pending_request_bars_every_other_until_it_is_decided(self) -> None:
        held = Use(Key("target", BACHUAN), "TL-2026-X02", date(2026, 3, 1), None)
        assert held.held and first_free_day(held) is None
        assert barred(held, ROLLING, date(2020, 1, 1)) and barred(held, ROLLING, date(2036, 1, 1))

    @pytest.mark.parametrize(
        ("key", "code"),
        [
            (Key("target", DONGCHENG), "frequency_target"),
            (Key("problem", "电动自行车质量"), "frequency_problem"),
            (Key("domain", "消费品"), "frequency_domain"),
        ],
    )
    def test_target_problem_and_domain_each_refuse_alone(self, key: Key, code: str) -> None:
        world = World()
        case = world.inspection(
            dossier={"application": {**APPLICATION, "problem": "电动自行车质量", "domain": "消费品", "reason": "投诉"}}
        )
        world.taken = [Use(key, "TL-2025-X09", date(2025, 9, 1), date(2026, 9, 1))]
        assert world.codes(case, "submit", {"contents": ["9(1)"]}) == {code}
        world.taken = [Use(key, "TL-2026-X02", date(2026, 3, 1), None)]
        assert world.codes(case, "submit", {"contents": ["9(1)"]}) == {f"{code}_held"}

    def test_a_held_year_is_refused_too(self) -> None:
        world = World()
        world.taken.append(Use(Key("year", "2026"), "TL-2026-Z01", DAY, None))
        case = world.inspection(kind=Kind.COMPREHENSIVE, id="TL-2026-Z02")
        assert world.codes(case, "submit", {"contents": ["8(1)"]}) == {"frequency_year_held"}

    def test_a_cases_own_hold_does_not_stand_in_its_way(self) -> None:
        world = World()
        case = world.inspection("submitted")
        world.taken.append(Use(Key("target", BACHUAN), case.id, DAY, None))
        assert world.codes(case, "approve", {"note": "同意"}, by="区委区政府") == set()


class TestSeveral:
    TWICE = replace(ROLLING, most=2)

    def test_the_second_is_allowed_and_the_third_waits_for_the_first_to_end(self) -> None:
        first = taken(self.TWICE, date(2026, 1, 10))
        second = replace(taken(self.TWICE, date(2026, 5, 10)), case="TL-2026-X02")
        assert list(clashes([first], self.TWICE, SPECIAL, date(2026, 5, 10))) == []
        assert list(clashes([first, second], self.TWICE, SPECIAL, date(2026, 8, 1))) == [first]
        assert list(clashes([first, second], self.TWICE, SPECIAL, date(2027, 1, 11))) == []

    def test_a_pending_request_takes_one_of_the_places(self) -> None:
        held = Use(Key("target", BACHUAN), "TL-2026-X02", date(2026, 3, 1), None)
        first = taken(self.TWICE, date(2026, 1, 10))
        assert list(clashes([held], self.TWICE, SPECIAL, date(2026, 3, 2))) == []
        assert list(clashes([held, first], self.TWICE, SPECIAL, date(2026, 3, 2))) == [first]
        assert first_day_below([held, first], 2, date(2026, 3, 2)) == date(2027, 1, 11)
        assert first_day_below([held, replace(held, case="TL-2026-X03")], 2, date(2026, 3, 2)) is None

    def test_uses_of_different_keys_are_counted_apart(self) -> None:
        other = Use(Key("target", DONGCHENG), "TL-2026-X02", *window(self.TWICE, SPECIAL, date(2026, 2, 1)))
        assert list(clashes([taken(self.TWICE, date(2026, 1, 10)), other], self.TWICE, SPECIAL, date(2026, 3, 2))) == []

    def test_two_that_never_stand_together_leave_a_place_between_them(self) -> None:
        before, after = taken(self.TWICE, date(2025, 1, 10)), taken(self.TWICE, date(2026, 6, 10))
        assert list(clashes([before, after], self.TWICE, SPECIAL, date(2025, 12, 1))) == []


class TestYears:
    def test_two_years_bar_for_two_years(self) -> None:
        limit = replace(ROLLING, years=2)
        assert window(limit, SPECIAL, date(2026, 3, 2)) == (date(2026, 3, 2), date(2028, 3, 2))
        assert barred(taken(limit, date(2026, 3, 2)), limit, date(2028, 3, 2))
        assert not barred(taken(limit, date(2026, 3, 2)), limit, date(2028, 3, 3))

    def test_two_calendar_years_end_with_the_second(self) -> None:
        limit = replace(CALENDAR_YEAR, years=2)
        assert window(limit, SPECIAL, date(2026, 7, 1)) == (date(2026, 1, 1), date(2027, 12, 31))

    def test_two_declared_years_begin_with_the_one_declared(self) -> None:
        limit = replace(DECLARED, years=2)
        assert window(limit, COMPREHENSIVE, date(2025, 12, 20)) == (date(2026, 1, 1), date(2027, 12, 31))


class TestListedKeys:
    def test_only_the_listed_keys_are_needed(self) -> None:
        by_target = replace(PACK, regulation=replace(TONGLIANG, limits=(replace(ROLLING, keys=("target",)),)))
        assert by_target.keys_of(SPECIAL) == (Key("target", BACHUAN), Key("target", DONGCHENG))
        assert by_target.keys_of(COMPREHENSIVE) == ()

    def test_a_kind_of_key_that_the_pack_does_not_know_is_refused(self) -> None:
        with pytest.raises(BadTable, match="limit special names street"):
            replace(PACK, regulation=replace(TONGLIANG, limits=(replace(ROLLING, keys=("street",)),)))
