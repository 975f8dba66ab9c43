"""Groups: formed, prepared, and finished with their report (Tongliang art. 13(3), 13(4), 17)."""

from __future__ import annotations

from states.engine.case import NEW, Role
from states.engine.table import SAME, Procedure, Step
from states.inspection.effects import takes_its_targets
from states.inspection.forms.conduct import GroupReport, Prepare, RecordAbsence
from states.inspection.forms.planning import Assignment
from states.inspection.forms.rectification import Reason
from states.inspection.groups import people_of
from states.inspection.guards import conduct, notices, presence
from states.inspection.presence import absent_on

COORDINATOR, LEADER = (Role.COORDINATOR,), (Role.GROUP_LEADER,)

# fmt: off
GROUP = Procedure(
    "group", "G", ("formed", "prepared", "reported", "disbanded"), frozenset({"reported", "disbanded"}),
    (
        # act             from                    to          by
        Step("form",           (NEW,),                 "formed",    COORDINATOR, form=Assignment, stored_as="order", stage="team",
             effect=takes_its_targets, consequence_only=True),
        Step("reassign",       ("formed", "prepared"), "formed",    COORDINATOR, form=Assignment, stored_as="order", stage="team",
             effect=takes_its_targets, consequence_only=True),
        Step("change_people",  ("formed", "prepared"), SAME,        COORDINATOR, form=Assignment, stored_as="order", stage="team",
             consequence_only=True, suspended=True),
        Step("prepare",        ("formed",),            "prepared",  LEADER,      form=Prepare, stored_as="information[]", stage="visits",
             guards=(conduct.acts_for_their_own_group, conduct.inspection_is_trained, notices.information_covers_every_target),
             consequences=("move_inspection",)),
        Step("record_absence", ("formed", "prepared"), SAME,        (*LEADER, *COORDINATOR), form=RecordAbsence, stored_as="absences[]", stage="visits",
             guards=(presence.group_is_theirs_or_the_office, conduct.absentee_is_of_the_group, presence.absence_is_lawful), optional=True),
        Step("report",         ("prepared",),          "reported",  LEADER,      form=GroupReport, stored_as="report", stage="feedback",
             guards=(conduct.acts_for_their_own_group, conduct.inspection_is_fed_back, conduct.group_has_fed_back,
                     presence.every_member_was_seen),
             consequences=("move_inspection",)),
        Step("disband",        ("formed", "prepared"), "disbanded", (Role.COORDINATOR, Role.AUTHORITY), form=Reason, stored_as="disbanding",
             stage="team", suspended=True, consequence_only=True),
    ),
    people=people_of,
    absent=absent_on,
)
# fmt: on
