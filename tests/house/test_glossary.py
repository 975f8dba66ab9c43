"""The glossary names what there is: every identifier exists, and every name of the pack is in it with its texts."""

import re
from collections.abc import Iterator
from pathlib import Path

import messages
from states.packs import newest_packs
from tests.house.repository import ROOT

PAGE = Path(ROOT, "docs/glossary.md")
AREAS = {
    "Procedures": "procedure",
    "Kinds of inspection": "kind",
    "Roles": "role",
    "Stages": "stage",
    "Acts": "act",
    "States": "state",
}
PLACE = re.compile(r"`([\w/]+\.py)`, `(\w+)`")


def rows(page: str) -> dict[str, list[tuple[str, ...]]]:
    """The rows of each table, by the heading above it."""
    found: dict[str, list[tuple[str, ...]]] = {}
    heading = ""
    for line in page.splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        elif line.startswith("| ") and not line.startswith("| 中文"):
            found.setdefault(heading, []).append(tuple(cell.strip() for cell in line.strip("|").split("|")))
    return found


def catalogue(area: str) -> list[tuple[str, str, str]]:
    """Chinese, English and identifier of every name of an area; names of one procedure alone are left out."""
    zh, en = messages.texts(area, "zh"), messages.texts(area, "en")
    return [(zh[key], en[key], f"`{key}`") for key in zh if "." not in key]


def missing(page: str) -> Iterator[str]:
    """Places named on the page that do not exist."""
    for path, name in PLACE.findall(page):
        file = Path(ROOT, path)
        if not file.is_file() or not re.search(rf"\b{name}\b", file.read_text(encoding="utf-8")):
            yield f"{path} {name}"


def test_every_name_of_the_catalogue_is_in_the_glossary_with_its_texts() -> None:
    tables = rows(PAGE.read_text(encoding="utf-8"))
    assert {area: sorted(tables[heading]) for heading, area in AREAS.items()} == {
        area: sorted(catalogue(area)) for area in AREAS.values()
    }


def test_every_procedure_of_every_pack_is_in_the_glossary() -> None:
    listed = {row[2].strip("`") for row in rows(PAGE.read_text(encoding="utf-8"))["Procedures"]}
    assert listed == {name for pack in newest_packs() for name in pack.procedures}


def test_every_place_exists() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert len(PLACE.findall(page)) > 15
    assert list(missing(page)) == []


def test_a_place_that_does_not_exist_would_be_noticed() -> None:
    assert list(missing("`states/engine/case.py`, `Nonsense`")) == ["states/engine/case.py Nonsense"]
