"""One command for every target of an inspection, all or none; what was handed in before, to be used again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.clock import FixedClock
from cli.parsing.options import Options
from storage.engine import open_database
from tests.casework.office import BACHUAN, COORDINATOR, DONGCHENG, LEADERS, NANCHENG, TUQIAO, Office
from tests.cli.conftest import Ducha


@pytest.fixture
def office(ducha: Ducha, tmp_path: Path) -> Iterator[Office]:
    database = open_database(str(tmp_path / "ducha.db"))
    yield Office(database)
    database.close()


def test_one_command_acts_on_every_target_of_whoever_acts(
    ducha: Ducha, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.special([BACHUAN, DONGCHENG, NANCHENG, TUQIAO, "500151004"], to="under_way")
    monkeypatch.setattr(Options, "clock", FixedClock.on(office.day))
    asked = ("act", case, "visit_on_site", "--set", "ways=11(2)2", "--set", "record=查阅台账", "--each-target")
    done = ducha(*asked, "--as", LEADERS[0], "--json")
    assert done.code == 0, done
    written = [one for one in office.shown(case)["timeline"] if one["act"] == "visit_on_site"]
    assert len(written) == len([one for one in office.parts(case, "visit") if one.parent == f"{case}-G01"]) > 1


def test_where_one_target_is_refused_none_is_done(
    ducha: Ducha, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.special([BACHUAN, TUQIAO], to="under_way")
    monkeypatch.setattr(Options, "clock", FixedClock.on(office.day))
    before = len(office.shown(case)["timeline"])
    refused = ducha("act", case, "feed_back", "--each-target", "--as", COORDINATOR)
    assert refused.code in (4, 5)
    assert len(office.shown(case)["timeline"]) == before


def test_last_years_plan_is_printed_to_be_handed_in_again(ducha: Ducha, office: Office) -> None:
    case = office.special([BACHUAN, TUQIAO], to="planned")
    printed = ducha("template", "plan", "--from", case.lower())
    assert printed.code == 0
    assert printed.out.startswith(f"# 取自 {case}")
    assert "targets:" in printed.out
    assert "500151001" in printed.out
    assert ducha("template", "approve", "--from", f"{case}-X").code == 3
