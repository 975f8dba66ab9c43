"""Sampling: drawn by a seed that is on record, so that anybody can draw it again (Tongliang art. 12)."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.engine.sampling import draw, draw_key
from tests.states.world import UNITS

TOWNSHIPS = [code for code in UNITS if code.startswith("500151")]


def test_a_draw_is_the_same_everywhere_and_for_ever() -> None:
    assert len(TOWNSHIPS) == 28
    assert draw("2026年综合督察", TOWNSHIPS, 8) == (
        "500151005", "500151105", "500151112", "500151115", "500151116", "500151122", "500151123", "500151124",
    )  # fmt: skip


def test_a_lot_can_be_worked_out_on_any_command_line() -> None:
    """printf '2026\\n500151001' | sha256sum"""
    assert draw_key("2026", "500151001") == "bd7908418ff87ab3b23c6b8e51bffa6a3cd262a511fbaa43ccb573c332aab763"


@given(st.text(min_size=1), st.integers(0, 28), st.randoms())
def test_neither_order_nor_repetition_of_the_list_matters(seed: str, size: int, mixer: random.Random) -> None:
    shuffled = [*TOWNSHIPS, *TOWNSHIPS[:3]]
    mixer.shuffle(shuffled)
    drawn = draw(seed, shuffled, size)
    assert drawn == draw(seed, TOWNSHIPS, size)
    assert len(set(drawn)) == size and set(drawn) <= set(TOWNSHIPS)


@given(st.text(min_size=1), st.integers(0, 27))
def test_a_larger_sample_holds_the_smaller(seed: str, size: int) -> None:
    assert set(draw(seed, TOWNSHIPS, size)) < set(draw(seed, TOWNSHIPS, size + 1))


def test_no_more_is_drawn_than_there_is() -> None:
    with pytest.raises(ValueError, match="cannot draw 29 of 28"):
        draw("2026", TOWNSHIPS, 29)
