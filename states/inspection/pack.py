"""Inspections as one version of a regulation has them."""

from __future__ import annotations

from typing import Final

from regulations import Regulation
from states.engine.pack import Instrument, without_left_out
from states.inspection import dossier
from states.inspection.frequency import FREQUENCY
from states.inspection.procedures import PROCEDURES
from states.inspection.serving import SERVING

STAGES: Final = (
    "application", "approval", "plan", "team", "visits",
    "feedback", "bulletin", "rectification", "closing", "oversight",
)  # fmt: skip
"""The stages in the order of the procedure; oversight runs at the same time as the others."""


def inspection(regulation: Regulation) -> Instrument:
    """The inspections of this version."""
    procedures, left_out = without_left_out(PROCEDURES, regulation)
    return Instrument(
        name="inspection",
        procedures=procedures,
        frequency=FREQUENCY,
        serving=SERVING,
        stages=STAGES,
        also_known_as={"groups": "staff", "findings": "feed_back"},
        suspensions_of=dossier.suspensions,
        params_of_forms=_params_of_forms,
        left_out=left_out,
    )


def _params_of_forms(regulation: Regulation) -> dict[str, str]:
    """The articles of contents, ways and receivers, with a code of each list as an example."""
    receivers = {body.code: body.article for body in regulation.result_receivers}
    in_principle = {
        key.removeprefix("in_principle."): ref
        for key, ref in regulation.articles.items()
        if key.startswith("in_principle.")
    }
    return {
        "contents": regulation.short_list(kind.contents_article for kind in regulation.kinds),
        "content": regulation.contents(regulation.kinds[0].code)[0].code,
        "ways": regulation.short(regulation.ways_article),
        "way": regulation.ways[0].code,
        **{name: regulation.short(ref) for name, ref in {**receivers, **in_principle}.items()},
    }
