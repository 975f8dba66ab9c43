"""What a correction is refused for, before anything is stored (house rule: mistakes are corrected, not hidden)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from states.engine.case import Case
from tests.states.world import BACHUAN, DAY, World

BULLETIN = {
    "by": "联席办协调员甲",
    "on": DAY.isoformat(),
    "number": f"铜质督〔{DAY.year}〕9号",
    "bulletin_on": DAY.isoformat(),
}


def published(world: World) -> Case:
    case = world.inspection("published")
    acts = {**case.actors_by_act, "publish": (BULLETIN["by"],)}
    dossier = {**case.dossier, "bulletin": BULLETIN}
    return world.inspection("published", actors_by_act=acts, dossier=dossier)


@pytest.mark.parametrize(
    ("act", "field", "value", "code"),
    [
        ("approve", "note", "不同意", "nothing_to_correct"),
        ("publish", "note", "另写", "field_not_correctable"),
        ("publish", "number", BULLETIN["number"], "correction_changes_nothing"),
        ("publish", "number", "九号", "number_malformed"),
    ],
)
def test_a_correction_puts_right_only_what_was_said_and_may_be_said(
    act: str, field: str, value: str, code: str
) -> None:
    world = World()
    said: dict[str, Any] = {"act": act, "field": field, "value": value, "note": "写错"}
    assert world.codes(published(world), "correct", said) == {code}


def test_the_day_of_a_rectification_is_corrected_with_the_bulletin() -> None:
    world = World()
    published(world)
    order = {"by": "ducha-service", "on": DAY.isoformat(), "bulletin_on": DAY.isoformat(), "findings": ["F01"]}
    case = world.part("rectification", "R01", "awaiting_plan", unit=BACHUAN, dossier={"order": order})
    said = {"act": "open", "field": "bulletin_on", "value": "2026-01-05", "note": "写错"}
    assert "bulletin_corrected_elsewhere" in world.codes(case, "correct", said)


def test_an_application_is_corrected_once_it_is_approved() -> None:
    world, said = World(), {"act": "open", "field": "title", "value": "专项督察", "note": "写错"}

    def drawn_up(**decided: Any) -> Case:
        case = world.inspection("approved" if decided else "submitted")
        application = {**case.dossier["application"], "by": "联席办协调员甲", "on": case.opened_on.isoformat()}
        return replace(case, dossier={**case.dossier, "application": application, **decided})

    approval = {"note": "同意", "by": "区委区政府", "on": DAY.isoformat()}
    assert "edited_until_approved" in world.codes(drawn_up(), "correct", said)
    assert "edited_until_approved" not in world.codes(drawn_up(approval=approval), "correct", said)
