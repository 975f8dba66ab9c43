"""The texts of Yangjiang, Shizong, Xinjiang and Chengdu: word for word, addressable, read with their oddities."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from datetime import date

import pytest

import regulations
from regulations import Regulation
from regulations.duties import OFFICE

YJ, SZ, XJ, CD = (regulations.load(id) for id in ("yangjiang", "shizong", "xinjiang", "chengdu"))
ALL = [YJ, SZ, XJ, CD]


def digest(text: Regulation) -> str:
    """What all words of a text come to, blanks left out."""
    parts = [text.preamble, *(f"{one.heading}{one.text}" for one in text.clauses if one.top), text.closing]
    return hashlib.sha256(re.sub(r"\s", "", "".join(parts)).encode()).hexdigest()[:16]


@pytest.mark.parametrize(
    ("text", "expected"),
    [(YJ, "da21006d43076d99"), (SZ, "c67bd03738d83fac"), (XJ, "e62b120744032f3f"), (CD, "066513df254d4cb5")],
    ids=[one.id for one in ALL],
)
def test_the_words_of_a_version_never_change(text: Regulation, expected: str) -> None:
    """They were held against the published texts; a mistake is mended by another version."""
    assert digest(text) == expected


def test_yangjiang_has_two_parts_of_one_number_30_criteria_in_7_groups_and_a_veto() -> None:
    assert [one.number for one in YJ.clauses if one.top] == ["1", "2", "3", "4", "5", "5", "6", "A"]
    assert Counter(one.group for one in YJ.criteria) == {
        "A1(1)": 3, "A1(2)": 3, "A1(3)": 3, "A1(4)": 2, "A1(5)": 6, "A1(6)": 9, "A1(7)": 4,
    }  # fmt: skip
    assert all(YJ.article(one.ref).text == one.title for one in YJ.criteria)
    assert [(one.code, one.points) for one in YJ.score_sections] == [("goals", 40), ("measures", 60)]
    assert Counter(one.section for one in YJ.criterion_groups) == {"goals": 4, "measures": 3}
    assert [(one.code, one.lowest, one.highest) for one in YJ.grades] == [
        ("A", 90, 100), ("B", 80, 89), ("C", 60, 79), ("D", 0, 59),
    ]  # fmt: skip
    assert [one.effect for one in YJ.vetoes] == ["D"]
    assert "备注：相关考核目标设置" in YJ.article("A1").text


def test_yangjiang_says_that_its_text_has_no_title_and_no_date() -> None:
    assert "没有标题" in YJ.source and "没有日期" in YJ.applies_note
    assert [one.ref for one in YJ.readings if not one.words] == ["", "6"]
    assert [(one.month, one.day) for one in YJ.obligations if one.rule == "date"] == [
        (6, 15), (7, 1), (9, 15), (7, 1),
    ]  # fmt: skip


def test_shizong_has_50_tasks_in_10_groups_19_bureaus_and_33_led_by_the_bureau_of_the_office() -> None:
    tasks = [one.ref for one in SZ.clauses if re.fullmatch(r"4\(\d+\)\d+", one.ref)]
    assert [one.ref for one in SZ.tasks] == tasks and len(tasks) == 50
    assert len({one.group for one in SZ.tasks}) == 10
    assert sum(one.units[0] == "SZ-D-01" for one in SZ.tasks) == 33
    assert len({unit for one in SZ.tasks for unit in one.units if unit.startswith("SZ-D-")}) == 19


def test_the_units_of_a_task_are_those_the_text_names_in_its_order() -> None:
    names = {one.code: one.name for one in regulations.jurisdiction("SZ").roster()}
    names |= {one.code: one.name for one in SZ.collectives}
    written = {task.ref: "、".join(names[unit] for unit in task.units) for task in SZ.tasks}
    texts = {ref: SZ.article(ref).text.rpartition("责任单位:")[2].removesuffix(")") for ref in written}
    assert written == texts


def test_three_phases_of_shizong_are_open_in_september_2019() -> None:
    assert len(SZ.phases) == 4
    assert sum(one.from_ <= date(2019, 9, 15) <= one.to for one in SZ.phases) == 3


def test_shizong_has_three_lines_of_80_and_two_strict_ones() -> None:
    lines = [one for one in SZ.indicators if one.ref == "3(3)"]
    assert [(one.comparator, one.value, one.unit) for one in lines] == [(">=", "80", "%")] * 3
    assert {one.code: one.value for one in SZ.indicators if one.comparator == ">"} == {
        "credit_files": "90", "credit_platform": "80",
    }  # fmt: skip
    assert [len(one.conditions) for one in SZ.vetoes] == [3]


def test_every_percentage_of_shizongs_tasks_is_an_indicator() -> None:
    def figures(ref: str) -> list[str]:
        return [one.value for one in SZ.indicators if one.task == ref and one.unit == "%" and one.value]

    written = {task.ref: re.findall(r"(\d+)%", SZ.article(task.ref).text) for task in SZ.tasks}
    assert {ref: sorted(values) for ref, values in written.items()} == {ref: sorted(figures(ref)) for ref in written}


def test_damaged_words_are_kept_and_their_reading_is_given() -> None:
    readings = {one.words: one.meant for one in SZ.readings}
    assert "当?shù)刭|量" in SZ.article("3(3)").text and readings["当?shù)刭|量现状"] == "当地质量现状"
    assert {"著力", "到达99%以上", "创健全过程", "创健 全国质量强市示范城市"} <= readings.keys()


def test_xinjiangs_items_run_on_through_the_parts() -> None:
    items = [one.ref for one in XJ.clauses if one.ref.endswith(")")]
    assert [re.sub(r".*\(|\)", "", ref) for ref in items] == [str(number) for number in range(1, 25)]
    assert XJ.article("2(3)p2").text.startswith("旅游服务质量:")
    assert XJ.article("7(24)").text.startswith("严格责任追究制度\n要严格质量工作责任。")


def test_xinjiangs_share_of_clean_days_is_a_floor_and_no_unit_is_named() -> None:
    quotas = {one.code: one.comparator for one in XJ.indicators if one.against == "quota"}
    assert quotas == {"emissions": "<=", "energy_per_output": "<=", "carbon_per_output": "<=", "clean_days": ">="}
    assert {one.year for one in XJ.indicators if one.ref.endswith("p1")} == {2020}
    assert {unit for one in XJ.tasks for unit in one.units} == {"prefectures", "everywhere"}


def test_the_contents_and_ways_of_xinjiang_are_its_sections_and_those_of_the_decree() -> None:
    contents = XJ.contents("prefectures")
    assert len(contents) == 24 and contents[0].text == "提升产品质量"
    assert XJ.ways[0].code == "decree-733:12(1)" and len(XJ.ways) == 8
    assert XJ.short(XJ.ways[0].article, "zh") == "《政府督查工作条例》第十二条第（一）项"


def test_chengdu_names_five_kinds_of_bearers_no_day_and_no_percentage() -> None:
    assert {unit for one in CD.tasks for unit in one.units} == {
        "districts", "district_departments", "district_leading_groups", "CD-D-01", "CD-D-02",
    }  # fmt: skip
    assert {one.rule for one in CD.obligations} == {"unset"}
    assert {one.unit for one in CD.indicators} == {"起"}


@pytest.mark.parametrize("text", ALL, ids=lambda one: one.id)
def test_a_duty_without_a_figure_in_its_words_is_unset(text: Regulation) -> None:
    """No day is made up: 定期 and 及时 alone set none, and what has a day says a number or names a phase."""
    figure = re.compile(r"[\d一两]+[次日月]|每季度|每年|年度")
    unset = [one for one in text.obligations if one.rule == "unset"]
    assert [one.code for one in unset if figure.search(one.words) or (one.n, one.month) != (1, None)] == []
    dated = [one for one in text.obligations if one not in unset]
    assert [one.code for one in dated if not figure.search(one.words) and not one.note] == []


@pytest.mark.parametrize("text", ALL, ids=lambda one: one.id)
def test_who_bears_a_duty_is_on_the_roster_of_the_jurisdiction(text: Regulation) -> None:
    [home] = [one for one in regulations.jurisdictions() if text.id in one.instruments.values()]
    known = {one.code for one in home.roster()} | {one.code for one in text.collectives}
    bearers = {unit for one in text.tasks for unit in one.units} | {one.bearer for one in text.obligations}
    assert bearers - {OFFICE} <= known


def test_what_is_written_where_the_clause_is_shown() -> None:
    assert YJ.cite("6(2)", "zh") == "《阳江市质量工作考核实施方案》第五部分（结果运用）第（二）项"
    assert SZ.short("4(2)6", "zh") == "第四部分（二）6".replace("（二）6", "第（二）项第6目")
