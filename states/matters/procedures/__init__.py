"""Every procedure of matters, each with its own table."""

from __future__ import annotations

from states.engine.table import Procedure
from states.matters.procedures.complaint import COMPLAINT
from states.matters.procedures.hazard import HAZARD
from states.matters.procedures.incident import INCIDENT
from states.matters.procedures.talk import TALK, TALK_COMMITMENT
from states.matters.procedures.tracing import TRACING_OF_RESPONSIBILITY

PROCEDURES: dict[str, Procedure] = {
    procedure.name: procedure
    for procedure in (TALK, TALK_COMMITMENT, INCIDENT, HAZARD, COMPLAINT, TRACING_OF_RESPONSIBILITY)
}
"""The procedures by name; incidents, hazards and complaints are roots, the others belong to one of any instrument."""
