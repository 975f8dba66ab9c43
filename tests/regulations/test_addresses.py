"""Addresses and printed numbers, with excerpts of texts that number their parts in ways of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

import regulations
from regulations.library import read

HEAD = """
id = "{id}"
version = "{version}"
title = "{title}"
title_en = "{title_en}"
issuer = "{issuer}"
source = "印发件"
status = "in_force"
division = "part"
applies_from = {version}
applies_note = "印发之日"
"""

# 阳江: two parts are printed as 五, and the annex is a table.
YANGJIANG = '''
[[article]]
number = 5
heading = "考核程序"
text = """
(一)目标备案。每年6月15日前,各县(市、区)根据本通知所附考核要点及本地实际,确定下年度质量目标和质量措施,经市质量强市办征求市质量强市工作领导小组各成员单位意见后予以备案。
(二)自我评价。各地要对照考核指标及分值,对本地区上年度质量目标完成情况和质量措施落实情况进行认真自查自评,自评报告及证明材料于每年7月1日前报市质量强市办。
"""

[[article]]
number = 6
printed = 5
heading = "结果运用"
text = """
(三)考核结果经市政府审定后,交由干部主管部门和纪检监察机关,作为对县(市、区)领导班子和领导干部进行综合考核评价和问责的依据。
"""

[[article]]
number = 7
printed = 6
heading = "工作要求"
text = "市质量强市办要加强对考核工作的组织协调,市各有关单位要密切配合,并按职能分工对各地考核指标测算给予积极指导。"

[[annex]]
number = 1
heading = "质量工作考核要点"
columns = ["考核内容", "考核指标", "考核要点"]

[[annex.row]]
number = 1
cells = [
  "质量目标(40分)",
  "产品质量量化指标",
  ["制造业产品质量合格率", "主要农产品质量安全监测合格率", "食品质量抽检情况"],
]

[[annex.row]]
number = 8
cells = ["否决项", "", "发生区域性、系统性产品质量安全事件的,考核结果一律为D级。"]
'''

# 新疆: the items run on from one part to the next, and most of the text stands in paragraphs without a number.
XINJIANG = '''
[[article]]
number = 2
heading = "广泛开展产品、工程、服务和环境质量提升行动"
paragraphs = true
text = """
(一)提升产品质量

围绕农产品、食品药品、日用消费品、进出口商品等重点产品,开展质量提升专项行动。

农产品:实施标准化、规模化种植、养殖。

(二)提升工程质量

水利工程:完善质量管理体制,健全技术标准体系。
"""

[[article]]
number = 3
heading = "全面提升企业、产业、区域发展质量"
paragraphs = true
text = """
(五)提升企业发展质量

引导企业树立质量效益型发展理念,加强全面质量管理,提高质量供给能力和水平。
"""
'''


def text_of(folder: Path, articles: str, id: str, title: str, title_en: str, version: str) -> regulations.Regulation:
    """A text of nothing but its clauses."""
    head = HEAD.format(id=id, title=title, title_en=title_en, issuer="政府", version=version)
    for name, content in (("regulation", head), ("articles", articles), ("coverage", "clause = []")):
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    return read(folder)


@pytest.fixture
def yangjiang(tmp_path: Path) -> regulations.Regulation:
    return text_of(
        tmp_path, YANGJIANG, "yangjiang", "阳江市质量工作考核方案", "Yangjiang Assessment Plan", "2015-01-01"
    )


@pytest.fixture
def xinjiang(tmp_path: Path) -> regulations.Regulation:
    return text_of(tmp_path, XINJIANG, "xinjiang", "实施意见", "Xinjiang Opinions", "2018-03-19")


def test_two_parts_of_one_number_have_addresses_of_their_own(yangjiang: regulations.Regulation) -> None:
    assert yangjiang.article("5").heading == "考核程序"
    assert yangjiang.article("6").heading == "结果运用"
    assert yangjiang.article("6(3)").text.startswith("考核结果经市政府审定后")


def test_two_parts_of_one_number_are_cited_with_their_headings(yangjiang: regulations.Regulation) -> None:
    assert yangjiang.short("5(1)", "zh") == "第五部分（考核程序）第（一）项"
    assert yangjiang.short("6(3)", "zh") == "第五部分（结果运用）第（三）项"
    assert yangjiang.short("6", "en") == "part 5 “结果运用”"
    assert yangjiang.short("7", "zh") == "第六部分", "printed as 六, although it is the seventh"


def test_the_rows_of_an_annex_are_clauses(yangjiang: regulations.Regulation) -> None:
    assert [one.ref for one in yangjiang.clauses][-6:] == ["A1", "A1(1)", "A1(1)1", "A1(1)2", "A1(1)3", "A1(8)"]
    assert yangjiang.article("A1(1)3").text == "食品质量抽检情况"
    assert yangjiang.short("A1(1)3", "zh") == "附件第1项第3目"
    assert yangjiang.article("A1(8)").text == (
        "考核内容：否决项；考核要点：发生区域性、系统性产品质量安全事件的,考核结果一律为D级。"
    )
    assert "食品质量抽检情况" in yangjiang.article("A1(1)").text
    assert yangjiang.cite("A1(8)", "zh") == "《阳江市质量工作考核方案》附件第8项"
    assert yangjiang.short("A1(8)", "en") == "annex, item 8"


def test_one_of_several_annexes_is_cited_with_its_number(tmp_path: Path) -> None:
    second = '\n[[annex]]\nnumber = 2\nheading = "表"\ncolumns = ["项目"]\n[[annex.row]]\nnumber = 1\ncells = ["甲"]\n'
    found = text_of(tmp_path, YANGJIANG + second, "several", "方案", "Plan", "2015-01-01")
    assert [found.short(ref, "zh") for ref in ("A1(8)", "A2(1)", "A2")] == ["附件1第8项", "附件2第1项", "附件2"]


def test_items_that_run_on_keep_their_number_under_the_part_they_stand_in(xinjiang: regulations.Regulation) -> None:
    assert [one.ref for one in xinjiang.clauses if "p" not in one.ref] == ["2", "2(1)", "2(2)", "3", "3(5)"]
    assert xinjiang.short("3(5)", "zh") == "第三部分第（五）项"
    with pytest.raises(regulations.UnknownArticle):
        xinjiang.article("3(1)")


def test_paragraphs_without_a_number_have_addresses(xinjiang: regulations.Regulation) -> None:
    assert xinjiang.article("2(1)p2").text == "农产品:实施标准化、规模化种植、养殖。"
    assert xinjiang.article("2(2)p1").text.startswith("水利工程")
    assert "农产品" in xinjiang.article("2(1)").text and "农产品" not in xinjiang.article("2(2)").text
    assert xinjiang.short("2(1)p2", "zh") == "第二部分第（一）项第二段"
    assert xinjiang.short("2(1)p2", "en") == "part 2(1), para. 2"


def test_a_line_without_a_number_has_no_address_where_the_text_does_not_ask_for_it() -> None:
    refs = [one.ref for one in regulations.load("tongliang").clauses]
    assert refs and [ref for ref in refs if "p" in ref] == []
