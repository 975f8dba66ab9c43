"""Founding a database, and every way in which one cannot be used: what, where, the cure, and nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from storage import schema
from storage.sqlite_driver import open_file
from tests.cli.conftest import Ducha

Write = Callable[[str, "str | bytes"], Path]


def test_a_database_is_founded_where_none_was_named(bare: Ducha, tmp_path: Path) -> None:
    answer = bare("init", "--json")
    assert answer.code == 0
    assert (tmp_path / "var" / "ducha.db").exists()
    assert answer.data["units"] == answer.data["units_added"] == 32
    assert answer.data["migrations"] == list(schema.REVISIONS)


def test_founding_again_changes_nothing_and_says_so(ducha: Ducha) -> None:
    again = ducha("init", "--json").data
    assert (again["units_added"], again["accounts_added"], again["migrations"]) == (0, 0, [])
    assert again["units"] == 32
    assert "此前已建立，没有改动" in ducha("init").out


def test_a_roster_of_ones_own_is_entered_with_its_liaison_officers(ducha: Ducha, file: Write) -> None:
    roster = file("roster.csv", "code,name,category,parent\nTL-P-01,高新区,园区管委会,500151\n")
    refused = ducha("init", "--roster", roster, "--json")
    assert (refused.code, refused.codes) == (5, ["roster_unknown_category"])
    assert refused.data["refusals"][0]["row"] == 2
    roster = file("roster.csv", "code,name,category,parent\nTL-P-01,高新区,园区,500151\n")
    done = ducha("init", "--roster", roster, "--json").data
    assert (done["units_added"], done["accounts_added"]) == (1, 1)
    assert "高新区联络员" in ducha("account", "list").out


def test_every_fault_of_a_roster_is_named_with_its_line(ducha: Ducha, file: Write) -> None:
    roster = file("roster.csv", "code,name,category,parent\n!,甲,镇（街道）,x\n1,,镇（街道）,x\n")
    refused = ducha("init", "--roster", roster, "--json")
    assert refused.code == 5
    assert {(one["code"], one["row"], one["field"]) for one in refused.data["refusals"]} == {
        ("roster_bad_code", 2, "code"),
        ("roster_blank", 3, "name"),
    }
    assert "第 2 行 code 列" in ducha("init", "--roster", roster).err


def test_a_roster_that_is_not_there_exits_with_3(ducha: Ducha) -> None:
    assert ducha("init", "--roster", "nowhere.csv").code == 3


def test_the_database_may_be_named_before_or_after_the_command(bare: Ducha, founded: Path) -> None:
    assert len(bare("--db", founded, "unit", "list", "--json").data) == 32
    assert len(bare("unit", "list", "--db", f"sqlite:///{founded}", "--json").data) == 32
    assert bare("--db", "nowhere.db", "unit", "list", "--db", founded).code == 0


def test_a_database_is_brought_up_to_date_and_a_dry_run_only_says_how(bare: Ducha, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    dry = bare("migrate", "--dry-run", "--db", "empty.db", "--json").data
    assert [step["revision"] for step in dry["migrations"]] == list(schema.REVISIONS)
    assert "需要升级" in bare("migrate", "--dry-run", "--db", "empty.db").out
    assert "已升级" in bare("migrate", "--db", "empty.db").out
    assert "已是最新结构" in bare("migrate", "--db", "empty.db").out


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("nowhere.db", "missing"),
        ("no/such/folder/ducha.db", "no_directory"),
        (".", "is_directory"),
        ("mysql://localhost/ducha", "bad_url"),
    ],
)
def test_a_database_that_is_not_there_exits_with_3_and_the_cure(bare: Ducha, url: str, code: str) -> None:
    answer = bare("case", "list", "--db", url, "--json")
    assert answer.code == 3
    assert answer.data["error"] == code
    assert answer.data["cure"]
    assert "处理办法：" in bare("case", "list", "--db", url).err


def test_a_file_that_is_no_database_is_not_taken_for_one(bare: Ducha, file: Write) -> None:
    answer = bare("case", "list", "--db", file("letter.txt", "尊敬的领导：" * 500), "--json")
    assert (answer.code, answer.data["error"]) == (3, "not_a_database")


def test_a_database_of_a_newer_version_is_left_alone(ducha: Ducha, tmp_path: Path) -> None:
    with open_file(tmp_path / "ducha.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in (("case", "list"), ("init",), ("migrate",)):
        answer = ducha(*command, "--json")
        assert (answer.code, answer.data["error"]) == (3, "newer_schema"), command


def test_a_database_that_somebody_else_writes_to_is_waited_for_and_then_left(
    ducha: Ducha, opened: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUCHA_BUSY_SECONDS", "0.1")
    other = open_file(tmp_path / "ducha.db")
    other.execute("BEGIN IMMEDIATE")
    answer = ducha("act", opened, "submit", "--as", "联席办协调员甲")
    other.execute("ROLLBACK")
    assert answer.code == 1
    assert "数据库被其他进程占用，等了 0.1 秒" in answer.err
    assert "请稍后再试" in answer.err


def test_a_database_that_may_only_be_read_answers_questions_and_refuses_acts(
    ducha: Ducha, opened: str, tmp_path: Path
) -> None:
    readable = f"sqlite:///file:{tmp_path / 'ducha.db'}?mode=ro&uri=true"
    assert ducha("case", "show", opened, "--db", readable).code == 0
    answer = ducha("act", opened, "submit", "--as", "联席办协调员甲", "--db", readable, "--json")
    assert (answer.code, answer.data["error"]) == (3, "read_only")


def test_the_version_is_said(bare: Ducha) -> None:
    assert bare("version").out.startswith("ducha ")
    assert bare("version", "--json").data["version"]
