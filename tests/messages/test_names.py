"""Names that look alike are one name; what cannot be folded is refused with its code point."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.names import comparison_key, fold_name, lookalike_key, refused_character, unseen
from regulations import Unit
from regulations.rosters import officer_names

WRITTEN = {
    "王⼀⺠": "王一民",
    "张\ufe00三\U000e0100": "张三",
    "李四\ufe0f": "李四",
    "組⻓Ａ１": "組长A1",
    "阿不都•热西提": "阿不都·热西提",
    "阿不都・热西提": "阿不都·热西提",
    "  王　　五 ": "王 五",
    "豈": "豈",
    "第①组（Ａ）": "第①组（A）",
}


@pytest.mark.parametrize(("written", "plain"), WRITTEN.items())
def test_a_name_has_one_plain_form(written: str, plain: str) -> None:
    assert fold_name(written) == plain
    assert refused_character(written) == ""


@pytest.mark.parametrize(
    ("written", "character"),
    [
        ("王\u3164", "U+3164"),
        ("王\uffa0", "U+FFA0"),
        ("\u115f", "U+115F"),
        ("王\u2800五", "U+2800"),
        ("⺗", "U+2E97"),
        ("㇐", "U+31D0"),
        ("⿰", "U+2FF0"),
        ("王\u200b", "U+200B"),
        ("王\u200d", "U+200D"),
        ("王\u202e", "U+202E"),
        ("王\ue000", "U+E000"),
        ("甲\n乙", "U+000A"),
        ("甲\u2028乙", "U+2028"),
        ("a\x7f", "U+007F"),
        ("\ud800", "U+D800"),
    ],
)
def test_what_cannot_be_seen_or_is_no_character_is_refused(written: str, character: str) -> None:
    assert refused_character(written) == character


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王一", "王ー"),
        ("王二", "王ニ"),
        ("LiSi", "ＬＩＳＩ"),
        ("A组长", "А组长"),
        ("王 五", "王五"),
        ("甲-乙", "甲—乙"),
        ("甲（一）", "甲(一)"),
        ("车站", "⻋站"),
        ("阿不都·热西提", "阿不都•热西提"),
    ],
)
def test_names_that_look_alike_have_one_key(one: str, other: str) -> None:
    assert lookalike_key(one) == lookalike_key(other)


@pytest.mark.parametrize(("one", "other"), [("甲一", "甲二"), ("甲（一）", "甲一"), ("已", "己"), ("张三1", "张三-1")])
def test_names_that_look_different_do_not(one: str, other: str) -> None:
    assert lookalike_key(one) != lookalike_key(other)


def test_texts_keep_the_joiners_and_names_do_not() -> None:
    assert unseen("می\u200cخواهم\n") == ""
    assert unseen("王\u202e") == "U+202E"
    assert refused_character("می\u200cخواهم") == "U+200C"


def test_the_accounts_of_units_that_look_alike_are_told_apart() -> None:
    roster = [Unit("1", "车站街道", "镇", "甲县"), Unit("2", "⻋站街道", "镇", "乙县"), Unit("3", "东街", "镇", "甲县")]
    named = officer_names(roster)
    assert named["3"] == "东街联络员"
    assert len({lookalike_key(name) for name in named.values()}) == 3


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    folded = fold_name(text)
    assert fold_name(folded) == folded
    assert lookalike_key(folded) == lookalike_key(text)


@given(st.text(st.characters(categories=["Lo", "Nd"], min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=20))
def test_usual_characters_stay_as_they_are(text: str) -> None:
    assert fold_name(text) == text == comparison_key(text)
    assert refused_character(text) == ""
    assert unicodedata.normalize("NFC", text) == text
