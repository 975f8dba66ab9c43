"""Look-backs: at the rectification of an inspection that was published (Tongliang art. 7, 10, 12, 13(1)).

They are signed by the responsible leader, have no frequency limit, and are carried out like any inspection.
"""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.forms.base import Decision
from states.engine.table import SAME, Procedure, Step
from states.inspection.effects import fixes_the_scope, takes_the_edited_application
from states.inspection.forms.application import EditApplication, Open, Submit
from states.inspection.forms.rectification import Reason
from states.inspection.guards import application, designation, drafts, duplicates, look_back
from states.inspection.procedures.conduct import CONDUCT, COORDINATOR, FINAL, STATES

SIGNER = (Role.RESPONSIBLE_LEADER,)

# fmt: off
APPLICATION: tuple[Step, ...] = (
    # act     from                    to           by
    Step("open",    (NEW,),                 "drafted",   COORDINATOR, form=Open, stored_as="application", stage="application",
         guards=(application.targets_are_on_the_roster, application.year_is_within_reach,
                 application.parent_was_published, application.targets_are_the_parents, look_back.targets_had_findings,
                 designation.designated_department_is_known)),
    Step("submit",  ("drafted", "returned"), "submitted", COORDINATOR, form=Submit, stored_as="submission", stage="application",
         guards=(application.contents_are_of_this_kind, look_back.contents_follow_the_rectification, duplicates.is_no_duplicate), effect=fixes_the_scope),
    Step("edit",    ("drafted", "returned"), SAME,        COORDINATOR, form=EditApplication, stage="application",
         guards=(drafts.the_maker_does_it, drafts.edited_application_is_lawful), effect=takes_the_edited_application, optional=True),
    Step("retract", ("drafted", "returned"), "withdrawn", COORDINATOR, form=Reason, stored_as="retraction", stage="application",
         guards=(drafts.the_maker_does_it,), optional=True),
    Step("approve", ("submitted",),         "approved",  SIGNER,      form=Decision, stored_as="approval", stage="approval",
         guards=(application.decider_is_not_the_applicant,), in_person=True),
    Step("return",  ("submitted",),         "returned",  SIGNER,      form=Decision, stored_as="returns[]", stage="approval",
         guards=(application.decider_is_not_the_applicant,), in_person=True),
    Step("reject",  ("submitted",),         "rejected",  SIGNER,      form=Decision, stored_as="rejection", stage="approval",
         guards=(application.decider_is_not_the_applicant,), in_person=True),
)
# fmt: on

LOOK_BACK = Procedure("look_back", "", STATES, FINAL, (*APPLICATION, *CONDUCT), root=True)
