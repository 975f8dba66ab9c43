"""Campaigns as one version of a regulation has them."""

from __future__ import annotations

from typing import Final

from regulations import Regulation
from states.campaign.procedures import procedures
from states.campaign.serving import SERVING
from states.engine.pack import Instrument

STAGES: Final = ("campaign_setup", "campaign_work", "campaign_assessment")


def campaign(regulation: Regulation) -> Instrument:
    """The campaigns of this version, without the steps that its text does not have. Raises BadTable."""
    return Instrument(
        name="campaign",
        procedures=procedures(regulation.steps_left_out),
        serving=SERVING,
        stages=STAGES,
    )
