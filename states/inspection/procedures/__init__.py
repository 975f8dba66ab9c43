"""Every procedure, each with its own table."""

from __future__ import annotations

from states.engine.table import Procedure
from states.inspection.procedures.admonitory_talk import ADMONITORY_TALK
from states.inspection.procedures.amendment import AMENDMENT
from states.inspection.procedures.departure import DEPARTURE
from states.inspection.procedures.finding import FINDING
from states.inspection.procedures.frequency_exception import FREQUENCY_EXCEPTION
from states.inspection.procedures.group import GROUP
from states.inspection.procedures.inspection import INSPECTION
from states.inspection.procedures.look_back import LOOK_BACK
from states.inspection.procedures.passing_on import PASSING_ON
from states.inspection.procedures.recommendation import RECOMMENDATION
from states.inspection.procedures.rectification import RECTIFICATION
from states.inspection.procedures.referral import REFERRAL
from states.inspection.procedures.review import REVIEW
from states.inspection.procedures.significant_matter import SIGNIFICANT_MATTER
from states.inspection.procedures.suspension import SUSPENSION
from states.inspection.procedures.visit import VISIT

PROCEDURES: dict[str, Procedure] = {
    procedure.name: procedure
    for procedure in (
        INSPECTION,
        LOOK_BACK,
        FREQUENCY_EXCEPTION,
        DEPARTURE,
        AMENDMENT,
        SUSPENSION,
        GROUP,
        VISIT,
        FINDING,
        RECTIFICATION,
        SIGNIFICANT_MATTER,
        REFERRAL,
        ADMONITORY_TALK,
        RECOMMENDATION,
        PASSING_ON,
        REVIEW,
    )
}
"""The procedures by name; inspections and look-backs are roots, the others belong to one."""
