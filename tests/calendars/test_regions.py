"""Regional layers over the national calendar."""

from __future__ import annotations

from datetime import date

import calendars
from calendars.regions import regions, rows


def test_a_region_may_take_back_a_national_makeup_day() -> None:
    national, guangxi = calendars.load(), calendars.load("CN-GX")
    assert national.day(date(2017, 4, 1)).kind == "makeup"
    assert guangxi.day(date(2017, 4, 1)).kind == "holiday"
    assert guangxi.day(date(2017, 4, 8)).kind == "makeup"
    assert guangxi.add_working_days(date(2017, 3, 29), 1).due == date(2017, 4, 5)


def test_xinjiang_has_its_own_days_off() -> None:
    xinjiang = calendars.load("CN-XJ")
    assert xinjiang.day(date(2026, 5, 27)).name == "古尔邦节"
    due = xinjiang.add_working_days(date(2026, 5, 20), 5)
    assert (due.status, due.due) == ("final", date(2026, 6, 1))
    assert calendars.load().add_working_days(date(2026, 5, 20), 5).due == date(2026, 5, 27)


def test_a_day_known_only_at_second_hand_leaves_an_interval() -> None:
    ningxia = calendars.load("CN-NX")
    assert ningxia.day(date(2026, 5, 27)).status == "provisional"
    due = ningxia.add_working_days(date(2026, 5, 25), 2)
    assert (due.status, due.earliest, due.latest) == ("provisional", date(2026, 5, 27), date(2026, 5, 29))
    assert due.missing == ("宁夏2026年古尔邦节放假通知原文",)


def test_a_year_without_a_regional_arrangement_leaves_room_for_as_many_days_as_the_region_has_set() -> None:
    due = calendars.load("CN-XJ").add_working_days(date(2019, 6, 3), 1)
    assert due.status == "provisional"
    assert due.earliest == date(2019, 6, 4)
    assert due.latest == date(2019, 6, 17)  # eight days off, as in 2025 and 2026
    assert due.missing == ("新疆2019年放假安排",)


def test_every_row_names_its_source_and_how_sure_it_is() -> None:
    assert set(regions()) == {"CN-GX", "CN-XJ", "CN-NX", "CN-XZ/拉萨", "凉山"}
    assert len(rows()) >= len(regions())
    for row in rows():
        assert row.source
        assert row.evidence
        assert row.certainty in ("text", "press", "agreed", "secondary")
        assert row.start <= row.end
