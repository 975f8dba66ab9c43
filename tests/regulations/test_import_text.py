"""A text is read alike from each format: structure, what has no place, and what it seems to lay down."""

from __future__ import annotations

from pathlib import Path

import pytest

from regulations.clauses import chinese_number
from regulations.import_text.marks import mark_of, number_of
from regulations.import_text.reading import ReadText, read_text
from tests.regulations import text_samples
from tests.regulations.text_samples import SAMPLE

KEPT = sorted(path for path in SAMPLE.parent.iterdir() if path.stem == SAMPLE.stem)


def read(content: bytes | str, name: str = "x.txt") -> ReadText:
    return read_text(content if isinstance(content, bytes) else content.encode(), name)


def clauses(text: ReadText) -> list[tuple[str, str, str]]:
    return [(one.ref, one.heading, one.text) for one in text.structure.clauses()]


PLAIN = read(SAMPLE.read_bytes())


def proposed(text: ReadText, sort: str) -> dict[str, object]:
    return {one.code: one.values for one in text.proposals if one.sort == sort}


def test_there_is_a_sample_in_each_format() -> None:
    assert {path.suffix for path in KEPT} == {".docx", ".html", ".pdf", ".txt"}


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.suffix)
def test_each_format_says_the_same(path: Path) -> None:
    text = read(path.read_bytes(), path.name)
    assert clauses(text) == clauses(PLAIN)
    assert text.proposals == PLAIN.proposals
    assert text.structure.unplaced == []
    assert len(text.structure.clauses()) == 49


@pytest.mark.parametrize(
    "content",
    [
        SAMPLE.read_text(encoding="utf-8").encode("gb18030"),
        SAMPLE.read_text(encoding="utf-8").encode("utf-16"),
        b"\xef\xbb\xbf" + SAMPLE.read_bytes(),
        text_samples.html(text_samples.lines(), "gb2312"),
    ],
    ids=["gb18030", "utf-16", "utf-8 with a mark", "html in gb2312"],
)
def test_other_encodings_are_read(content: bytes) -> None:
    assert clauses(read(content)) == clauses(PLAIN)


def test_the_chapters_stand_above_their_articles() -> None:
    under = {one.number: one.under for one in PLAIN.structure.articles}
    assert under[1] == ("第一章 总则",)
    assert under[13] == ("第四章 程序",)
    assert (PLAIN.structure.title, PLAIN.structure.division) == ("青山县质量督察工作办法", "article")


def test_numbers_that_word_counts_are_read() -> None:
    text = read(
        text_samples.numbered_docx(
            ["为了质量，制定本办法。", "督察对象包括：", "（一）各乡镇；", "本办法自发布之日起施行。"]
        )
    )
    assert [one.ref for one in text.structure.clauses()] == ["1", "2", "2(1)", "3"]
    assert text.structure.articles[1].text == "督察对象包括：\n（一）各乡镇；"


def test_terms_limits_and_what_recurs_are_proposed_with_their_words() -> None:
    text = read(
        "某县办法\n第一条　被督察单位应当自通报之日起二十个工作日内报告整改情况。\n"
        "第二条　对督察结论有异议的，可以自收到之日起30日内申请复核。\n"
        "第三条　应当于督察开始5个工作日前通知。整改期限为3个月内。\n"
        "第四条　专项督察对同一单位以两次为限；综合督察每年开展1次，专项督察不得开展三次及以上。\n"
        "第五条　每半年通报一次，每年6月15日前报送总结，每季度调度。\n第六条　本办法自2026年3月1日起施行。\n"
    )
    terms = [
        (one.code, one.values["length"], one.values["unit"], one.ref)
        for one in text.proposals
        if "length" in one.values
    ]
    assert terms == [
        ("rectification_report", 20, "working_days", "1"),
        ("review_application", 30, "days", "2"),
        ("before", 5, "working_days", "3"),
        ("term", 3, "months", "3"),
    ]
    limits = [(one.code, one.values["most"], one.values["keys"]) for one in text.proposals if one.sort == "limit"]
    assert limits == [("special", 2, ["target"]), ("comprehensive", 1, ["year"]), ("special", 2, ["target"])]
    recurring = [(one.code, *one.values.values()) for one in text.proposals if one.code in ("yearly", "every")]
    assert recurring == [("yearly", 6, 15), ("every", "半年"), ("every", "季度")]
    quote = next(one.quote for one in text.proposals if one.code == "rectification_report")
    assert quote == "被督察单位应当自通报之日起二十个工作日内报告整改情况。"


def test_what_the_sample_lays_down_is_proposed() -> None:
    assert set(proposed(PLAIN, "kind")) == {"comprehensive", "special", "look_back"}
    look_back = proposed(PLAIN, "kind")["look_back"]
    assert isinstance(look_back, dict)
    assert (look_back["approver"], look_back["contents_article"]) == ("responsible_leader", "9")
    assert proposed(PLAIN, "office")["coordinator"] == {"name": "县质量强县工作领导小组办公室"}
    assert set(proposed(PLAIN, "target_category")) == {
        "township", "department", "park", "enterprise_or_association", "other",
    }  # fmt: skip
    assert {one.ref for one in PLAIN.proposals if (one.sort, one.code) == ("topic", "rectification")} == {"17"}


@pytest.mark.parametrize("number", [1, 10, 11, 20, 99, 100, 101, 110, 119, 120, 999])
def test_numerals_are_read_as_they_are_written(number: int) -> None:
    assert number_of(chinese_number(number)) == number


def test_a_number_that_is_only_referred_to_begins_nothing() -> None:
    assert mark_of("第三条规定的情形，应当回避。") is None
    assert mark_of("第三条　应当回避。") is not None
    assert mark_of("附件所列事项由县质强办负责解释，各单位遵照执行。") is None


def test_what_has_no_place_is_listed_with_its_line() -> None:
    text = read(
        "某县办法\n（2026年1月印发）\n第一条　对象：\n（一）乡镇；\n（1）街道；\n以上由县政府定。\n"
        "第三条　本办法自发布之日起施行。\n"
        "某县人民政府\n2026年1月5日\n"
    )
    found = [(one.line, one.why) for one in text.structure.unplaced]
    assert found == [(2, "before"), (5, "point"), (6, "after_items"), (7, "gap"), (8, "signature"), (9, "signature")]
