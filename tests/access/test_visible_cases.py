"""Which cases a reader sees: as a list, and one by one by the same rule."""

from __future__ import annotations

from sqlalchemy import select

from access.policy import POLICY, Read, Scope
from access.reader import Reader, operator
from access.visible_cases import VisibleCase, load_visible, open_reader, visible_cases
from casework.acts.request_context import account_named
from states.engine.case import Actor, Role
from storage.cases.case_rows import CASES
from storage.people import accounts
from tests.casework.office import (
    ADMINISTRATOR,
    APPRAISAL,
    AUDITOR,
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    LEADERS,
    MEMBERS,
    OFFICERS,
    RESPONSIBLE_LEADER,
    SUPERVISION_OFFICE,
    TUQIAO,
    Office,
    groups,
    plan_of,
)

OFFICES = (COORDINATOR, AUTHORITY, RESPONSIBLE_LEADER, SUPERVISION_OFFICE)


def reader(office: Office, name: str | None) -> Reader:
    with office.reading() as session:
        return open_reader(session, account_named(session, name) if name else None)


def seen(office: Office, name: str | None, read: Read = Read.CASE, about: str | None = None) -> set[str]:
    """The cases in the list of this reader; each of them, and no other, can be read by itself."""
    by = reader(office, name)
    with office.reading() as session:
        listed = set(session.execute(select(CASES.c.id).where(visible_cases(by, read, about=about))).scalars())
        if about is None:
            every = session.execute(select(CASES.c.id)).scalars().all()
            assert {case for case in every if load_visible(session, by, read, case)} == listed
    return listed


def view(office: Office, name: str, case: str) -> VisibleCase:
    by = reader(office, name)
    with office.reading() as session:
        found = load_visible(session, by, Read.CASE, case)
    assert found is not None
    return found


def test_every_role_has_its_row_in_the_policy() -> None:
    assert set(POLICY) == set(Role)


def test_offices_see_their_jurisdiction_and_no_other(office: Office) -> None:
    case = office.special(to="staffed")
    everything = seen(office, None)
    assert case in everything
    assert all(seen(office, name) == everything for name in OFFICES)
    with office.writing() as session:
        accounts.put(session, [Actor("外区协调员", frozenset({Role.COORDINATOR}), "YJ")])
    assert seen(office, "外区协调员") == set()


def test_administrator_and_auditor_see_no_case_and_the_auditor_every_journal(office: Office) -> None:
    case = office.special()
    assert seen(office, ADMINISTRATOR) == seen(office, AUDITOR) == seen(office, ADMINISTRATOR, Read.JOURNAL) == set()
    assert case in seen(office, AUDITOR, Read.JOURNAL) == seen(office, None)


def test_a_group_sees_the_inspection_whose_staffing_names_it(office: Office) -> None:
    case = office.special([BACHUAN], to="trained")
    other = office.special([TUQIAO], to="submitted", problem="另一问题")
    assert seen(office, LEADERS[0]) == seen(office, MEMBERS[0]) == seen(office, None) - {other}
    assert seen(office, LEADERS[1]) == set()
    assert view(office, LEADERS[0], case).whole


def test_a_group_named_like_an_account_lets_nobody_in(office: Office) -> None:
    case = office.special([BACHUAN], to="filed")
    staffing = {"groups": [{**group, "name": LEADERS[1]} for group in groups([BACHUAN])]}
    office.does(COORDINATOR, "staff", case, staffing)
    assert seen(office, LEADERS[1]) == set()
    assert case in seen(office, LEADERS[0])


def test_a_unit_sees_nothing_before_the_notice_is_served_and_never_another_unit(office: Office) -> None:
    case = office.special([BACHUAN, TUQIAO], to="prepared")
    officer, other = OFFICERS[BACHUAN], OFFICERS[DONGCHENG]
    assert seen(office, officer) == set()
    office.advance(case, "under_way")
    assert seen(office, officer) == {case}
    assert view(office, officer, case).shown.targets == (BACHUAN,)
    office.advance(case, "fed_back")
    of_its_own = {part.id for name in ("visit", "finding") for part in office.parts(case, name) if part.unit == BACHUAN}
    assert seen(office, officer) == {case, *of_its_own}
    office.advance(case, "published")
    assert seen(office, officer) == {case, *of_its_own, office.part(case, "rectification", BACHUAN)}
    assert seen(office, other) == set()


