"""Which unit succeeds which: chains, mergers, splits, and names of a day."""

from __future__ import annotations

from datetime import date

from regulations import Unit
from states.engine.frequency import Key, Use
from states.engine.successions import NO_CHANGES, Successions, UnitChange

A, B, C, D = (Unit(code, f"{code}镇", "镇（街道）", "") for code in "ABCD")
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def use(code: str, since: date) -> Use:
    return Use(Key("target", code), f"case of {code}", since, None)


def test_nothing_changes_where_nothing_is_recorded() -> None:
    assert NO_CHANGES.bearer("A") == "A"
    assert NO_CHANGES.related("A") == {"A"}
    assert NO_CHANGES.ended_by("A") is None
    assert NO_CHANGES.name_on(A, MAY) == "A镇"


def test_a_chain_of_codes_is_one_unit() -> None:
    became = Successions((UnitChange("recoded", MAY, (A,), (B,), "B"), UnitChange("recoded", JUNE, (B,), (C,), "C")))
    assert became.bearer("A") == "C"
    assert became.answers_for("C") == {"A", "B", "C"}
    assert became.continues("C", "A") and not became.continues("A", "C")
    assert list(became.counting_for("C", [use("A", MAY), use("D", MAY)])) == [use("A", MAY)]
    assert list(became.counting_for("A", [use("C", JULY)])) == [use("C", JULY)]


def test_a_unit_that_goes_on_beside_another_passes_on_what_began_before() -> None:
    became = Successions((UnitChange("split", JUNE, (A,), (A, B)),))
    assert became.ended_by("A") is None
    assert list(became.counting_for("B", [use("A", MAY), use("A", JUNE)])) == [use("A", MAY)]
    assert list(became.counting_for("A", [use("B", JULY)])) == []
    assert became.answers_for("B") == {"B"}
    assert became.related("A") == became.related("B") == {"A", "B"}


def test_parts_of_a_split_do_not_count_for_each_other() -> None:
    became = Successions((UnitChange("split", JUNE, (A,), (B, C), "B"),))
    assert list(became.counting_for("B", [use("C", JULY), use("A", MAY)])) == [use("A", MAY)]
    assert became.bearer("A") == "B"
    assert not became.same_bearer("A", "C")


def test_a_merger_ends_what_is_not_among_the_units_after_it() -> None:
    became = Successions((UnitChange("merged", JUNE, (A, B), (A,), "A"),))
    assert became.ended_by("A") is None and became.ended_by("B") is not None
    assert became.answers_for("A") == {"A", "B"}
    assert list(became.counting_for("A", [use("B", JULY)])) == [use("B", JULY)]


def test_a_split_that_is_undone_ends() -> None:
    became = Successions((UnitChange("split", MAY, (A,), (A, B)), UnitChange("merged", JUNE, (A, B), (A,), "A")))
    assert became.bearer("B") == "A"
    assert became.related("A") == {"A", "B"}


def test_an_abolished_unit_passes_on_its_duties_and_not_its_keys() -> None:
    became = Successions((UnitChange("abolished", JUNE, (A,), (), "D"),))
    assert became.bearer("A") == "D"
    assert not became.continues("D", "A")
    assert list(became.counting_for("D", [use("A", MAY)])) == []


def test_a_unit_has_the_name_of_the_day() -> None:
    first, second = Unit("A", "A街道", "", ""), Unit("A", "A新区", "", "")
    became = Successions((UnitChange("renamed", MAY, (A,), (first,)), UnitChange("renamed", JULY, (first,), (second,))))
    days = (date(2026, 4, 30), MAY, JUNE, JULY)
    assert [became.name_on(second, day) for day in days] == ["A镇", "A街道", "A街道", "A新区"]
    assert became.concerning("A") == list(became.changes)
    assert D.code not in became.related("A")
