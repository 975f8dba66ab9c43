"""Every procedure, each a table of its own."""

from __future__ import annotations

from states.procedures.amendment import AMENDMENT
from states.procedures.departure import DEPARTURE
from states.procedures.finding import FINDING
from states.procedures.frequency_exception import FREQUENCY_EXCEPTION
from states.procedures.group import GROUP
from states.procedures.inspection import INSPECTION
from states.procedures.look_back import LOOK_BACK
from states.procedures.passing_on import PASSING_ON
from states.procedures.rectification import RECTIFICATION
from states.procedures.referral import REFERRAL
from states.procedures.review import REVIEW
from states.procedures.significant_matter import SIGNIFICANT_MATTER
from states.procedures.suspension import SUSPENSION
from states.procedures.visit import VISIT
from states.table import Procedure

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
        PASSING_ON,
        REVIEW,
    )
}
"""The procedures by name; an inspection and a look-back stand by themselves, the others belong to one."""
