"""Procedures whose acts rest on different articles by what a case is about."""

from __future__ import annotations

from states.engine.case import Case
from states.engine.context import Context
from states.inspection.forms.oversight import PassOn, Refer
from states.inspection.forms.planning import AskDeparture


def rule_of_referral(case: Case, context: Context) -> str | None:
    """Referrals rest on different articles by their ground."""
    referral = context.form if isinstance(context.form, Refer) else case.read("referral", Refer)
    return f"referral.{referral.ground}" if referral else None


def rule_of_receiver(case: Case, context: Context) -> str | None:
    """Results go to the appraisal side and to the organisation side under different articles."""
    passing = context.form if isinstance(context.form, PassOn) else case.read("passing", PassOn)
    return f"passing_on.{passing.receiver}" if passing else None


def rule_of_departure(case: Case, context: Context) -> str | None:
    """An exception rests on the article of what holds in principle."""
    asked = context.form if isinstance(context.form, AskDeparture) else case.read("request", AskDeparture)
    return f"in_principle.{asked.rule}" if asked else None
