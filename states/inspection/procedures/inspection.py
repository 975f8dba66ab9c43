"""Comprehensive and special inspections (Tongliang art. 7-9, 12-14, 16, 21-22)."""

from __future__ import annotations

from states.engine.case import NEW
from states.engine.forms.base import Decision
from states.engine.table import SAME, Procedure, Step
from states.inspection.effects import fixes_the_scope, takes_the_edited_application
from states.inspection.forms.application import EditApplication, Open, Submit
from states.inspection.forms.rectification import Reason
from states.inspection.guards import application, designation, drafts, duplicates
from states.inspection.procedures.conduct import AUTHORITY, CONDUCT, COORDINATOR, FINAL, STATES

# fmt: off
APPLICATION: tuple[Step, ...] = (
    # act     from                    to           by
    Step("open",    (NEW,),                 "drafted",   COORDINATOR, form=Open, stored_as="application", stage="application",
         guards=(application.targets_are_on_the_roster, application.year_is_within_reach,
                 designation.designated_department_is_known), correctable=("title", "problem", "domain")),
    Step("submit",  ("drafted", "returned"), "submitted", COORDINATOR, form=Submit, stored_as="submission", stage="application",
         guards=(application.contents_are_of_this_kind, duplicates.is_no_duplicate, application.frequency_is_free),
         frequency="hold", effect=fixes_the_scope, consequences=("ask_exception",)),
    Step("edit",    ("drafted", "returned"), SAME,        COORDINATOR, form=EditApplication, stage="application",
         guards=(drafts.the_maker_does_it, drafts.edited_application_is_lawful), effect=takes_the_edited_application, optional=True),
    Step("retract", ("drafted", "returned"), "withdrawn", COORDINATOR, form=Reason, stored_as="retraction", stage="application",
         guards=(drafts.the_maker_does_it,), optional=True),
    Step("approve", ("submitted",),         "approved",  AUTHORITY,   form=Decision, stored_as="approval", stage="approval",
         guards=(application.decider_is_not_the_applicant, application.frequency_is_free_or_excepted),
         frequency="take", in_person=True),
    Step("return",  ("submitted",),         "returned",  AUTHORITY,   form=Decision, stored_as="returns[]", stage="approval",
         guards=(application.decider_is_not_the_applicant,), frequency="free", in_person=True, consequences=("lapse_exceptions",)),
    Step("reject",  ("submitted",),         "rejected",  AUTHORITY,   form=Decision, stored_as="rejection", stage="approval",
         guards=(application.decider_is_not_the_applicant,), frequency="free", in_person=True, consequences=("lapse_exceptions",)),
)
# fmt: on

INSPECTION = Procedure("inspection", "", STATES, FINAL, (*APPLICATION, *CONDUCT), root=True)
