"""The registry of what casework does for each instrument: consequences of acts, documents, and opening a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from casework.acts.act_models import LikeTopic, Overlap
from casework.acts.act_transaction import ActTransaction, Consequence
from casework.acts.request_context import RequestContext
from casework.assessment import case_documents as assessment_documents
from casework.assessment import consequences as assessment_consequences
from casework.assessment import opening as assessment_opening
from casework.campaign import case_documents as campaign_documents
from casework.campaign import consequences as campaign_consequences
from casework.campaign import opening as campaign_opening
from casework.inspection import case_documents, like_topics, opening
from casework.inspection.consequences import CONSEQUENCES
from casework.matters import case_documents as matter_documents
from casework.matters import consequences as matter_consequences
from casework.matters import opening as matter_opening
from regulations.jurisdictions import INSPECTION
from states.assessment.pack import ASSESSMENT
from states.engine.case import Case
from states.packs import pack_of
from storage.messages.documents import Made


def _nothing(request: RequestContext, case: Case) -> tuple[Any, ...]:
    return ()


@dataclass(frozen=True, eq=False)
class CaseworkPart:
    """The part of casework that belongs to one instrument.

    consequences   effects of an act on other cases, by their name in the procedure tables
    documents_for  the documents of an act
    open_root      opens a root case of a procedure from the submitted data
    overlaps       other open cases with the same units, where one may be a duplicate of another
    like_topics    topics of other cases that read like those of a case, where a limit compares them
    """

    consequences: Mapping[str, Consequence]
    documents_for: Callable[[RequestContext, Case, str], list[Made]]
    open_root: Callable[[ActTransaction, str, Mapping[str, Any]], Case]
    overlaps: Callable[[RequestContext, Case], tuple[Overlap, ...]] = _nothing
    like_topics: Callable[[RequestContext, Case], tuple[LikeTopic, ...]] = _nothing


PARTS: Final[Mapping[str, CaseworkPart]] = {
    INSPECTION: CaseworkPart(
        CONSEQUENCES,
        case_documents.documents_for,
        opening.open_inspection,
        opening.overlaps,
        like_topics.like_topics,
    ),
    matter_opening.MATTERS: CaseworkPart(
        matter_consequences.CONSEQUENCES,
        matter_documents.documents_for,
        matter_opening.open_matter,
    ),
    ASSESSMENT: CaseworkPart(
        assessment_consequences.CONSEQUENCES,
        assessment_documents.documents_for,
        assessment_opening.open_year,
    ),
    campaign_opening.CAMPAIGN: CaseworkPart(
        campaign_consequences.CONSEQUENCES,
        campaign_documents.documents_for,
        campaign_opening.open_campaign,
    ),
}


def part_for(case: Case) -> CaseworkPart:
    """The part of casework for a case, by the regulation version it has pinned."""
    return PARTS[pack_of(case.regulation).instrument_of(case.procedure).name]


def consequences_for(case: Case) -> Mapping[str, Consequence]:
    """The consequences of acts on this case for other cases."""
    return part_for(case).consequences
