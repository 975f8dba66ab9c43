"""A small district left to chance: random acts by random people over three years never breach what must always hold.

``DUCHA_TEST_DISTRICTS`` says how many districts are tried on each database.
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import delete, select

import regulations
from casework.desk import sit
from casework.errors import NotFound
from casework.following_up import follow_up
from casework.founding import found
from casework.sweeping import sweep
from states.case import Case, Role
from states.forms.reading import FormRefused
from states.frequency import Key
from states.machine import possibilities, procedure_of
from states.procedures import PROCEDURES
from states.refusals import ActRefused
from storage import accounts, almanac, audit, cases, deadlines, journal
from storage.deadlines import Tracked
from storage.frequency import USES
from storage.notices import NOTICES
from storage.rows import Row
from tests.casework.filling import fill
from tests.casework.office import CONTENTS, COORDINATOR, Office, dump
from tests.databases import hurried

DISTRICTS = int(os.environ.get("DUCHA_TEST_DISTRICTS", "0"))
FIRST_DAY = date(2024, 1, 2)
LAST_DAY = date(2026, 12, 31)
ROSTER = list(regulations.jurisdiction("TL").roster())[:5]
SEEDS = st.integers(0, 2**32)
UNITS = [unit.code for unit in ROSTER]
RARE = {
    "cancel", "suspend", "drop", "return", "reject", "withdraw", "send_back", "refuse", "amend", "record_absence",
    "record_finding", "record_evaluation", "request_self_inspection", "hand_in_self_inspection", "ask_extension",
}  # fmt: skip
"""What happens now and then; everything else moves the work on."""
BESIDE = ("pass_on", "pass_on", "raise_matter", "refer", "apply_for_review")
"""What is opened beside the work."""
ACTS = sorted({act for procedure in PROCEDURES.values() for act in procedure.acts})


class District(RuleBasedStateMachine):
    """Five units, the people of Tongliang, and a clock that only goes forward."""

    url: str

    def __init__(self) -> None:
        super().__init__()
        database = hurried(self.url)
        with database.writing() as session:
            for table in reversed(Row.metadata.sorted_tables):
                session.execute(delete(table))
            found(session, roster=ROSTER)
            self.people = accounts.active(session, "TL")
        self.office = Office(database, FIRST_DAY)
        self.ended: dict[str, Tracked] = {}
        self.steps = 0

    def teardown(self) -> None:
        assert self.office.breaks() == []
        self.office.database.close()

    def inspections(self) -> list[Case]:
        with self.office.reading() as session:
            return cases.find(session, procedure=["inspection", "look_back"], open=True)

    def open_cases(self) -> list[Case]:
        with self.office.reading() as session:
            return cases.find(session, open=True)

    # what may happen

    @precondition(lambda self: self.office.day < LAST_DAY)
    @rule(days=st.sampled_from([1, 3, 10, 30, 90]))
    def time_passes(self, days: int) -> None:
        self.office.on(min(LAST_DAY, self.office.day + timedelta(days=days)))

    @precondition(lambda self: len(self.inspections()) < 4)
    @rule(
        kind=st.sampled_from(["special", "special", "comprehensive", "look_back"]),
        units=st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True),
        problem=st.sampled_from(["无证经营", "以次充好"]),
        parent=st.integers(0, 5),
    )
    def somebody_opens_an_inspection(self, kind: str, units: list[str], problem: str, parent: int) -> None:
        about: dict[str, Any] = {"problem": problem} if kind == "special" else {}
        if kind == "look_back":
            with self.office.reading() as session:
                earlier = cases.find(session, procedure=["inspection", "look_back"], state=["published", "closed"])
            if not earlier:
                return
            about = {"parent": earlier[parent % len(earlier)].id}
            units = list(earlier[parent % len(earlier)].targets[:1])
        case = self.office.opens(
            kind=kind, year=self.office.day.year, title="督察", targets=units, reason="年度计划", **about
        )
        asked = {"contents": CONTENTS[kind], **({"exception": "突发事件"} if parent == 0 else {})}
        with suppress(ActRefused):
            self.office.does(COORDINATOR, "submit", case, asked)

    @precondition(lambda self: self.inspections())
    @rule(seed=SEEDS, times=st.integers(15, 45))
    def the_work_goes_on(self, seed: int, times: int) -> None:
        chance = Random(seed)
        for _ in range(times):
            inspections = self.inspections()
            if not inspections:
                return
            case, act = self.next_act(chance.choice(inspections), chance)
            who = chance.choice(self.able(case, act))
            data = fill(self.office, case, act, chance)
            note(f"{self.office.day} {who}: {act} {case.id} {data}")
            with suppress(ActRefused, FormRefused, NotFound):
                self.office.does(who, act, case.id, data)

    def able(self, case: Case, act: str) -> list[str]:
        """Who may do an act, of the unit it is about if it is a unit's."""
        opened = [procedure for procedure in PROCEDURES.values() if procedure.asked_as == act]
        rows = opened[0].rows(opened[0].first_act) if opened else procedure_of(case).rows(act)
        able = [person for person in self.people if any(person.holds(role) for row in rows for role in row.by)]
        return [one.name for one in able if case.unit in (None, one.unit)] or [one.name for one in able]

    def next_act(self, inspection: Case, chance: Random) -> tuple[Case, str]:
        """Something that may be done now, mostly something that moves the work on."""
        if chance.random() < 0.1:
            return inspection, chance.choice(BESIDE)
        with self.office.reading() as session:
            desk = sit(session, self.office.clock, None)
            possible = [
                (case, verdict.act)
                for case in (inspection, *cases.find(session, root=inspection.id))
                for verdict in possibilities(case, desk.context(case))
                if verdict.allowed
            ]
        likely = [one for one in possible if one[1] not in RARE] if chance.random() < 0.98 else possible
        return chance.choice(likely or possible)

    @precondition(lambda self: self.open_cases())
    @rule(seed=SEEDS, act=st.sampled_from(ACTS), days=st.integers(-40, 2))
    def somebody_meddles(self, seed: int, act: str, days: int) -> None:
        chance = Random(seed)
        case = chance.choice(self.open_cases())
        who = chance.choice(self.people).name
        dated = (self.office.day + timedelta(days=days)).isoformat()
        before = dump(self.office.database)
        try:
            self.office.does(who, act, case.id, fill(self.office, case, act, chance), dated=dated)
        except (ActRefused, FormRefused, NotFound):
            assert dump(self.office.database) == before

    @rule()
    def the_night_comes(self) -> None:
        sweep(self.office.database, self.office.clock, jurisdiction="TL")
        assert sweep(self.office.database, self.office.clock, jurisdiction="TL")["issued"] == 0

    @rule()
    def what_waits_is_followed_up(self) -> None:
        follow_up(self.office.database, self.office.clock, "worker", limit=50)

    # what must always hold

    @invariant()
    def no_windows_of_one_key_overlap_without_an_exception(self) -> None:
        with self.office.reading() as session:
            rows = session.execute(select(USES).where(USES.c.released_at.is_(None), ~USES.c.exception)).all()
        spans = sorted((Key(r.key_kind, r.key_value), r.since, r.until or date.max, r.case_id) for r in rows)
        assert [(a, b) for a, b in pairwise(spans) if a[0] == b[0] and b[1] <= a[2]] == []

    @invariant()
    def running_deadlines_are_what_their_ledgers_say(self) -> None:
        with self.office.reading() as session:
            running = deadlines.running(session)
            owners = cases.load_many(session, [tracked.deadline.case for tracked in running])
            roots = cases.load_many(session, [owner.family for owner in owners.values()])
            calendar = almanac.calendar(session, "CN-CQ")
        for tracked in running:
            owner = owners[tracked.deadline.case]
            assert tracked.deadline.id not in self.ended
            assert procedure_of(owner).is_open(owner.state), tracked.deadline.id
            assert tracked.deadline.paused == roots[owner.family].suspended, tracked.deadline.id
            assert tracked == deadlines.track(tracked.deadline, calendar, tracked.swept_on)

    @invariant()
    def nothing_is_told_twice_or_ahead_of_its_day(self) -> None:
        with self.office.reading() as session:
            rows = session.execute(select(NOTICES.c.deadline_id, NOTICES.c.rung, NOTICES.c.dated_on, NOTICES.c.key))
            told = [tuple(row) for row in rows if row.deadline_id is not None]
        assert all(dated <= self.office.day for _, _, dated, _ in told)
        assert [one for one, times in Counter(told).items() if times > 1] == []

    @invariant()
    def every_act_was_lawful_when_it_was_done(self) -> None:
        """Looked at now and then: the journal grows with every step."""
        self.steps += 1
        if self.steps % 10:
            return
        with self.office.reading() as session:
            assert list(audit.breaks(session)) == []
            for case in cases.find(session):
                self._history_holds(case, journal.of_case(session, case.id))
                ended = [one for one in deadlines.of_case(session, case.id) if not one.deadline.running]
                assert all(self.ended.setdefault(one.deadline.id, one) == one for one in ended)

    def _history_holds(self, case: Case, entries: list[journal.Entry]) -> None:
        people = {person.name: person for person in self.people}
        days = [entry.acted_on for entry in entries]
        assert days == sorted(days) and all(entry.acted_on <= entry.recorded_at.date() for entry in entries)
        for entry in entries:
            rows = [row for row in procedure_of(case).rows(entry.act) if entry.from_state in row.from_]
            person = people[entry.actor]
            assert any(Role(entry.role) in row.by and person.holds(Role(entry.role)) for row in rows), entry
            assert not (person.automation and any(row.in_person for row in rows)), entry
        if case.state == "closed" and case.procedure == "inspection":
            assert case.hands.get("approve") not in (None, case.hands["open"])


def districts(url: str, default: int) -> None:
    """Try so many districts on one database."""

    class Here(District):
        pass

    Here.url = url
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=DISTRICTS or default,
            stateful_step_count=20,
            suppress_health_check=list(HealthCheck),
            deadline=None,
            phases=set(Phase) if DISTRICTS else {Phase.generate},
        ),
    )


def test_a_district_left_to_chance_breaches_nothing(office_url: str) -> None:
    districts(office_url, 2 if "://" in office_url else 4)
