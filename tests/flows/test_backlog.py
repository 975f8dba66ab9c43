"""Without a clock the run of the backlog does its work: it follows up, sends mail, and marks runs that died."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from prefect import get_client
from prefect.schedules import Cron

from casework.nightly import follow_ups
from flows import backlog
from flows.service.deploying import STAND_INS, deployments, set_fallback_schedules
from tests.casework.office import BACHUAN, TUQIAO, Office
from tests.flows.runs import came_of, final

pytestmark = pytest.mark.usefixtures("prefect_server")


@pytest.fixture
def waiting(office: Office) -> list[str]:
    """Two inspections that were opened and not yet followed up."""
    return [
        office.opens(kind="special", year=2026, title="专项督察", targets=[target], problem=target, reason="投诉")
        for target in (BACHUAN, TUQIAO)
    ]


def worked() -> Any:
    return came_of(final(backlog.work(return_state=True)))


def test_a_run_follows_up_all_that_waits_and_a_second_finds_nothing(office: Office, waiting: list[str]) -> None:
    assert worked() == {"acts": 2, "failed": 0, "mails": {"sent": 0, "failed": 0, "earlier": 0}, "gone": []}
    assert worked()["acts"] == 0
    assert not follow_ups.pending(office.database)


def test_a_stage_that_fails_keeps_no_other_waiting(
    office: Office, waiting: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = follow_ups.compose

    def fail(database: Any, clock: Any, item: Any) -> list[str]:
        if item.root == waiting[0]:
            raise OSError("disk full")
        return compose(database, clock, item)

    monkeypatch.setattr(follow_ups, "compose", fail)
    done = worked()
    assert (done["acts"], done["failed"]) == (1, 1)
    assert [row.root for row in follow_ups.pending(office.database)] == waiting[:1]


def test_mail_goes_out_with_it(office: Office, waiting: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUCHA_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("DUCHA_SMTP_PORT", "1")
    monkeypatch.setenv("DUCHA_SMTP_SENDER", "ducha@example.gov.cn")
    assert worked()["mails"]["failed"] > 0


def test_the_schedules_that_stand_in_for_the_clock_are_there_and_active() -> None:
    found = {schedule["slug"]: schedule for deployment in deployments() for schedule in deployment.get("schedules", ())}
    assert found.keys() > STAND_INS
    assert all(schedule["active"] for schedule in found.values())


async def switched() -> list[set[str | None]]:
    """Which schedules are active when the clock runs, and when it does not."""
    slugs = [*STAND_INS, "nightly"]
    schedules = [Cron("30 0 * * *", slug=slug) for slug in slugs]
    deployment = await (await backlog.work.ato_deployment("switched", schedules=schedules)).aapply()
    seen = []
    for active in (False, True):
        await set_fallback_schedules(active)
        async with get_client() as client:
            found = (await client.read_deployment(deployment)).schedules
        seen.append({schedule.slug for schedule in found if schedule.active})
    return seen


def test_where_the_clock_runs_they_are_off_and_the_night_stays() -> None:
    assert asyncio.run(switched()) == [{"nightly"}, {"nightly", *STAND_INS}]
