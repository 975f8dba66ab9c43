"""The duties of a text are taken whole or refused whole, each fault with file, line and row."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

import messages
from regulations.data_checks import RegulationRefused
from regulations.library import read

Change = Callable[[str], str]


def replacing(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def faults(folder: Path, directory: str, change: Change) -> list[tuple[str, str]]:
    """What is refused of a text when its data are changed."""
    shutil.copytree(str(files("regulations").joinpath("texts", directory)), folder / directory)
    file = folder / directory / "regulation.toml"
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(RegulationRefused) as refused:
        read(folder / directory)
    for language in messages.LANGUAGES:
        messages.set_language(language)
        assert all(problem.fact and problem.cure for problem in refused.value.problems)
        assert f"{directory}/regulation.toml" in str(refused.value)
    for problem in refused.value.problems:
        row = file.read_text(encoding="utf-8").splitlines()[problem.line - 1]
        assert row == f"[[{problem.entry}]]", "the line is that of the row"
    return [(problem.place, problem.fault) for problem in refused.value.problems]


CASES = [
    (replacing('ref = "4(1)1"\ngroup', 'ref = "4(1)9"\ngroup'), ("task[1].ref", "unknown_clause")),
    (replacing('group = "4(1)"', 'group = "4(11)"'), ("task[1].group", "unknown_clause")),
    (replacing('ref = "4(1)2"\ngroup', 'ref = "4(1)1"\ngroup'), ("task[2].code", "twice")),
    (replacing('title = "加大财政支持"', 'title = "加大支持"'), ("task[3].title", "not_its_words")),
    (replacing('"SZ-D-02", "townships"]', '"SZ-D-02", "towns"]'), ("task[1].units", "unknown_unit")),
    (replacing('["SZ-D-03"]', '"SZ-D-03"'), ("task[3].units", "wrong_value")),
    (replacing('["SZ-D-03"]', '["SZ-D-03"]\ncolour = "red"'), ("task[3].colour", "unknown_key")),
    (replacing('group = "4(1)"\n', ""), ("task[1].group", "missing_key")),
    (replacing('categories = ["township"]', 'categories = ["town"]'), ("collective[1].categories", "unknown_category")),
    (replacing("to = 2018-09-30", "to = 2017-09-30"), ("phase[1].to", "ends_before")),
    (replacing('value = "80"', 'value = "八十"'), ("indicator[3].value", "no_decimal")),
    (replacing('value = "80"\n', ""), ("indicator[3].value", "value_missing")),
    (replacing('"rank"', '"rank"\nvalue = "3"\nunit = "位"'), ("indicator[1].value", "value_unused")),
    (replacing('comparator = ">"', 'comparator = "about"'), ("indicator[12].comparator", "wrong_value")),
    (replacing('task = "4(2)2"', 'task = "4(2)22"'), ("indicator[10].task", "unknown_task")),
    (replacing('bearer = "members"', 'bearer = "SZ-D-02"'), ("obligation[14].bearer", "no_collective")),
    (replacing('rule = "quarterly"', 'rule = "weekly"'), ("obligation[22].rule", "wrong_value")),
    (replacing("day = 30\nbearer", "day = 31\nbearer"), ("obligation[18].day", "no_such_day")),
    (replacing("month = 9\nday = 30\n", "month = 9\n"), ("obligation[2].month", "date_missing")),
    (replacing('"及时通报推进情况"', '"及时通报"\nday = 1\nmonth = 1'), ("obligation[24].month", "date_unused")),
    (replacing("n = 2\n", "n = 0\n"), ("obligation[1].n", "wrong_value")),
]  # fmt: skip


@pytest.mark.parametrize(("change", "fault"), CASES, ids=[f"{place}-{fault}" for _, (place, fault) in CASES])
def test_a_fault_of_a_campaign_is_named_with_its_row(tmp_path: Path, change: Change, fault: tuple[str, str]) -> None:
    assert fault in faults(tmp_path, "shizong-2018", change)


SCHEME = [
    (replacing("points = 60", "points = 59"), ("score_section[1].points", "points_sum")),
    (replacing("highest = 89", "highest = 90"), ("grade[1].lowest", "grades_overlap")),
    (replacing("highest = 89", "highest = 88"), ("grade[1].lowest", "grades_hole")),
    (replacing('points_key = "products_2"', 'points_key = "products_1"'), ("criterion[2].code", "twice")),
]


@pytest.mark.parametrize(("change", "fault"), SCHEME, ids=[fault for _, (_, fault) in SCHEME])
def test_a_fault_of_a_scheme_is_named_with_its_row(tmp_path: Path, change: Change, fault: tuple[str, str]) -> None:
    assert faults(tmp_path, "yangjiang-2017", change) == [fault]


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    change = replacing("to = 2018-09-30", "to = 2017-09-30")
    both = faults(tmp_path, "shizong-2018", lambda text: change(replacing('value = "80"\n', "")(text)))
    assert both == [("indicator[3].value", "value_missing"), ("phase[1].to", "ends_before")]