def test_a_finding_is_served_with_the_feedback_and_not_when_it_is_recorded(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    visit = office.part(case, "visit", BACHUAN)
    office.does(LEADERS[0], "visit_on_site", visit, {"ways": ["11(2)2"], "record": "现场记录"})
    office.does(LEADERS[0], "record_finding", visit, {"text": "尚未反馈"})
    office.does(LEADERS[0], "record_finding", visit, {"text": "不予反馈"})
    [kept, dropped] = [part.id for part in office.parts(case, "finding")]
    office.does(LEADERS[0], "ask_withdrawal", dropped, {"note": "证据不足"})
    office.does("联席办协调员乙", "withdraw", dropped, {"note": "证据不足"})
    assert seen(office, OFFICERS[BACHUAN]) == {case, visit}
    office.does(LEADERS[0], "feed_back", visit, {"advice": "限期整改"})
    assert seen(office, OFFICERS[BACHUAN]) == {case, visit, kept}
    shown = view(office, OFFICERS[BACHUAN], visit)
    assert shown.shows_entry(visit, "feed_back") and not shown.shows_entry(visit, "record_finding")
    assert not shown.shows_entry(visit, "visit_on_site")


def test_a_unit_that_an_amendment_adds_sees_the_inspection_once_it_is_started_anew(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    amended = {**plan_of(office, case), "targets": [BACHUAN, TUQIAO], "note": "增加对象"}
    office.does(COORDINATOR, "amend", case, amended)
    office.later().does(AUTHORITY, "grant", office.parts(case, "amendment")[0].id, {"note": "同意"})
    assert office.state(case) == "planned"
    assert seen(office, OFFICERS[TUQIAO]) == set()
    office.later().advance(case, "under_way")
    assert seen(office, OFFICERS[TUQIAO]) == {case}


def test_a_list_narrowed_to_another_unit_tells_a_unit_nothing(office: Office) -> None:
    case = office.special([BACHUAN, TUQIAO], to="under_way")
    assert seen(office, OFFICERS[BACHUAN], about=TUQIAO) == set()
    assert case in seen(office, OFFICERS[BACHUAN], about=BACHUAN)


def test_the_appraisal_office_sees_the_results_that_are_passed_to_it(office: Office) -> None:
    case = office.special([BACHUAN])
    assert seen(office, APPRAISAL) == set()
    office.does(COORDINATOR, "pass_on", case, {"receiver": "organisation_department", "summary": "结果"})
    assert seen(office, APPRAISAL) == set()
    office.does(COORDINATOR, "pass_on", case, {"receiver": "appraisal_office", "summary": "结果"})
    [passed] = [
        p.id for p in office.parts(case, "passing_on") if p.dossier["passing"]["receiver"] == "appraisal_office"
    ]
    assert seen(office, APPRAISAL) == {case, passed}
    shown = view(office, APPRAISAL, case)
    assert shown.shows_document(case, "bulletin") and not shown.shows_document(case, "district_report")
    assert shown.shows_entry(case, "publish") and not shown.shows_entry(case, "approve")


def test_several_roles_see_what_each_of_them_sees(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    both = Actor("双岗", frozenset({Role.TARGET_OFFICER, Role.AUDITOR}), "TL", BACHUAN)
    with office.writing() as session:
        accounts.put(session, [both])
    assert seen(office, "双岗") == {case}
    assert seen(office, "双岗", Read.JOURNAL) == seen(office, None)
    assert operator().sees_account(both) and reader(office, "双岗").scopes(Read.CASE) == {Scope.UNIT}
