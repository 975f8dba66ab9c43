"""A roster is taken whole or refused whole, with every fault named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import messages
import regulations
from regulations.rosters import MOST_UNITS

TONGLIANG = regulations.load("tongliang")
HEADER = "code,name,category,parent\n"
GOOD = f"{HEADER}500151001,巴川街道,镇（街道）,重庆市铜梁区\n500151002,东城街道,镇（街道）,重庆市铜梁区\n"


def faults(content: str | bytes, regulation: regulations.Regulation | None = None) -> list[tuple[int, str, str]]:
    with pytest.raises(regulations.RosterRefused) as refused:
        regulations.read_roster(content, "名册.csv", regulation)
    assert str(refused.value)
    return [(problem.row, problem.field, problem.fault) for problem in refused.value.problems]


@pytest.mark.parametrize(
    "content",
    [GOOD, GOOD.encode(), GOOD.encode("utf-8-sig"), GOOD.replace("\n", "\r\n").encode()],
)
def test_a_roster_is_utf8_with_or_without_a_mark(content: str | bytes) -> None:
    roster = regulations.read_roster(content, "名册.csv", TONGLIANG)
    assert [unit.name for unit in roster] == ["巴川街道", "东城街道"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_the_encodings_of_office_programs_are_read(encoding: str) -> None:
    assert regulations.read_roster(GOOD.encode(encoding), "名册.csv", TONGLIANG) == regulations.read_roster(
        GOOD, "x.csv"
    )


def test_a_lost_byte_is_never_taken_for_other_chinese() -> None:
    content = f"{HEADER}1,安居镇,镇街,上级\n".encode()
    broken = [content[:at] + content[at + 1 :] for at, byte in enumerate(content) if byte > 0x7F]
    assert {fault for one in broken for _, _, fault in faults(one)} == {"not_utf8"}


def test_a_roster_of_another_place_brings_its_own_categories() -> None:
    roster = regulations.read_roster(f"{HEADER}6501,乌鲁木齐市,地（州、市）,65 新疆维吾尔自治区\n", "新疆.csv")
    assert roster == (regulations.Unit("6501", "乌鲁木齐市", "地（州、市）", "65 新疆维吾尔自治区"),)


def test_a_source_column_and_blank_lines_are_allowed_and_codes_are_kept_in_ascii() -> None:
    content = "code,name,category,parent,source\n\n５００,甲镇,镇,上级, 文件 \n,,,,\n"
    assert regulations.read_roster(content, "x.csv") == (regulations.Unit("500", "甲镇", "镇", "上级", "文件"),)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", [(0, "", "empty")]),
        (" \n\n", [(0, "", "empty")]),
        (HEADER, [(0, "", "no_units")]),
        ("code,name\n1,甲\n", [(1, "category", "missing_column"), (1, "parent", "missing_column")]),
        ("code,name,category,parent,name\n1,甲,镇,上,乙\n", [(1, "name", "repeated_column")]),
        (f"{HEADER}1,甲,镇\n", [(2, "", "wrong_width")]),
        (f"{HEADER},甲,镇,上\n", [(2, "code", "blank")]),
        (f"{HEADER}1,甲\0,镇,上\n", [(2, "name", "unprintable")]),
        (f"{HEADER}1,甲\u3164,镇,上\n", [(2, "name", "unprintable")]),
        (f"{HEADER}1,甲\u2800,镇,上\n", [(2, "name", "unprintable")]),
        (f"{HEADER}1,⺗,镇,上\n", [(2, "name", "unprintable")]),
        (f"{HEADER}1,\ufe00,镇,上\n", [(2, "name", "blank")]),
        (f"{HEADER}1,\ufe00=1+1,镇,上\n", [(2, "name", "formula")]),
        (f'{HEADER}1,"甲\n乙",镇,上\n', [(3, "name", "unprintable")]),
        (f'{HEADER}1,"甲\n', [(0, "", "not_csv")]),
        (b"\xff\xff\xff", [(1, "", "not_utf8")]),
    ],
)
def test_a_broken_file_is_refused(content: str | bytes, found: list[tuple[int, str, str]]) -> None:
    assert faults(content) == found


def test_a_character_that_no_name_can_hold_is_named() -> None:
    with pytest.raises(regulations.RosterRefused) as refused:
        regulations.read_roster(f"{HEADER}1,甲\u3164,镇,上\n", "名册.csv")
    assert "U+3164" in str(refused.value)


def test_a_name_from_a_pdf_is_kept_in_its_plain_form() -> None:
    roster = regulations.read_roster(f"{HEADER}1,⻋站⼈⺠\ufe00街道,镇,重庆市铜梁⼀区\n", "名册.csv")
    assert roster == (regulations.Unit("1", "车站人民街道", "镇", "重庆市铜梁一区"),)


def test_every_fault_is_listed_at_once_with_row_and_field() -> None:
    rows = [
        "1,,镇（街道）,上",
        "1,甲,镇（街道）,上",
        "２,乙,镇（街道）,上",
        "2,丙,村,上",
        "a_b,丁,镇（街道）,上",
        f"9,{'长' * 101},,上",
    ]
    assert faults(HEADER + "\n".join(rows), TONGLIANG) == [
        (2, "name", "blank"),
        (3, "code", "duplicate_code"),
        (5, "category", "unknown_category"),
        (5, "code", "colliding_code"),
        (6, "code", "bad_code"),
        (7, "name", "too_long"),
        (7, "category", "blank"),
    ]


def test_a_roster_beyond_all_measure_is_refused() -> None:
    content = HEADER + "".join(f"{number},单位,镇,上\n" for number in range(MOST_UNITS + 1))
    assert faults(content) == [(0, "", "too_many_units")]


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "第 3 行 code 列：代码“1”与第 2 行重复"), ("en", "row 3, code: The code")]
)
def test_a_refusal_names_file_place_fault_and_cure(language: messages.Language, said: str) -> None:
    messages.set_language(language)
    with pytest.raises(regulations.RosterRefused) as refused:
        regulations.read_roster(f"{HEADER}1,甲,镇,上\n1,乙,镇,上\n", "名册.csv")
    assert "名册.csv" in str(refused.value) and said in str(refused.value)


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200), st.text(max_size=80).map(lambda rest: HEADER + rest)))
def test_anything_is_either_read_or_refused(content: str | bytes) -> None:
    try:
        assert regulations.read_roster(content, "任意.csv")
    except regulations.RosterRefused as refused:
        assert refused.problems and str(refused)
