"""Forms are read field by field, and every fault is said with its place and its cure."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

import messages
from states.engine.forms import fields
from states.engine.forms.reading import MOST_SHOWN, FieldProblem, FormRefused, read_form
from states.inspection.forms.application import Open
from states.inspection.forms.conduct import RecordEvaluation, RequestSelfInspection
from states.inspection.forms.oversight import Refer
from states.inspection.forms.planning import Plan, Staff
from states.inspection.forms.rectification import Claim
from states.inspection.procedures import PROCEDURES
from tests.states.filling import faults, least, required

FORMS = sorted(
    {step.form for procedure in PROCEDURES.values() for step in procedure.steps}, key=lambda form: form.__name__
)
TEXTS = st.text(st.characters(exclude_categories=()), max_size=8)
"""Halves of characters and what cannot be seen among them."""
ODD = st.sampled_from([10**4000, -(10**400), "9" * 5000, "2026-02-29", "9999-12-31", "督\x00", "\u202e", b"\xff"])
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | TEXTS | st.dates() | st.datetimes() | ODD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS | st.integers() | st.none(), inner, max_size=3),
    max_leaves=6,
)


def problems(form: type[BaseModel], data: object) -> tuple[FieldProblem, ...]:
    with pytest.raises(FormRefused) as refused:
        read_form(form, data)
    return refused.value.problems


def only(form: type[BaseModel], **changes: Any) -> FieldProblem:
    """The one fault of a form that is otherwise filled in with the least."""
    (problem,) = problems(form, {**least(form), **changes})
    return problem


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_form_takes_the_least_it_asks_for(form: type[BaseModel]) -> None:
    assert read_form(form, least(form))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_missing_field_is_named(form: type[BaseModel]) -> None:
    assert sorted(fault.field for fault in faults(form, {})) == sorted(required(form))


def test_the_place_is_said_for_machines_and_for_people() -> None:
    groups = {"groups": [{"name": "一组", "leader": {"name": "", "body": "某局"}, "targets": ["A"]}]}
    (problem,) = problems(Staff, groups)
    assert (problem.field, problem.title) == ("groups[0].leader.name", "督察组 1 › 组长 › 姓名")
    assert (problem.wrong, problem.cure) == ("是空的。", "请填写“姓名”。")


def test_a_faulty_entry_does_not_make_its_list_too_short() -> None:
    assert [one.field for one in problems(Staff, {"groups": [{"name": "一组", "targets": ["A"]}]})] == [
        "groups[0].leader"
    ]
    assert only(Staff, groups=[]).wrong == "至少要有 1 项。"


def test_an_unknown_field_is_refused_and_the_one_meant_is_named() -> None:
    assert only(Plan, purpos="目的").cure == "是否指 purpose？请改正字段名。"
    assert only(Plan, **{"督察目的": "目的"}).cure == "是否指 purpose？请改正字段名。"
    assert "可填的字段：note、purpose、targets" in only(Plan, xyz=1).cure


def test_a_code_without_quotation_marks_is_not_taken_for_a_number() -> None:
    problem = only(Open, targets=[500151001])
    assert (problem.field, problem.value) == ("targets[0]", "500151001")
    assert problem.cure == '请加引号，例如 "500151001"。'


@pytest.mark.parametrize("written", [20260301, "20260301", "2026-02-30", "2026/13/1", "三月一日", 0, True, 1.5])
def test_a_date_is_written_as_a_date(written: object) -> None:
    assert only(RequestSelfInspection, due_on=written).wrong.endswith("不是日期。")


@pytest.mark.parametrize(
    ("form", "changes", "wrong"),
    [
        (Open, {"kind": "抽查"}, "“抽查”不是可选的值。"),
        (Open, {"year": "今年"}, "“今年”不是整数。"),
        (Open, {"year": 2026.5}, "“2026.5”不是整数。"),
        (Open, {"year": 1999}, "“1999”太小，最小为 2004。"),
        (Open, {"title": "长" * 201}, "过长，最多 200 个字符。"),
        (Open, {"targets": "500151001"}, "应为列表。"),
        (Open, {"targets": ["A", "B", "A"]}, "重复：A。"),
        (Open, {"targets": ["铜梁"]}, "“铜梁”不是编号或者代码。"),
        (Open, {"title": None}, "没有填写。"),
        (Plan, {"period": "三月"}, "应为一组“字段: 内容”。"),
        (RecordEvaluation, {"satisfaction": "九成"}, "“九成”不是数字。"),
        (RecordEvaluation, {"satisfaction": 101}, "“101”太大，最大为 100。"),
        (RecordEvaluation, {"satisfaction": float("nan")}, "“nan”太大，最大为 100。"),
        (Open, {"year": float("inf")}, "“inf”不是数字。"),
        (Refer, {"ground": "其他"}, "“其他”不是可选的值。"),
        (Claim, {"evidence": [{"title": "照片", "sha256": "abc"}]}, "“abc”不是 SHA-256 值。"),
        (Staff, {"groups": [{**least(Staff)["groups"][0], "leader": {"name": "甲", "body": "乙", "invited": "也许"}}]},
         "“也许”应为是或者否。"),
    ],
)  # fmt: skip
def test_each_fault_is_said_in_words(form: type[BaseModel], changes: dict[str, Any], wrong: str) -> None:
    assert only(form, **changes).wrong == wrong


@pytest.mark.parametrize("nonsense", [None, [], "purpose", 3])
def test_what_is_no_group_of_fields_at_all_is_refused(nonsense: object) -> None:
    (problem,) = problems(Plan, nonsense)
    assert (problem.field, problem.title) == ("", "整份材料")


def test_all_faults_are_said_at_once_in_either_language() -> None:
    with pytest.raises(FormRefused) as refused:
        read_form(Open, {"kind": "x", "title": "督察"})
    assert refused.value.fact == (
        "kind 督察形式：“x”不是可选的值。可选：comprehensive 综合督察、special 专项督察、look_back 督察整改“回头看”、"
        "departments 对部门的质量督察、prefectures 对下级政府的质量督察、duty_check 履职情况监督检查。\n"
        "year 年度：没有填写。请填写“年度”。"
    )
    messages.set_language("en")
    assert problems(Open, {"kind": "special", "year": 2026})[0].wrong == "It was not filled in."


def test_a_long_value_is_shown_in_part() -> None:
    assert len(only(Open, kind="很" * 500).value) == 60


def test_a_number_too_long_to_be_written_is_refused_all_the_same() -> None:
    handed_in = {**least(Open), "year": 10**5000, "title": [10**5000]}
    assert {problem.value for problem in problems(Open, handed_in)} == {"…"}


@settings(max_examples=200)
@given(st.data())
def test_whatever_is_handed_in_is_read_or_refused_in_words(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(FORMS))
    names = st.sampled_from([*form.model_fields, "别的"])
    handed_in = data.draw(st.dictionaries(names, ANYTHING, max_size=5) | ANYTHING)
    try:
        read_form(form, handed_in)
    except FormRefused as refused:
        assert str(refused)
        assert refused.refusal_views()
        assert not any("不符合要求" in problem.wrong for problem in refused.problems)
    else:
        assert isinstance(handed_in, dict)
        assert required(form) <= handed_in.keys() <= form.model_fields.keys()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_field_is_named_as_the_form_names_it(form: type[BaseModel]) -> None:
    """The Chinese titles stand in the forms, for whoever reads those, and in the catalogue, beside the English ones."""
    said = {name: (fields.title(form, name), fields.about(form, name, {})) for name in form.model_fields}
    assert said == {name: (field.title, field.description or "") for name, field in form.model_fields.items()}


def test_thousands_of_unknown_fields_are_counted_beyond_those_that_are_listed() -> None:
    found = problems(Plan, {**least(Plan), **{f"field_{number}": "x" for number in range(5000)}})
    assert [problem.code for problem in found] == [*["unknown"] * MOST_SHOWN, "more"]
    assert str(5000 - MOST_SHOWN) in found[-1].wrong
