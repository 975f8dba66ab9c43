"""The pages of decisions can be referred to: each has a number of its own, and is called what it says."""

from tests.house.repository import ROOT

PAGES = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = [page.name[:4] for page in PAGES]
    assert [number for number in numbers if numbers.count(number) > 1] == []


def test_every_decision_begins_with_its_number() -> None:
    firsts = {page.name: page.read_text(encoding="utf-8").partition("\n")[0] for page in PAGES}
    assert [name for name, first in firsts.items() if not first.startswith(f"# {name[:4]} ")] == []
