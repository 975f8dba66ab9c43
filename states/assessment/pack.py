"""Assessments as one version of a regulation has them."""

from __future__ import annotations

from typing import Final

from regulations import Regulation
from states.assessment.cycle import set_day
from states.assessment.procedures import PROCEDURES
from states.assessment.serving import SERVING
from states.engine.pack import Instrument

ASSESSMENT: Final = "assessment"
"""The name of the instrument."""
STAGES: Final = ("scheme", "targets", "self_assessment", "on_site_assessment", "results", "outcomes")
"""The stages in the order of the year."""


def assessment(regulation: Regulation) -> Instrument:
    """The assessments of this version."""
    return Instrument(name=ASSESSMENT, procedures=PROCEDURES, serving=SERVING, stages=STAGES, set_day_of=set_day)
