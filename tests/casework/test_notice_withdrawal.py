"""A holiday notice that was taken in is withdrawn on record, or completed by the official copy."""

from __future__ import annotations

import pytest

from access.reader import operator
from casework.administration import holiday_notices, notice_withdrawal
from casework.administration.notice_withdrawal import Withdrawal, WithdrawalRefused
from casework.errors import NotFound, NotPermitted
from storage.calendar import holiday_notices as stored
from storage.journal import journal
from storage.messages import notices
from tests.casework.office import ADMINISTRATOR, COORDINATOR, Office, dump
from tests.casework.test_holidays import NOTICE, before_spring

DOCUMENT = "国办发明电〔2026〕9号"
TITLE = "国务院办公厅关于2027年部分节假日安排的通知"
UNNUMBERED = NOTICE.replace(f"{DOCUMENT}\n".encode(), b"")
REASON = "误收网上流传的文本"


def take_in(office: Office, content: bytes = NOTICE) -> list[holiday_notices.Shift]:
    with office.writing() as session:
        proposal = holiday_notices.propose(session, operator(), content)
        return holiday_notices.accept(session, office.clock, COORDINATOR, proposal)


def withdraw(office: Office, document: str = DOCUMENT, reason: str = REASON, who: str = COORDINATOR) -> Withdrawal:
    with office.writing() as session:
        return notice_withdrawal.withdraw(session, office.clock, who, document, reason)


def test_what_the_notice_moved_moves_back_on_record(office: Office) -> None:
    case = before_spring(office)
    first = office.deadline(f"{case}-R01")
    take_in(office)
    with office.reading() as session:
        shown = notice_withdrawal.propose_withdrawal(session, operator(), DOCUMENT, REASON)
    done = withdraw(office)
    assert [one.after.due_on for one in done.shifts] == [one.after.due_on for one in shown.shifts]
    again = office.deadline(f"{case}-R01")
    assert (again.due_status, again.due_on, again.latest_on) == (first.due_status, first.due_on, first.latest_on)
    with office.reading() as session:
        last = journal.of_case(session, f"{case}-R01")[-1]
        [kept] = stored.withdrawn(session)
        told = notices.find(session, case_id=f"{case}-R01", kind="moved", superseded=None)
    assert last.act == "recalculate" and REASON in (last.reason or "")
    assert (kept.document, kept.withdrawn_by, kept.reason, kept.text) == (
        DOCUMENT,
        COORDINATOR,
        REASON,
        NOTICE.decode(),
    )
    assert told
    assert office.breaks() == []


def test_a_withdrawn_notice_may_be_taken_in_again(office: Office) -> None:
    before_spring(office)
    take_in(office)
    withdraw(office)
    assert take_in(office)
    withdraw(office)
    with office.reading() as session:
        assert [one.document for one in stored.withdrawn(session)] == [DOCUMENT, DOCUMENT]
        assert stored.accepted(session) == []


def test_a_withdrawal_says_everything_that_stands_against_it(office: Office) -> None:
    take_in(office)
    before = dump(office.database)
    with pytest.raises(WithdrawalRefused) as refused:
        withdraw(office, reason="。")
    assert [one.code for one in refused.value.refusal_views()] == ["withdrawal_unexplained"]
    with pytest.raises(WithdrawalRefused) as carried:
        withdraw(office, "国办发明电〔2025〕7号")
    assert [one.code for one in carried.value.refusal_views()] == ["notice_carried"]
    with pytest.raises(NotFound):
        withdraw(office, "国办发明电〔2026〕99号")
    with pytest.raises(NotPermitted):
        withdraw(office, who=ADMINISTRATOR)
    assert dump(office.database) == before


def test_a_year_is_not_withdrawn_from_under_a_notice_that_changes_it(office: Office) -> None:
    take_in(office)
    longer = """国务院办公厅关于延长2027年春节假期的通知
国办发明电〔2027〕1号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　经国务院批准，现将延长2027年春节假期的具体安排通知如下。
　　一、延长2027年春节假期至2月14日（周日），2月15日（周一）起正常上班。

国务院办公厅
2027年1月26日
""".encode()
    take_in(office, longer)
    with pytest.raises(WithdrawalRefused) as refused:
        withdraw(office)
    assert [one.code for one in refused.value.refusal_views()] == ["notice_needed"]
    withdraw(office, "国办发明电〔2027〕1号")
    withdraw(office)


def test_the_official_copy_completes_one_without_a_number(office: Office) -> None:
    case = before_spring(office)
    take_in(office, UNNUMBERED)
    settled = office.deadline(f"{case}-R01")
    with office.reading() as session:
        assert [one.document for one in stored.accepted(session)] == [TITLE]
        assert holiday_notices.propose(session, operator(), UNNUMBERED).known
        proposal = holiday_notices.propose(session, operator(), NOTICE)
    assert proposal.difference is not None and proposal.difference.completes is not None
    assert (proposal.difference.changes, proposal.shifts) == ((), ())
    assert take_in(office) == []
    assert office.deadline(f"{case}-R01").due_on == settled.due_on
    with office.reading() as session:
        assert [one.document for one in stored.accepted(session)] == [DOCUMENT]
        [kept] = stored.withdrawn(session)
        assert kept.document == TITLE and DOCUMENT in kept.reason
        assert holiday_notices.propose(session, operator(), UNNUMBERED).known
