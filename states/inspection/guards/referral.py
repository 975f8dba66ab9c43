"""Referrals: where they go, who decides on them, and which of them nobody drops (Tongliang art. 16, 17, 20)."""

from __future__ import annotations

from collections.abc import Iterator

from regulations import Ground
from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form
from states.inspection.forms.oversight import Refer


def must_be_sent(case: Case, context: Context) -> bool:
    """Whether the referral is of a ground that the law has transferred, without anybody's leave."""
    ground = _ground(case, context)
    return ground is not None and ground.must_be_sent


@on_form
def destination_follows_the_ground(case: Case, context: Context) -> Iterator[Refusal]:
    """A referral goes where its ground belongs."""
    form = context.filled(Refer)
    ground = _ground_of(form, context)
    if form.destination not in ground.destinations:
        names = {body.code: body.name for body in context.regulation.referral_destinations}
        lawful = tuple(f"{names[code]}（{code}）" for code in ground.destinations)
        yield refusal(
            "destination_unfit",
            Role.COORDINATOR,
            ground=ground.name,
            destination=names[form.destination],
            lawful=lawful,
            article=ground.article,
        )


@on_form
def ground_fits_the_facts(case: Case, context: Context) -> Iterator[Refusal]:
    """What reads as a crime, or as an abuse of office, is referred on a ground that has to be sent (house rule)."""
    form = context.filled(Refer)
    if _ground_of(form, context).must_be_sent:
        return
    said = f"{form.subject}\n{form.facts}\n{form.note}"
    for ground in context.regulation.referral_grounds:
        word = next((word for word in ground.words if word in said), None)
        if word is not None:
            sent = tuple(f"{one.code}（{one.name}）" for one in context.regulation.referral_grounds if one.must_be_sent)
            yield refusal("ground_unfit", Role.COORDINATOR, Role.GROUP_LEADER, word=word, grounds=sent)
            return


def decider_is_not_concerned(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody decides on or passes on a referral that may concern themselves or their unit."""
    referral, actor = case.read("referral", Refer), context.actor
    if referral is None or actor is None:
        return
    unit = context.facts.unit(actor.unit) if actor.unit else None
    named = actor.name in referral.subject or (unit is not None and unit.name in referral.subject)
    if named or actor.unit in referral.units:
        yield refusal("referral_concerns_them", Role.AUTHORITY, Role.SUPERVISION_OFFICE, name=actor.name)


def lead_may_be_dropped(case: Case, context: Context) -> Iterator[Refusal]:
    """What has to be sent is not dropped."""
    ground = _ground(case, context)
    if ground is not None and ground.must_be_sent:
        yield refusal("lead_must_be_sent", Role.COORDINATOR, Role.SUPERVISION_OFFICE, ground=ground.name)


def needs_no_approval(case: Case, context: Context) -> Iterator[Refusal]:
    """Only what has to be sent goes out without a decision."""
    if not must_be_sent(case, context):
        yield refusal("referral_not_approved", Role.AUTHORITY, case=case.id)


def _ground(case: Case, context: Context) -> Ground | None:
    referral = case.read("referral", Refer)
    return _ground_of(referral, context) if referral else None


def _ground_of(form: Refer, context: Context) -> Ground:
    return next(one for one in context.regulation.referral_grounds if one.code == form.ground)
