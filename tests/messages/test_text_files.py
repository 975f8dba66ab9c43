"""Every file of texts can be read, and says in English what it says in Chinese."""

import tomllib
from pathlib import Path

import pytest

from tests.house.repository import ROOT

AREAS = sorted(path.name.partition(".")[0] for path in Path(ROOT, "messages/texts").glob("*.zh.toml"))


@pytest.mark.parametrize("area", AREAS)
def test_an_area_has_the_same_texts_in_both_languages(area: str) -> None:
    zh, en = (
        tomllib.loads(Path(ROOT, f"messages/texts/{area}.{language}.toml").read_text(encoding="utf-8"))
        for language in ("zh", "en")
    )
    assert zh and zh.keys() == en.keys()
