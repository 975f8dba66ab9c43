"""Jurisdictions at the command line: entered from a file, shown with their source, named where a name is not enough."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ducha
from tests.jurisdiction_samples import AUTHORITY_OFFICE, CODE, JOINT_OFFICE, NAME, second_jurisdiction

Write = Callable[[str, "str | bytes"], Path]
JIA, AUTHORITY, ADMINISTRATOR = "联席办协调员甲", "区委区政府", "系统管理员"
OPEN = (
    *("inspection", "open", "--kind", "special", "--year", 2026, "--title", "电梯安全专项督察"),
    *("--target", "500151001", "--problem", "电梯困人多发"),
)


@pytest.fixture
def both(ducha: Ducha, file: Write) -> Ducha:
    """``ducha`` on a database of two jurisdictions."""
    assert ducha("jurisdiction", "add", file("YC.toml", second_jurisdiction())).code == 0
    return ducha


def test_one_is_entered_with_its_units_and_accounts_after_a_dry_run(ducha: Ducha, file: Write) -> None:
    path = file("YC.toml", second_jurisdiction())
    would = ducha("jurisdiction", "add", path, "--dry-run")
    assert would.code == 0 and f"将录入辖区 {CODE} {NAME}" in would.out and "新增单位 32 个" in would.out
    assert CODE not in {one["jurisdiction"] for one in ducha("jurisdiction", "list", "--json").data}
    done = ducha("jurisdiction", "add", path, "--json").data
    assert (done["units_added"], done["dry_run"], done["source"]) == (32, False, "database")
    assert done["same_prefix"] == ["TL"]
    assert "此前已录入，没有变化" in ducha("jurisdiction", "add", path).out
    assert len(ducha("unit", "list", "--jurisdiction", CODE, "--json").data) == 32


def test_a_roster_of_its_own_is_read_with_it(ducha: Ducha, file: Write) -> None:
    text = second_jurisdiction(roster_file="", case_prefix=CODE)
    missing = ducha("jurisdiction", "add", file("YC.toml", text), "--json")
    assert (missing.code, missing.data["error"]) == (3, "roster_missing")
    rows = "".join(f"TL-D-0{number},部门{number},镇（街道）,\n" for number in range(1, 5))
    roster = file("roster.csv", f"code,name,category,parent\n{rows}")
    done = ducha("jurisdiction", "add", file("YC.toml", text), "--roster", roster, "--json")
    assert done.code == 0 and (done.data["units_added"], done.data["same_prefix"]) == (4, [])
    assert ducha(*OPEN[:-3], "TL-D-01", *OPEN[-2:], "--as", JIA, "--jurisdiction", CODE, "--json").data["case"] == (
        f"{CODE}-2026-X01"
    )


def test_every_fault_of_a_file_is_named_with_exit_5(ducha: Ducha, file: Write) -> None:
    text = second_jurisdiction(code="永川", region="重庆").replace(f'"{AUTHORITY_OFFICE}"', '""')
    path = file("YC.toml", text)
    refused = ducha("jurisdiction", "add", path, "--json")
    assert refused.code == 5
    assert {(one["code"], one["place"]) for one in refused.data["refusals"]} == {
        ("jurisdiction_bad_code", "code"),
        ("jurisdiction_bad_region", "region"),
        ("jurisdiction_blank", "offices.authority"),
    }
    assert "offices.authority：是空的" in ducha("jurisdiction", "add", path).err
    assert "offices.authority: The text is empty" in ducha("jurisdiction", "add", path, "--lang", "en").err
    assert ducha("jurisdiction", "add", "nowhere.toml").code == 3
    unknown = file("YC.toml", second_jurisdiction(region="CN-XX"))
    assert ducha("jurisdiction", "add", unknown).code == 5
    assert CODE not in {one["jurisdiction"] for one in ducha("jurisdiction", "list", "--json").data}


def test_where_the_data_of_each_come_from_is_shown(both: Ducha, file: Write) -> None:
    sources = {one["jurisdiction"]: one["source"] for one in both("jurisdiction", "list", "--json").data}
    assert (sources["TL"], sources["SZ"], sources[CODE]) == ("package", "package", "database")
    assert "随程序提供" in both("jurisdiction", "list").out
    shown = both("jurisdiction", "show", CODE)
    assert AUTHORITY_OFFICE in shown.out and "inspection = tongliang" in shown.out
    replaced = both("jurisdiction", "add", file("TL.toml", second_jurisdiction(code="TL")))
    assert "取代随程序提供的同一代码的辖区数据" in replaced.out
    assert "数据库（取代随程序提供的数据）" in both("jurisdiction", "show", "TL").out


def test_a_name_two_jurisdictions_have_needs_one_of_them(both: Ducha) -> None:
    ambiguous = both(*OPEN, "--as", JIA, "--json")
    assert (ambiguous.code, ambiguous.data["error"]) == (4, "account_ambiguous")
    assert f"TL:{JIA}" in ambiguous.data["fact"] and f"{CODE}:{JIA}" in ambiguous.data["fact"]
    assert both(*OPEN, "--as", f"{CODE}:{JIA}", "--json").data["case"] == "TL-2026-X01"
    assert both(*OPEN, "--as", JIA, "--jurisdiction", "TL", "--json").data["case"] == "TL-2026-X02"
    refused = both("act", "TL-2026-X01", "approve", "--as", JIA, "--note", "同意")
    assert refused.code == 5 and JOINT_OFFICE in refused.err and "区质量工作联席会议办公室" not in refused.err
    listed = both("case", "list", "--jurisdiction", CODE, "--json").data
    assert [one["case"] for one in listed] == ["TL-2026-X01"]


def test_accounts_are_kept_by_the_administrator_of_the_jurisdiction_named(both: Ducha) -> None:
    add = ("account", "add", "张三", "--role", "coordinator")
    assert both(*add, "--as", ADMINISTRATOR).code == 4
    assert both(*add, "--as", ADMINISTRATOR, "--jurisdiction", CODE).code == 0
    assert "张三" in both("account", "list", "--jurisdiction", CODE).out
    assert "张三" not in both("account", "list", "--jurisdiction", "TL").out
    assert both("account", "remove", "张三", "--as", f"TL:{ADMINISTRATOR}").code == 3
    assert both("account", "remove", "张三", "--as", f"{CODE}:{ADMINISTRATOR}").code == 0
    assert len(both("account", "history", "张三", "--jurisdiction", CODE, "--json").data) == 2
    assert both("account", "history", "张三").code == 2, "which jurisdiction?"
    colon = both("account", "add", "张:三", "--role", "coordinator", "--as", f"TL:{ADMINISTRATOR}")
    assert colon.code == 2 and "辖区代码:账号名" in colon.err


@pytest.mark.parametrize(
    "command",
    [
        ("case", "list"),
        ("overdue",),
        ("frequency",),
        ("notice", "list"),
        ("unit", "list"),
        ("account", "list"),
        ("account", "history"),
        ("account", "add", "张三", "--role", "auditor", "--as", ADMINISTRATOR),
        ("account", "remove", JIA, "--as", ADMINISTRATOR),
        ("sweep",),
        ("regulation", "show"),
        ("coverage",),
        ("init",),
        (*OPEN, "--as", JIA),
    ],
    ids=lambda command: "-".join(map(str, command[:2])),
)
def test_an_unknown_jurisdiction_exits_with_3_and_those_there_are(ducha: Ducha, command: tuple[object, ...]) -> None:
    answer = ducha(*command, "--jurisdiction", "XX", "--json")
    assert (answer.code, answer.data["error"]) == (3, "unknown_jurisdiction")
    assert "XX" in answer.data["fact"] and "TL" in answer.data["fact"]


def test_the_regulation_needs_no_database(bare: Ducha) -> None:
    assert bare("regulation", "show", "13").code == 0
    assert bare("coverage", "--jurisdiction", "TL").code == 0
    assert bare("coverage", "--jurisdiction", CODE).code == 3


def test_a_jurisdiction_opens_the_kinds_of_its_own_text_and_no_others(ducha: Ducha) -> None:
    assert ducha("init", "--jurisdiction", "XJ").code == 0
    asked = ("inspection", "open", "--year", 2026, "--title", "喀什地区质量督察", "--target", "喀什地区")
    by = ("--reason", "年度安排", "--as", "XJ:领导小组办甲")
    opened = ducha(*asked, "--kind", "对下级政府的质量督察", *by, "--json")
    assert opened.data["case"] == "XJ-2026-D01"
    foreign = ducha(*asked, "--kind", "special", *by)
    assert foreign.code == 3 and "没有规定 special" in foreign.err and "ducha regulation show" in foreign.err
