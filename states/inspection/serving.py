"""What of an inspection is served on an inspected unit and passed on to the appraisal office, and who carries it out.

The notice is served at the start, findings at the feedback, the rectification with the bulletin (Tongliang art. 13(4),
13(5), 14); the appraisal office gets the results that are passed on to it (art. 21). Everything else stays inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from states.engine.case import Case
from states.engine.serving import Served
from states.inspection.forms.planning import Staff
from states.inspection.procedures.conduct import STATES

_NOTICE: Final = Served(
    by=frozenset({"start"}),
    # An amended plan is started anew, and only then served on the targets that it adds.
    in_states=frozenset(STATES[STATES.index("under_way") :]) - {"rejected"},
    acts=frozenset({"start", "publish"}),
    documents=frozenset({"notice_of_inspection"}),
)
_VISIT_ACTS: Final = frozenset({"request_self_inspection", "hand_in_self_inspection", "feed_back"})

SERVED_ON_UNIT: Final[Mapping[str, Served]] = {
    "inspection": _NOTICE,
    "look_back": _NOTICE,
    "visit": Served(by=frozenset({"request_self_inspection", "visit_on_site", "feed_back"}), acts=_VISIT_ACTS),
    "finding": Served(by=frozenset({"tell"})),
    "rectification": Served(),
    "review": Served(),
}
"""By procedure, what the unit of a case is shown. Of procedures that are not named it is shown nothing.

What a group writes down on a visit (record, evaluation, findings before the feedback) is its own.
"""

_RESULT: Final = Served(acts=frozenset({"publish", "close"}), documents=frozenset({"bulletin", "ledger"}))
PASSED_ON: Final[Mapping[str, Served]] = {"inspection": _RESULT, "look_back": _RESULT, "passing_on": Served()}
"""By procedure, what the appraisal office is shown of an inspection whose results were passed on to it."""

PASSED_TO_APPRAISAL: Final = ("passing_on", "receiver", "appraisal_office")
"""The procedure, field and value by which results are passed on to the appraisal office."""


def staffed_people(inspection: Case) -> frozenset[str]:
    """The leaders and members whom the staffing of an inspection names."""
    staffing = inspection.read("staffing", Staff)
    if staffing is None:
        return frozenset()
    return frozenset(person.name for group in staffing.groups for person in (group.leader, *group.members))
