"""Citations read as lawyers write them."""

import pytest

import messages
import regulations
from regulations.clauses import chinese_number

TITLE = "《重庆市铜梁区质量督察工作办法（试行）（征求意见稿）》"
CASES = [
    ("14", f"{TITLE}第十四条", "第十四条", "art. 14"),
    ("13(2)", f"{TITLE}第十三条第（二）项", "第十三条第（二）项", "art. 13(2)"),
    ("11(2)3", f"{TITLE}第十一条第（二）项第3目", "第十一条第（二）项第3目", "art. 11(2)3"),
    ("decree-733:17", "《政府督查工作条例》第十七条", "《政府督查工作条例》第十七条", "Decree 733, art. 17"),
    ("house", "内部规则", "内部规则", "house rule"),
]


@pytest.mark.parametrize(("ref", "full", "short", "english"), CASES)
def test_a_clause_is_cited_in_full_in_short_and_in_english(ref: str, full: str, short: str, english: str) -> None:
    tongliang = regulations.load("tongliang")
    assert tongliang.cite(ref) == full
    assert tongliang.short(ref) == short
    assert tongliang.short(ref, "en") == english


def test_the_language_spoken_decides_when_none_is_named() -> None:
    messages.set_language("en")
    assert regulations.load("decree-733").cite("17") == "Regulation on Government Supervision, art. 17"


def test_a_clause_that_does_not_exist_cannot_be_cited() -> None:
    with pytest.raises(regulations.UnknownArticle):
        regulations.load("tongliang").cite("99")


def test_a_house_rule_says_that_the_text_is_silent() -> None:
    assert "内部规则" in regulations.clause("tongliang@2023-08-16", regulations.HOUSE).text


@pytest.mark.parametrize(
    ("number", "numeral"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (45, "四十五"), (99, "九十九")]
)
def test_numbers_are_written_as_numerals(number: int, numeral: str) -> None:
    assert chinese_number(number) == numeral


def test_two_articles_are_cited_each_in_full() -> None:
    tongliang = regulations.load("tongliang")
    assert tongliang.short_list(["12", "21"], "zh") == "第十二条、第二十一条"
    assert tongliang.short_list(["12", "13(3)"], "en") == "art. 12, art. 13(3)"
