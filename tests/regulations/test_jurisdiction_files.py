"""A jurisdiction file is read whole or refused whole, with every fault and where it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import messages
import regulations
from regulations import JurisdictionRefused, Unit
from regulations.jurisdiction_files import ROLES
from states.engine.case import Role
from tests.jurisdiction_samples import AUTHORITY_OFFICE, CODE, JOINT_OFFICE, second_jurisdiction

TEXT = second_jurisdiction()
INSPECTION = 'inspection = "tongliang"'
SERVICE = 'roles = ["coordinator"]\nautomation = true'
Change = Callable[[str], str]


def replacing(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def faults(text: str | bytes, roster: tuple[Unit, ...] | None = None) -> set[tuple[str, str]]:
    with pytest.raises(JurisdictionRefused) as refused:
        regulations.read_jurisdiction(text, "YC.toml", roster)
    for language in messages.LANGUAGES:
        messages.set_language(language)
        assert all(problem.fact and problem.cure for problem in refused.value.problems)
        assert "YC.toml" in str(refused.value)
    return {(problem.place, problem.fault) for problem in refused.value.problems}


def test_a_jurisdiction_is_built_from_a_text_of_any_place() -> None:
    found = regulations.read_jurisdiction(TEXT.encode(), "YC.toml")
    assert (found.code, found.regulation, found.instruments) == (CODE, "tongliang", {"inspection": "tongliang"})
    assert found.service_account == "ducha-service"
    assert len(found.roster()) == 32


def test_the_roles_are_those_of_the_rules() -> None:
    assert set(ROLES) == {role.value for role in Role}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (replacing('code = "YC"', 'code = "永川"'), ("code", "bad_code")),
        (replacing('case_prefix = "TL"', 'case_prefix = "T-L"'), ("case_prefix", "bad_case_prefix")),
        (replacing('"500151"', '"五"'), ("division_code", "bad_division_code")),
        (replacing('"CN-CQ"', '"重庆"'), ("region", "bad_region")),
        (replacing('national = "decree-733"\n', ""), ("national", "missing_key")),
        (replacing('"decree-733"', '"decree-999"'), ("national", "unknown_regulation")),
        (replacing(INSPECTION, 'inspection = "nowhere"'), ("instruments.inspection", "unknown_regulation")),
        (replacing(INSPECTION, ""), ("instruments", "no_instruments")),
        (replacing('"CN-CQ"', "5"), ("region", "wrong_type")),
        (replacing("[instruments]", 'mail_domain = "甲 乙"\n[instruments]'), ("mail_domain", "bad_mail_domain")),
        (replacing('case_prefix = "TL"', 'case_prefix = "TL"\ncolour = "red"'), ("colour", "unknown_key")),
        (replacing('"tongliang.csv"', '"../secret.csv"'), ("roster_file", "unknown_roster")),
        (replacing(f'authority = "{AUTHORITY_OFFICE}"\n', ""), ("offices.authority", "office_missing")),
        (replacing(f'"{AUTHORITY_OFFICE}"', "3"), ("offices.authority", "wrong_type")),
        (replacing(f'"{AUTHORITY_OFFICE}"', '" "'), ("offices.authority", "blank")),
        (replacing(f'"{AUTHORITY_OFFICE}"', '"区\u202e委"'), ("offices.authority", "unseen")),
        (replacing(f'"{JOINT_OFFICE}"', f'"{"办" * 61}"'), ("offices.coordinator", "too_long")),
        (replacing("[offices]", '[offices]\nmayor = "区长"'), ("offices.mayor", "unknown_role")),
        (replacing('"联席办协调员甲"', '"甲:乙"'), ("account[1].name", "colon")),
        (replacing('"联席办协调员甲"', '"联席办协调员乙"'), ("account", "same_name")),
        (replacing('"联席办协调员甲"', '"联席办 协调员乙"'), ("account", "same_name")),
        (replacing('"联席办协调员甲"', '"联席办协调员甲\ufe00"'), ("account[1].name", "not_plain")),
        (replacing('"联席办协调员甲"', '"联席办协调⼈甲"'), ("account[1].name", "not_plain")),
        (replacing('"联席办协调员甲"', '"联席办协调员甲\u3164"'), ("account[1].name", "unseen")),
        (replacing('["coordinator"]', "[]"), ("account[1].roles", "no_roles")),
        (replacing('["authority"]', '["mayor"]'), ("account[4].roles", "unknown_role")),
        (replacing('["authority"]', '["target_officer"]'), ("account[4].unit", "officer_without_unit")),
        (replacing("automation = true", ""), ("account", "service_account")),
        (replacing(SERVICE, 'roles = ["authority"]\nautomation = true'), ("account", "service_account")),
        (replacing('["administrator"]', '["auditor"]'), ("account", "no_administrator")),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(change: Change, fault: tuple[str, str]) -> None:
    assert faults(change(TEXT)) == {fault}


def test_every_fault_is_named_at_once() -> None:
    text = replacing('"CN-CQ"', '"x"')(replacing('code = "YC"', 'code = "y"')(TEXT))
    assert faults(text) == {("region", "bad_region"), ("code", "bad_code")}
    assert ("account", "missing_key") in faults('code = "YC"')


def test_what_is_no_toml_is_refused() -> None:
    assert faults("code = ") == {("", "not_toml")}
    assert faults(b"code = \xff") == {("", "not_utf8")}


def test_with_a_roster_people_come_from_its_units() -> None:
    units = tuple(Unit(f"TL-D-0{number}", "单位", "部门", "") for number in (1, 2, 3))
    assert faults(TEXT, units) == {("account[24].unit", "unit_unknown")}
    assert regulations.read_jurisdiction(TEXT, "YC.toml", (*units, Unit("TL-D-04", "单位", "部门", "")))


def test_an_office_is_called_what_its_jurisdiction_calls_it() -> None:
    home = regulations.read_jurisdiction(TEXT, "YC.toml")
    assert regulations.office_name("authority", home) == AUTHORITY_OFFICE
    assert regulations.office_name("authority", None) == messages.text("role.authority")
    assert regulations.office_name("coordinator", home, "en") == "joint office"
    assert regulations.office_name("group_leader", home, "en") == messages.text("role.group_leader", "en")
