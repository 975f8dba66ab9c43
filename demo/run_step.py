"""Runs one step of the script, done or refused as planned, and moves the progress marker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework import do_act
from casework.acts.act_models import ActRequest
from casework.clock import Clock
from casework.do_act import Data
from demo import progress_marker
from demo.progress_marker import ProgressMarker
from demo.steps import Step
from states.engine.refusals import ActRefused
from states.inspection import dossier
from storage.cases import cases
from storage.engine import Database, Session


class UnexpectedOutcome(RuntimeError):
    """A step did not end as planned: the script or a rule is wrong."""

    def __init__(self, step: Step, what: str) -> None:
        super().__init__(f"{step.on} {step.who} {step.case} {step.act}: {what}")


def run_step(database: Database, mark: ProgressMarker, step: Step, clock: Clock) -> ProgressMarker:
    """Do the step behind the bookmark and move it on, in one transaction; a refusal changes nothing but the bookmark.

    Raises Unscripted when it is refused for other reasons than the script says, or not refused though it should be.
    """
    asked = ActRequest(step.who, step.on, key=f"demo-{mark.year}-{mark.done + 1:03d}")
    try:
        with database.writing() as session:
            _ask(session, clock, asked, step)
            if step.refused:
                raise UnexpectedOutcome(step, f"not refused by {step.refused}")
            progress_marker.keep(session, after := mark.further())
    except ActRefused as refused:
        found = [refusal.model_dump(mode="json") for refusal in refused.refusal_views()]
        if sorted(one["code"] for one in found) != sorted(step.refused):
            raise UnexpectedOutcome(step, f"refused: {found}") from refused
        with database.writing() as session:
            case = cases.load(session, step.case)
            seen = _refused_view(step, case.procedure if case else step.procedure, found)
            progress_marker.keep(session, after := mark.further(seen))
    return after


def _ask(session: Session, clock: Clock, asked: ActRequest, step: Step) -> None:
    if step.act == "open" and isinstance(step.data, Mapping):
        opened = do_act.open_root(session, clock, asked, step.procedure, step.data)
        if opened.case != step.case:
            raise UnexpectedOutcome(step, f"opened as {opened.case}")
    elif (data := _drawn(session, step) if step.only_drawn else step.data) != ():
        do_act.do_act(session, clock, asked, step.case, step.act, data)


def _drawn(session: Session, step: Step) -> Data:
    """The entries about the units that the sample of the inspection drew."""
    inspection = cases.load(session, step.case)
    assert inspection is not None and step.data is not None
    drawn = dossier.draws(inspection)[-1].drawn
    return tuple(entry for entry in step.data if isinstance(entry, Mapping) and entry["target"] in drawn)


def _refused_view(step: Step, procedure: str, refusals: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "on": step.on.isoformat(),
        "who": step.who,
        "case": step.case,
        "act": step.act,
        "procedure": procedure,
        "refusals": refusals,
    }
