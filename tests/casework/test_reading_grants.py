"""An account reads another jurisdiction only by a grant of that jurisdiction's authority, and never acts there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import update

from casework.acts.act_models import ActRequest
from casework.administration import jurisdiction_entry, reading_grants
from casework.errors import CaseworkError, NotFound, NotPermitted, RefusedByRule
from casework.nightly import follow_ups
from casework.readers import reading_as
from casework.views import access_list
from casework.views.case_lists import list_cases
from casework.views.case_queries import show
from casework.views.message_lists import list_messages
from storage.engine import Database, open_database
from storage.journal import account_journal
from storage.rows import ReadingGrantRow, table
from tests.casework.office import AUDITOR, AUTHORITY, BACHUAN, COORDINATOR, OFFICERS, Office
from tests.jurisdiction_samples import CODE, second_jurisdiction

GUEST = f"TL:{COORDINATOR}"


@pytest.fixture
def theirs(office_url: str) -> Iterator[Office]:
    """The second jurisdiction, with Tongliang beside it in the database."""
    opened = open_database(office_url)
    with opened.writing() as session:
        jurisdiction_entry.enter(session, Office(opened).clock, "操作员", second_jurisdiction(), "YC.toml")
    yield Office(opened, home=CODE)
    opened.close()


def grant(office: Office, reader: str = GUEST, *, by: str = AUTHORITY, reason: str = "全市督查") -> None:
    with office.writing() as session:
        reading_grants.grant_reading(session, office.clock, ActRequest(by, jurisdiction=CODE), reader, reason)


def revoke(office: Office, reader: str = GUEST) -> None:
    with office.writing() as session:
        asked = ActRequest(AUTHORITY, jurisdiction=CODE)
        reading_grants.revoke_reading(session, office.clock, asked, reader, "督查结束")


def seen(database: Database, office: Office, account: str) -> tuple[set[str], set[str]]:
    """The cases and the jurisdictions of the messages that an account is shown."""
    with reading_as(database, office.clock, account) as (session, by):
        shown = {one.case for one in list_cases(session, by)}
        return shown, {one.case or "" for one in list_messages(session, by)}


def test_a_grant_shows_the_other_jurisdiction_until_it_is_revoked(theirs: Office) -> None:
    case = theirs.special([BACHUAN])
    database = theirs.database
    follow_ups.follow_up(database, theirs.clock, "test", limit=100)
    assert case not in seen(database, theirs, GUEST)[0]
    grant(theirs)
    cases, messages = seen(database, theirs, GUEST)
    assert case in cases and any(one.startswith(case) for one in messages)
    with reading_as(database, theirs.clock, GUEST) as (session, by):
        assert show(session, theirs.clock, by, case).case.case == case
    revoke(theirs)
    assert seen(database, theirs, GUEST) == (set(), set())


def test_a_guest_reads_and_does_not_act(theirs: Office) -> None:
    case = theirs.special([BACHUAN], to="drafted")
    grant(theirs)
    assert set(theirs.refused(GUEST, "submit", case, {"contents": ["9(3)"]})) == {"other_jurisdiction"}


def test_the_grant_is_of_no_use_to_other_accounts_nor_beyond_the_own_unit(theirs: Office) -> None:
    theirs.special([BACHUAN])
    grant(theirs, f"TL:{OFFICERS[BACHUAN]}")
    assert seen(theirs.database, theirs, f"TL:{OFFICERS[BACHUAN]}") == (set(), set()), "an officer reads for a unit"
    assert seen(theirs.database, theirs, GUEST) == (set(), set())


@pytest.mark.parametrize(
    ("reader", "by", "reason", "error", "code"),
    [
        (GUEST, COORDINATOR, "全市督查", NotPermitted, "authority_only"),
        (f"{CODE}:{COORDINATOR}", AUTHORITY, "全市督查", RefusedByRule, "reads_its_own"),
        ("TL:无人", AUTHORITY, "全市督查", NotPermitted, "account_unknown"),
        (GUEST, AUTHORITY, " ", NotFound, "reason_missing"),
    ],
)
def test_what_cannot_be_granted_is_refused(
    theirs: Office, reader: str, by: str, reason: str, error: type[CaseworkError], code: str
) -> None:
    with pytest.raises(error) as refused:
        grant(theirs, reader, by=by, reason=reason)
    assert refused.value.code == code


def test_nothing_is_granted_twice_nor_revoked_without_a_grant(theirs: Office) -> None:
    with pytest.raises(NotFound, match="no_reading_grant"):
        revoke(theirs)
    grant(theirs)
    with pytest.raises(RefusedByRule, match="reads_already"):
        grant(theirs)


def test_grants_and_reads_are_on_record_in_the_jurisdiction_that_is_read(theirs: Office) -> None:
    case = theirs.special([BACHUAN])
    grant(theirs)
    with reading_as(theirs.database, theirs.clock, GUEST) as (session, by):
        show(session, theirs.clock, by, case)
    revoke(theirs)
    with theirs.reading() as session:
        changes = account_journal.changes(session, CODE, GUEST)
        assert [(one.act, one.actor, one.after["reason"]) for one in changes] == [
            ("entered", AUTHORITY, "全市督查"),
            ("closed", AUTHORITY, "督查结束"),
        ]
        assert list(account_journal.breaks(session)) == []
    with reading_as(theirs.database, theirs.clock, f"{CODE}:{AUDITOR}") as (session, by):
        assert GUEST in {one.account for one in access_list.list_reads(session, by)}


def test_a_grant_made_beside_the_record_is_found(theirs: Office) -> None:
    grant(theirs)
    revoke(theirs)
    with theirs.writing() as session:
        session.execute(update(table(ReadingGrantRow)).values(active=True))
    with theirs.reading() as session:
        assert [one.case_id for one in account_journal.breaks(session)] == [f"accounts:{CODE}:{GUEST}"]
