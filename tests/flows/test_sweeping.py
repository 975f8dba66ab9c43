"""The sweep tells everything once, whoever runs it: the flow, the clock of the service, or nobody's Prefect."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from casework.clock import FixedClock
from casework.nightly import follow_ups, sweeping
from flows.runtime import simulated_clock
from flows.service import clock
from flows.sweeping import is_outdated, sweep
from tests.casework.office import Office, dump
from tests.flows.runs import artifacts_of, came_of, final, rows_of, run_of

pytestmark = pytest.mark.usefixtures("prefect_server")
OVERDUE = "2026-12-31"


@pytest.fixture
def published(office: Office) -> str:
    """An inspection whose units have not reported on their rectification, long after they had to."""
    case = office.special(to="published")
    office.on(OVERDUE)
    return case


@pytest.fixture
def answering(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the server answers the clock."""

    async def answers() -> bool:
        return bool(request.param)

    monkeypatch.setattr(clock, "answers", answers)
    return bool(request.param)


def deadline_notices(office: Office) -> int:
    return sum("'deadline'" in row for row in dump(office.database)["notice"])


def test_a_sweep_shows_what_it_issued_and_what_is_overdue(office: Office, published: str) -> None:
    with simulated_clock(office.clock):
        swept = final(sweep(return_state=True))
    issued = came_of(swept)["issued"]
    assert issued == deadline_notices(office) > 0
    assert run_of(swept).name == f"{OVERDUE} · 巡查"
    rows = rows_of(artifacts_of(swept)["demo-overdue"])
    assert {row["编号"].rpartition("-")[0] for row in rows} == {published}
    assert {row["灯"] for row in rows} == {"🔴 逾期"}


@pytest.mark.parametrize("answering", [True, False], indirect=True)
def test_everything_is_told_once_by_flow_clock_and_hand(office: Office, published: str, answering: bool) -> None:
    at = FixedClock.on(office.day, 0, 30)
    with simulated_clock(at):
        asyncio.run(clock.sweep_now())
        told = deadline_notices(office)
        again = final(sweep(return_state=True))
        asyncio.run(clock.sweep_now())
    by_hand = sweeping.sweep(office.database, at)
    assert told > 0
    assert came_of(again)["issued"] == by_hand.issued == 0
    assert deadline_notices(office) == told


@pytest.mark.parametrize("answering", [True, False], indirect=True)
def test_the_clock_works_the_outbox_with_prefect_and_without(office: Office, answering: bool) -> None:
    case = office.special(to="filed")
    assert follow_ups.pending(office.database) != []
    with simulated_clock(office.clock):
        asyncio.run(clock.follow_up_now())
    assert follow_ups.pending(office.database) == []
    titles = [document["title"] for document in office.shown(case)["documents"]]
    assert len(titles) == len(set(titles)) > 0


def test_the_overdue_table_says_since_when_and_is_of_today_whatever_was_swept(office: Office, published: str) -> None:
    with simulated_clock(FixedClock.on(office.day, 8, 15)):
        swept = final(sweep(as_of=office.day - timedelta(days=200), return_state=True))
        shown = artifacts_of(swept)["demo-overdue"]
        assert not is_outdated()
    assert {row["编号"].rpartition("-")[0] for row in rows_of(shown)} == {published}
    assert shown.description is not None and shown.description.startswith(f"{OVERDUE} 08:15 时的逾期")


def test_a_sweep_from_the_command_line_makes_the_table_outdated_until_the_next_flow(office: Office) -> None:
    with simulated_clock(office.clock):
        final(sweep(return_state=True))
    with simulated_clock(office.later().clock):
        sweeping.sweep(office.database, office.clock)
        assert is_outdated()
        final(sweep(return_state=True))
        assert not is_outdated()


def test_a_sweep_beyond_today_is_refused_and_does_not_crash(office: Office) -> None:
    with simulated_clock(office.clock):
        refused = final(sweep(as_of=office.day + timedelta(days=1), return_state=True))
    assert refused.is_cancelled() and "尚未到来" in str(refused.message)
