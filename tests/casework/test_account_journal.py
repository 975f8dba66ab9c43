"""Every change of an account leaves a record that is verified and anchored; a change made beside the program shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from access.reader import operator
from casework.acts.act_models import ActRequest
from casework.administration import account_administration, jurisdiction_setup
from casework.errors import NotFound, NotPermitted
from operations.anchors import anchoring
from operations.anchors.anchor_files import AnchorSettings
from states.engine.case import Actor, Role
from storage.journal.account_journal import CHANGES
from storage.people import accounts
from tests.casework.office import ADMINISTRATOR, COORDINATOR, Office

NEW = "协调员丙"


@pytest.fixture
def where(tmp_path: Path) -> AnchorSettings:
    return AnchorSettings(tmp_path / "anchors")


def given(office: Office, *roles: Role, name: str = NEW, by: str = ADMINISTRATOR) -> None:
    with office.writing() as session:
        account_administration.add_account(session, office.clock, ActRequest(by), name, roles, replace=True)


def history(office: Office, name: str | None = NEW) -> list[dict[str, Any]]:
    with office.reading() as session:
        found = account_administration.account_history(session, operator(), "TL", name)
    return [change.model_dump(mode="json") for change in found]


def flaws(office: Office, where: AnchorSettings) -> list[tuple[str | None, str]]:
    found = anchoring.verify(office.database, where)
    assert found.whole == (not found.breaks) and all(one.fact for one in found.breaks)
    return [(one.case, one.flaw) for one in found.breaks]


def test_who_got_which_role_when_and_by_whom_is_on_record(office: Office, where: AnchorSettings) -> None:
    given(office, Role.COORDINATOR)
    given(office, Role.COORDINATOR)
    given(office.later(), Role.AUTHORITY, Role.COORDINATOR)
    with office.later().writing() as session:
        account_administration.close_account(session, office.clock, ActRequest(ADMINISTRATOR), NEW)
    given(office.later(), Role.AUDITOR)
    changes = history(office)
    assert [(one["act"], one["actor"], one["recorded_at"][:10]) for one in changes] == [
        ("entered", ADMINISTRATOR, "2026-03-02"),
        ("changed", ADMINISTRATOR, "2026-03-03"),
        ("closed", ADMINISTRATOR, "2026-03-04"),
        ("changed", ADMINISTRATOR, "2026-03-05"),
    ]
    assert changes[0]["before"] == {}
    assert changes[1]["before"]["roles"] == ["coordinator"]
    assert changes[1]["after"]["roles"] == ["authority", "coordinator"]
    assert [one["after"]["active"] for one in changes] == [True, True, False, True]
    assert flaws(office, where) == []


def test_the_accounts_of_the_founding_are_the_first_on_record(office: Office, where: AnchorSettings) -> None:
    entered = history(office, None)
    with office.reading() as session:
        assert {one["account"] for one in entered} == {one.name for one in accounts.active(session, "TL")}
    assert {(one["act"], one["actor"]) for one in entered} == {("entered", "")}
    assert [one["seq"] for one in entered] == list(range(1, len(entered) + 1))
    with office.writing() as session:
        jurisdiction_setup.set_up(session, clock=office.clock)
    assert history(office, None) == entered


def test_what_is_refused_leaves_no_record(office: Office) -> None:
    with pytest.raises(NotPermitted):
        given(office, Role.AUTHORITY, by=COORDINATOR)
    with pytest.raises(NotFound):
        history(office)


def test_an_account_changed_beside_the_program_is_named(office: Office, where: AnchorSettings) -> None:
    """The naive way: the tables of accounts alone tell nobody."""
    with office.writing() as session:
        accounts.put(session, [Actor(COORDINATOR, frozenset({Role.COORDINATOR, Role.AUTHORITY}), "TL")])
        accounts.put(session, [Actor("影子", frozenset({Role.AUTHORITY}), "TL")])
    assert flaws(office, where) == [("accounts:TL:影子", "account"), (f"accounts:TL:{COORDINATOR}", "account")]
    assert office.breaks() == []


@pytest.mark.parametrize("tampering", ["edited", "missing", "cut", "rewritten", "removed"])
def test_whoever_tampers_with_the_record_is_found_out(office: Office, where: AnchorSettings, tampering: str) -> None:
    given(office, Role.AUTHORITY)
    anchoring.anchor(office.database, office.clock, where)
    assert flaws(office, where) == []
    with office.writing() as session:
        last = session.execute(select(CHANGES.c.seq).order_by(CHANGES.c.seq.desc()).limit(1)).scalar_one()
        if tampering == "edited":
            session.execute(update(CHANGES).where(CHANGES.c.seq == last).values(actor="别人"))
        elif tampering == "missing":
            session.execute(delete(CHANGES).where(CHANGES.c.seq == 2))
        elif tampering == "removed":
            session.execute(delete(CHANGES))
        else:
            session.execute(delete(CHANGES).where(CHANGES.c.seq == last))
    if tampering == "rewritten":
        given(office, Role.AUDITOR, name="他人")
    assert tampering in {flaw for _, flaw in flaws(office, where)}


def test_an_anchor_counts_cases_and_not_the_records_of_accounts(office: Office, where: AnchorSettings) -> None:
    assert anchoring.anchor(office.database, office.clock, where).cases == 0
    office.special(to="drafted")
    assert anchoring.anchor(office.database, office.clock, where).cases == 1
