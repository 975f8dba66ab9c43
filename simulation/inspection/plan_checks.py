"""Invariants of the plan in force: it covers what a group asks for, visits and finds (Tongliang art. 16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from simulation.violations import Violation
from states.engine.case import Case
from states.engine.sampling import draw
from states.inspection import dossier
from states.inspection.forms.planning import Plan
from storage.journal.journal import Entry

METHODS: Final = {
    "request_self_inspection": "written",
    "visit_on_site": "on_site",
    "record_evaluation": "third_party",
    "record_finding": "",
}
"""The acts that keep to the period of the plan, and the method each belongs to."""
ORDERED: Final = frozenset({"assign", "reassign"})
AT_WORK: Final = "under_way"
OPEN: Final = frozenset({"assigned", "visited"})
ENDED: Final = "fed_back"


def of_visit(visit: Case, entries: Sequence[Entry], inspection: Case) -> Iterator[Violation]:
    """Acts on a visit that the plan does not cover, and a feedback that says nothing of a report that never came.

    A visit gets its order again with every plan, so what was done since is done under the plan in force.
    """
    plan = dossier.plan(inspection)
    if plan is not None and inspection.state == AT_WORK and visit.state in OPEN:
        ordered = max(at for at, entry in enumerate(entries) if entry.act in ORDERED)
        for entry in entries[ordered:]:
            if entry.act in METHODS and (wrong := _uncovered(entry, plan)):
                yield Violation("unplanned", visit.id, f"{entry.act}: {wrong}")
    if visit.state == ENDED and _is_missing(visit):
        yield Violation("unrecorded", visit.id)


def wrongly_drawn(inspection: Case, entries: Sequence[Entry]) -> Iterator[Violation]:
    """Every draw comes from the hash of a filing, and is what anybody draws from it."""
    filings = {entry.seq: entry.hash for entry in entries if entry.act == "file"}
    for kept in dossier.draws(inspection):
        if filings.get(kept.filing) != kept.seed or draw(kept.seed, kept.among, kept.size) != kept.drawn:
            yield Violation("wrongly_drawn", inspection.id, kept.seed)


def _is_missing(visit: Case) -> bool:
    order, due, on = dossier.assignment(visit), dossier.self_inspection_due(visit), visit.dated("no_self_inspection")
    if order is None or "written" not in order.methods or visit.has("self_inspection"):
        return False
    return due is None or on is None or on <= due


def _uncovered(entry: Entry, plan: Plan) -> str:
    form: Mapping[str, object] = entry.form
    method, ways, content = METHODS[entry.act], form.get("ways"), form.get("content")
    if plan.period is not None and not plan.period.begins <= entry.acted_on <= plan.period.ends:
        return f"{entry.acted_on}, {plan.period.begins} - {plan.period.ends}"
    if method and method not in plan.methods:
        return method
    if isinstance(ways, list) and not {str(way) for way in ways} <= set(plan.ways):
        return f"{ways}"
    return str(content) if content is not None and content not in plan.contents else ""
