"""A holiday notice taken in while deadlines run: each that moves is journalled, what is met or closed stays."""

from __future__ import annotations

from datetime import date, timedelta
from multiprocessing.connection import Connection

import pytest

from access.reader import operator
from casework.administration import holiday_notices
from casework.errors import NotPermitted
from casework.nightly.sweeping import sweep
from casework.readers import reader_of
from casework.views import message_lists as told
from storage.engine import Database
from storage.errors import Overtaken
from storage.journal import journal
from tests.casework.office import (
    ADMINISTRATOR,
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    EVIDENCE,
    OFFICERS,
    TUQIAO,
    Office,
    dump,
)
from tests.casework.processes import run

NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　经国务院批准，现将2027年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
　　一、元旦：1月1日（周五）至3日（周日）放假，共3天。
　　二、春节：2月5日（农历除夕、周五）至12日（周五）放假调休，共8天。1月31日（周日）、2月14日（周日）上班。
　　三、清明节：4月3日（周六）至5日（周一）放假，共3天。
　　四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
　　五、端午节：6月9日（周三）放假1天，不调休。
　　六、中秋节：9月15日（周三）放假1天，不调休。
　　七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。

国务院办公厅
2026年11月20日
""".encode()


def before_spring(office: Office) -> str:
    """An inspection whose bulletin of the twentieth of January 2027 sets two units a term over the spring festival."""
    case = office.on("2026-12-21").special([BACHUAN, TUQIAO], to="consented")
    office.on("2027-01-20").does(COORDINATOR, "publish", case, {"number": "铜质督〔2027〕1号"})
    measures = [{"finding": f"{case}-F02", "measure": "补齐", "responsible": "王五", "by": "2027-02-01"}]
    office.does(OFFICERS[TUQIAO], "file_plan", f"{case}-R02", {"measures": measures})
    office.does(OFFICERS[TUQIAO], "report", f"{case}-R02", {"summary": "已整改", "evidence": EVIDENCE})
    return case


def taken_in(office: Office, who: str = COORDINATOR) -> list[holiday_notices.Shift]:
    with office.writing() as session:
        return holiday_notices.accept(session, office.clock, who, holiday_notices.propose(session, operator(), NOTICE))


def test_a_running_deadline_becomes_final_by_an_act_of_its_own_and_a_met_one_stays(office: Office) -> None:
    case = before_spring(office)
    running, met = office.deadline(f"{case}-R01"), office.deadline(f"{case}-R02")
    assert (running.due_status, met.deadline.met_on) == ("provisional", office.day)
    assert [shift.after.deadline.id for shift in taken_in(office)] == [running.deadline.id]
    settled = office.deadline(f"{case}-R01")
    assert (settled.due_status, settled.due_on) == ("final", date(2027, 2, 16))
    assert office.deadline(f"{case}-R02") == met
    with office.reading() as session:
        last = journal.of_case(session, f"{case}-R01")[-1]
    assert (last.act, last.reason) == ("recalculate", "国办发明电〔2026〕9号")
    assert office.breaks() == []


def test_a_proposal_names_only_the_deadlines_that_the_reader_may_see(office: Office) -> None:
    case = before_spring(office)
    named = {}
    for who in (None, COORDINATOR, OFFICERS[BACHUAN], OFFICERS[TUQIAO], ADMINISTRATOR):
        with office.reading() as session:
            proposal = holiday_notices.propose(session, reader_of(session, who), NOTICE)
        named[who] = [shift.case.id for shift in proposal.shifts]
    mine = [f"{case}-R01"]
    assert named == {
        None: mine, COORDINATOR: mine, OFFICERS[BACHUAN]: mine, OFFICERS[TUQIAO]: [], ADMINISTRATOR: [],
    }  # fmt: skip


def test_what_was_told_about_a_date_that_moved_stands_no_longer(office: Office) -> None:
    case = before_spring(office)
    office.on("2027-02-04")
    sweep(office.database, office.clock)
    with office.reading() as session:
        stood = told.list_messages(session, operator(), case_id=f"{case}-R01")
    moved = [shift.moves for shift in taken_in(office)]
    with office.reading() as session:
        stands = told.list_messages(session, operator(), case_id=f"{case}-R01")
    assert [one.kind for one in stands if not one.superseded] == ["moved"] and any(moved)
    assert {one.key for one in stood} == {one.key for one in stands if one.superseded}


def test_only_a_coordinator_takes_a_notice_in_and_once(office: Office) -> None:
    before = dump(office.database)
    with pytest.raises(NotPermitted):
        taken_in(office, AUTHORITY)
    assert dump(office.database) == before
    taken_in(office)
    with pytest.raises(ValueError, match="nothing to accept"):
        taken_in(office)


def test_a_deadline_met_while_a_notice_is_taken_in_stays_met(office: Office) -> None:
    case = before_spring(office)
    measures = [{"finding": f"{case}-F01", "measure": "补齐", "responsible": "王五", "by": "2027-02-01"}]
    office.does(OFFICERS[BACHUAN], "file_plan", f"{case}-R01", {"measures": measures})
    clock, day = office.clock, office.day + timedelta(days=1)

    def accepting(database: Database, telling: Connection) -> None:
        with database.writing() as session:
            telling.send(
                len(
                    holiday_notices.accept(
                        session, clock, COORDINATOR, holiday_notices.propose(session, operator(), NOTICE)
                    )
                )
            )

    def reporting(database: Database, telling: Connection) -> None:
        here = Office(database, day)
        done = here.does(OFFICERS[BACHUAN], "report", f"{case}-R01", {"summary": "已整改", "evidence": EVIDENCE})
        telling.send(done["state"])

    assert [len(each) for each in run(office, [accepting, reporting])] == [1, 1]
    assert office.deadline(f"{case}-R01").deadline.met_on == day
    assert office.breaks() == []


def test_of_two_who_accept_a_notice_at_once_one_is_told_that_the_other_was_first(office: Office) -> None:
    before_spring(office)
    with office.writing() as session:
        shown = holiday_notices.propose(session, operator(), NOTICE)
    taken_in(office)
    with pytest.raises(Overtaken), office.writing() as session:
        holiday_notices.accept(session, office.clock, COORDINATOR, shown)
