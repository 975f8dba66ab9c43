"""Departures from rules that hold in principle: when to request one, of whom, whether it was granted (rule 5)."""

from __future__ import annotations

from collections.abc import Iterator

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection import dossier
from states.inspection.forms.planning import AskDeparture

ASKED_IN = ("approved", "planned", "filed", "staffed", "trained", "prepared", "under_way")


def the_leader_approves(case: Case, context: Context) -> bool:
    """Whether the responsible leader signs this kind of inspection."""
    kind = context.inspection(case).kind
    return kind is not None and context.regulation.approver(kind) == Role.RESPONSIBLE_LEADER


def the_authority_approves(case: Case, context: Context) -> bool:
    """Whether the authority approves this kind of inspection."""
    return not the_leader_approves(case, context)


def inspection_is_being_prepared(case: Case, context: Context) -> Iterator[Refusal]:
    """It is requested between the approval and the feedback, while plan and groups are made or may be amended."""
    inspection = context.inspection(case)
    if inspection.state not in ASKED_IN:
        yield refusal("inspection_elsewhere", Role.COORDINATOR, case=inspection.id, state=inspection.state)


@on_form
def rule_binds_this_kind(case: Case, context: Context) -> Iterator[Refusal]:
    """Only a look-back must be on site, and only what has a limit needs an exception from it."""
    rule, kind = context.filled(AskDeparture).rule, context.inspection(case).kind
    assert kind is not None
    on_site = rule == "on_site" and rule not in context.regulation.kind(kind).in_principle_methods
    if on_site or (rule == "frequency" and not _limited_in_principle(case, context)):
        yield refusal("exception_needless", Role.COORDINATOR, rule=f"in_principle.{rule}")


def _limited_in_principle(case: Case, context: Context) -> bool:
    limit = context.pack.limit_of(context.inspection(case))
    return limit is not None and limit.in_principle


@on_form
def is_not_asked_already(case: Case, context: Context) -> Iterator[Refusal]:
    """Each exception is requested once: it holds for the whole inspection."""
    rule = context.filled(AskDeparture).rule
    for other in context.facts.children(case.family, "departure"):
        standing = other.id != case.id and other.state in ("asked", "asked_of_leader", "granted")
        if standing and dossier.departs_from(other) == rule:
            yield refusal(
                "exception_asked", Role.COORDINATOR, other=other.id, state=other.state, rule=f"in_principle.{rule}"
            )


def no_departure_is_undecided(case: Case, context: Context) -> Iterator[Refusal]:
    """A requested exception is decided or withdrawn before the visits begin."""
    for departure in context.facts.children(case.id, "departure"):
        if departure.state in ("asked", "asked_of_leader"):
            decider = Role.RESPONSIBLE_LEADER if departure.state == "asked_of_leader" else Role.AUTHORITY
            yield refusal(
                "departure_undecided",
                decider,
                departure=departure.id,
                rule=f"in_principle.{dossier.departs_from(departure)}",
            )


def is_granted(rule: str, case: Case, context: Context) -> bool:
    """Whether the approving body granted an exception from the rule."""
    departures = context.facts.children(case.id, "departure")
    return any(dossier.departs_from(departure) == rule and departure.state == "granted" for departure in departures)
