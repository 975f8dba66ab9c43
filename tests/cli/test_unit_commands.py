"""Units from the command line: what a roster file changes, and what becomes of units, with who and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ducha

WHO = ("--as", "联席办协调员甲", "--reason", "渝府〔2026〕12号")
HEAD = "code,name,category,parent\n"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A roster in which 土桥镇 has a new name, 虎溪镇 is new, and most units are missing."""
    lines = ("500151101,土桥街道,镇（街道）,500151 重庆市铜梁区", "500151199,虎溪镇,镇（街道）,500151 重庆市铜梁区")
    file = tmp_path / "roster.csv"
    file.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    return file


def names(ducha: Ducha) -> dict[str, str]:
    return {row["code"]: row["name"] for row in ducha("unit", "list", "--json").data}


def test_init_keeps_what_is_there(ducha: Ducha, roster: Path) -> None:
    trial = ducha("init", "--roster", roster, "--dry-run", "--json").data
    assert (trial["dry_run"], trial["units_added"], names(ducha)["500151101"]) == (True, 1, "土桥镇")
    assert "500151199" not in names(ducha)
    done = ducha("init", "--roster", roster, "--json").data
    assert (done["units_added"], names(ducha)["500151101"], names(ducha)["500151199"]) == (1, "土桥镇", "虎溪镇")
    changes = {(one["change"], one["before"]["code"]) for one in done["differences"]}
    assert {("renamed", "500151101"), ("missing", "500151001")} <= changes
    assert "土桥街道" in ducha("init", "--roster", roster).out


def test_a_roster_is_taken_in_on_record(ducha: Ducha, roster: Path) -> None:
    shown = ducha("unit", "import", roster, *WHO, "--dry-run", "--json").data
    assert [one["change"] for one in shown["changes"]] == ["added", "renamed"]
    assert names(ducha)["500151101"] == "土桥镇"
    ducha("unit", "import", roster, *WHO)
    assert names(ducha)["500151101"] == "土桥街道"
    assert names(ducha)["500151001"] == "巴川街道"
    [_, _, renamed] = ducha("unit", "history", "--json").data
    assert (renamed["actor"], renamed["reason"], renamed["on"]) == ("联席办协调员甲", "渝府〔2026〕12号", "2026-11-20")
    again = ducha("unit", "import", roster, *WHO, "--json").data
    assert again["changes"] == []
    ducha("init")
    assert names(ducha)["500151101"] == "土桥街道"


def test_units_that_a_file_does_not_list_end_only_when_asked(ducha: Ducha, roster: Path) -> None:
    done = ducha("unit", "import", roster, *WHO, "--abolish-missing", "--json").data
    assert len([one for one in done["changes"] if one["change"] == "abolished"]) == 31
    assert set(names(ducha)) == {"500151101", "500151199"}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_rosters_are_read_as_offices_save_them(ducha: Ducha, roster: Path, encoding: str) -> None:
    roster.write_bytes(roster.read_text(encoding="utf-8").encode(encoding))
    assert ducha("init", "--roster", roster, "--json").data["units_added"] == 1
    assert names(ducha)["500151199"] == "虎溪镇"


def test_a_broken_utf8_roster_is_not_read_as_something_else(ducha: Ducha, roster: Path) -> None:
    whole = roster.read_bytes()
    at = whole.index("虎溪".encode())
    roster.write_bytes(whole[:at] + whole[at + 1 :])
    refused = ducha("init", "--roster", roster, "--json")
    assert (refused.code, refused.codes) == (5, ["roster_not_utf8"])


def test_units_of_one_name_have_accounts_that_can_be_told_apart(ducha: Ducha, tmp_path: Path) -> None:
    file = tmp_path / "two.csv"
    rows = ("1,城关镇,镇（街道）,500101 甲县", "2,城关镇,镇（街道）,500102 乙县", "3,巴川街道,镇（街道）,500103 丙县")
    file.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    assert ducha("init", "--roster", file, "--json").data["accounts_added"] == 3
    given = {
        row["unit"]: row["name"] for row in ducha("account", "list", "--json").data if row["unit"] in {"1", "2", "3"}
    }
    assert given == {"1": "甲县城关镇联络员", "2": "乙县城关镇联络员", "3": "丙县巴川街道联络员"}
    assert ducha("init", "--roster", file, "--json").data["accounts_added"] == 0


def test_a_town_becomes_a_street(ducha: Ducha) -> None:
    asked = ("unit", "recode", "500151101", "500151031", "--name", "土桥街道", *WHO)
    assert "土桥镇联络员" in ducha(*asked, "--dry-run").out
    done = ducha(*asked, "--on", "2026-11-01", "--json").data
    assert (done["heir"], done["accounts_added"]) == ("500151031", ["土桥街道联络员"])
    assert ducha(*asked, "--json").codes == ["unit_ended", "unit_code_taken"]
    assert ducha(*asked).code == 5
    assert "土桥街道（500151031）" in ducha("unit", "history", "500151101").out
    assert "500151101" not in names(ducha)


def test_units_merge_split_and_end(ducha: Ducha) -> None:
    assert ducha("unit", "merge", "500151001", "--into", "500151002", *WHO).code == 0
    assert ducha("unit", "split", "500151003", "--into", "500151003", "--into", "500151041=南城新区", *WHO).code == 0
    assert ducha("unit", "rename", "500151004", "蒲吕新街道", *WHO).code == 0
    assert ducha("unit", "abolish", "500151101", *WHO).code == 0
    left = names(ducha)
    assert {"500151001", "500151101"}.isdisjoint(left)
    assert (left["500151004"], left["500151041"]) == ("蒲吕新街道", "南城新区")
    assert ducha("unit", "abolish", "500151101", *WHO, "--json").codes == ["unit_ended"]


def test_only_the_joint_office_changes_units(ducha: Ducha) -> None:
    assert ducha("unit", "abolish", "500151101", "--reason", "撤镇", "--as", "系统管理员").code == 4
