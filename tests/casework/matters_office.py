"""Offices of Xinjiang and Chengdu for the tests, in a database that has Tongliang as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import regulations
from access.reader import Reader
from casework import do_act
from casework.acts.act_models import ActRequest
from casework.administration import jurisdiction_entry
from casework.administration.jurisdiction_setup import set_up
from casework.clock import SystemClock
from casework.readers import reader_of
from casework.views.case_lists import list_cases
from storage.engine import open_database
from tests.casework.office import Office

URUMQI, KARAMAY = "6501", "6502"
OFFICE, SECOND, AUTHORITY = "领导小组办甲", "领导小组办乙", "自治区党委和政府"
CITY_OFFICE, CITY_SECOND, CITY = "质量强市办甲", "质量强市办乙", "市政府"
DAY = "2026-03-02"
REPORT: Mapping[str, Any] = {
    "title": "气瓶爆炸", "nature": "accident", "happened_at": "2026-03-02 06:00", "known_at": "2026-03-02 06:30",
    "facts": "充装站气瓶爆炸",
}  # fmt: skip
LIMITED = """
[report_limit]
hours = 2
set_by = "自治区人民政府办公厅"
document = "新政办〔2026〕1号"
"""


def officer(office: Office, unit: str) -> str:
    """The liaison officer of a unit."""
    roster = regulations.jurisdiction(office.home).roster()
    return f"{next(one.name for one in roster if one.code == unit)}联络员"


def of_home(home: str, url: str) -> Iterator[Office]:
    """The office of a jurisdiction that is set up with its people and units."""
    database = open_database(url)
    with database.writing() as session:
        set_up(session, home, clock=SystemClock())
    yield Office(database, date.fromisoformat(DAY), home=home)
    database.close()


def opens(office: Office, who: str, procedure: str, data: Mapping[str, Any], key: str | None = None) -> str:
    """Somebody opens a root case; says its number."""
    with office.writing() as session:
        asked = ActRequest(who, office.day, key, office.home)
        return do_act.open_root(session, office.clock, asked, procedure, data).case


def set_limit(office: Office) -> None:
    """The jurisdiction sets a limit for reports in its file."""
    path = regulations.__file__.replace("__init__.py", "jurisdictions/XJ.toml")
    with open(path, encoding="utf-8") as file, office.writing() as session:
        text = file.read()
        head, mark, rest = text.partition("[[account]]")
        jurisdiction_entry.enter(session, office.clock, "系统管理员", f"{head}{LIMITED}\n{mark}{rest}", "XJ.toml")


def reader(office: Office, who: str) -> Reader:
    """Somebody as a reader."""
    with office.reading() as session:
        return reader_of(session, f"{office.home}:{who}")


def shown(office: Office, who: str) -> set[str]:
    """The matters in the lists of a reader."""
    by = reader(office, who)
    procedures = [["incident"], ["hazard"], ["complaint"], ["talk"], ["commitment"], ["tracing"]]
    with office.reading() as session:
        return {one.case for name in procedures for one in list_cases(session, by, procedure=name)}
