"""A number in a text chooses the form of the word that follows it."""

import re
from pathlib import Path

import pytest

import messages
from tests.house.repository import ROOT

COUNTED = re.compile(r"\{(\w+):[^}|]*\|[^}]*\}")


@pytest.mark.parametrize(("count", "said"), [(0, "0 units"), (1, "1 unit"), (2, "2 units"), (21, "21 units")])
def test_one_is_singular_and_every_other_number_plural(count: int, said: str) -> None:
    assert messages.text("console.units", "en", count=count) == said


def test_chinese_has_one_form() -> None:
    assert [messages.text("console.units", "zh", count=count) for count in (1, 2)] == ["1 个单位", "2 个单位"]


def test_two_counts_in_one_text_are_independent() -> None:
    assert messages.text("console.swept", "en", count=1, nights="2026-03-01", issued=2).startswith("Swept 1 night (")
    assert messages.text("console.swept", "en", count=2, nights="…", issued=1).endswith("1 new notice.")


def test_every_form_follows_the_number_it_agrees_with() -> None:
    files = Path(ROOT, "messages/texts").glob("*.en.toml")
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    counted = [(name, line) for line in lines for name in COUNTED.findall(line)]
    assert len(counted) > 50
    assert [line for name, line in counted if f"{{{name}}}" not in line] == []
