"""Working the outbox: the flow of each stage follows up what waits there, one inspection after the other.

Where no clock runs, Prefect's schedule starts this every minute. It then does all of the clock's work but the sweep:
it also sends the mail that waits, and marks the runs of machines that died.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from prefect import flow, runtime
from prefect.client.schemas.objects import State

import messages
from casework.nightly import follow_ups, mailing
from casework.nightly.mail_models import MailResult
from casework.nightly.mailing import MailSettings
from flows.forms import said, with_docs
from flows.reconciling import reconcile
from flows.results import result
from flows.runtime import clock, database, recorded, settings
from flows.stages import STAGE_FLOWS

log = logging.getLogger(__name__)


@flow(name=said("backlog"), description=said("about_backlog"), flow_run_name=said("backlog_run", limit="{limit}"))
@with_docs(said("about_backlog"), limit=said("about_limit"))
async def work(limit: int = 100) -> State[Any]:
    """Follow up what waits, oldest first. A stage that fails is tried again by a later run, and keeps none waiting."""
    with recorded(runtime.flow_run.id):
        return await _worked(limit)


async def _worked(limit: int) -> State[Any]:
    mail = await asyncio.to_thread(_mail)
    acts, tried, failed = 0, set[tuple[str, str]](), 0
    while acts < limit and (left := [one for one in await asyncio.to_thread(waiting, limit) if one not in tried]):
        root, stage = left[0]
        tried.add(left[0])
        try:
            followed: Mapping[str, Any] = await STAGE_FLOWS[stage](case=root)
        except Exception:
            log.exception("%s %s", root, stage)
            failed += 1
        else:
            acts += len(followed.get("acts", ()))
    mails = await asyncio.to_thread(_send_mail, mail, f"flow-run:{runtime.flow_run.id}")
    gone = await reconcile(clock().now())
    message = messages.text("flows.worked", acts=acts, failed=failed, mails=mails.sent, gone=len(gone))
    return result(message, {"acts": acts, "failed": failed, "mails": mails.model_dump(), "gone": gone})


def waiting(limit: int) -> list[tuple[str, str]]:
    """The inspections and stages in which something can be followed up now, the longest waiting first."""
    rows = follow_ups.pending(database(), limit, ready_at=clock().now())
    return list(dict.fromkeys((row.root, row.stage) for row in rows))


def _mail() -> MailSettings | None:
    """The mail server, where one is named; asked before the first notice, for they are mailed from then on."""
    server = MailSettings.from_settings(settings())
    mailing.switch(database(), clock(), on=server is not None)
    return server


def _send_mail(server: MailSettings | None, owner: str) -> MailResult:
    if server is None:
        return MailResult()
    return mailing.send_queued(database(), clock(), server, owner)
