"""No account and no member gets in beside one that looks the same; names entered before are still found."""

from __future__ import annotations

import pytest

from casework.acts.act_models import ActRequest
from casework.acts.request_context import account_named
from casework.administration import account_administration
from casework.administration.account_administration import AccountView
from casework.errors import NotPermitted, RefusedByRule
from states.engine.case import Actor, Role
from states.engine.forms.reading import FormRefused
from storage.people import accounts
from tests.casework.office import ADMINISTRATOR, BACHUAN, COORDINATOR, LEADERS, MEMBERS, Office, everybody, groups

BEFORE_STAFFING = "filed"
OLD = Actor("王⼀", frozenset({Role.AUDITOR}), "TL")


def added(office: Office, name: str, *, replace: bool = False) -> AccountView:
    with office.writing() as session:
        return account_administration.add_account(
            session, office.clock, ActRequest(ADMINISTRATOR), name, [Role.AUDITOR], replace=replace
        )


def refused(office: Office, name: str) -> RefusedByRule:
    with pytest.raises(RefusedByRule) as found:
        added(office, name)
    assert found.value.fact and found.value.cure
    return found.value


def test_an_account_is_entered_in_its_plain_form(office: Office) -> None:
    assert added(office, "组⻓ ＡＢ\ufe00").name == "组长 AB"


@pytest.mark.parametrize("twin", ["联席办协调员甲\ufe00", "联席办协调员甲\U000e0101", "联席办协调⼈甲"])
def test_another_spelling_of_an_account_is_that_account(office: Office, twin: str) -> None:
    assert COORDINATOR == "联席办协调员甲"
    added(office, "联席办协调人甲")
    with office.writing() as session:
        before = accounts.entered(session, "TL").keys()
    with pytest.raises(RefusedByRule) as found, office.writing() as session:
        roles = [Role.AUDITOR, Role.APPRAISAL_OFFICE]
        account_administration.add_account(session, office.clock, ActRequest(ADMINISTRATOR), twin, roles)
    assert found.value.code == "account_exists"
    with office.reading() as session:
        assert accounts.entered(session, "TL").keys() == before


@pytest.mark.parametrize(("name", "twin"), [("王一", "王ー"), ("王二", "王 二"), ("LiSi", "lisi"), ("A组", "А组")])
def test_an_account_that_looks_like_another_is_refused(office: Office, name: str, twin: str) -> None:
    added(office, name)
    found = refused(office, twin)
    assert found.code == "account_lookalike" and name in found.fact


def test_a_closed_account_has_no_twin_either(office: Office) -> None:
    added(office, "王一")
    with office.writing() as session:
        account_administration.close_account(session, office.clock, ActRequest(ADMINISTRATOR), "王⼀")
    assert refused(office, "王ー").code == "account_lookalike"


def test_an_account_entered_before_is_found_under_both_spellings(office: Office) -> None:
    with office.writing() as session:
        accounts.put(session, [OLD])
    with office.reading() as session:
        for written in ("王⼀", "王一", "TL:王一", "王一\ufe00"):
            assert account_named(session, written) == OLD
        with pytest.raises(NotPermitted):
            account_named(session, "王二")
        with pytest.raises(NotPermitted):
            account_named(session, "YJ:王一")
    assert added(office, "王一").name == added(office, "王一", replace=True).name == OLD.name
    with office.writing() as session:
        closed = account_administration.close_account(session, office.clock, ActRequest(ADMINISTRATOR), "王一")
    assert closed.name == OLD.name


def test_a_member_is_named_in_plain_form_and_found_however_it_is_written(office: Office) -> None:
    staffed = groups([BACHUAN])
    staffed[0]["leader"]["name"] = f"{LEADERS[0]}\ufe00"
    staffed[0]["members"][0]["name"] = f"{MEMBERS[0][:-1]}⼀"
    case = office.special([BACHUAN], to=BEFORE_STAFFING)
    office.does(COORDINATOR, "staff", case, {"groups": staffed})
    assert everybody(office.case(case).dossier["staffing"]["groups"]) == [LEADERS[0], MEMBERS[0]]
    office.advance(case, "under_way")
    [group] = office.parts(case, "group")
    [visit] = [one for one in office.parts(case, "visit") if one.parent == group.id]
    given = {"ways": ["11(2)2"], "record": "查阅台账", "present": [staffed[0]["leader"]["name"]]}
    office.does(LEADERS[0], "visit_on_site", visit.id, given)
    written = f"{MEMBERS[0]}\ufe0e"
    office.does(LEADERS[0], "record_absence", group.id, {"member": written, "note": "因病住院"})
    assert office.case(group.id).dossier["absences"][0]["member"] == MEMBERS[0]
    assert office.breaks() == []


def test_a_member_whose_name_cannot_be_read_is_refused_with_the_code_point(office: Office) -> None:
    case = office.special([BACHUAN], to=BEFORE_STAFFING)
    staffed = groups([BACHUAN])
    staffed[0]["members"][0]["name"] = "王\u3164五"
    with pytest.raises(FormRefused) as found:
        office.does(COORDINATOR, "staff", case, {"groups": staffed})
    [problem] = found.value.problems
    assert (problem.code, problem.field) == ("unseen", "groups[0].members[0].name")
    assert "U+3164" in problem.wrong
