"""Tongliang can start work with what is shipped: its offices, accounts and roster."""

from collections import Counter

import pytest

import regulations

TL = regulations.jurisdiction("TL")
ROLES = {
    "coordinator", "authority", "responsible_leader", "supervision_office", "group_leader", "group_member",
    "target_officer", "appraisal_office", "auditor", "administrator",
}  # fmt: skip


def test_tongliang_is_bound_by_its_measures_and_the_decree() -> None:
    assert (TL.name, TL.division_code, TL.region, TL.case_prefix) == ("重庆市铜梁区", "500151", "CN-CQ", "TL")
    local = regulations.load(TL.regulation)
    assert local.national is regulations.load(TL.national)


def test_every_role_has_an_office_and_an_account() -> None:
    assert TL.offices.keys() == ROLES == {role for account in TL.accounts for role in account.roles}


def test_offices_are_called_as_the_measures_call_them() -> None:
    text = "\n".join(clause.text for clause in regulations.load("tongliang").clauses)
    for role in ("coordinator", "authority", "responsible_leader", "supervision_office", "appraisal_office"):
        assert TL.offices[role].removeprefix("区政府质量") in text


def test_two_people_of_the_joint_office_can_close_a_finding_and_the_service_account_is_marked() -> None:
    coordinators = [account for account in TL.accounts if "coordinator" in account.roles]
    assert [account.name for account in coordinators if not account.automation] == [
        "联席办协调员甲",
        "联席办协调员乙",
    ]
    assert [account.name for account in TL.accounts if account.automation] == ["ducha-service"]


def test_there_are_six_group_leaders_and_members_from_units_on_the_roster() -> None:
    roles = Counter(role for account in TL.seed_accounts for role in account.roles)
    assert roles["group_leader"] == 6 and roles["group_member"] >= 6
    codes = {unit.code for unit in TL.roster()}
    assert {account.unit for account in TL.seed_accounts if account.unit} <= codes


def test_names_are_unique_and_every_unit_has_one_liaison_officer() -> None:
    assert len({account.name for account in TL.accounts}) == len(TL.accounts)
    officers = [account for account in TL.accounts if "target_officer" in account.roles]
    assert [officer.unit for officer in officers] == [unit.code for unit in TL.roster()]
    assert officers[0].name == "巴川街道联络员"


def test_the_roster_holds_the_28_townships_and_the_departments_that_the_measures_name() -> None:
    townships = [unit for unit in TL.roster() if unit.category == "镇（街道）"]
    others = [unit for unit in TL.roster() if unit not in townships]
    assert len(townships) == 28 and all(unit.code.startswith(TL.division_code) for unit in townships)
    measures = regulations.load("tongliang").article("13(3)").text
    assert all(unit.name in measures and unit.code.startswith("TL-D-") for unit in others)
    assert all(unit.source for unit in TL.roster())


def test_the_roster_is_of_the_regulations_categories_and_says_what_it_leaves_out() -> None:
    labels = {category.label for category in regulations.load("tongliang").target_categories}
    assert {unit.category for unit in TL.roster()} <= labels
    assert "园区" in TL.roster_note and "未点名" in TL.roster_note


def test_an_unknown_jurisdiction_is_refused_with_those_there_are() -> None:
    with pytest.raises(regulations.UnknownJurisdiction, match="TL"):
        regulations.jurisdiction("XX")
