"""What a clock does by itself, done by hand: the nightly sweep, and following acts up."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

import messages
from cli.output.printing import join_names, show, table
from cli.parsing.commands import Command, option
from cli.parsing.options import Options
from cli.parsing.param_types import CASE, DAY, Number

if TYPE_CHECKING:
    from casework.nightly.follow_up_models import FollowUpResult
    from cli.operations.sweep_models import SweepAnswer


@click.command("sweep", cls=Command, help="console.sweep")
@option("--as-of", "as_of", type=DAY, help="console.opt_as_of")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@option("--clock-is-right", "clock_confirmed", is_flag=True, help="console.opt_clock_is_right")
@click.pass_obj
def sweep(settings: Options, as_of: date | None, jurisdiction: str | None, clock_confirmed: bool) -> int:
    """Sweep every night up to a day, each notice once, and anchor the journal once a night."""
    from casework.errors import UpkeepFailed
    from casework.nightly import sweeping
    from cli.operations.sweep_models import SweepAnswer
    from operations.anchors import anchoring
    from operations.anchors.anchor_files import AnchorSettings

    where = AnchorSettings.from_settings(settings.environment)
    anchor = trouble = None
    with settings.opened() as database:
        done = sweeping.sweep(
            database, settings.clock, as_of=as_of, jurisdiction=jurisdiction, clock_confirmed=clock_confirmed
        )
        try:
            anchor = anchoring.nightly(database, settings.clock, where)
        except UpkeepFailed as error:
            # The messages stand all the same.
            trouble = error.view()
    show(settings, SweepAnswer(**dict(done), anchor=anchor, anchor_trouble=trouble), _swept)
    return 1 if trouble else 0


@click.command("follow-up", cls=Command, help="console.follow_up")
@option("--case", "only_case", metavar="CASE", type=CASE, help="console.opt_only_case")
@option("--limit", type=Number(1, 100_000), default=1000, help="console.opt_limit")
@click.pass_obj
def follow_up(settings: Options, only_case: str | None, limit: int) -> None:
    """Follow up what waits, without Prefect."""
    from casework.acts.request_context import case_of
    from casework.nightly import follow_ups

    done: list[FollowUpResult] = []
    with settings.opened() as database:
        if only_case is not None:
            with database.reading() as session:
                case_of(session, only_case)
        while len(done) < limit:
            more = follow_ups.follow_up(
                database,
                settings.clock,
                worker(),
                only_case=only_case,
                for_seconds=settings.environment.lease_seconds,
            )
            if not more:
                break
            done += more
    show(settings, done, _followed_up)


def worker() -> str:
    """Under which name this process leases work."""
    return f"console {socket.gethostname()} {os.getpid()}"


def _swept(done: SweepAnswer) -> str:
    first, last = done.nights[0], done.nights[-1]
    nights = first.isoformat() if first == last else messages.text("console.between", due=first, latest=last)
    head = messages.text("console.swept", nights=nights, count=len(done.nights), issued=done.issued)
    told = (*done.withdrawn, *done.notices)
    rows = ((one.dated_on, one.case, join_names(one.recipient_names), one.subject) for one in told)
    lines = [head, table(("on", "case", "to_whom", "subject"), rows)] if told else [head]
    if done.withdrawn:
        lines.append(messages.text("console.withdrawn", count=len(done.withdrawn)))
    if done.anchor_trouble:
        lines.append(messages.text("upkeep.swept_unanchored", fact=done.anchor_trouble.fact))
        lines.append(messages.text("console.error_cure", cure=done.anchor_trouble.cure))
    return "\n".join(lines)


def _followed_up(done: Sequence[FollowUpResult]) -> str:
    from cli.output.refusal_output import act_name, person_name

    rows = (
        (
            one.case,
            act_name(one.act),
            person_name("stage", one.stage),
            join_names(one.documents),
            one.notices,
        )
        for one in done
    )
    return table(("case", "act", "stage", "documents", "notices"), rows, empty="console.nothing_waits")
