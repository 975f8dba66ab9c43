"""The procedures of a campaign, each with its own table."""

from __future__ import annotations

from collections.abc import Mapping

from states.campaign.procedures.campaign import campaign_without
from states.campaign.procedures.duty_exception import DUTY_EXCEPTION
from states.campaign.procedures.occurrence import OCCURRENCE
from states.campaign.procedures.unit_duty import UNIT_DUTY
from states.campaign.procedures.unit_evaluation import UNIT_EVALUATION
from states.engine.table import Procedure


def procedures(left_out: frozenset[str]) -> Mapping[str, Procedure]:
    """The procedures by name, the campaign without the steps that a text does not have."""
    every = (campaign_without(left_out), UNIT_DUTY, OCCURRENCE, UNIT_EVALUATION, DUTY_EXCEPTION)
    return {one.name: one for one in every}
