"""Names and spellings that people write: Chinese for codes, full-width signs, small letters, days with slashes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ducha

Write = Callable[[str, str | bytes], Path]
JIA, OFFICE = "联席办协调员甲", "督查室"


@pytest.mark.parametrize(
    "asked",
    [
        ("--kind", "专项"),
        ("--kind", "专项督察"),
        ("--state", "拟稿"),
        ("--procedure", "质量督察"),
        ("--unit", "巴川街道"),
        ("--unit", "巴川"),
        ("--jurisdiction", "tl"),
        ("--jurisdiction", "铜梁区"),
    ],
    ids=" ".join,
)
def test_filters_take_names(ducha: Ducha, opened: str, asked: tuple[str, str]) -> None:
    assert [row["case"] for row in ducha("case", "list", *asked, "--json").data] == [opened]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("case", "list", "--unit", "不存在镇"), 3),
        (("case", "list", "--unit", "999999999"), 3),
        (("case", "list", "--state", "已飞走"), 2),
        (("case", "list", "--kind", "督察"), 2),
        (("case", "list", "--jurisdiction", "XX"), 3),
        (("notice", "list", "--unit", "不存在镇"), 3),
        (("notice", "list", "--case", "TL-2026-X99"), 3),
        (("notice", "list", "--role", "科员"), 2),
        (("access", "list", "--case", "TL-2026-X99"), 3),
        (("overdue", "--jurisdiction", "XX"), 3),
    ],
    ids=str,
)
def test_an_unknown_name_is_an_error_and_no_empty_list(
    ducha: Ducha, opened: str, asked: tuple[str, ...], code: int
) -> None:
    answer = ducha(*asked)
    assert (answer.code, answer.out) == (code, "")
    assert answer.err


def test_a_word_that_means_several_states_finds_all_of_them(ducha: Ducha, opened: str) -> None:
    assert ducha("case", "list", "--state", "已批准", "--procedure", "频次例外", "--json").data == []


def test_a_list_says_when_it_is_cut(ducha: Ducha, opened: str) -> None:
    again = ("inspection", "open", "--kind", "专项督察", "--year", 2026, "--title", "燃气", "--target", "南城街道")
    assert ducha(*again, "--problem", "燃气泄漏", "--as", JIA, "--on", "2026/3/2").code == 0
    cut = ducha("case", "list", "--limit", 1)
    assert len(cut.out.splitlines()) == 2
    assert "只列出最前面的 1 条" in cut.err
    assert ducha("case", "list", "--limit", 2).err == ""


def test_an_act_takes_its_name_small_letters_full_width_signs_and_any_spelling_of_a_day(
    ducha: Ducha, opened: str
) -> None:
    submitted = ducha(
        "act", opened.lower(), "报批", "--set", "contents=9（3）", "--on", "2026年3月3日", "--as", JIA, "--json"
    )
    assert (submitted.code, submitted.data["act"], submitted.data["on"]) == (0, "submit", "2026-03-03")
    assert ducha("journal", "show", opened.replace("-", "－"), "--json").data[1]["form"]["contents"] == ["9(3)"]


def test_units_and_choices_are_written_by_name_in_a_data_file(ducha: Ducha, file: Write) -> None:
    written = file("open.yaml", "kind: 专项\nyear: 2026\ntitle: 电梯\nproblem: 困人\ntargets: [巴川街道, 500151002]\n")
    opened = ducha("inspection", "open", "--data", written, "--as", JIA, "--on", "2026-03-02", "--json")
    assert opened.code == 0, opened
    assert ducha("case", "show", opened.data["case"], "--json").data["case"]["targets"] == ["500151001", "500151002"]


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("purpose：检查\n", (1, 8)),
        ("purpose: x\ncontents：[9(1)]\n", (2, 9)),
        ("purpose: x\ncontents: [9(1)，9(3)]\nmethods: [\n", (2, 16)),
    ],
)
def test_full_width_signs_in_yaml_are_explained(
    ducha: Ducha, opened: str, file: Write, written: str, place: tuple[int, int]
) -> None:
    refused = ducha("act", opened, "plan", "--data", file("plan.yaml", written), "--as", JIA, "--json")
    assert refused.code == 5
    [one] = refused.data["refusals"]
    assert (one["code"], one["line"], one["column"]) == ("form_full_width", *place)


def test_a_wrong_role_is_not_permitted_only_where_it_is_the_only_reason(ducha: Ducha, opened: str) -> None:
    wrong = ducha("act", opened, "submit", "--set", "contents=9(3)", "--as", OFFICE, "--json")
    assert (wrong.code, wrong.codes) == (4, ["role_missing"])
    early = ducha("act", opened, "consolidate", "--set", "summary=报告", "--as", OFFICE, "--json")
    assert early.code == 5
    assert {"out_of_order", "role_missing"} <= set(early.codes)
    blank = ducha("act", opened, "submit", "--set", "contnts=9(3)", "--as", OFFICE, "--json")
    assert blank.code == 5
    assert {"role_missing", "form_misspelt"} <= set(blank.codes)


def test_the_note_on_overlapping_inspections_names_units(ducha: Ducha, opened: str) -> None:
    again = ("inspection", "open", "--kind", "special", "--year", 2026, "--title", "燃气", "--target", "巴川街道")
    said = ducha(*again, "--problem", "燃气泄漏", "--as", JIA, "--on", "2026-03-02").out
    assert "也督察 巴川街道" in said
    assert "500151001" not in said


def test_short_forms_of_help_and_version(bare: Ducha) -> None:
    assert bare("case", "-h").out == bare("case", "--help").out
    assert bare("--version").out == bare("version").out


def test_a_message_names_the_unit_it_goes_to(ducha: Ducha, opened: str) -> None:
    assert ducha("act", opened, "submit", "--set", "contents=9(1)", "--as", "联席办协调员甲").code == 0
    renamed = ("unit", "rename", "500151001", "新巴川街道", "--reason", "批复", "--as", "联席办协调员甲")
    assert ducha(*renamed).code == 0
    [told] = [one for one in ducha("notice", "list", "--unit", "500151001", "--json").data if one["recipient"]]
    assert told["recipient_unit"] == "新巴川街道"
    assert (
        "500151001" not in next(line for line in ducha("notice", "list").out.splitlines() if "名册" in line).split()[1]
    )
