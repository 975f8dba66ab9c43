"""Two jurisdictions with the same names of accounts, units and cases in one database keep out of each other's way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import regulations
from access.reader import operator
from casework.acts.act_models import ActRequest
from casework.acts.request_context import open_context
from casework.administration import account_administration, holiday_notices, jurisdiction_entry
from casework.errors import CaseworkError, NotFound, NotPermitted
from casework.nightly import follow_ups
from casework.nightly.sweeping import sweep
from casework.views.case_lists import list_cases
from casework.views.case_models import CaseRow
from casework.views.frequency_board import frequency_board
from casework.views.message_lists import list_messages
from casework.views.overdue_deadlines import overdue_deadlines
from operations.health_checks import data as health_checks
from regulations import UnknownJurisdiction
from states.engine.case import Role
from storage.engine import Database, Session, open_database
from storage.journal import account_journal, journal
from storage.people import accounts, units
from tests.casework.office import (
    ADMINISTRATOR,
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    SECOND_COORDINATOR,
    SERVICE,
    Office,
    dump,
)
from tests.casework.test_holidays import NOTICE, before_spring
from tests.jurisdiction_samples import (
    AUTHORITY_OFFICE,
    CODE,
    JOINT_OFFICE,
    SUPERVISION_OFFICE,
    second_jurisdiction,
)

HOMES = ("TL", CODE)


@pytest.fixture
def database(office_url: str) -> Iterator[Database]:
    """Tongliang, and a second jurisdiction with its people, units and case prefix."""
    opened = open_database(office_url)
    with opened.writing() as session:
        jurisdiction_entry.enter(session, Office(opened).clock, "操作员", second_jurisdiction(), "YC.toml")
    yield opened
    opened.close()


@pytest.fixture
def offices(database: Database) -> dict[str, Office]:
    return {home: Office(database, home=home) for home in HOMES}


def ids(listed: list[CaseRow]) -> set[str]:
    return {one.case for one in listed}


def test_each_opens_and_carries_out_inspections_of_the_same_unit(offices: dict[str, Office]) -> None:
    found = {home: offices[home].special([BACHUAN]) for home in HOMES}
    assert found == {"TL": "TL-2026-X01", CODE: "TL-2026-X02"}, "one prefix, one count"
    for home, case in found.items():
        office = offices[home]
        assert office.case(case).jurisdiction == home
        assert office.state(case) == "published"
        [rectification] = office.parts(case, "rectification")
        assert rectification.jurisdiction == home
        assert office.breaks() == []


def test_a_name_means_the_account_of_the_jurisdiction_of_the_case(offices: dict[str, Office]) -> None:
    theirs, ours = offices[CODE], offices["TL"]
    case = theirs.special([BACHUAN], to="submitted")
    with theirs.writing() as session:
        asked = ActRequest(ADMINISTRATOR, theirs.day, jurisdiction=CODE)
        account_administration.add_account(session, theirs.clock, asked, COORDINATOR, [Role.AUTHORITY], replace=True)
    theirs.does(AUTHORITY, "return", case, {"note": "补充材料"})
    assert set(theirs.refused(COORDINATOR, "submit", case, {"contents": ["9(3)"]})) == {"role_missing"}
    assert ours.state(ours.special([BACHUAN], to="submitted")) == "submitted", "the same name is still a coordinator"


def test_a_name_written_with_its_jurisdiction_means_that_account(offices: dict[str, Office]) -> None:
    case = offices[CODE].special([BACHUAN], to="submitted")
    refused = offices[CODE].refused(f"TL:{AUTHORITY}", "approve", case, {"note": "同意"})
    assert set(refused) == {"other_jurisdiction"}
    offices[CODE].does(f"{CODE}:{AUTHORITY}", "approve", case, {"note": "同意"})
    assert offices[CODE].case(case).actors_by_act["approve"] == (AUTHORITY,), "the journal keeps the name alone"


@pytest.mark.parametrize("written", ["无人", "XX:联席办协调员甲", f"{CODE}:无人"])
def test_a_name_no_account_has_is_refused(database: Database, written: str) -> None:
    with database.reading() as session, pytest.raises(NotPermitted) as refused:
        open_context(session, Office(database).clock, written)
    assert refused.value.code == "account_unknown" and written in refused.value.fact


def test_a_name_that_may_mean_two_accounts_is_refused_with_the_ways_to_say_which(database: Database) -> None:
    clock = Office(database).clock
    with database.reading() as session:
        with pytest.raises(NotPermitted) as refused:
            open_context(session, clock, COORDINATOR)
        assert refused.value.code == "account_ambiguous"
        for spelling in (f"TL:{COORDINATOR}", f"{CODE}:{COORDINATOR}"):
            assert spelling in refused.value.fact
            assert open_context(session, clock, spelling).acting().name == COORDINATOR
        assert f"--as TL:{COORDINATOR}" in refused.value.cure and "--jurisdiction" in refused.value.cure
        assert open_context(session, clock, COORDINATOR, jurisdiction=CODE).acting().jurisdiction == CODE
        assert open_context(session, clock, None).actor is None


def test_only_one_of_that_name_needs_no_jurisdiction(offices: dict[str, Office]) -> None:
    with offices[CODE].writing() as session:
        asked = ActRequest(ADMINISTRATOR, jurisdiction=CODE)
        account_administration.add_account(session, offices[CODE].clock, asked, "永川人", [Role.COORDINATOR])
        assert open_context(session, offices[CODE].clock, "永川人").acting().jurisdiction == CODE
    with offices["TL"].reading() as session, pytest.raises(NotPermitted) as refused:
        open_context(session, offices["TL"].clock, "永川人").acting_for("TL")
    assert refused.value.code == "account_elsewhere"


def test_one_request_key_in_two_jurisdictions_is_two_requests(offices: dict[str, Office]) -> None:
    given: dict[str, Any] = {
        "kind": "special",
        "year": 2026,
        "title": "督察",
        "targets": [BACHUAN],
        "problem": "电梯困人多发",
    }
    first = {home: offices[home].opens(key="1", **given) for home in HOMES}
    again = {home: offices[home].opens(key="1", **given) for home in HOMES}
    assert first == again and len(set(first.values())) == 2


def test_the_sweep_tells_each_what_is_its_own_and_calls_offices_by_their_names(offices: dict[str, Office]) -> None:
    found = {home: offices[home].special([BACHUAN]) for home in HOMES}
    due = max(offices[home].deadline(f"{found[home]}-R01").latest_on for home in HOMES)  # type: ignore[type-var]
    assert due is not None
    office = offices["TL"].on(due)
    sweep(office.database, office.clock, jurisdiction=CODE)
    with office.reading() as session:
        assert {one.root for one in list_messages(session, operator())} == {found[CODE]}
    for _ in range(30):
        sweep(office.later().database, office.clock)
    with office.reading() as session:
        listed = {
            home: list_messages(session, operator(), jurisdiction=home, role="supervision_office") for home in HOMES
        }
        everything = list_messages(session, operator(), limit=1000)
        for home in HOMES:
            mine = list_messages(session, operator(), jurisdiction=home, limit=1000)
            assert mine == [one for one in everything if one.jurisdiction == home]
            assert {one.root for one in mine} == {found[home]}
            assert len({one.key for one in mine}) == len(mine)
    theirs, ours = ("".join(one.text for one in listed[home]) for home in (CODE, "TL"))
    assert SUPERVISION_OFFICE in theirs and AUTHORITY_OFFICE in theirs
    assert SUPERVISION_OFFICE not in ours and "区委区政府督查室" in ours and "区委、区政府" in ours
    assert {SUPERVISION_OFFICE} <= {name for one in listed[CODE] for name in one.recipient_names}


def test_a_holiday_notice_is_recorded_in_each_by_its_own_service_account(offices: dict[str, Office]) -> None:
    found = {home: before_spring(offices[home]) for home in HOMES}
    office = offices["TL"].on("2027-01-21")
    with office.writing() as session:
        proposal = holiday_notices.propose(session, operator(), NOTICE)
        shifts = holiday_notices.accept(session, office.clock, COORDINATOR, proposal, jurisdiction="TL")
        assert {shift.case.family for shift in shifts} == set(found.values())
        for home, actor in (("TL", COORDINATOR), (CODE, SERVICE)):
            last = journal.of_case(session, f"{found[home]}-R01")[-1]
            assert (last.act, last.actor) == ("recalculate", actor)
    assert office.breaks() == []


def test_tasks_go_to_the_people_of_the_case(offices: dict[str, Office]) -> None:
    case = offices[CODE].special([BACHUAN], to="submitted")
    office = offices[CODE]
    done = follow_ups.follow_up(office.database, office.clock, "worker", limit=50)
    assert {one.root for one in done} == {case}
    with office.reading() as session:
        assert list_messages(session, operator(), jurisdiction="TL") == []
        told = list_messages(session, operator(), jurisdiction=CODE)
    assert {name for one in told for name in one.recipient_names} >= {AUTHORITY_OFFICE}


def test_a_refusal_names_the_offices_of_the_jurisdiction_of_the_case(offices: dict[str, Office]) -> None:
    for home, authority in (("TL", "区委、区政府"), (CODE, AUTHORITY_OFFICE)):
        refused = offices[home].refused(
            COORDINATOR, "approve", offices[home].special([BACHUAN], to="submitted"), {"note": "同意"}
        )
        assert refused["role_missing"]["who_names"] == [authority]
        assert f"由{authority}办理" in refused["role_missing"]["fact"]
    office = offices[CODE]
    second = office.special([BACHUAN], to="drafted")
    form = {"contents": ["9(3)"], "not_duplicate": office.beside(second)}
    held = office.refused(COORDINATOR, "submit", second, form)["frequency_target_held"]
    assert f"请待{AUTHORITY_OFFICE}对" in held["cure"]


def test_a_case_shows_its_offices_and_the_roles_of_its_timeline(offices: dict[str, Office]) -> None:
    office = offices[CODE]
    shown = office.shown(office.special([BACHUAN], to="submitted"))
    assert {one["role_name"] for one in shown["timeline"]} == {JOINT_OFFICE}
    [approve] = [one for one in shown["now"] if one["act"] == "approve"]
    assert [role["name"] for role in approve["roles"]] == [AUTHORITY_OFFICE]
    assert approve["who"] == [AUTHORITY]


def test_lists_and_tables_are_of_one_jurisdiction_or_of_both(offices: dict[str, Office]) -> None:
    found = {home: offices[home].special([BACHUAN]) for home in HOMES}
    with offices[CODE].writing() as session:
        units.put(session, CODE, [regulations.Unit(BACHUAN, "永川巴川", "镇（街道）", "")])
        assert ids(list_cases(session, operator())) == set(found.values())
        for home, name in (("TL", "巴川街道"), (CODE, "永川巴川")):
            assert ids(list_cases(session, operator(), jurisdiction=home)) == {found[home]}
            [row] = overdue_deadlines(session, offices[home].clock, operator(), jurisdiction=home, every=True).rows
            assert (row.root, row.unit_name) == (found[home], name)
            board = frequency_board(session, offices[home].clock, operator(), jurisdiction=home, year=2026).rows
            assert {use.case for one in board for use in one.uses} == {found[home]}
        both = overdue_deadlines(session, offices["TL"].clock, operator(), every=True).rows
        assert {(row.root, row.unit_name) for row in both} == {
            (found["TL"], "巴川街道"),
            (found[CODE], "永川巴川"),
        }


def test_administrators_keep_the_accounts_of_their_own_jurisdiction(offices: dict[str, Office]) -> None:
    database, clock = offices["TL"].database, offices["TL"].clock
    with database.writing() as session:
        for home in HOMES:
            asked = ActRequest(ADMINISTRATOR, jurisdiction=home)
            account_administration.add_account(session, clock, asked, f"{home}新人", [Role.COORDINATOR])
            account_administration.close_account(session, clock, asked, SECOND_COORDINATOR)
        assert list(account_journal.breaks(session)) == []
        for home in HOMES:
            listed = {one.name for one in account_administration.list_accounts(session, operator(), home)}
            assert f"{home}新人" in listed and SECOND_COORDINATOR not in listed and COORDINATOR in listed
            history = account_administration.account_history(session, operator(), home, SECOND_COORDINATOR)
            assert [one.act for one in history] == ["entered", "closed"]
        everybody = account_administration.list_accounts(session, operator())
        assert sorted(one.jurisdiction for one in everybody if one.name == COORDINATOR) == sorted(HOMES)


def test_an_account_of_one_is_not_entered_or_closed_by_the_administrator_of_the_other(
    offices: dict[str, Office],
) -> None:
    database, clock = offices["TL"].database, offices["TL"].clock
    with database.writing() as session:
        accounts.switch(session, CODE, ADMINISTRATOR, active=False)
    before = dump(database)
    asked = ActRequest(f"TL:{ADMINISTRATOR}", jurisdiction=CODE)
    with pytest.raises(NotPermitted, match="account_elsewhere"), database.writing() as session:
        account_administration.add_account(session, clock, asked, "新人", [Role.AUDITOR])
    with pytest.raises(NotPermitted, match="account_elsewhere"), database.writing() as session:
        account_administration.close_account(session, clock, asked, COORDINATOR)
    assert dump(database) == before


Question = Callable[[Session, Office], object]
QUESTIONS: dict[str, Question] = {
    "cases": lambda session, office: list_cases(session, operator(), jurisdiction="XX"),
    "overdue": lambda session, office: overdue_deadlines(session, office.clock, operator(), jurisdiction="XX"),
    "board": lambda session, office: frequency_board(session, office.clock, operator(), jurisdiction="XX", year=2026),
    "messages": lambda session, office: list_messages(session, operator(), jurisdiction="XX"),
    "accounts": lambda session, office: account_administration.list_accounts(session, operator(), "XX"),
    "history": lambda session, office: account_administration.account_history(session, operator(), "XX"),
    "show": lambda session, office: jurisdiction_entry.show_jurisdiction(session, "XX"),
    "open": lambda session, office: open_context(session, office.clock, f"TL:{COORDINATOR}").acting_for("XX"),
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_an_unknown_jurisdiction_is_an_error_and_never_an_empty_answer(office: Office, question: Question) -> None:
    with office.reading() as session, pytest.raises(UnknownJurisdiction, match="XX"):
        question(session, office)


def test_an_unknown_jurisdiction_is_not_swept(office: Office) -> None:
    with pytest.raises(UnknownJurisdiction, match="XX"):
        sweep(office.database, office.clock, jurisdiction="XX")


def test_every_jurisdiction_at_work_is_checked_for_its_sweep(offices: dict[str, Office]) -> None:
    office = offices["TL"]
    sweep(office.database, office.clock, jurisdiction="TL")
    offices[CODE].special([BACHUAN])
    with office.reading() as session:
        found = {one.fact: one.verdict for one in health_checks.sweeps(session, office.clock)}
    assert len(found) == 2
    assert any("永川" in fact and verdict == "wrong" for fact, verdict in found.items())


def test_entering_a_jurisdiction_again_keeps_what_is_there(database: Database) -> None:
    before = dump(database)
    with database.writing() as session:
        done = jurisdiction_entry.enter(session, Office(database).clock, "别人", second_jurisdiction(), "YC.toml")
    assert (done.unchanged, done.replaces, done.units_added, done.accounts_added) == (True, None, 0, 0)
    assert _without_counters(dump(database)) == _without_counters(before)


def test_a_dry_run_says_the_same_and_changes_nothing(office: Office) -> None:
    before = dump(office.database)
    with office.writing() as session:
        would = jurisdiction_entry.enter(session, office.clock, "操作员", second_jurisdiction(), "YC.toml", dry=True)
    assert dump(office.database) == before
    with office.writing() as session:
        done = jurisdiction_entry.enter(session, office.clock, "操作员", second_jurisdiction(), "YC.toml")
    changing = {"dry_run", "entered_at"}
    assert would.model_dump(exclude=changing) == done.model_dump(exclude=changing)
    assert (done.units_added, done.same_prefix, done.source) == (32, ("TL",), "database")


def test_the_data_of_the_database_take_the_place_of_the_packages(office: Office) -> None:
    with office.writing() as session:
        done = jurisdiction_entry.enter(session, office.clock, "操作员", second_jurisdiction(code="TL"), "TL.toml")
    assert (done.replaces, done.source, done.accounts_added) == ("package", "database_over_package", 0)
    refused = office.refused(COORDINATOR, "approve", office.special([BACHUAN], to="submitted"), {"note": "同意"})
    assert refused["role_missing"]["who_names"] == [AUTHORITY_OFFICE]


def test_a_jurisdiction_without_a_roster_is_not_entered(office: Office) -> None:
    text = second_jurisdiction(roster_file="")
    with pytest.raises(NotFound) as refused, office.writing() as session:
        jurisdiction_entry.enter(session, office.clock, "操作员", text, "YC.toml")
    assert refused.value.code == "roster_missing" and refused.value.cure
    assert isinstance(refused.value, CaseworkError)


def _without_counters(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    """What is kept, but for the counter that serialises changes of accounts."""
    return {name: found for name, found in rows.items() if name != "case_number"}
