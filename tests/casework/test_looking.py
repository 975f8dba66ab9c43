"""What is asked without changing anything, and accounts as the administrator keeps them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import regulations
from access.reader import operator
from casework.acts.act_models import ActRequest
from casework.administration import account_administration, jurisdiction_setup
from casework.clock import FixedClock, today
from casework.errors import NotFound, NotPermitted
from casework.views import case_queries
from casework.views.case_lists import list_cases
from casework.views.frequency_board import frequency_board
from casework.views.overdue_deadlines import overdue_deadlines
from states.engine.case import Actor, Role
from storage.people import accounts
from tests.casework.office import (
    ADMINISTRATOR,
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    LEADERS,
    OFFICERS,
    SERVICE,
    TUQIAO,
    Office,
    dump,
)


def test_looking_changes_nothing(office: Office) -> None:
    case = office.special([BACHUAN])
    before = dump(office.database)
    with office.reading() as session:
        case_queries.show(session, office.clock, operator(), case)
        case_queries.why(session, office.clock, operator(), case, "close", actor=COORDINATOR)
        frequency_board(session, office.clock, operator(), jurisdiction="TL", year=2026)
        overdue_deadlines(session, office.clock, operator(), every=True)
        list_cases(session, operator())
    assert dump(office.database) == before


def test_a_case_shows_what_may_be_done_now_by_whom_and_what_may_not_and_why(office: Office) -> None:
    case = office.special([BACHUAN], to="submitted")
    now = {row["act"]: row for row in office.shown(case)["now"]}
    assert (now["approve"]["allowed"], now["approve"]["who"]) == (True, [AUTHORITY])
    assert now["approve"]["citation"] and now["approve"]["form"] == "Decision"
    assert "resume" not in now
    assert "not_suspended" in office.refused(AUTHORITY, "resume", case, {"note": "恢复"})
    office.advance(case, "published")
    parts = {row["case"]: row for row in office.shown(case)["now"] if row["act"] == "file_plan"}
    assert parts[f"{case}-R01"]["who"] == [OFFICERS[BACHUAN]]
    assert not any(row["act"] in ("tell", "record", "take_up") for row in office.shown(case)["now"])


def test_why_answers_for_one_person_on_one_day_with_one_form(office: Office) -> None:
    case = office.special([BACHUAN], to="submitted")
    with office.reading() as session:
        mine = case_queries.why(session, office.clock, operator(), case, "approve", actor=COORDINATOR)
        theirs = case_queries.why(
            session, office.clock, operator(), case, "approve", actor=AUTHORITY, data={"note": "同意"}
        )
        early = case_queries.why(session, office.clock, operator(), case, "plan")
    assert [one.code for one in mine.refusals] == ["role_missing", "own_request"]
    assert theirs.allowed and not early.allowed


def test_what_why_allows_is_done_and_what_it_refuses_is_refused_alike(office: Office) -> None:
    case = office.special([BACHUAN], to="filed")
    for who, act, data in (
        (COORDINATOR, "train", {"content": "培训", "attended": ["如实填写"]}),
        (LEADERS[0], "prepare", {"information": "如实填写"}),
        (AUTHORITY, "cancel", {"note": "终止"}),
    ):
        with office.reading() as session:
            answer = case_queries.why(session, office.clock, operator(), case, act, actor=who, data=data)
        if answer.allowed:
            office.does(who, act, case, data)
        else:
            assert set(office.refused(who, act, case, data)) == {one.code for one in answer.refusals}
    assert office.state(case) == "cancelled"


def test_the_board_shows_used_held_and_free_months_and_the_earliest_free_day(office: Office) -> None:
    office.special([BACHUAN], to="approved")
    office.special([TUQIAO], to="submitted", problem="另一问题")
    with office.reading() as session:
        board = frequency_board(session, office.clock, operator(), jurisdiction="TL", year=2026)
    rows: list[dict[str, Any]] = board.model_dump(mode="json")["rows"]
    by_key = {(row["key_kind"], row["key"]): row for row in rows}
    used, held = by_key["target", BACHUAN], by_key["target", TUQIAO]
    assert used["cells"] == ["free"] * 2 + ["used"] * 10 and used["earliest_free"] == "2027-03-04"
    assert held["cells"][2] == "held" and held["earliest_free"] is None
    assert by_key["target", DONGCHENG]["cells"] == ["free"] * 12
    assert by_key["problem", "小作坊无证经营"]["cells"][-1] == "used"
    assert used["load"]["inspections"] == 1


def test_the_overdue_table_has_lights_and_working_days(office: Office) -> None:
    office.special([BACHUAN, TUQIAO])
    due = office.deadline("TL-2026-X01-R01").due_on
    assert due is not None
    with office.reading() as session:
        running = overdue_deadlines(session, office.clock, operator(), every=True)
        later = overdue_deadlines(session, FixedClock.on(due.replace(day=due.day + 10)), operator())
    assert running.counts == {"green": 2, "yellow": 0, "red": 0, "paused": 0}
    assert [row.days for row in running.rows] == [15, 15]
    assert [row.light for row in later.rows] == ["red", "red"] and (later.rows[0].days or 0) < 0


def test_cases_are_listed_by_what_is_asked_for(office: Office) -> None:
    first = office.special([BACHUAN])
    second = office.inspection("comprehensive", [TUQIAO], "submitted")
    reader = operator()
    with office.reading() as session:
        assert [row.case for row in list_cases(session, reader)] == [second, first]
        assert [row.case for row in list_cases(session, reader, unit=BACHUAN)] == [first]
        assert [row.case for row in list_cases(session, reader, kind="comprehensive", open=True)] == [second]
        assert [row.unit for row in list_cases(session, reader, procedure=["rectification"], unit=BACHUAN)] == [BACHUAN]
        with pytest.raises(regulations.UnknownJurisdiction):
            list_cases(session, reader, jurisdiction="ZZ")


def test_only_the_administrator_keeps_accounts_and_no_content_comes_with_it(office: Office) -> None:
    asked, clock = ActRequest(ADMINISTRATOR, office.day), office.clock
    with office.writing() as session:
        account_administration.add_account(session, clock, asked, "新来的组长", [Role.GROUP_LEADER])
    with pytest.raises(NotPermitted) as refused, office.writing() as session:
        account_administration.add_account(session, clock, ActRequest(COORDINATOR), "自封的", [Role.AUTHORITY])
    assert refused.value.code == "administrator_only"
    with pytest.raises(NotFound), office.writing() as session:
        account_administration.add_account(session, clock, asked, "无单位联络员", [Role.TARGET_OFFICER])
    with office.writing() as session:
        account_administration.close_account(session, clock, asked, "新来的组长")
    with pytest.raises(NotPermitted):
        office.does("新来的组长", "submit", office.special(to="drafted"))
    assert set(office.refused(ADMINISTRATOR, "cancel", "TL-2026-X01", {"note": "如实填写"})) == {"role_missing"}


def test_neither_the_service_account_nor_another_jurisdictions_is_taken_over(office: Office) -> None:
    theirs = Actor("外区协调员", frozenset({Role.COORDINATOR}), "YJ")
    with office.writing() as session:
        accounts.put(session, [theirs])
    with pytest.raises(NotPermitted) as refused, office.writing() as session:
        account_administration.add_account(session, office.clock, ActRequest(ADMINISTRATOR), SERVICE, [Role.AUTHORITY])
    assert refused.value.code == "service_account_fixed" and refused.value.fact and refused.value.cure
    with office.writing() as session:
        account_administration.add_account(
            session, office.clock, ActRequest(ADMINISTRATOR), theirs.name, [Role.AUTHORITY]
        )
        assert accounts.load(session, "YJ", theirs.name) == theirs
        assert accounts.load(session, "TL", theirs.name) == Actor(theirs.name, frozenset({Role.AUTHORITY}), "TL")


def test_founding_again_changes_nothing_and_opens_no_closed_account(office: Office) -> None:
    with office.writing() as session:
        account_administration.close_account(session, office.clock, ActRequest(ADMINISTRATOR), COORDINATOR)
    before = dump(office.database)
    with office.writing() as session:
        assert jurisdiction_setup.set_up(session, clock=office.clock)["accounts"] == 0
    assert dump(office.database) == before


def test_today_is_shanghais_wherever_the_machine_stands() -> None:
    assert today(FixedClock(datetime(2026, 3, 2, 16, 30, tzinfo=UTC))).isoformat() == "2026-03-03"
    script = "from casework.clock import *; print(today(SystemClock()), SystemClock().now().tzinfo)"
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "TZ": zone},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago")
    }
    assert len(said) == 1 and "Asia/Shanghai" in said.pop()


def test_every_township_has_its_liaison_officer(office: Office) -> None:
    with office.reading() as session:
        rows = account_administration.list_accounts(session, operator(), "TL")
    officers = {row.unit for row in rows if "target_officer" in row.roles}
    assert officers == {unit.code for unit in regulations.jurisdiction("TL").roster()}
