"""What an inspected unit and the appraisal office may see of an inspection, and who staffs it.

The notice is served at the start, findings at the feedback, the rectification with the bulletin (Tongliang art. 13(4),
13(5), 14); the appraisal office gets the results that are passed on to it (art. 21). Everything else stays internal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from states.engine.case import Case
from states.engine.serving import PassingOn, Served, Serving
from states.inspection.forms.planning import Staff
from states.inspection.procedures.conduct import STATES

_NOTICE: Final = Served(
    by=frozenset({"start"}),
    # An amended plan is started again, and only then served on the targets it adds.
    in_states=frozenset(STATES[STATES.index("under_way") :]) - {"rejected", "withdrawn"},
    acts=frozenset({"start", "publish"}),
    documents=frozenset({"notice_of_inspection"}),
)
_VISIT_ACTS: Final = frozenset({"request_self_inspection", "hand_in_self_inspection", "feed_back"})

ON_UNIT: Final[Mapping[str, Served]] = {
    "inspection": _NOTICE,
    "look_back": _NOTICE,
    "visit": Served(by=frozenset({"request_self_inspection", "visit_on_site", "feed_back"}), acts=_VISIT_ACTS),
    "finding": Served(by=frozenset({"tell"})),
    "rectification": Served(),
    "review": Served(),
}
"""A group's notes on a visit (record, evaluation, findings before the feedback) are internal."""

_RESULT: Final = Served(acts=frozenset({"publish", "close"}), documents=frozenset({"bulletin", "ledger"}))


def staffed_people(inspection: Case) -> frozenset[str]:
    """The leaders and members in the staffing of an inspection."""
    staffing = inspection.read("staffing", Staff)
    if staffing is None:
        return frozenset()
    return frozenset(person.name for group in staffing.groups for person in (group.leader, *group.members))


SERVING: Final = Serving(
    on_unit=ON_UNIT,
    results={"inspection": _RESULT, "look_back": _RESULT, "passing_on": Served()},
    passing_on=(PassingOn("passing_on", "receiver", "appraisal_office"),),
    staffed_people=staffed_people,
)
"""The same in every version of the regulation."""
