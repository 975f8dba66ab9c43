"""What a unit may see of a campaign: its launch, and its own tasks, occurrences, evaluation and exceptions."""

from __future__ import annotations

from typing import Final

from states.campaign.dossier import reviewers
from states.engine.serving import Served, Serving

SERVING: Final = Serving(
    on_unit={
        "campaign": Served(
            by=frozenset({"launch"}),
            in_states=frozenset({"under_way", "assessed", "closed"}),
            acts=frozenset({"launch", "close"}),
            documents=frozenset({"task_list"}),
        ),
        "unit_duty": Served(),
        "occurrence": Served(),
        "unit_evaluation": Served(acts=frozenset({"begin", "self_check", "veto", "settle"})),
        "duty_exception": Served(),
    },
    staffed_people=reviewers,
)
"""The same in every text; what the reviewers found at a unit is told with its final assessment."""
