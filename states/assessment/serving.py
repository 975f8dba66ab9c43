"""What a county and the cadre department may see of an assessment, and who is of its team.

A county sees its own assessment, but for what the team and the office do before the bulletin, and of the year the
scheme and the bulletin. The cadre department gets the results that are passed on to it.
"""

from __future__ import annotations

from typing import Final

from states.assessment import dossier
from states.engine.serving import PassingOn, Served, Serving

_YEAR: Final = Served(
    acts=frozenset({"publish_scheme", "adjust_scheme", "announce"}),
    documents=frozenset({"scheme", "results_bulletin", "public_notice"}),
)
_COUNTY: Final = Served(
    acts=frozenset(
        {
            "await_targets", "file_targets", "file_record", "return_targets", "self_assess", "go_on_without",
            "announce_result", "report_putting_right", "accept_report", "find_wanting", "settle_after_talk",
        }
    ),
    documents=frozenset({"targets_record", "grade_letter"}),
)  # fmt: skip
_RESULT: Final = Served(
    acts=frozenset({"announce", "close"}), documents=frozenset({"results_bulletin", "composite_report"})
)

SERVING: Final = Serving(
    on_unit={"assessment_year": _YEAR, "unit_assessment": _COUNTY, "result_measure": Served()},
    results={"assessment_year": _RESULT, "result_measure": Served()},
    passing_on=(PassingOn("result_measure", "receiver", "干部主管部门"),),
    staffed_people=dossier.staffed_people,
)
