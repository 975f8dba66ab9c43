"""Who assesses whom (Yangjiang part 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from states.assessment import dossier
from states.assessment.forms.scheme import Assessor, FormTeam, TeamGroup
from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.own_unit import comes_from, is_of_unit
from states.engine.refusals import Refusal, refusal
from states.engine.table import on_form


@on_form
def team_covers_every_county(case: Case, context: Context) -> Iterator[Refusal]:
    """Each county has one group, and each group a name of its own."""
    teams = context.filled(FormTeam).teams
    covered = Counter(code for group in teams for code in group.counties)
    for code in case.targets:
        if not covered[code]:
            yield refusal("county_without_group", Role.COORDINATOR, unit=context.named(code))
        elif covered[code] > 1:
            yield refusal("county_with_several_groups", Role.COORDINATOR, unit=context.named(code))
    for code in covered:
        if code not in case.targets:
            yield refusal("county_not_assessed", Role.COORDINATOR, unit=context.named(code), case=case.id)
    names = Counter(group.name for group in teams)
    yield from (refusal("team_named_twice", Role.COORDINATOR, group=name) for name in names if names[name] > 1)


@on_form
def team_leaders_have_accounts(case: Case, context: Context) -> Iterator[Refusal]:
    """Each group is led by somebody with an account of a leader."""
    for group in context.filled(FormTeam).teams:
        account = context.facts.account(group.leader.name)
        if account is None or not account.holds(Role.GROUP_LEADER):
            yield refusal("team_leader_unknown", Role.ADMINISTRATOR, name=group.leader.name, group=group.name)


@on_form
def team_comes_from_the_members(case: Case, context: Context) -> Iterator[Refusal]:
    """The team is made of people of the office and of member departments, and of experts."""
    home = context.home() if context.home else None
    bodies = (*dossier.members(case), *([home.offices[Role.COORDINATOR]] if home else []))
    for group in context.filled(FormTeam).teams:
        for person in _everybody(group):
            if not person.expert and not any(is_of_unit(person.body, body) for body in bodies):
                yield refusal("not_of_a_member", Role.COORDINATOR, name=person.name, body=person.body, group=group.name)


@on_form
def nobody_assesses_their_own_county(case: Case, context: Context) -> Iterator[Refusal]:
    """Nobody assesses the county they come from, whichever of its bodies it is."""
    for group in context.filled(FormTeam).teams:
        for person in _everybody(group):
            for code in group.counties:
                if _is_of_county(person, code, context):
                    unit = context.named(code)
                    yield refusal("own_county", Role.COORDINATOR, name=person.name, unit=unit, group=group.name)


def county_is_of_their_group(case: Case, context: Context) -> Iterator[Refusal]:
    """A county is assessed by the people of its group."""
    group = dossier.team_for(context.inspection(case), case.unit)
    if group is None:
        yield refusal("team_not_formed", Role.COORDINATOR, case=case.family)
    elif context.actor is not None and context.actor.plain_name not in dossier.people(group):
        yield refusal(
            "not_of_the_team", *GROUP, name=context.actor.name, group=group.name, unit=context.named(case.unit)
        )


GROUP = (Role.GROUP_LEADER, Role.GROUP_MEMBER)


def _everybody(group: TeamGroup) -> tuple[Assessor, ...]:
    return (group.leader, *group.members)


def _is_of_county(person: Assessor, code: str, context: Context) -> bool:
    """By the account's unit, or by the body the person is said to be of."""
    account, county = context.facts.account(person.name), context.facts.unit(code)
    said = county is not None and is_of_unit(person.body, county.name)
    return said or (account is not None and comes_from(account, code, context))
