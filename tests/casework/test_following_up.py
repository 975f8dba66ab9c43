"""What follows an act, its papers and notices, is there once, whoever follows up and whatever is killed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any

import pytest

from access.reader import operator
from casework import packs
from casework.clock import FixedClock
from casework.nightly import follow_ups
from casework.nightly.follow_up_models import FollowUpResult
from casework.views.case_records import document
from cli.output.error_output import setting_texts
from regulations.jurisdictions import INSPECTION
from settings import SettingRefused, Settings
from storage.engine import Database
from storage.messages import documents, notices, outbox
from storage.messages.documents import Made
from tests.casework.office import AUTHORITY, BACHUAN, COORDINATOR, OFFICERS, TUQIAO, Office, dump, plan_of
from tests.casework.processes import killed, run


def followed(office: Office, limit: int = 1000) -> list[FollowUpResult]:
    """Follow up whatever waits."""
    return follow_ups.follow_up(office.database, office.clock, "worker", limit=limit)


def kept(office: Office) -> tuple[list[str], list[str]]:
    """Papers and notices, by their keys."""
    with office.reading() as session:
        made = [f"{one.case_id}:{one.seq}:{one.name}" for case in CASES for one in documents.of_case(session, case)]
        return sorted(made), sorted(one.key for one in notices.find(session, kind="task", superseded=None))


CASES = ["TL-2026-X01", "TL-2026-X01-R01"]


def test_every_act_is_followed_up_once_and_leaves_its_papers(office: Office) -> None:
    office.special([BACHUAN])
    done = followed(office)
    assert [row.act for row in done][:4] == ["open", "submit", "approve", "plan"]
    titles = {row.act: list(row.documents) for row in done if row.documents}
    assert {act: len(titles[act]) for act in titles} == {
        "submit": 1, "plan": 1, "staff": 1, "start": 1, "consolidate": 1, "publish": 2,
    }  # fmt: skip
    assert followed(office) == [] and follow_ups.pending(office.database) == []
    with office.reading() as session:
        bulletin = document(session, operator(), "TL-2026-X01", "bulletin")
    assert "巴川街道" in bulletin.text and "2026-04-03" in bulletin.text


def test_acts_recorded_at_one_moment_keep_their_papers_each(office: Office) -> None:
    class Standing(Office):
        @property
        def clock(self) -> FixedClock:
            return FixedClock.on(self.day)

    here = Standing(office.database)
    case = here.opens(kind="special", year=2026, title="专项", targets=[BACHUAN], problem="无证经营")
    here.does(COORDINATOR, "submit", case, {"contents": ["9(3)"]})
    here.does(AUTHORITY, "approve", case, {"note": "同意"})
    here.does(COORDINATOR, "plan", case, plan_of(here, case))
    followed(here)
    with office.reading() as session:
        assert [made.name for made in documents.of_case(session, case)] == ["application", "plan"]


def test_a_paper_tells_the_case_as_its_act_left_it_however_late_it_is_written(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    changed = plan_of(office, case, purpose="改后的目的")
    office.does(COORDINATOR, "amend", case, {**changed, "note": "调整"})
    followed(office)
    with office.reading() as session:
        plans = [made.text for made in documents.of_case(session, case) if made.name == "plan"]
    assert ["改后的目的" in text for text in plans] == [False, True]


def test_an_amendment_put_to_the_authority_is_no_plan_until_it_is_granted(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    wider = plan_of(office, case, targets=[BACHUAN, TUQIAO], purpose="扩大范围")
    office.does(COORDINATOR, "amend", case, {**wider, "note": "反映"})
    followed(office)
    office.does(AUTHORITY, "grant", f"{case}-A01", {"note": "同意"})
    followed(office)
    with office.reading() as session:
        plans = [made.text for made in documents.of_case(session, case) if made.name == "plan"]
    assert ["扩大范围" in text for text in plans] == [False, True]


def test_the_next_office_is_told_and_the_unit_by_its_code(office: Office) -> None:
    office.special([BACHUAN], to="submitted")
    followed(office)
    with office.reading() as session:
        told = notices.find(session, kind="task", role="authority")
    assert [one.key for one in told] == ["TL-2026-X01:2:task:authority"]
    office.advance("TL-2026-X01", "published")
    followed(office)
    with office.reading() as session:
        told = notices.find(session, recipient=BACHUAN, case_id="TL-2026-X01-R01")
    assert [(one.recipient_role, one.mail_state) for one in told] == [("target_officer", "queued")]


def test_an_act_whose_follow_up_fails_waits_for_another_try_and_others_go_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.special([BACHUAN], to="approved")

    def broken(*_: object) -> list[Made]:
        raise RuntimeError("no paper")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        part = replace(packs.PARTS[INSPECTION], documents_for=broken)
        patched.setattr(packs, "PARTS", {INSPECTION: part})
        followed(office)
    assert [row.act for row in followed(office)] == ["submit", "approve"]
    office.seconds += 60
    assert [row.act for row in followed(office)] == ["open"]


def test_a_follow_up_done_half_way_and_again_doubles_nothing(office: Office) -> None:
    office.special([BACHUAN], to="submitted")
    [item] = follow_ups.lease(office.database, office.clock, "dies", limit=1)
    follow_ups.compose(office.database, office.clock, item)
    follow_ups.notify(office.database, office.clock, item)
    assert [row.act for row in followed(office)] == ["submit"]
    before = kept(office)
    office.later()
    assert [row.act for row in followed(office)] == ["open"]
    assert kept(office) == before
    assert follow_ups.finish(office.database, office.clock, item) is False


def test_two_workers_share_the_acts_and_double_nothing(office: Office) -> None:
    office.special([BACHUAN])
    waiting = len(follow_ups.pending(office.database, 1000))

    def worker(name: str) -> Any:
        def job(database: Database, telling: Connection) -> None:
            done = follow_ups.follow_up(database, Office(database, office.day, seconds=3600).clock, name, limit=1000)
            telling.send([row.id for row in done])

        return job

    shares = run(office, [worker(name) for name in ("a", "b", "c")])
    assert Counter(one for [share] in shares for one in share).most_common(1)[0][1] == 1
    assert sum(len(share) for [share] in shares) == waiting
    made, told = kept(office)
    assert len(made) == len(set(made)) == 7 and len(told) == len(set(told))


def test_a_worker_killed_again_and_again_leaves_everything_once(office: Office) -> None:
    office.special([BACHUAN])
    for number, moment in enumerate((0.05, 0.1, 0.2), start=1):

        def job(database: Database, _: Connection, later: int = number) -> None:
            clock = FixedClock(office.clock.at + timedelta(hours=later))
            follow_ups.follow_up(database, clock, f"worker{later}", limit=1000)

        with killed(office, job) as (process, _):
            process.join(moment)
            process.kill()
    office.later()
    followed(office)
    made, told = kept(office)
    assert follow_ups.pending(office.database) == []
    assert len(made) == len(set(made)) == 7 and len(told) == len(set(told)) > 0


def test_following_up_again_changes_neither_cases_nor_deadlines(office: Office) -> None:
    office.special([BACHUAN])
    before = dump(office.database)
    followed(office)
    after = dump(office.database)
    assert {name for name in before if before[name] != after[name]} == {"document", "notice", "outbox"}
    assert OFFICERS[BACHUAN] in str(after["account"])


def test_an_act_is_left_alone_for_as_long_as_is_set(office: Office) -> None:
    office.special([BACHUAN], to="submitted")
    clock = office.clock
    for seconds, value in ((120, ""), (30, " 30 ")):
        leased_for = Settings({Settings.lease_seconds.name: value}).lease_seconds
        [taken] = follow_ups.lease(office.database, clock, "one", for_seconds=leased_for)
        almost = FixedClock(clock.at + timedelta(seconds=seconds - 1))
        assert follow_ups.lease(office.database, almost, "another", only_id=taken.id) == []
        clock = FixedClock(clock.at + timedelta(seconds=seconds))
        assert [item.id for item in follow_ups.lease(office.database, clock, "another", only_id=taken.id)] == [taken.id]
        clock = FixedClock(clock.at + timedelta(hours=1))


@pytest.mark.parametrize("value", ["9", "3601", "-30", "30.5", "two minutes", "三十", "³0"])
def test_a_time_that_is_no_lease_is_refused_with_its_limits(value: str) -> None:
    with pytest.raises(SettingRefused, match="lease_seconds_bad") as raised:
        _ = Settings({Settings.lease_seconds.name: value}).lease_seconds
    fact, cure = setting_texts(raised.value)
    assert value in fact and "10" in cure and "3600" in cure


def tasks(office: Office, *, superseded: bool) -> list[tuple[str, str]]:
    """The messages about what is to do, by case and office, that hold or that hold no longer."""
    with office.reading() as session:
        found = notices.find(session, kind="task", superseded=superseded)
    return sorted((str(one.case_id), one.subject.partition(" ")[2]) for one in found)


def test_what_was_done_is_not_told_as_to_do(office: Office) -> None:
    case = office.special([BACHUAN], to="submitted")
    followed(office)
    assert tasks(office, superseded=False) == [(case, "批准、退回、不予批准")]
    office.does(AUTHORITY, "approve", case, {"note": "同意"})
    with office.writing() as session:
        assert notices.lease_mail(session, "mail", office.clock.now()) == []
    followed(office)
    assert (case, "批准、退回、不予批准") in tasks(office, superseded=True)
    assert tasks(office, superseded=False) == [(case, "制定方案")]
    with office.writing() as session:
        assert [one.case_id for one in notices.lease_mail(session, "mail", office.clock.now())] == [case]


def test_what_is_still_to_do_is_not_told_again(office: Office) -> None:
    case = office.special([BACHUAN], to="prepared")
    followed(office)
    before = tasks(office, superseded=False)
    group = office.parts(case, "group")[0]
    office.does("督察组长一", "record_absence", group.id, {"member": "督察组员一", "note": "生病"})
    assert [one.notices for one in followed(office)] == [0]
    assert tasks(office, superseded=False) == before


def test_a_lease_given_while_the_clock_was_ahead_holds_nobody_off(office: Office) -> None:
    office.special([BACHUAN], to="submitted")
    today = office.day
    with office.writing() as session:
        assert outbox.lease(session, "died", office.later(40).clock.now(), limit=100)
    assert followed(office.on(today)) != []
