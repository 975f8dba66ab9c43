"""Two versions of a text, article by article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import regulations
from regulations.differences import ArticleDifference, article_differences, rule_differences, words_changed
from tests import second_version

FIRST = "tongliang@2023-08-16"


@pytest.fixture
def differences(tmp_path: Path) -> Iterator[dict[str, ArticleDifference]]:
    """What the second version changes, by its address in it."""
    with second_version.registered(tmp_path / "texts"):
        found = article_differences(regulations.by_key(FIRST), regulations.by_key(second_version.KEY))
        yield {one.after: one for one in found}


def test_articles_that_changed_places_have_moved(differences: dict[str, ArticleDifference]) -> None:
    assert {ref: (one.change, one.before) for ref, one in differences.items()} == {
        "13": ("changed", "13"),
        "14": ("moved", "15"),
        "15": ("moved", "14"),
    }
    assert differences["14"].words == ()


def test_the_words_that_changed_are_marked(differences: dict[str, ArticleDifference]) -> None:
    marked = [(one.change, one.text) for one in differences["13"].words if one.change != "same"]
    assert ("added", "（五）听取意见。通报前听取被督察单位意见。\n") in marked or any(
        "听取意见" in text for _, text in marked
    )
    told = differences["13"].words
    assert "".join(one.text for one in told if one.change != "removed") == _text("13", second=True)
    assert "".join(one.text for one in told if one.change != "added") == _text("13", second=False)


def _text(ref: str, *, second: bool) -> str:
    return regulations.by_key(second_version.KEY if second else FIRST).article(ref).text


def test_rules_that_differ_are_named(tmp_path: Path) -> None:
    with second_version.registered(tmp_path / "texts"):
        found = rule_differences(regulations.by_key(FIRST), regulations.by_key(second_version.KEY))
    assert {(one.sort, one.name, one.before, one.after) for one in found} == {
        ("term", "rectification_report", "15 working_days · 14", f"{second_version.DAYS} working_days · 15"),
        ("guard_left_out", second_version.LEFT_OUT, None, second_version.LEFT_OUT),
    }


def test_a_version_does_not_differ_from_itself() -> None:
    first = regulations.by_key(FIRST)
    assert (article_differences(first, first), rule_differences(first, first)) == ([], [])


def test_another_text_shares_no_article_by_chance() -> None:
    decree, measures = regulations.load("decree-733"), regulations.by_key(FIRST)
    found = article_differences(decree, measures)
    assert {one.change for one in found} <= {"added", "removed", "changed", "moved_and_changed"}
    assert sum(one.change == "removed" for one in found) > 20


def test_numbers_and_words_are_marked_whole() -> None:
    marked = words_changed("15个工作日内报告。", "20个工作日内书面报告。")
    assert [(one.change, one.text) for one in marked] == [
        ("removed", "15"),
        ("added", "20"),
        ("same", "个工作日内"),
        ("added", "书面"),
        ("same", "报告。"),
    ]
