"""Guards of talks and of the commitments made in them."""

from __future__ import annotations

from collections.abc import Iterator

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.dates import is_within_the_calendar, lies_ahead
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.matters.forms.talk import FollowUpTalk, HeldTalk, NotifyTalk, ProposeTalk, ReturnCommitment
from states.matters.names import COMMITMENT, KEPT, REPORTED


@on_form
def talk_names_a_unit_of_its_root(case: Case, context: Context) -> Iterator[Refusal]:
    """A talk is with one unit; under a root that has targets, with one of them."""
    root, unit = context.inspection(case), context.filled(ProposeTalk).unit or case.unit
    if unit is None:
        yield refusal("talk_unit_missing", Role.COORDINATOR, case=root.id)
    elif root.targets and unit not in root.targets:
        yield refusal("unit_not_a_target", Role.COORDINATOR, unit=context.named(unit), case=root.id)


@on_form
def talk_rests_on_its_root(case: Case, context: Context) -> Iterator[Refusal]:
    """What a talk rests on belongs to the root it is proposed under."""
    named = context.filled(ProposeTalk).rests_on
    found = context.facts.case(named) if named else None
    if named and (found is None or found.family != case.family):
        yield refusal("not_of_this_root", Role.COORDINATOR, named=named, case=case.family)


@on_form
def talk_day_is_not_past(case: Case, context: Context) -> Iterator[Refusal]:
    """The day of the talk is told on or before that day, and lies within the calendar."""
    day = context.filled(NotifyTalk).talk_on
    if day < context.on:
        yield refusal("talk_day_past", Role.COORDINATOR, earliest=context.on, day=day, on=context.on)
    else:
        yield from is_within_the_calendar(day, Role.COORDINATOR, context)


def talk_day_has_come(case: Case, context: Context) -> Iterator[Refusal]:
    """A talk is not recorded before the day that the unit was told."""
    notice = case.read("notice", NotifyTalk)
    if notice is not None and context.on < notice.talk_on:
        yield refusal("talk_day_ahead", Role.COORDINATOR, earliest=notice.talk_on, on=context.on)


@on_form
def commitments_lie_ahead(case: Case, context: Context) -> Iterator[Refusal]:
    """Each commitment has a day after the talk."""
    for day in sorted({one.due_on for one in context.filled(HeldTalk).commitments}):
        yield from lies_ahead(day, Role.COORDINATOR, context)


@on_form
def new_day_lies_ahead(case: Case, context: Context) -> Iterator[Refusal]:
    """A commitment that is returned gets a new day, which lies ahead."""
    yield from lies_ahead(context.filled(ReturnCommitment).due_on, Role.COORDINATOR, context)


@on_form
def settled_means_every_commitment_was_kept(case: Case, context: Context) -> Iterator[Refusal]:
    """A talk is settled when every commitment was found kept, with evidence of it."""
    form = context.filled(FollowUpTalk)
    if form.outcome != "settled":
        return
    still = tuple(one.id for one in context.facts.children(case.id, COMMITMENT) if one.state != KEPT)
    if still:
        yield refusal("commitments_open", Role.TARGET_OFFICER, Role.COORDINATOR, cases=still)
    if not form.evidence:
        yield refusal("follow_up_without_evidence", Role.COORDINATOR, case=case.id)


@on_form
def wanting_means_a_commitment_was_not_kept(case: Case, context: Context) -> Iterator[Refusal]:
    """A talk is found wanting where a commitment was not kept, once what the unit reported was looked at."""
    if context.filled(FollowUpTalk).outcome != "wanting":
        return
    made = context.facts.children(case.id, COMMITMENT)
    unseen = tuple(one.id for one in made if one.state == REPORTED)
    if unseen:
        yield refusal("commitments_unseen", Role.COORDINATOR, cases=unseen)
    if made and all(one.state == KEPT for one in made):
        yield refusal("every_commitment_kept", Role.COORDINATOR, case=case.id)


def is_settled(case: Case, context: Context) -> bool:
    """Whether the follow-up says settled; without a form, that row is meant."""
    return not isinstance(context.form, FollowUpTalk) or context.form.outcome == "settled"


def is_wanting(case: Case, context: Context) -> bool:
    """Whether the follow-up says wanting."""
    return not is_settled(case, context)


def accepter_did_not_report(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody finds kept what they handed in themselves."""
    if context.actor is not None and context.actor.name in case.actors("report"):
        yield refusal("own_handed_in", Role.COORDINATOR, name=context.actor.name)
