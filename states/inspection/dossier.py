"""The documents in the dossier of each case, parsed as their forms."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from states.engine.case import Case
from states.inspection.forms.application import Open, Submit
from states.inspection.forms.conduct import Bulletin, Dispute, RecordFinding, RequestSelfInspection
from states.inspection.forms.hand_over import Change, HandOver
from states.inspection.forms.oversight import PassOn
from states.inspection.forms.planning import AskDeparture, Assignment, DrawSample, Plan, Staff, Train
from states.inspection.forms.rectification import AskExtension, OpenRectification
from states.inspection.forms.review import ChangeFinding, ServeConclusion


class Scope(BaseModel):
    """The contents that an approval covers, stored by a submission in addition to its form."""

    contents: tuple[str, ...] = ()


class PassedContents(BaseModel):
    """What a body got by one passing on, stored in addition to its form."""

    contains: tuple[str, ...] = ()


def application(inspection: Case) -> Open | None:
    """What the inspection was opened for."""
    return inspection.read("application", Open)


def submission(inspection: Case) -> Submit | None:
    """The request for approval."""
    return inspection.read("submission", Submit)


def approved_contents(inspection: Case) -> frozenset[str]:
    """The contents that the approval covers."""
    scope = inspection.read("scope", Scope)
    return frozenset(scope.contents if scope else ())


def plan(inspection: Case) -> Plan | None:
    """The current plan."""
    return inspection.read("plan", Plan)


def staffing(inspection: Case) -> Staff | None:
    """The groups of the inspection."""
    return inspection.read("staffing", Staff)


def people_trained(inspection: Case) -> frozenset[str]:
    """Everybody who attended one of the trainings so far."""
    trained = {name for training in inspection.read_all("training", Train) for name in training.attended}
    return frozenset(trained | {*trained_apart(inspection)})


def hand_overs(inspection: Case) -> list[Change]:
    """Every duty that was handed over so far, in order."""
    return [change for form in inspection.read_all("hand_overs", HandOver) for change in form.changes]


def trained_apart(inspection: Case) -> list[str]:
    """Successors whose own training is on record with the hand-over."""
    handed = hand_overs(inspection)
    return [change.takes_over.name for change in handed if change.takes_over and change.trained_on]


def bulletin_day(inspection: Case) -> date | None:
    """The day of the bulletin; None before it."""
    bulletin = inspection.read("bulletin", Bulletin)
    return (bulletin.bulletin_on or inspection.dated("bulletin")) if bulletin else None


def published_on(inspection: Case) -> date | None:
    """The day of the act that published the bulletin; None before it."""
    return inspection.dated("bulletin")


def suspensions(inspection: Case) -> list[tuple[date, date | None]]:
    """First and last day of each suspension of an inspection; None for the one that still lasts."""
    begun, ended = inspection.days("suspensions"), inspection.days("resumptions")
    ended += [] if (cancelled := inspection.dated("cancellation")) is None else [cancelled]
    return [(since, ended[number] if number < len(ended) else None) for number, since in enumerate(begun)]


def assignment(part: Case) -> Assignment | None:
    """The order of a group or a visit."""
    return part.read("order", Assignment)


def self_inspection_due(visit: Case) -> date | None:
    """The day by which the unit was asked to report on itself; None when it was not asked."""
    asked = visit.read("self_inspection_request", RequestSelfInspection)
    return asked.due_on if asked else None


def is_recorded_as_missing(visit: Case) -> bool:
    """Whether it is on record that the unit did not hand its report in by the day last set."""
    due, recorded = self_inspection_due(visit), visit.dated("no_self_inspection")
    return due is not None and recorded is not None and recorded > due


def draws(inspection: Case) -> list[DrawSample]:
    """Every draw of the sample, in order."""
    return inspection.read_all("draws", DrawSample)


def findings_to_rectify(rectification: Case) -> tuple[str, ...]:
    """The findings that the rectification is about."""
    order = rectification.read("order", OpenRectification)
    return order.findings if order else ()


def advice_to(rectification: Case) -> str:
    """The advice that the unit was given with the feedback, as the order repeats it."""
    order = rectification.read("order", OpenRectification)
    return order.advice if order else ""


def finding_text(finding: Case) -> str:
    """What the finding says, as a review changed it last."""
    changes = finding.read_all("changes", ChangeFinding)
    recorded = finding.read("finding", RecordFinding)
    return changes[-1].text if changes else recorded.text if recorded else ""


def conclusion_received(inspection: Case, unit: str | None) -> date | None:
    """The day on which a unit received its conclusion; None before it was served."""
    served = zip(inspection.read_all("conclusions", ServeConclusion), inspection.days("conclusions"), strict=True)
    return next((form.received_on or day for form, day in served if form.target == unit), None)


def undecided_dispute(finding: Case) -> str | None:
    """Why the unit does not accept the finding, where nobody has decided on it; None where nothing is undecided."""
    answer = finding.read("answer", Dispute) if "dispute" in finding.actors_by_act else None
    return answer.note if answer and not finding.has("ruling") else None


def extensions_asked(rectification: Case) -> list[AskExtension]:
    """Every request for an extension, in order."""
    return rectification.read_all("extension_requests", AskExtension)


def receiver(passing_on: Case) -> str | None:
    """The body the results were passed on to."""
    passing = passing_on.read("passing", PassOn)
    return passing.receiver if passing else None


def contents_passed_on(passing_on: Case) -> frozenset[str]:
    """What the body got: ``result``, ``rectification``; before this was written down, both went together."""
    contents = passing_on.read("contents", PassedContents)
    return frozenset(contents.contains if contents else ("result", "rectification"))


def departs_from(departure: Case) -> str | None:
    """The rule from which an exception was requested."""
    asked = departure.read("request", AskDeparture)
    return asked.rule if asked else None
