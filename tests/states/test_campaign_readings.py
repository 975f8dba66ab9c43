"""Readings in the unit of their indicator, exact comparisons, and lights that are never green without a reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import regulations
from regulations.duties import Indicator
from states.campaign.dossier import KeptFigure, KeptReading
from states.campaign.forms.readings import FigureEntry, ReadingEntry
from states.campaign.lights import Sign, Standing, standing, worst
from states.campaign.periods import read_period
from states.campaign.values import read_value, same_measure
from tests.states.campaign_world import EVIDENCE, OFFICERS, READING, SHIZONG, TOWN, CampaignWorld

DAY = date(2019, 6, 30)


@pytest.fixture
def world() -> CampaignWorld:
    found = CampaignWorld()
    found.campaign()
    return found


def recording(world: CampaignWorld, *entries: Any, note: str = "", **changed: Any) -> set[str]:
    given = [{**READING, **one} for one in entries] or [{**READING, **changed}]
    form = {"readings": given, "note": note} if note else {"readings": given}
    return world.codes(world.cases["SZ-2018-C01"], "record_readings", form, on=DAY, today=DAY)


def test_a_reading_fits_its_indicator(world: CampaignWorld) -> None:
    assert recording(world) == set()
    assert recording(world, indicator="nonsense") == {"indicator_unknown"}
    assert recording(world, measure="吨") == {"reading_in_another_unit"}
    assert recording(world, measure="") == {"reading_in_another_unit"}
    assert recording(world, measure="％") == set()
    assert recording(world, period="去年") == {"reading_period_unlawful"}
    assert recording(world, period="2020") == {"reading_ahead"}
    assert recording(world, body="500151001") == {"reading_of_another_body"}
    assert recording(world, body=TOWN) == set()


@pytest.mark.parametrize("value", ["101", "-1", "80%", "八十", "1e2", "NaN", "80,5"])
def test_a_value_that_cannot_be_is_refused(world: CampaignWorld, value: str) -> None:
    assert recording(world, value=value) == {"reading_value_unlawful"}


def test_one_reading_for_each_indicator_period_and_unit(world: CampaignWorld) -> None:
    assert recording(world, {}, {}) == {"reading_twice"}
    assert recording(world, {}, {"period": "2018"}, {"body": TOWN}) == set()


def test_a_reading_is_replaced_with_a_reason(world: CampaignWorld) -> None:
    campaign = world.cases["SZ-2018-C01"]
    kept = {"by": "创建办甲", "on": "2019-06-01", "readings": [dict(READING)]}
    world.campaign(dossier={**campaign.dossier, "readings": [kept]})
    assert recording(world, value="84") == {"reading_replaced_unexplained"}
    assert recording(world, {"value": "84"}, note="报告勘误") == set()


def test_a_progress_report_gives_readings_of_its_own_task(world: CampaignWorld) -> None:
    entry = {**READING, "indicator": "education_bases", "value": "1", "measure": "个", "period": "2018"}
    form = {"text": "建成", "evidence": EVIDENCE, "readings": [entry]}
    assert world.codes(world.duty("4(2)2"), "report_progress", form, by=OFFICERS[TOWN]) == set()
    other = world.duty("4(2)3")
    assert world.codes(other, "report_progress", form, by=OFFICERS[TOWN]) == {"reading_of_another_task"}


def test_a_figure_is_of_the_kind_its_indicator_is_held_against(world: CampaignWorld) -> None:
    def setting(**changed: Any) -> set[str]:
        entry = {"indicator": "emissions", "kind": "quota", "period": "2019", "value": "120", "measure": "吨"}
        figure = {**entry, "source": "曲政发1号", **changed}
        return world.codes(world.cases["SZ-2018-C01"], "set_figures", {"figures": [figure]}, on=DAY, today=DAY)

    assert setting() == set()
    assert setting(kind="national_average") == {"figure_of_no_use"}
    assert setting(indicator="awareness", measure="%") == {"figure_of_no_use", "reading_value_unlawful"}
    assert setting(indicator="overall_rank", kind="rank", value="3", measure="") == set()
    assert setting(indicator="nonsense") == {"indicator_unknown"}


# comparisons

ENDS = date(2019, 12, 31)


def indicator(comparator: Any, value: str = "", **more: Any) -> Indicator:
    return Indicator("x", "3", "某率", comparator, "某率", value, more.pop("unit", "%"), **more)


def kept(value: str, period: str = "2019", body: str | None = None) -> KeptReading:
    entry = ReadingEntry.model_validate({**READING, "indicator": "x", "value": value, "period": period, "body": body})
    return KeptReading(entry, "C", "甲", DAY)


def figure(value: str, kind: Any, period: str = "2019", body: str | None = None) -> KeptFigure:
    said = {"indicator": "x", "kind": kind, "period": period, "value": value, "body": body, "source": "文件"}
    return KeptFigure(FigureEntry.model_validate(said), "甲", DAY)


def sign(of: Indicator, *readings: KeptReading, figures: tuple[KeptFigure, ...] = (), today: date = DAY) -> Standing:
    return standing(of, readings, figures, ENDS, today)


@pytest.mark.parametrize(
    ("comparator", "target", "value", "reached"),
    [
        (">=", "80", "80", True),
        (">=", "80", "79.999999999999", False),
        (">", "90", "90", False),
        (">", "90", "90.000000000001", True),
        (">", "80", "80.0", False),
        ("=", "100", "100.00", True),
        ("=", "100", "99.99", False),
        ("<=", "5", "5", True),
        ("<=", "5", "5.1", False),
        ("<", "5", "5", False),
        ("<", "5", "4.9", True),
        ("count", "0", "0", True),
        ("count", "0", "1", False),
    ],
)
def test_a_comparison_is_exact(comparator: str, target: str, value: str, reached: bool) -> None:
    of = indicator(comparator, target, unit="%" if comparator != "count" else "起")
    assert sign(of, kept(value)).sign is (Sign.GREEN if reached else Sign.YELLOW)


def test_what_the_text_calls_greater_than_is_strict() -> None:
    found = {one.code: one for one in SHIZONG.indicators}
    assert (found["credit_files"].comparator, found["credit_platform"].comparator) == (">", ">")
    assert found["farm_standards"].comparator == ">="


def test_clean_days_are_a_floor_in_xinjiang() -> None:
    """The text puts it among limits; by its nature it is one that is not to be fallen short of."""
    found = {one.code: one for one in regulations.load("xinjiang").indicators}
    assert (found["clean_days"].comparator, found["clean_days"].against) == (">=", "quota")
    assert found["emissions"].comparator == "<="


def test_what_is_not_reached_turns_red_when_its_time_is_over() -> None:
    of = indicator(">=", "80")
    assert sign(of, kept("79")).sign is Sign.YELLOW
    assert sign(of, kept("79"), today=date(2020, 1, 1)).sign is Sign.RED
    earlier = indicator(">=", "80", year=2018)
    assert sign(earlier, kept("79")).sign is Sign.RED


def test_nothing_is_green_without_a_reading_or_a_target() -> None:
    assert sign(indicator(">=", "80")).sign is Sign.UNKNOWN
    quota = indicator(">=", against="quota", unit="")
    assert sign(quota, kept("120")).sign is Sign.UNSET
    assert sign(quota, kept("120"), figures=(figure("120", "quota"),)).sign is Sign.GREEN
    assert sign(quota, kept("120"), figures=(figure("120", "quota", "2018"),)).sign is Sign.UNSET
    average = indicator("<", against="national_average")
    assert sign(average, kept("3")).sign is Sign.UNSET
    assert sign(average, kept("3"), figures=(figure("3", "national_average"),)).sign is Sign.YELLOW
    assert sign(average, kept("2.9"), figures=(figure("3", "national_average"),)).sign is Sign.GREEN


def test_a_place_at_the_front_is_unset_until_it_has_a_number() -> None:
    front = indicator("rank", unit="")
    assert sign(front, kept("1")).sign is Sign.UNSET
    assert sign(front, kept("3"), figures=(figure("3", "rank"),)).sign is Sign.GREEN
    assert sign(front, kept("4"), figures=(figure("3", "rank"),)).sign is Sign.YELLOW


def test_rise_and_fall_compare_with_the_last_period_of_the_same_length() -> None:
    up, down = indicator("rise", against="last_period"), indicator("fall", against="last_period", unit="吨")
    assert sign(up, kept("41")).sign is Sign.UNKNOWN
    two = (kept("41", "2019"), kept("40", "2018"))
    assert (sign(up, *two).sign, sign(up, *two).trend, sign(down, *two).sign) == (Sign.GREEN, "up", Sign.YELLOW)
    level = (kept("40", "2018"), kept("40", "2019"))
    assert (sign(up, *level).sign, sign(up, *level).trend) == (Sign.YELLOW, "level")
    quarter = (kept("40", "2018"), kept("10", "2019Q1"))
    assert sign(up, *quarter).sign is Sign.UNKNOWN


def test_the_reading_recorded_last_counts_for_its_period() -> None:
    found = sign(indicator(">=", "80"), kept("79"), kept("81"))
    assert found.sign is Sign.GREEN and found.reading is not None and found.reading.entry.value == "81"


def test_a_unit_has_readings_and_a_quota_of_its_own() -> None:
    quota = indicator(">=", against="quota", unit="")
    readings = [kept("50", body="A"), kept("120")]
    figures = [figure("120", "quota"), figure("40", "quota", body="A")]
    found = standing(quota, readings, figures, ENDS, DAY, "A")
    assert (found.sign, found.target) == (Sign.GREEN, Decimal(40))


def test_a_fact_is_yes_or_no() -> None:
    fact = indicator("yes", unit="")
    assert [sign(fact, kept(said)).sign for said in ("是", "否", "yes")] == [Sign.GREEN, Sign.YELLOW, Sign.GREEN]
    assert read_value(fact, "大概") is None


def test_several_signs_together_are_the_worst() -> None:
    assert worst([Sign.GREEN, Sign.UNSET]) is Sign.UNSET
    assert worst([Sign.GREEN, Sign.UNKNOWN, Sign.YELLOW]) is Sign.YELLOW
    assert worst([Sign.YELLOW, Sign.RED]) is Sign.RED
    assert worst([]) is None


@pytest.mark.parametrize(
    ("written", "begins", "ends"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2019H2", "2019-07-01", "2019-12-31"),
        ("2019q1", "2019-01-01", "2019-03-31"),
        ("2019-02", "2019-02-01", "2019-02-28"),
        ("2020-12", "2020-12-01", "2020-12-31"),
    ],
)
def test_periods_are_read(written: str, begins: str, ends: str) -> None:
    found = read_period(written)
    assert found is not None
    assert (found.begins.isoformat(), found.ends.isoformat()) == (begins, ends)


@pytest.mark.parametrize("written", ["", "2019Q5", "2019-13", "2019-00", "19", "2019H3", "1999", "2019-1"])
def test_what_is_no_period_is_none(written: str) -> None:
    assert read_period(written) is None


def test_units_of_measure_are_compared_in_one_spelling() -> None:
    assert same_measure(indicator(">=", "1", unit="人/万台"), "人／万台")
    assert not same_measure(indicator(">=", "1", unit="人/万台"), "人")
