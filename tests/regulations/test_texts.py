"""The texts are whole, addressable and dated."""

from datetime import date, timedelta
from pathlib import Path

import pytest

import regulations
from regulations.library import read

TONGLIANG = regulations.load("tongliang")
NATIONAL = regulations.load("decree-733")


def items(regulation: regulations.Regulation, ref: str) -> int:
    return sum(clause.ref.startswith(f"{ref}(") and clause.ref.endswith(")") for clause in regulation.clauses)


def test_every_article_and_item_of_the_measures_has_an_address_in_order() -> None:
    articles = [clause.ref for clause in TONGLIANG.clauses if clause.ref.isdigit()]
    assert articles == [str(number) for number in range(1, 25)]
    assert {ref: n for ref in articles if (n := items(TONGLIANG, ref))} == {
        "5": 5, "8": 9, "9": 5, "10": 2, "11": 3, "13": 5,
    }  # fmt: skip
    assert [way.code for way in TONGLIANG.ways] == [f"11(2){number}" for number in range(1, 9)]
    assert len(TONGLIANG.clauses) == 61


def test_every_article_and_item_of_the_decree_has_an_address() -> None:
    articles = [clause.ref for clause in NATIONAL.clauses if clause.ref.isdigit()]
    assert articles == [str(number) for number in range(1, 29)]
    assert {ref: n for ref in articles if (n := items(NATIONAL, ref))} == {"4": 4, "5": 4, "12": 8}


@pytest.mark.parametrize("clause", TONGLIANG.clauses + NATIONAL.clauses, ids=lambda clause: clause.ref)
def test_clauses_carry_text_without_their_own_number(clause: regulations.Clause) -> None:
    assert clause.text.strip() == clause.text != ""
    assert not clause.text.startswith(("（", "第", *"123456789"))


def test_an_item_reads_as_printed_under_the_heading_of_its_article() -> None:
    assert TONGLIANG.article("5(3)") == regulations.Clause("5(3)", "督察对象", "各园区党工委和管委会；")
    assert TONGLIANG.article("11(2)3").text.startswith("谈话问询。")
    assert "3.谈话问询。" in TONGLIANG.article("11(2)").text
    assert "3.谈话问询。" in TONGLIANG.article("11").text
    assert TONGLIANG.article("11(3)").text.startswith("三方评价。")


def test_a_further_paragraph_belongs_to_the_item_before_it_or_to_the_article() -> None:
    assert TONGLIANG.article("13(3)").text.splitlines()[1].startswith("督察组成员应当政治素质过硬")
    assert "上级人民政府可以对下一级" not in NATIONAL.article("5(4)").text
    assert NATIONAL.article("5").text.splitlines()[-1].startswith("上级人民政府可以对下一级")


def test_the_measures_are_a_draft_applied_by_house_choice_from_a_day_that_the_data_explain() -> None:
    assert (TONGLIANG.key, TONGLIANG.status) == ("tongliang@2023-08-16", "draft")
    assert "征求意见稿" in TONGLIANG.title and "征求意见稿" in TONGLIANG.applies_note
    assert TONGLIANG.article("24").text == "本办法自xx年xx月xx日起施行。"
    since = TONGLIANG.applies_from
    assert regulations.in_force("tongliang", since) is TONGLIANG
    with pytest.raises(regulations.NotInForce, match="2023-08-24"):
        regulations.in_force("tongliang", since - timedelta(days=1))


def test_the_decree_is_in_force_from_the_day_it_names() -> None:
    assert NATIONAL.applies_from == date(2021, 2, 1)
    assert NATIONAL.article("28").text == "本条例自2021年2月1日起施行。"


def test_a_pinned_version_is_found_again_and_read_once() -> None:
    assert regulations.by_key(TONGLIANG.key) is regulations.load("tongliang", "2023-08-16") is TONGLIANG
    assert TONGLIANG.national is NATIONAL


@pytest.mark.parametrize("key", ["tongliang@2020-01-01", "elsewhere@2023-08-16", "tongliang@"])
def test_an_unknown_text_or_version_is_refused_with_what_there_is(key: str) -> None:
    with pytest.raises(regulations.UnknownRegulation, match="tongliang"):
        regulations.by_key(key)


@pytest.mark.parametrize("ref", ["25", "5(6)", "11(2)9", "1(1)", "", "decree-734:17", "decree-733:29", "5（2）"])
def test_an_unknown_clause_is_refused(ref: str) -> None:
    with pytest.raises(regulations.UnknownArticle, match="条款写作"):
        TONGLIANG.article(ref)


def test_another_text_needs_nothing_but_its_directory(tmp_path: Path) -> None:
    (tmp_path / "regulation.toml").write_text(
        'id = "plan"\nversion = "2018-10-29"\ntitle = "方案"\ntitle_en = "Plan"\n'
        'issuer = "县政府"\nsource = "印发件"\n'
        'status = "in_force"\ndivision = "part"\napplies_from = 2018-10-29\napplies_note = "印发之日"\n',
        encoding="utf-8",
    )
    (tmp_path / "articles.toml").write_text(
        '[[article]]\nnumber = 2\nheading = "原则"\ntext = """\n(一)统一推进。\n(十二)突出实效。\n"""\n',
        encoding="utf-8",
    )
    (tmp_path / "coverage.toml").write_text("clause = []\n", encoding="utf-8")
    plan = read(tmp_path)
    assert [clause.ref for clause in plan.clauses] == ["2", "2(1)", "2(12)"]
    assert plan.cite("2(12)") == "《方案》第二部分第（十二）项"
    assert plan.short("2(12)", "en") == "part 2(12)"
    assert plan.national is None
    with pytest.raises(regulations.UnknownProvision):
        plan.term("review_application")
