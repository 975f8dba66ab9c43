"""Data files: read as they are written, or refused with the line, the column and the cure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.parsing.data_files import LARGEST, FileMissing, FileRefused, read_data
from tests.cli.conftest import Ducha

Write = Callable[[str, "str | bytes"], Path]
APPROVE = ("inspection", "plan", "TL-2026-X01", "--as", "联席办协调员甲", "--json", "--data")


def test_yaml_values_are_texts_as_they_were_written(file: Write) -> None:
    written = file("a.yaml", "code: 001\nday: 2026-03-01\nyes: on\nlist: [1.10, x]\nblank:\nempty: ''\n")
    assert read_data(str(written)) == {
        "code": "001",
        "day": "2026-03-01",
        "yes": "on",
        "list": ["1.10", "x"],
        "empty": "",
    }


def test_json_keeps_its_own_types_and_leaves_out_what_is_null(file: Write) -> None:
    assert read_data(str(file("a.json", '{"size": 3, "note": null, "all": true}'))) == {"size": 3, "all": True}


def test_a_list_of_fields_is_data_as_well(file: Write) -> None:
    assert read_data(str(file("a.yaml", "- {a: 1}\n- {a: 2}\n"))) == [{"a": "1"}, {"a": "2"}]


def test_a_byte_order_mark_is_no_part_of_the_data(file: Write) -> None:
    assert read_data(str(file("a.yaml", b"\xef\xbb\xbfnote: x\n"))) == {"note": "x"}


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("a.yaml", "groups:\n  - name: 一\n   leader: x\n", "form_broken", "第 3 行第 4 列无法读取"),
        ("a.yaml", "note: 'open\n", "form_broken", "第 2 行"),
        ("a.yaml", "note: a\x07b\n", "form_broken", "第 1 行第 8 列"),
        ("a.json", '{"note": x}', "form_broken", "第 1 行第 10 列"),
        ("a.json", '{"satisfaction": NaN}', "form_broken", "NaN"),
        ("a.json", '{"size": ' + "9" * 5000 + "}", "form_broken", "无法读取"),
        ("a.json", "[" * 100_000, "form_too_deep", "嵌套过深"),
        ("a.yaml", "[" * 900_000, "form_too_deep", "嵌套过深"),
        ("a.yaml", "? [a]\n: b\n", "form_bad_key", "第 1 行第 3 列"),
        ("a.yaml", b"note: \xff\xff\n", "form_not_utf8", "第 7 个字节（第 1 行）起不是文字"),
        ("a.yaml", "a: 1\nb: 2\na: 3\n", "form_repeated_key_at", "第 3 行第 1 列的字段 a 重复"),
        ("a.json", '{"a": 1, "a": 2}', "form_repeated_key", "字段 a 重复"),
        ("a.yaml", "a: &x [1]\nb: *x\n", "form_anchor", "锚点"),
        ("a.yaml", "a: 1\n---\na: 2\n", "form_several", "2 份 YAML"),
        ("a.yaml", "", "form_empty", "空的"),
        ("a.yaml", "# 只有注释\n", "form_empty", "空的"),
        ("a.json", "null", "form_empty", "空的"),
        ("a.yaml", "只有一句话", "form_wrong_type", "字段: 内容"),
        ("a.yaml", "[]", "form_wrong_type", "字段: 内容"),
        ("a.json", "[1, 2]", "form_wrong_type", "字段: 内容"),
        ("a.yaml", "note: " + "督" * LARGEST, "form_too_big", "超过 2 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_place(
    file: Write, name: str, content: str | bytes, code: str, said: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        read_data(str(file(name, content)))
    [refusal] = refused.value.refusal_views()
    assert refusal.code == code
    assert said in refusal.fact
    assert refusal.cure


def test_an_anchor_bomb_is_refused_before_it_goes_off(file: Write) -> None:
    layers = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 30))
    with pytest.raises(FileRefused, match="form_anchor"):
        read_data(str(file("bomb.yaml", f"l0: &l0 [x]\n{layers}")))


def test_a_refused_file_exits_with_5_and_lists_the_refusal(ducha: Ducha, opened: str, file: Write) -> None:
    answer = ducha(*APPROVE, file("plan.yaml", "purpose: [\n"))
    assert answer.code == 5
    assert answer.codes == ["form_broken"]
    assert answer.data["refusals"][0].keys() >= {"code", "article", "fact", "cure", "who", "earliest", "line", "column"}


def test_people_read_which_file_it_was(ducha: Ducha, opened: str, file: Write) -> None:
    answer = ducha(*APPROVE[:5], "--data", file("plan.yaml", "a: b: c\n"))
    assert answer.code == 5
    assert "plan.yaml 有问题，没有办理。" in answer.err
    assert "处理办法：请检查该处及上一行的缩进" in answer.err


@pytest.mark.parametrize(("name", "said"), [("missing.yaml", "没有这个文件"), (".", "这是一个目录")])
def test_a_file_that_is_not_there_exits_with_3(ducha: Ducha, opened: str, name: str, said: str) -> None:
    answer = ducha(*APPROVE, name)
    assert answer.code == 3
    assert answer.data["error"] == "file_missing"
    assert said in answer.data["fact"]


def test_standard_input_may_be_yaml_or_json(ducha: Ducha, opened: str) -> None:
    for content in ("contents: ['9(1)']\n", '{"contents": ["9(1)"]}'):
        answer = ducha("case", "why", opened, "submit", "--data", "-", "--json", stdin=content)
        assert answer.data["allowed"], answer


def test_standard_input_is_named_when_it_is_broken(ducha: Ducha, opened: str) -> None:
    assert "标准输入 有问题" in ducha("case", "why", opened, "submit", "--data", "-", stdin="[").err


def test_a_missing_file_is_an_error_of_its_own() -> None:
    with pytest.raises(FileMissing):
        read_data("/nowhere/at/all.yaml")
