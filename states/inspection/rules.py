"""Rule keys of procedures whose acts rest on different articles depending on the case."""

from __future__ import annotations

from states.engine.case import Case
from states.engine.context import Context
from states.inspection.forms.oversight import PassOn, Refer
from states.inspection.forms.planning import AskDeparture


def rule_of_referral(case: Case, context: Context) -> str | None:
    """The article of a referral depends on its ground."""
    referral = context.form if isinstance(context.form, Refer) else case.read("referral", Refer)
    return f"referral.{referral.ground}" if referral else None


def rule_of_receiver(case: Case, context: Context) -> str | None:
    """The article depends on the receiver: appraisal office or organisation department."""
    passing = context.form if isinstance(context.form, PassOn) else case.read("passing", PassOn)
    return f"passing_on.{passing.receiver}" if passing else None


def rule_of_departure(case: Case, context: Context) -> str | None:
    """An exception rests on the article of the rule it departs from."""
    asked = context.form if isinstance(context.form, AskDeparture) else case.read("request", AskDeparture)
    return f"in_principle.{asked.rule}" if asked else None
