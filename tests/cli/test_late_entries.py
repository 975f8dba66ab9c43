"""Papers that came in earlier, from the command line: entered by the office, marked, and never by the unit itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casework.clock import FixedClock
from cli.parsing.options import Options
from tests.cli.conftest import Ducha
from tests.cli.test_procedure import (
    BACHUAN,
    CASE,
    EVIDENCE,
    JIA,
    REPORTS,
    UNTIL_THE_VISITS,
    VISITS,
    Row,
    measures,
    played,
)

__all__ = ["played"]
R01 = f"{CASE}-R01"
REPORT = {"summary": "已整改", "evidence": EVIDENCE}
LATE_ENTRY = ("--late-entry", "收发室积压", "--received-by", "王五")
TODAY = date(2026, 6, 26)


@pytest.fixture
def overdue(
    ducha: Ducha,
    played: Callable[[list[Row]], list[Any]],
    file: Callable[[str, str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[object, ...]:
    """A rectification due on the first of June, on the twenty-sixth; answers with how its report is asked for."""
    played([*UNTIL_THE_VISITS, *VISITS, *REPORTS])
    played([(BACHUAN, "2026-05-13", "rectification file-plan", "-R01", measures(f"{CASE}-F01"))])
    monkeypatch.setattr(Options, "clock", FixedClock.on(TODAY))
    return ("rectification", "report", R01, "--data", file("report.json", json.dumps(REPORT)))


def test_the_unit_may_not_date_its_report_back(ducha: Ducha, overdue: tuple[object, ...]) -> None:
    refused = ducha(*overdue, "--as", BACHUAN, "--on", "2026-05-29", "--json")
    assert (refused.code, refused.codes) == (5, ["counts_when_recorded"])
    said = ducha(*overdue, "--as", BACHUAN, "--on", "2026-05-29").err
    assert "--late-entry" in said and "--received-by" in said and "2026-06-26" in said


def test_a_late_report_says_by_how_many_days_wherever_it_is_shown(ducha: Ducha, overdue: tuple[object, ...]) -> None:
    assert "应于 2026-06-01 完成，逾期 25 日（18 个工作日）" in ducha(*overdue, "--as", BACHUAN).out
    said = "2026-06-26 完成，逾期 25 日（18 个工作日）"
    assert said in ducha("case", "show", R01).out
    assert said in ducha("overdue").out and "没有逾期" in ducha("overdue").out


def test_the_office_enters_the_paper_and_it_is_marked(ducha: Ducha, overdue: tuple[object, ...]) -> None:
    assert ducha(*overdue, "--as", JIA, "--on", "2026-05-29", *LATE_ENTRY).code == 0
    page = ducha("case", "show", R01).out
    assert "2026-05-29 完成，补录于 2026-06-26" in page
    assert "（补录：王五收件，2026-06-26 录入，收发室积压）" in page
    assert "2026-05-29 完成，补录于 2026-06-26" in ducha("overdue").out


def test_a_late_entry_says_who_received_the_paper_and_why(ducha: Ducha, overdue: tuple[object, ...]) -> None:
    half = ducha(*overdue, "--as", JIA, "--on", "2026-05-29", "--late-entry", "收发室积压", "--json")
    assert (half.code, [one.get("field") for one in half.data["refusals"]][-1]) == (5, "late_entry.received_by")
    theirs = ducha(*overdue, "--as", BACHUAN, "--on", "2026-05-29", *LATE_ENTRY, "--json")
    assert (theirs.code, set(theirs.codes)) == (5, {"role_missing", "late_entry_by_the_party"})


def test_the_table_of_a_past_day_shows_what_stood_that_day(ducha: Ducha, overdue: tuple[object, ...]) -> None:
    assert ducha(*overdue, "--as", BACHUAN).code == 0
    rows = {
        day: ducha("overdue", "--as-of", day, "--json").data["rows"]
        for day in ("2026-06-01", "2026-06-25", "2026-06-26")
    }
    assert [len(found) for found in rows.values()] == [0, 1, 0]


def test_nothing_is_swept_beyond_today(ducha: Ducha, overdue: tuple[object, ...]) -> None:
    refused = ducha("sweep", "--as-of", "2026-06-27")
    assert refused.code == 3 and "2026-06-27 尚未到来" in refused.err
    assert ducha("notice", "list", "--json").data == []
