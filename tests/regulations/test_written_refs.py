"""Clauses by the numbers people write."""

from __future__ import annotations

import pytest

import regulations
from regulations import Regulation
from regulations.written_refs import find, written

ALL = [regulations.load(id) for id in regulations.ids()]


@pytest.mark.parametrize("text", ALL, ids=lambda one: one.id)
def test_what_is_written_is_unique_and_found_again(text: Regulation) -> None:
    refs = [one.ref for one in text.clauses]
    assert len({written(text, ref) for ref in refs}) == len(refs)
    assert [find(text, written(text, ref)) for ref in refs] == refs
    assert [find(text, text.short(ref, "zh")) for ref in refs] == refs
    assert [find(text, text.cite(ref, "zh")) for ref in refs] == refs
    assert [find(text, ref) for ref in refs] == refs


@pytest.mark.parametrize(
    ("id", "asked", "ref"),
    [
        ("tongliang", "第十三条第二项", "13(2)"),
        ("tongliang", "第13条第（2）项", "13(2)"),
        ("tongliang", "13（2）", "13(2)"),
        ("tongliang", " 十三 (二) ", "13(2)"),
        ("tongliang", "art. 13(2)", "13(2)"),
        ("tongliang", "十一(二)3", "11(2)3"),
        ("tongliang", "decree-733:第十七条", "decree-733:17"),
        ("yangjiang", "五(二)", "5(2)"),
        ("yangjiang", "五甲(二)", "5(2)"),
        ("yangjiang", "五乙(二)", "6(2)"),
        ("yangjiang", "六", "7"),
        ("yangjiang", "附件", "A1"),
        ("yangjiang", "附件第8项", "A1(8)"),
        ("yangjiang", "附件1(3)", "A1(1)3"),
        ("shizong", "四（二）6", "4(2)6"),
        ("shizong", "第四部分第（二）项第6目", "4(2)6"),
        ("xinjiang", "（二十四）", "7(24)"),
        ("xinjiang", "24", "7(24)"),
        ("xinjiang", "二(三)第二段", "2(3)p2"),
    ],
)
def test_every_usual_way_of_writing_is_understood(id: str, asked: str, ref: str) -> None:
    assert find(regulations.load(id), asked) == ref


@pytest.mark.parametrize(
    ("id", "asked"),
    [("tongliang", "99"), ("tongliang", ""), ("tongliang", "督察"), ("tongliang", "13(9)"), ("shizong", "(二)")],
)
def test_what_names_no_clause_or_several_is_refused(id: str, asked: str) -> None:
    with pytest.raises(regulations.UnknownArticle, match="第十三条第二项"):
        find(regulations.load(id), asked)
