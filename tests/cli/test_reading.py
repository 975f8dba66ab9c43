"""Reading in somebody's name: --as, DUCHA_AS, and the record of who read what."""

from __future__ import annotations

from typing import Any

import pytest

import messages
from access.policy import Read
from cli.administration.access_commands import KINDS
from tests.cli.conftest import Ducha

JIA, AUTHORITY, AUDITOR, ADMINISTRATOR = "联席办协调员甲", "区委区政府", "审计员", "系统管理员"
OFFICER = "巴川街道联络员"
READS = (
    ("case", "list"),
    ("case", "show", "CASE"),
    ("case", "why", "CASE", "submit"),
    ("document", "show", "CASE", "application"),
    ("journal", "show", "CASE"),
    ("journal", "verify"),
    ("overdue",),
    ("frequency",),
    ("notice", "list"),
    ("unit", "list"),
    ("account", "list"),
    ("account", "history"),
    ("access", "list"),
    ("bundle", "make", "CASE", "out.zip"),
)


def test_every_kind_of_read_may_be_asked_for() -> None:
    assert tuple(sorted(Read, key=KINDS.index)) == KINDS and len(KINDS) == len(Read)
    assert all(messages.has(f"access.read_{kind}") for kind in KINDS)


def asked(command: tuple[str, ...], case: str) -> list[str]:
    return [case if word == "CASE" else word for word in command]


@pytest.mark.parametrize("command", READS, ids=" ".join)
def test_every_read_takes_a_reader_and_leaves_a_record(ducha: Ducha, opened: str, command: tuple[str, ...]) -> None:
    ducha("act", opened, "submit", "--set", "contents=9(1)", "--as", JIA)
    ducha("follow-up")
    answer = ducha(*asked(command, opened), "--as", AUTHORITY, "--json")
    assert answer.code in (0, 3, 4), answer
    kept: list[dict[str, Any]] = ducha("access", "list", "--account", AUTHORITY, "--json").data
    assert kept and kept[0]["found"] == (answer.code == 0), (command, kept)
    nobody = ducha(*asked(command, opened), "--as", "张三", "--json")
    assert (nobody.code, nobody.data["error"]) == (4, "account_unknown")


def test_what_one_may_not_see_is_not_found_and_left_out_of_lists(ducha: Ducha, opened: str) -> None:
    for name in (OFFICER, ADMINISTRATOR, AUDITOR):
        answer = ducha("case", "show", opened, "--as", name, "--json")
        assert (answer.code, answer.data["error"]) == (3, "case_unknown")
        assert ducha("case", "list", "--as", name, "--json").data == []
    assert [row["case"] for row in ducha("case", "list", "--as", JIA, "--json").data] == [opened]
    assert ducha("journal", "show", opened, "--as", AUDITOR).code == 0
    assert ducha("journal", "show", opened, "--as", ADMINISTRATOR).code == 3
    assert len(ducha("account", "list", "--as", OFFICER, "--json").data) == 1


def test_the_environment_may_name_who_reads_and_acts(
    ducha: Ducha, opened: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUCHA_AS", OFFICER)
    assert ducha("case", "list", "--json").data == []
    assert ducha("case", "show", opened).code == 3
    assert [row["case"] for row in ducha("case", "list", "--as", JIA, "--json").data] == [opened]
    monkeypatch.setenv("DUCHA_AS", JIA)
    assert ducha("act", opened, "submit", "--set", "contents=9(1)", "--json").data["state"] == "submitted"
    assert ducha("case", "why", opened, "approve", "--json").data["refusals"][0]["code"] == "role_missing"


def test_the_record_names_the_operator_of_the_machine_where_nobody_is_named(ducha: Ducha, opened: str) -> None:
    ducha("case", "show", opened)
    ducha("case", "show", opened, "--as", JIA)
    ducha("case", "show", opened, "--as", OFFICER)
    shown = ducha("access", "list", "--kind", "case", "--as", AUDITOR).out.splitlines()
    assert [line.split()[2] for line in shown[1:]] == [OFFICER, JIA, "（本机操作员）"]
    assert "未显示内容" in shown[1] and "未显示内容" not in shown[2]
    rows = ducha("access", "list", "--case", opened, "--since", "2026-11-20", "--json").data
    assert [row["account"] for row in rows] == [OFFICER, JIA, None]
    assert ducha("access", "list", "--as", JIA).code == 4
