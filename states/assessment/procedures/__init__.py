"""Every procedure of an assessment, each with its own table."""

from __future__ import annotations

from states.assessment.procedures.assessment_year import ASSESSMENT_YEAR
from states.assessment.procedures.outcome import OUTCOME
from states.assessment.procedures.unit_assessment import UNIT_ASSESSMENT
from states.engine.table import Procedure

PROCEDURES: dict[str, Procedure] = {
    procedure.name: procedure for procedure in (ASSESSMENT_YEAR, UNIT_ASSESSMENT, OUTCOME)
}
"""The procedures by name; a year is a root, the others belong to one."""
