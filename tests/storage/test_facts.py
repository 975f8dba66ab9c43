"""Accounts, units, documents, numbers, answered requests: and the facts the guards ask for."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

import calendars
from bench.counting import counted
from regulations import Unit
from states.engine.case import Actor, Role
from states.engine.context import Facts
from states.engine.frequency import Key, Use
from states.engine.successions import NO_CHANGES
from storage import case_numbers, key_value
from storage.cases import deadlines, frequency, idempotency
from storage.cases.case_facts import StoredFacts
from storage.engine import Database
from storage.messages import documents
from storage.messages.documents import Made
from storage.people import accounts, units
from tests.storage.samples import NOW, ON, a_case, a_deadline, calendar, opened

TOWN = Unit("500151001", "巴川街道", "镇街", "500151", "名册")
CHEN = Actor("陈晓", frozenset({Role.COORDINATOR, Role.AUDITOR}), "TL")
CLOCK = Actor("值班程序", frozenset({Role.COORDINATOR}), "TL", automation=True)
OFFICER = Actor("李敏", frozenset({Role.TARGET_OFFICER}), "TL", unit=TOWN.code)


def test_accounts_come_back_with_their_roles(database: Database) -> None:
    with database.writing() as session:
        accounts.put(session, [CHEN, CLOCK, OFFICER, Actor("新人", frozenset(), "YJ")])
        accounts.put(session, [OFFICER])
    with database.reading() as session:
        assert accounts.load(session, "TL", "陈晓") == CHEN
        assert accounts.load(session, "TL", "李敏") == OFFICER
        assert accounts.load(session, "TL", "无人") is None
        assert set(accounts.active(session, "TL")) == {CHEN, CLOCK, OFFICER}
        assert accounts.active(session, "YJ") == [Actor("新人", frozenset(), "YJ")]
        assert accounts.holders(session, "TL", Role.COORDINATOR) == ["陈晓"]


def test_roles_are_replaced_and_accounts_switched_off(database: Database) -> None:
    with database.writing() as session:
        accounts.put(session, [CHEN])
        accounts.put(session, [Actor("陈晓", frozenset({Role.AUDITOR}), "TL")])
        assert accounts.holders(session, "TL", Role.COORDINATOR) == []
        assert accounts.switch(session, "TL", "陈晓", active=False)
        assert not accounts.switch(session, "TL", "无人", active=False)
        assert accounts.load(session, "TL", "陈晓") is None
        assert accounts.holders(session, "TL", Role.AUDITOR) == []
        assert accounts.switch(session, "TL", "陈晓", active=True)
        assert accounts.load(session, "TL", "陈晓") is not None


def test_two_jurisdictions_have_accounts_of_one_name(database: Database) -> None:
    theirs = Actor(CHEN.name, frozenset({Role.AUTHORITY}), "YJ", unit="X")
    with database.writing() as session:
        accounts.put(session, [CHEN, theirs])
        accounts.put(session, [theirs])
        assert accounts.of_name(session, CHEN.name) == [CHEN, theirs]
        assert accounts.entered(session, "YJ") == {CHEN.name: theirs}
        assert accounts.holders(session, "TL", Role.AUTHORITY) == []
        assert accounts.account_views(session, "TL").keys() == {"TL"}
        assert accounts.jurisdictions(session) == {"TL", "YJ"}
        accounts.switch(session, "YJ", CHEN.name, active=False)
        assert accounts.load(session, "YJ", CHEN.name) is None
        assert accounts.load(session, "TL", CHEN.name) == CHEN
        assert accounts.of_name(session, CHEN.name) == [CHEN]


def test_a_roster_is_entered_and_corrected(database: Database) -> None:
    renamed = Unit(TOWN.code, "巴川街道办", "镇街", "500151", "更名通知")
    with database.writing() as session:
        units.put(session, "TL", [TOWN])
        units.put(session, "YJ", [TOWN])
        units.put(session, "TL", [renamed, Unit("500151002", "东城街道", "镇街", "500151")])
        units.put(session, "TL", [])
    with database.reading() as session:
        assert units.load(session, "TL", TOWN.code) == renamed
        assert units.load(session, "YJ", TOWN.code) == TOWN
        assert [unit.code for unit in units.roster(session, "TL")] == ["500151001", "500151002"]


def test_documents_are_made_once_and_fingerprinted(database: Database) -> None:
    made = Made("TL-2026-Z01", 1, "notice", "督察通知", "text/markdown", "通知", NOW)
    with database.writing() as session:
        opened(session)
        assert documents.add(session, made)
        assert not documents.add(session, made)
    with database.reading() as session:
        (kept,) = documents.of_case(session, "TL-2026-Z01")
    assert (kept.text, kept.sha256) == ("通知", sha256("通知".encode()).hexdigest())


def test_every_scope_counts_by_itself(database: Database) -> None:
    with database.writing() as session:
        asked = [("TL", "2026-Z"), ("TL", "2026-Z"), ("TL", "2026-C"), ("YJ", "2026-Z"), ("TL", "2026-Z")]
        assert [case_numbers.next_case_number(session, *scope) for scope in asked] == [1, 2, 1, 1, 3]


def test_a_number_that_was_not_used_is_given_again(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        case_numbers.next_case_number(session, "TL", "2026-Z")
        raise ZeroDivisionError
    with database.writing() as session:
        assert case_numbers.next_case_number(session, "TL", "2026-Z") == 1


def test_the_same_request_gets_the_same_answer(database: Database) -> None:
    with database.writing() as session:
        assert idempotency.claim(session, "key-1", "digest", NOW) is None
        idempotency.keep(session, "key-1", {"case": "TL-2026-Z01"})
    with database.writing() as session:
        assert idempotency.claim(session, "key-1", "digest", NOW) == {"case": "TL-2026-Z01"}
        with pytest.raises(idempotency.OtherRequest):
            idempotency.claim(session, "key-1", "another", NOW)


def test_a_request_that_failed_may_be_asked_again(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        idempotency.claim(session, "key-1", "digest", NOW)
        raise ZeroDivisionError
    with database.writing() as session:
        assert idempotency.claim(session, "key-1", "digest", NOW) is None


def test_settings_are_kept_by_name(database: Database) -> None:
    with database.writing() as session:
        key_value.put(session, "clock", "on")
        key_value.put(session, "clock", "off")
        assert key_value.get(session, "clock") == "off"
        assert key_value.get(session, "none") is None


def test_the_facts_are_read_when_asked_for_and_once_only(database: Database) -> None:
    keys = [Key("target", TOWN.code)]
    with database.writing() as session:
        accounts.put(session, [CHEN])
        units.put(session, "TL", [TOWN])
        first, second = opened(session).case, opened(session, a_case("TL-2026-Z02")).case
        child = opened(session, a_case("TL-2026-Z01-R01", kind=None, procedure="rectification", parent=first.id)).case
        frequency.hold(session, "TL", first.id, keys, ON)
        deadline = deadlines.put(session, a_deadline(), calendar()).deadline
    with counted(database) as asked, database.reading() as session:
        facts: Facts = StoredFacts(session, "TL", "CN-CQ")
        for _ in range(2):
            assert facts.unit(TOWN.code) == TOWN
            assert facts.account("陈晓") == CHEN
            assert facts.holders(Role.AUDITOR) == ["陈晓"]
            assert facts.case("none") is None
            assert facts.successions() == NO_CHANGES
            assert facts.children(first.id, "rectification") == [child]
            assert facts.uses(keys, besides=second.id) == [Use(keys[0], first.id, ON, None)]
            assert facts.overlapping(first.targets, besides=first.id) == [second]
            assert facts.deadlines(first.id) == [deadline]
            assert facts.calendar().version == calendars.load("CN-CQ").version
    assert len(asked.queries) == 10


def test_what_was_written_is_known_and_the_rest_of_it_read_anew(database: Database) -> None:
    with database.writing() as session:
        first = opened(session).case
        facts = StoredFacts(session, "TL", "CN-CQ")
        assert facts.children(first.id, "rectification") == []
        child = opened(session, a_case("TL-2026-Z01-R01", kind=None, procedure="rectification", parent=first.id)).case
        assert facts.children(first.id, "rectification") == []
        facts.learn(replace(first, state="submitted"))
        assert facts.children(first.id, "rectification") == [child]
        known = facts.case(first.id)
        assert known is not None and known.state == "submitted"
