"""What a change of units must satisfy; every unmet condition is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from regulations import Unit
from states.engine.successions import Change, Successions, UnitChange
from states.engine.unit_checks import Standing, refusals
from tests.states.world import BACHUAN, DONGCHENG, UNITS

TODAY, DAY = date(2026, 11, 20), date(2026, 11, 1)
TOWN, OTHER, STREET = UNITS[BACHUAN], UNITS[DONGCHENG], replace(UNITS[BACHUAN], code="500151031", name="新街道")
ENDED = UnitChange("recoded", DAY, (TOWN,), (STREET,), STREET.code)


def codes(change: Change, before: tuple[Unit, ...], after: tuple[Unit, ...], **more: Any) -> set[str]:
    """Why a change is refused; ``more`` says what is other than it should be."""
    heir = more.get("heir", after[0].code if after and set(before) - set(after) else None)
    roster = UNITS | {STREET.code: STREET} if more.get("became") else UNITS
    standing = Standing(roster, more.get("became", Successions()), more.get("cases", {}))
    asked = UnitChange(change, more.get("on", DAY), before, after, heir)
    return {one.code for one in refusals(asked, more.get("reason", "渝府〔2026〕12号"), standing, TODAY)}


def test_what_is_in_order_is_not_refused() -> None:
    assert codes("renamed", (TOWN,), (replace(TOWN, name="新街道"),), heir=None) == set()
    assert codes("recoded", (TOWN,), (STREET,)) == set()
    assert codes("merged", (TOWN, OTHER), (OTHER,)) == set()
    assert codes("split", (TOWN,), (TOWN, STREET), heir=None) == set()
    assert codes("abolished", (TOWN,), ()) == set()


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("unit_unknown", ("abolished", (Unit("X-1", "X", "", ""),), ())),
        ("unit_code_unlawful", ("recoded", (TOWN,), (replace(STREET, code="代码"),))),
        ("unit_code_taken", ("recoded", (TOWN,), (replace(OTHER, name="新街道"),))),
        ("unit_name_unlawful", ("recoded", (TOWN,), (replace(STREET, name="。"),))),
        ("unit_name_unlawful", ("recoded", (TOWN,), (replace(STREET, name="=1+1"),))),
        ("unit_name_unlawful", ("recoded", (TOWN,), (replace(STREET, name="新\u202e街道"),))),
        ("unit_name_unlawful", ("recoded", (TOWN,), (replace(STREET, name="新\u3164街道"),))),
        ("unit_name_unlawful", ("recoded", (TOWN,), (replace(STREET, name="新⺗街道"),))),
        ("unit_name_taken", ("recoded", (TOWN,), (replace(STREET, name=OTHER.name),))),
        ("unit_name_taken", ("recoded", (TOWN,), (replace(STREET, name=f"{OTHER.name[0]} {OTHER.name[1:]}\ufe00"),))),
        ("unit_unchanged", ("renamed", (TOWN,), (TOWN,))),
        ("unit_named_twice", ("merged", (TOWN, TOWN), (STREET,))),
        ("merge_of_one", ("merged", (TOWN,), (TOWN,))),
        ("split_into_one", ("split", (TOWN,), (STREET,))),
    ],
)
def test_units_that_do_not_fit_are_named(code: str, asked: tuple[Any, ...]) -> None:
    assert codes(*asked) == {code}


def test_the_day_the_reason_and_the_heir_are_looked_at() -> None:
    assert codes("recoded", (TOWN,), (STREET,), on=date(2026, 11, 21)) == {"unit_change_ahead"}
    assert codes("recoded", (TOWN,), (STREET,), reason="。") == {"unit_reason_missing"}
    assert codes("abolished", (TOWN,), (), cases={BACHUAN: ("TL-2026-X01",)}) == {"unit_duties_open"}
    assert codes("abolished", (TOWN,), (), heir="X-1") == {"unit_heir_unknown"}
    assert codes("split", (TOWN,), (STREET, replace(STREET, code="500151032", name="别街道")), heir=DONGCHENG) == {
        "unit_heir_unknown"
    }


def test_a_unit_that_ended_does_not_change_again() -> None:
    became = Successions((ENDED,))
    assert codes("abolished", (TOWN,), (), became=became) == {"unit_ended"}
    new_name = replace(STREET, name="新新街道")
    assert codes("renamed", (STREET,), (new_name,), became=became, on=date(2026, 10, 1)) == {"unit_change_out_of_order"}
