"""Shizong's campaign for the tests: its office and people, and acts that lead up to where a test begins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from casework import do_act
from casework.acts.act_models import ActRequest
from casework.administration.jurisdiction_setup import set_up
from states.engine.case import Case
from storage.engine import Database
from tests.casework.office import Office

COORDINATOR, SECOND_COORDINATOR = "创建办甲", "创建办乙"
AUTHORITY, LEADER = "县政府", "分管副县长"
REVIEWER, OTHER_REVIEWER = "评审组长一", "评审组员一"
MARKET, FINANCE, EDUCATION, HOUSING = "SZ-D-01", "SZ-D-03", "SZ-D-06", "SZ-D-14"
XIONGBI = "530323102"
OFFICERS = {
    MARKET: "县市监局联络员",
    FINANCE: "县财政局联络员",
    EDUCATION: "县教育局联络员",
    HOUSING: "县住建局联络员",
    "SZ-D-15": "县交通局联络员",
    XIONGBI: "雄壁镇联络员",
}
EVIDENCE = [{"title": "台账"}]
LAUNCH = {
    "leading_group": "县长任组长，分管副县长任副组长",
    "office": "办公室设在县市监局",
    "mobilised_on": "2018-11-05",
    "minutes": [{"title": "动员部署会议纪要"}],
    "reviewers": [REVIEWER, OTHER_REVIEWER],
}
DONE = {"note": "已完成", "evidence": EVIDENCE, "unmet": "年底前读数未出"}


@contextmanager
def shizong(database: Database, day: str = "2018-11-01") -> Iterator[Office]:
    """The office of Shizong's campaign, before its first act."""
    office = Office(database, home="SZ").on(day)
    with database.writing() as session:
        set_up(session, "SZ", clock=office.clock)
    yield office


def opens(office: Office, **changed: Any) -> str:
    """A campaign is drafted; says its number."""
    data = {"year": 2018, "title": "创建全国质量强市示范城市", **changed}
    with office.writing() as session:
        asked = ActRequest(COORDINATOR, office.day, None, office.home)
        return do_act.open_root(session, office.clock, asked, "campaign", data).case


def filed(office: Office) -> str:
    """A campaign that was approved and filed."""
    case = opens(office)
    office.does(AUTHORITY, "approve", case, {"note": "同意"})
    office.does(COORDINATOR, "file", case, {"number": "师质强备〔2018〕1号", "received_by": "曲靖市质量强市办"})
    return case


def launched(office: Office, **changed: Any) -> str:
    """A campaign that is under way since 6 November 2018."""
    case = filed(office)
    office.on("2018-11-06").does(COORDINATOR, "launch", case, {**LAUNCH, **changed})
    return case


def duty_of(office: Office, case: str, task: str) -> Case:
    """The duty of a task."""
    [found] = [duty for duty in office.parts(case, "unit_duty") if duty.dossier["order"]["task"] == task]
    return found


def occurrences_of(office: Office, case: str, obligation: str, unit: str | None = None) -> list[Case]:
    """The occurrences of an obligation, of a unit where one is named, in the order of their days."""
    found = [one for one in office.parts(case, "occurrence") if one.dossier["schedule"]["obligation"] == obligation]
    mine = [one for one in found if unit is None or one.unit == unit]
    return sorted(mine, key=lambda one: (one.dossier["schedule"]["due_on"], one.id))
