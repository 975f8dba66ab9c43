"""What the frequency limits mean for inspections: the values of their keys, the days they count from, exceptions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pydantic import BaseModel

from states.engine.case import Case
from states.engine.context import Facts
from states.engine.frequency import normalised_topic
from states.engine.pack import FrequencyRules
from states.inspection import dossier
from states.inspection.forms.planning import Amend

CARRIED_OUT = frozenset(
    {
        "request_self_inspection",
        "record_no_self_inspection",
        "visit_on_site",
        "record_evaluation",
        "record_finding",
        "feed_back",
    }
)
"""The acts on a visit any of which means that the inspection was carried out at that unit."""


def asks_for_an_exception(case: Case) -> bool:
    """Whether the request asks for an exception from the limit."""
    submission = dossier.submission(case)
    return bool(submission and submission.exception)


def is_excepted(case: Case, facts: Facts) -> bool:
    """Whether the approving body granted an exception from the limit."""
    return any(exception.state == "granted" for exception in facts.children(case.id, "frequency_exception"))


def was_begun(case: Case) -> bool:
    """Whether the inspection was started; a started one counts even if it is cancelled."""
    return "start" in case.actors_by_act


def units_visited(case: Case, facts: Facts) -> frozenset[str]:
    """The units that were inspected, by any group and whatever the outcome of the visit."""
    visits = (visit for group in facts.children(case.id, "group") for visit in facts.children(group.id, "visit"))
    return frozenset(visit.unit for visit in visits if visit.unit and CARRIED_OUT & visit.actors_by_act.keys())


def with_added_targets(case: Case, form: BaseModel) -> Case:
    """The case with the targets that an amendment of its plan would add."""
    return replace(case, targets=tuple({*case.targets, *form.targets})) if isinstance(form, Amend) else case


def _problem(case: Case) -> Iterable[str]:
    application = dossier.application(case)
    return _topic(application.problem if application else None)


def _domain(case: Case) -> Iterable[str]:
    application = dossier.application(case)
    return _topic(application.domain if application else None)


def _topic(written: str | None) -> Iterable[str]:
    topic = normalised_topic(written or "")
    return (topic,) if topic else ()


FREQUENCY = FrequencyRules(
    key_values={
        "year": lambda case: (str(case.year),),
        "target": lambda case: case.targets,
        "problem": _problem,
        "domain": _domain,
    },
    counted_from={
        "approval": lambda case: case.dated("approval"),
        "start": lambda case: case.dated("start"),
        "bulletin": dossier.bulletin_day,
    },
    unit_key="target",
    topic_keys=frozenset({"problem", "domain"}),
    asks_for_an_exception=asks_for_an_exception,
    is_excepted=is_excepted,
    was_begun=was_begun,
    units_visited=units_visited,
    as_decided_on=with_added_targets,
)
