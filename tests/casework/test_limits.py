"""Limits as a version of a regulation sets them: how many, over how many years, and from which day they count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import regulations
from access.reader import operator
from casework.views.frequency_board import frequency_board
from simulation import invariants
from states.engine import pack
from states.engine.frequency import Key
from states.packs import pack_of
from storage.cases import frequency
from tests.casework.office import AUTHORITY, BACHUAN, COORDINATOR, DONGCHENG, LEADERS, Office

NOTE = {"note": "同意"}
VISITED = {"ways": ["11(2)2"], "record": "查阅台账"}
Limited = Callable[..., None]


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> Iterator[Limited]:
    """Changes a limit, of special inspections unless another one is named."""
    ours = regulations.load("tongliang")

    def change(name: str = "special", **changes: Any) -> None:
        limits = tuple(replace(one, **changes) if one.name == name else one for one in ours.limits)
        variant = replace(ours, limits=limits)
        monkeypatch.setattr(regulations, "by_key", lambda key: variant)
        monkeypatch.setattr(regulations, "load", lambda id, version=None: variant)
        pack_of.cache_clear()

    yield change
    pack_of.cache_clear()


def uses(office: Office, case: str) -> list[tuple[date, date | None]]:
    """The days for which a case has its target."""
    with office.reading() as session:
        found = frequency.uses(session, "TL", [Key("target", BACHUAN)], besides="")
    return [(one.since, one.until) for one in found if one.case == case]


def another(office: Office, number: int) -> str:
    """A further inspection of the same target, drafted."""
    return office.special([BACHUAN], "drafted", problem=f"问题{number}")


def submit(office: Office, case: str) -> dict[str, Any]:
    return office.does(COORDINATOR, "submit", case, {"contents": ["9(3)"], "not_duplicate": office.beside(case)})


def refused_to_submit(office: Office, case: str) -> dict[str, dict[str, Any]]:
    return office.refused(COORDINATOR, "submit", case, {"contents": ["9(3)"], "not_duplicate": office.beside(case)})


def test_two_a_year_are_allowed_and_the_third_waits(office: Office, limited: Limited) -> None:
    limited(most=2)
    first = office.special([BACHUAN], "approved", problem="问题1")
    approved = office.case(first).acted_on
    second = another(office, 2)
    submit(office, second)
    office.does(AUTHORITY, "approve", second, NOTE)
    third = another(office, 3)
    refused = refused_to_submit(office, third)
    assert set(refused) == {"frequency_target"}
    free = approved.replace(year=approved.year + 1, day=approved.day + 1)
    assert refused["frequency_target"]["earliest"] == free.isoformat()
    with office.reading() as session:
        board = frequency_board(session, office.clock, operator(), jurisdiction="TL", year=office.day.year)
    assert [row.earliest_free for row in board.rows if row.key == BACHUAN] == [free]


def test_two_requests_may_be_pending_where_two_are_allowed(office: Office, limited: Limited) -> None:
    limited(most=2)
    for number in (1, 2):
        submit(office, another(office, number))
    assert set(refused_to_submit(office, another(office, 3))) == {"frequency_target_held"}


def test_one_in_two_years_bars_for_two_years(office: Office, limited: Limited) -> None:
    limited(years=2)
    first = office.special([BACHUAN], "approved", problem="问题1")
    [(since, until)] = uses(office, first)
    assert until == since.replace(year=since.year + 2)
    office.on(since.replace(year=since.year + 1, month=12))
    assert set(refused_to_submit(office, another(office, 2))) == {"frequency_target"}


def test_a_calendar_year_ends_with_the_year(office: Office, limited: Limited) -> None:
    limited(window="calendar-year")
    first = office.on("2026-11-02").special([BACHUAN], "approved", problem="问题1")
    assert uses(office, first) == [(date(2026, 1, 1), date(2026, 12, 31))]
    office.on("2027-01-04")
    submit(office, another(office, 2))


@pytest.mark.parametrize(
    ("counts_from", "before", "after"),
    [
        ("start", "prepared", "under_way"),
        ("bulletin", "consented", "published"),
    ],
)
def test_a_window_counts_from_the_day_the_limit_names(
    office: Office, limited: Limited, counts_from: str, before: str, after: str
) -> None:
    limited(counts_from=counts_from)
    case = office.special([BACHUAN], before)
    assert [until for _, until in uses(office, case)] == [None], "held until the window begins to count"
    day = office.day
    office.advance(case, after)
    assert uses(office, case) == [(day, day.replace(year=day.year + 1))]


def test_a_cancelled_inspection_that_was_begun_counts_from_its_end(office: Office, limited: Limited) -> None:
    limited(counts_from="bulletin")
    case = office.special([BACHUAN], "under_way")
    office.does(LEADERS[0], "visit_on_site", office.part(case, "visit", BACHUAN), VISITED)
    office.does(AUTHORITY, "cancel", case, NOTE)
    assert uses(office, case) == [(office.day, office.day.replace(year=office.day.year + 1))]


def test_a_cancelled_inspection_that_reached_nobody_frees_its_keys(office: Office) -> None:
    """Started, but no group did anything at a unit: nothing was carried out (开展, art. 12)."""
    case = office.special([BACHUAN], "under_way")
    office.does(AUTHORITY, "cancel", case, NOTE)
    assert uses(office, case) == []


def test_a_cancelled_inspection_that_was_not_begun_frees_its_keys(office: Office, limited: Limited) -> None:
    limited(counts_from="start")
    case = office.special([BACHUAN], "planned")
    office.does(AUTHORITY, "cancel", case, NOTE)
    assert uses(office, case) == []


def test_the_board_says_what_the_year_still_lacks(office: Office) -> None:
    """Art. 12: 综合督察原则上每年开展1次 is a duty as well as a ceiling; a request that is pending does not meet it."""

    def missing() -> list[tuple[str, int]]:
        with office.reading() as session:
            found = frequency_board(session, office.clock, operator(), jurisdiction="TL", year=office.day.year)
        return [(duty.kind, duty.missing) for duty in found.duties]

    assert missing() == [("comprehensive", 1)]
    case = office.opens(kind="comprehensive", year=office.day.year, title="综合督察", targets=[BACHUAN])
    office.does(COORDINATOR, "submit", case, {"contents": ["8(1)"]})
    assert missing() == [("comprehensive", 1)]
    office.does(AUTHORITY, "approve", case, {"note": "同意"})
    assert missing() == []


def test_a_limit_that_is_a_ceiling_only_asks_for_nothing(office: Office, limited: Limited) -> None:
    limited("comprehensive", at_least=0)
    with office.reading() as session:
        assert frequency_board(session, office.clock, operator(), jurisdiction="TL", year=office.day.year).duties == ()


def test_the_same_words_as_problem_and_as_domain_that_are_not_compared_are_found_out(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A control of the invariant ``windows``: chance meets it too rarely, so the way to it is laid."""
    office.special([BACHUAN], "approved", problem="老旧电梯")
    monkeypatch.setattr(pack, "same_words", lambda keys, alike: tuple(keys))
    second = office.special([DONGCHENG], "drafted", problem=None, domain="老旧电梯")
    office.does(COORDINATOR, "submit", second, {"contents": ["9(3)"]})
    with office.reading() as session:
        assert {one.name for one in invariants.windows(session)} == {"windows"}
