"""Usage errors: what is wrong with the command line, in Chinese, with exit code 2 and the way to the help."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Ducha

OPEN = ("inspection", "open", "--kind", "special", "--year", "2026", "--title", "题", "--target", "500151001")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["cas", "list"], "没有命令 cas。是不是 case？"),
        (["case", "lst"], "没有命令 lst。是不是 list？"),
        (["case", "list", "--yer", "2026"], "没有选项 --yer。是不是 --year？"),
        (["case", "list", "--year"], "选项 --year 后面要写值。"),
        (["case", "list", "--open=yes"], "选项 --open 后面不写值。"),
        (["case", "list", "--year", "二〇二六"], "“二〇二六”不是 2004 至 2100 之间的整数。"),
        (["case", "list", "extra"], "多出了 extra。"),
        (["case", "show"], "缺少 CASE：督察事项编号"),
        (["inspection", "submit", "TL-2026-Z01"], "缺少 --as：以谁的名义办理"),
        (["act", "TL-2026-Z01", "submit"], "缺少 --as：以谁的名义办理"),
        (["inspection", "open", "--as", "甲"], "缺少 --kind：督察形式"),
        ([*OPEN, "--as"], "选项 --as 后面要写值。"),
        (
            ["inspection", "open", "--kind", "annual"],
            "“annual”不在可选之列；可选：comprehensive 综合督察、special 专项督察、look_back 督察整改“回头看”、",
        ),
        ([*OPEN, "--as", "甲", "--on", "2026-02-30"], "没有 2026-02-30 这一天，2026 年 2 月只有 28 天。"),
        ([*OPEN, "--as", "甲", "--on", "2026-13-01"], "没有 2026-13-01 这一天，月份应为 01 至 12。"),
        ([*OPEN, "--as", "甲", "--on", "3月2日"], "“3月2日”不是 YYYY-MM-DD 形式的日期"),
        (["template", "plam"], "没有模板“plam”；请看：plan"),
        (["--lang", "fr", "case", "list"], "--lang 的值不对：只能是 zh、en。"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_is_said_with_the_way_to_the_help(bare: Ducha, line: list[str], said: str) -> None:
    answer = bare(*line)
    assert answer.code == 2
    assert answer.out == ""
    assert said in answer.err
    assert "处理办法：查看用法：ducha" in answer.err


def test_a_script_reads_a_usage_error_on_standard_output(bare: Ducha) -> None:
    answer = bare("case", "show", "--json")
    assert answer.code == 2
    assert answer.err == ""
    assert answer.data == {
        "error": "usage",
        "fact": "缺少 CASE：督察事项编号，例如 TL-2026-X01。",
        "cure": "查看用法：ducha case show --help",
    }


def test_a_usage_error_keeps_to_the_language_asked_for_wherever_it_stands(bare: Ducha) -> None:
    assert "CASE is missing" in bare("case", "show", "--lang", "en").err
    assert "CASE is missing" in bare("--lang=en", "case", "show").err


def test_a_group_without_a_command_shows_its_page(bare: Ducha) -> None:
    answer = bare("case")
    assert answer.code == 2
    assert answer.err.startswith("用法：ducha case")
