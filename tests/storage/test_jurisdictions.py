"""Jurisdictions of the package and of the database are read together, and the database wins."""

from __future__ import annotations

from hashlib import sha256

import pytest

import regulations
from states.engine.case import Actor, Role
from storage.engine import Database
from storage.people import accounts, jurisdictions
from tests.jurisdiction_samples import CODE, NAME, second_jurisdiction
from tests.storage.samples import NOW


def test_those_of_the_package_are_there_without_being_entered(database: Database) -> None:
    with database.reading() as session:
        assert jurisdictions.known(session) == regulations.jurisdictions()
        assert {one.source for one in jurisdictions.stored(session)} == {"package"}
        with pytest.raises(regulations.UnknownJurisdiction, match="TL"):
            jurisdictions.load(session, CODE)


def test_one_that_is_entered_is_known_with_who_entered_it(database: Database) -> None:
    text = second_jurisdiction()
    with database.writing() as session:
        jurisdictions.put(session, CODE, text, NOW, "操作员")
        assert jurisdictions.load(session, CODE).name == NAME
        packaged = {one.code for one in regulations.jurisdictions()}
        assert {one.code for one in jurisdictions.known(session)} == {*packaged, CODE}
        [entered] = [one for one in jurisdictions.stored(session) if one.jurisdiction.code == CODE]
    assert (entered.source, entered.entered_at, entered.entered_by) == ("database", NOW, "操作员")
    assert entered.sha256 == sha256(text.encode()).hexdigest()


def test_one_of_the_same_code_takes_the_place_of_the_packages(database: Database) -> None:
    with database.writing() as session:
        jurisdictions.put(session, "TL", second_jurisdiction(code="TL"), NOW, "")
        jurisdictions.put(session, "TL", second_jurisdiction(code="TL", name="另一个铜梁"), NOW, "")
        [only] = [one for one in jurisdictions.stored(session) if one.jurisdiction.code == "TL"]
    assert (only.jurisdiction.name, only.source) == ("另一个铜梁", "database_over_package")
    assert regulations.jurisdiction("TL").name != "另一个铜梁"


def test_before_any_has_accounts_the_default_one_is_meant(database: Database) -> None:
    with database.reading() as session:
        assert [one.code for one in jurisdictions.set_up(session)] == ["TL"]
        assert [one.code for one in jurisdictions.asked_about(session, "YJ")] == ["YJ"]


def test_the_database_works_for_those_that_have_accounts_in_it(database: Database) -> None:
    with database.writing() as session:
        jurisdictions.put(session, CODE, second_jurisdiction(), NOW, "")
        accounts.put(session, [Actor("甲", frozenset({Role.COORDINATOR}), CODE)])
        assert [one.code for one in jurisdictions.set_up(session)] == [CODE]
        assert [one.code for one in jurisdictions.asked_about(session, None)] == [CODE]
        assert [one.code for one in jurisdictions.asked_about(session, "TL")] == ["TL"]
