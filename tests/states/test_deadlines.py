"""Deadlines: a budget and a ledger, from which due date, rungs and lights follow."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars import Term
from states.engine.case import Role
from states.engine.deadlines import (
    Deadline,
    Light,
    ReminderStep,
    light,
    next_reminder,
    reminder_schedule,
    reminders_reached,
)
from states.packs import pack_of
from tests.states.world import CALENDAR, TONGLIANG

PACK = pack_of(TONGLIANG.key)
WORKING_DAYS = Term(15, "working_days", rollover=False, article="14")
BULLETIN = date(2026, 9, 18)
RUNNING = Deadline("TL-2026-Z01-R01", "rectification_report", 1, "TL", "14", BULLETIN, "500151001", WORKING_DAYS)
SET = replace(RUNNING, term=None, fixed=date(2026, 9, 30))
NEXT_YEAR = replace(RUNNING, start=date(2027, 1, 18))
"""Its due date lies around the Spring Festival of a year whose notice is not out."""

STARTS = st.dates(date(2010, 1, 1), date(2025, 6, 30))


def due(deadline: Deadline) -> date | None:
    found = deadline.due(CALENDAR)
    return found.due if found else None


def rungs(deadline: Deadline, after: date | None, night: date) -> list[tuple[date, ReminderStep]]:
    found = deadline.due(CALENDAR)
    assert found is not None
    return list(reminders_reached(found, CALENDAR, after, night))


class TestTheDueDate:
    def test_fifteen_working_days_over_the_national_day(self) -> None:
        assert due(RUNNING) == date(2026, 10, 15)

    def test_a_term_and_a_set_date_exclude_each_other(self) -> None:
        with pytest.raises(ValueError, match="a term or a fixed date"):
            replace(RUNNING, fixed=date(2026, 9, 30))
        with pytest.raises(ValueError, match="a term or a fixed date"):
            replace(RUNNING, term=None)

    def test_a_set_date_is_kept_even_on_a_rest_day(self) -> None:
        assert due(replace(SET, fixed=date(2026, 10, 3))) == date(2026, 10, 3)

    def test_the_same_term_in_another_round_is_another_deadline(self) -> None:
        assert RUNNING.id == "TL-2026-Z01-R01:rectification_report:1"
        assert replace(RUNNING, round=2).id != RUNNING.id

    def test_it_stands_until_it_is_met_or_falls_away(self) -> None:
        assert RUNNING.running and RUNNING.pause(BULLETIN).running
        assert not RUNNING.met(BULLETIN).running
        assert not RUNNING.closed(BULLETIN).running


class TestSuspensions:
    def test_while_it_is_paused_nobody_knows_when_it_is_due(self) -> None:
        paused = RUNNING.pause(date(2026, 9, 21))
        assert paused.paused and paused.due(CALENDAR) is None
        assert paused.pause(date(2026, 9, 22)) == paused

    def test_the_days_after_the_pause_up_to_the_resumption_do_not_count(self) -> None:
        resumed = RUNNING.pause(date(2026, 9, 21)).resume(date(2026, 9, 24))
        assert due(resumed) == date(2026, 10, 20), "22, 23 and 24 September are made up for"

    def test_resumed_on_the_same_day_it_loses_nothing(self) -> None:
        assert due(RUNNING.pause(date(2026, 9, 21)).resume(date(2026, 9, 21))) == due(RUNNING)

    def test_several_suspensions_add_up(self) -> None:
        once = RUNNING.pause(date(2026, 9, 21)).resume(date(2026, 9, 22))
        twice = once.pause(date(2026, 9, 23)).resume(date(2026, 9, 24))
        assert due(twice) == date(2026, 10, 19)

    def test_a_set_date_moves_on_by_the_working_days_lost(self) -> None:
        assert due(SET.pause(date(2026, 9, 18)).resume(date(2026, 9, 21))) == date(2026, 10, 9)
        assert due(SET.pause(date(2026, 9, 24)).resume(date(2026, 9, 27))) == date(2026, 9, 30), "only rest days lost"

    @given(STARTS, st.integers(0, 40), st.integers(0, 60))
    def test_exactly_the_working_days_outside_the_suspension_are_counted(
        self, start: date, wait: int, gone: int
    ) -> None:
        since = start + timedelta(days=wait)
        until = since + timedelta(days=gone)
        before = due(replace(RUNNING, start=start))
        after = due(replace(RUNNING, start=start).pause(since).resume(until))
        assert before is not None and after is not None
        if since >= before:
            assert after == before
        else:
            assert CALENDAR.working_days_after(start, since) + CALENDAR.working_days_after(until, after) == 15


class TestExtensions:
    def test_an_extension_is_in_the_units_of_the_term(self) -> None:
        assert due(RUNNING.extended(date(2026, 9, 1), 5)) == date(2026, 10, 22)
        days = replace(RUNNING, term=Term(30, "days"), start=date(2026, 3, 2))
        assert (due(days), due(days.extended(date(2026, 9, 1), 10))) == (
            date(2026, 4, 1),
            date(2026, 4, 13),
        )

    def test_a_set_date_is_extended_in_working_days(self) -> None:
        assert due(SET.extended(date(2026, 9, 1), 2)) == date(2026, 10, 9)

    @given(STARTS, st.integers(0, 30))
    def test_a_longer_extension_never_ends_earlier(self, start: date, more: int) -> None:
        short, long = (due(replace(RUNNING, start=start).extended(date(2026, 9, 1), n)) for n in (more, more + 1))
        assert short is not None and long is not None and short < long


class TestTheLadder:
    def test_every_rung_has_its_night(self) -> None:
        found = RUNNING.due(CALENDAR)
        assert found is not None
        assert [(rung.value, night.isoformat()) for night, rung in reminder_schedule(found, CALENDAR)] == [
            ("soon_5", "2026-10-09"),
            ("soon_3", "2026-10-12"),
            ("soon_1", "2026-10-14"),
            ("due", "2026-10-15"),
            ("overdue_1", "2026-10-16"),
            ("overdue_5", "2026-10-22"),
            ("overdue_10", "2026-10-29"),
        ]

    def test_the_last_two_rungs_escalate(self) -> None:
        assert (
            PACK.recipients(ReminderStep.OVERDUE_1)
            == PACK.recipients(ReminderStep.SOON_5)
            == (Role.COORDINATOR, Role.TARGET_OFFICER)
        )
        assert set(PACK.recipients(ReminderStep.OVERDUE_5)) - set(PACK.recipients(ReminderStep.OVERDUE_1)) == {
            Role.SUPERVISION_OFFICE
        }
        assert set(PACK.recipients(ReminderStep.OVERDUE_10)) - set(PACK.recipients(ReminderStep.OVERDUE_5)) == {
            Role.AUTHORITY
        }

    def test_while_the_notice_is_not_out_it_warns_by_the_earliest_and_blames_by_the_latest(self) -> None:
        found = NEXT_YEAR.due(CALENDAR)
        assert found is not None and found.status == "provisional"
        nights = {rung: night for night, rung in reminder_schedule(found, CALENDAR)}
        assert found.earliest is not None and found.latest is not None and found.earliest < found.latest
        assert nights[ReminderStep.SOON_1] < found.earliest
        assert nights[ReminderStep.DUE] == found.latest
        assert nights[ReminderStep.OVERDUE_1] > found.latest

    @given(STARTS)
    def test_the_rungs_follow_each_other_on_different_nights(self, start: date) -> None:
        found = replace(RUNNING, start=start).due(CALENDAR)
        assert found is not None
        nights = [night for night, _ in reminder_schedule(found, CALENDAR)]
        assert nights == sorted(set(nights)) and len(nights) == len(ReminderStep)


class TestTheSweep:
    def test_night_by_night_every_rung_is_told_once(self) -> None:
        told = []
        for offset in range(60):
            night = BULLETIN + timedelta(days=offset)
            told += [rung for _, rung in rungs(RUNNING, night - timedelta(days=1), night)]
        assert told == list(ReminderStep)

    def test_a_rung_is_dated_as_of_its_own_night(self) -> None:
        caught_up = rungs(RUNNING, date(2026, 10, 15), date(2026, 11, 30))
        assert caught_up == [
            (date(2026, 10, 16), ReminderStep.OVERDUE_1),
            (date(2026, 10, 22), ReminderStep.OVERDUE_5),
            (date(2026, 10, 29), ReminderStep.OVERDUE_10),
        ]

    def test_of_warnings_that_fall_together_only_the_last_stands(self) -> None:
        assert rungs(RUNNING, None, date(2026, 10, 13)) == [(date(2026, 10, 12), ReminderStep.SOON_3)]

    def test_a_deadline_set_late_does_not_warn_of_a_day_that_has_come(self) -> None:
        assert rungs(RUNNING, None, date(2026, 10, 15)) == [(date(2026, 10, 15), ReminderStep.DUE)]

    def test_the_next_night_is_known_until_the_ladder_is_climbed(self) -> None:
        found = RUNNING.due(CALENDAR)
        assert found is not None
        assert next_reminder(found, CALENDAR, None) == date(2026, 10, 9)
        assert next_reminder(found, CALENDAR, date(2026, 10, 9)) == date(2026, 10, 12)
        assert next_reminder(found, CALENDAR, date(2026, 10, 29)) is None


class TestTheLights:
    @pytest.mark.parametrize(
        ("today", "shown"),
        [
            (date(2026, 9, 30), Light.GREEN),
            (date(2026, 10, 8), Light.GREEN),
            (date(2026, 10, 9), Light.YELLOW),
            (date(2026, 10, 15), Light.YELLOW),
            (date(2026, 10, 16), Light.RED),
        ],
    )
    def test_green_then_yellow_within_five_working_days_then_red(self, today: date, shown: Light) -> None:
        assert light(RUNNING.due(CALENDAR), CALENDAR, today) is shown

    def test_a_paused_clock_has_a_light_of_its_own(self) -> None:
        assert light(RUNNING.pause(BULLETIN).due(CALENDAR), CALENDAR, date(2027, 1, 1)) is Light.PAUSED

    def test_nobody_is_red_before_the_latest_possible_date(self) -> None:
        found = NEXT_YEAR.due(CALENDAR)
        assert found is not None and found.latest is not None
        assert light(found, CALENDAR, found.latest) is Light.YELLOW
        assert light(found, CALENDAR, found.latest + timedelta(days=1)) is Light.RED
