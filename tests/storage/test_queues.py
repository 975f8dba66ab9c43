"""The outbox and the mail: leased by one at a time, tried again after a while, done once."""

from __future__ import annotations

from datetime import timedelta

from storage.cases import deadlines
from storage.engine import Database, Session
from storage.messages import notices, outbox
from storage.messages.leases import again_at
from tests.storage.samples import NOW, ON, a_case, a_deadline, a_notice, calendar, opened

A, B = "TL-2026-Z01", "TL-2026-Z02"
LATER = NOW + timedelta(seconds=301)


def appended(session: Session, *cases: str) -> list[int]:
    for case_id in cases:
        opened(session, a_case(case_id))
        outbox.append(session, case_id, case_id, 1, "open", "inspection", NOW)
    return [item.id for item in outbox.backlog(session)][-len(cases) :]


def test_an_act_is_leased_by_one_worker_until_the_lease_runs_out(database: Database) -> None:
    with database.writing() as session:
        first, second = appended(session, A, B)
    with database.writing() as session:
        (item,) = outbox.lease(session, "worker-1", NOW)
        assert (item.id, item.case_id, item.act, item.stage, item.attempts) == (first, A, "open", "inspection", 1)
        assert [item.id for item in outbox.lease(session, "worker-2", NOW, limit=5)] == [second]
        assert outbox.lease(session, "worker-3", NOW + timedelta(seconds=299)) == []
        (again,) = outbox.lease(session, "worker-3", LATER, limit=1)
        assert (again.id, again.attempts) == (first, 2)


def test_a_lost_lease_finishes_nothing(database: Database) -> None:
    with database.writing() as session:
        appended(session, A)
        (lost,) = outbox.lease(session, "worker-1", NOW)
        (item,) = outbox.lease(session, "worker-2", LATER)
        assert not outbox.done(session, lost, LATER)
        assert not outbox.failed(session, lost, LATER, "太晚了")
        assert outbox.done(session, item, LATER)
        assert not outbox.done(session, item, LATER)
        assert outbox.waiting(session) == 0
        assert outbox.lease(session, "worker-3", LATER + timedelta(days=1)) == []


def test_what_failed_is_tried_again_after_a_while(database: Database) -> None:
    with database.writing() as session:
        appended(session, A)
        (item,) = outbox.lease(session, "worker", NOW)
        assert outbox.failed(session, item, NOW, "Prefect 未应答")
        assert outbox.backlog(session)[0].last_error == "Prefect 未应答"
        assert outbox.lease(session, "worker", NOW + timedelta(seconds=1)) == []
        assert len(outbox.lease(session, "worker", NOW + timedelta(seconds=2))) == 1


def test_each_attempt_waits_twice_as_long_up_to_an_hour() -> None:
    waits = [(again_at(NOW, attempts) - NOW).total_seconds() for attempts in (1, 2, 3, 11, 12, 1000)]
    assert waits == [2, 4, 8, 2048, 3600, 3600]


def test_the_acts_of_one_inspection_or_one_act_can_be_leased_alone(database: Database) -> None:
    with database.writing() as session:
        first, second = appended(session, A, B)
        assert [item.id for item in outbox.lease(session, "worker", NOW, only_case=B)] == [second]
        assert outbox.lease(session, "worker", NOW, only_id=second) == []
        assert [item.id for item in outbox.lease(session, "worker", NOW, only_id=first)] == [first]
        assert [item.id for item in outbox.backlog(session)] == [first, second]


def test_a_notice_of_one_key_is_recorded_once(database: Database) -> None:
    with database.writing() as session:
        assert notices.add(session, a_notice("soon"))
        assert not notices.add(session, a_notice("soon", text="换个说法"))
        assert notices.add_all(session, [a_notice("soon"), a_notice("due"), a_notice("late")]) == {"due", "late"}
        assert notices.add_all(session, []) == set()
        (kept,) = [notice for notice in notices.find(session) if notice.key == "soon"]
        assert kept == a_notice("soon")


def test_notices_are_found_by_everything_given(database: Database) -> None:
    tomorrow = ON + timedelta(days=1)
    with database.writing() as session:
        opened(session)
        notices.add_all(
            session,
            [
                a_notice("1", recipient_role="coordinator,target_officer", recipient="500151001"),
                a_notice("2", recipient_role="authority", dated_on=tomorrow, mail_state="none", case_id=A, root=A),
                a_notice("3", jurisdiction="YJ", kind="task"),
            ],
        )

        def keys(**wanted: object) -> list[str]:
            return [notice.key for notice in notices.find(session, **wanted)]  # type: ignore[arg-type]

        assert keys(jurisdiction="TL") == ["2", "1"]
        assert keys(role="target_officer") == keys(recipient="500151001") == ["1"]
        assert keys(role="officer") == []
        assert keys(kind="task") == ["3"]
        assert keys(case_id=A) == keys(root=A) == keys(since=tomorrow) == keys(mail_state="none") == ["2"]
        assert keys(until=ON, limit=1) == ["3"]


def test_a_deadline_that_moved_takes_its_notices_along(database: Database) -> None:
    with database.writing() as session:
        opened(session)
        deadline = deadlines.put(session, a_deadline(), calendar()).deadline
        notices.add_all(session, [a_notice("old", deadline_id=deadline.id), a_notice("other")])
        assert notices.supersede(session, deadline.id, NOW) == 1
        assert notices.supersede(session, deadline.id, NOW) == 0
        assert [notice.key for notice in notices.find(session)] == ["other"]
        assert [notice.key for notice in notices.find(session, superseded=True)] == ["old"]
        assert len(notices.find(session, superseded=None)) == 2
        assert [notice.key for notice in notices.lease_mail(session, "mail", NOW)] == ["other"]


def test_mail_is_sent_once_and_given_up_after_so_many_attempts(database: Database) -> None:
    with database.writing() as session:
        notices.add_all(session, [a_notice("a-good"), a_notice("b-bad"), a_notice("c-quiet", mail_state="none")])
        assert notices.unsent(session) == 2
        good, bad = notices.lease_mail(session, "mail", NOW)
        assert notices.sent(session, good, NOW)
        assert not notices.sent(session, good, NOW)
        assert notices.mail_failed(session, bad, NOW, "拒收", attempts=2)
        assert notices.lease_mail(session, "mail", NOW) == []
        (again,) = notices.lease_mail(session, "mail", LATER)
        assert (again.key, again.mail_attempts, again.mail_error) == ("b-bad", 2, "拒收")
        assert notices.mail_failed(session, again, LATER, "拒收", attempts=2)
        assert not notices.mail_failed(session, again, LATER, "拒收", attempts=2)
        assert {notice.key: notice.mail_state for notice in notices.find(session)} == {
            "a-good": "sent",
            "b-bad": "failed",
            "c-quiet": "none",
        }
        assert notices.unsent(session) == 0
