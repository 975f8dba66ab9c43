"""The page of a case: a summary first, parts on demand, and what people wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from casework.clock import FixedClock
from cli.output import printing
from cli.parsing.options import Options
from regulations import jurisdiction
from storage.engine import open_database
from tests.casework.office import BACHUAN, COORDINATOR, OFFICERS, TUQIAO, Office
from tests.cli.conftest import Ducha

PLAN = {"measures": [{"finding": "F01", "measure": "逐户换证并公示", "responsible": "副主任王五", "by": "2026-05-20"}]}


@dataclass(frozen=True)
class Pages:
    """A published inspection of some units, and its pages."""

    show: Callable[..., str]
    case: str
    office: Office


@pytest.fixture
def pages(
    ducha: Ducha, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Pages]:
    targets = getattr(request, "param", [BACHUAN, TUQIAO])
    database = open_database(f"{tmp_path}/ducha.db")
    office = Office(database)
    case = office.special(targets)
    monkeypatch.setattr(Options, "clock", FixedClock.on(office.day))
    yield Pages(lambda *asked: ducha("case", "show", *asked).out, case, office)
    database.close()


def test_the_page_of_a_part_shows_what_people_wrote_under_the_titles_of_the_form(pages: Pages) -> None:
    part = f"{pages.case}-R01"
    pages.office.does(OFFICERS[BACHUAN], "file_plan", part, PLAN)
    page = pages.show(part)
    for said in ("填报内容", "整改措施：", "逐户换证并公示", "责任人：副主任王五", "副主任王五"):
        assert said in page, page


def test_an_inspection_shows_the_last_entries_and_every_one_on_demand(pages: Pages) -> None:
    summary, whole = pages.show(pages.case), pages.show(pages.case, "--part", "经过")
    assert "……另有" in summary
    assert "--part timeline" in summary
    acts = [line for line in whole.splitlines() if line.startswith("2026-")]
    entries = pages.office.shown(pages.case)["timeline"]
    assert len(acts) == len(entries) > len([line for line in summary.splitlines() if "报批" in line])
    assert "填报内容" not in whole
    assert "现在可办" in pages.show(pages.case, "--part", "all")


def test_what_was_written_on_the_visit_is_shown_whole_on_demand(pages: Pages) -> None:
    written = pages.show(pages.case, "--part", "written")
    for said in ("实地督察", "督察记录：", "查阅台账", "问题", "督察报告："):
        assert said in written, written


@pytest.mark.parametrize(
    "pages",
    [[unit.code for unit in jurisdiction("TL").roster() if unit.category == "镇（街道）"]],
    indirect=True,
    ids=["28 townships"],
)
def test_an_inspection_of_28_townships_fits_on_two_screens(pages: Pages) -> None:
    page = pages.show(pages.case)
    assert "28 个单位" in page
    assert "28 件" in page
    assert len(page.splitlines()) < 100


def test_a_deadline_that_has_passed_reads_overdue_and_by_how_much(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "计算中" not in pages.show(pages.case)
    assert "剩 " in pages.show(pages.case)
    monkeypatch.setattr(Options, "clock", FixedClock.on(date(2026, 11, 20)))
    overdue = pages.show(pages.case)
    assert "逾期 " in overdue
    assert "剩 " not in overdue


def test_a_long_page_goes_through_the_pager_on_a_terminal_alone(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    paged: list[str] = []
    monkeypatch.setattr("click.echo_via_pager", lambda text, color: paged.append(text))
    pages.show(pages.case)
    assert paged == []
    monkeypatch.setattr(printing, "is_terminal", lambda: True)
    pages.show(pages.case)
    assert len(paged) == 1


def test_the_page_as_json_holds_everything(pages: Pages) -> None:
    found = pages.office.shown(pages.case)
    assert {entry["act"] for entry in found["written"]} >= {"plan", "staff", "visit_on_site", "report"}
    assert {one["light"] for one in found["deadlines"]} <= {"green", "yellow", "red", "paused", None}
    assert COORDINATOR in {entry["actor"] for entry in found["written"]}
