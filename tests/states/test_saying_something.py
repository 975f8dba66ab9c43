"""A text that says nothing does not stand for one: it stops no clock and closes nothing (Tongliang art. 14)."""

from typing import Any

import pytest
from pydantic import BaseModel

from states.engine.forms.reading import read_form
from states.inspection.forms.application import Open
from states.inspection.forms.planning import Plan
from states.inspection.forms.rectification import Claim, RectificationReport
from tests.states.filling import faults, least
from tests.states.world import BACHUAN, LEADER, World

SILENT = ["。", "……", "—", "“”", "★", "无", "无。", "没有", "ＮＡ", "n/a", "none", "略", "同上", "⠀", "ㅤ"]


@pytest.mark.parametrize("silent", SILENT)
@pytest.mark.parametrize(
    ("form", "field", "given"),
    [
        (RectificationReport, "summary", {"evidence": [{"title": "台账照片"}]}),
        (RectificationReport, "evidence[0].title", {"summary": "已建立台账"}),
        (Claim, "note", {"evidence": [{"title": "台账照片"}]}),
        (Open, "problem", least(Open)),
        (Open, "domain", least(Open)),
        (Plan, "purpose", {}),
    ],
)
def test_signs_and_placeholders_say_nothing(
    form: type[BaseModel], field: str, given: dict[str, Any], silent: str
) -> None:
    written = {"evidence": [{"title": silent}]} if field.startswith("evidence") else {field: silent}
    assert [(one.field, one.code) for one in faults(form, {**given, **written})] == [(field, "nothing_said")]


@pytest.mark.parametrize("text", ["无证经营一户", "3", "已整改。", "قوبۇل", "A", "没有台账"])
def test_whatever_says_something_is_taken(text: str) -> None:
    assert read_form(Claim, {"note": text, "evidence": [{"title": text}]})


@pytest.mark.parametrize("advice", ["", "无"])
def test_a_problem_is_told_with_advice_and_none_may_be_told_without(advice: str) -> None:
    world = World()
    world.inspection("under_way")
    world.group("prepared")
    visit = world.visit(state="visited", dossier={"order": {"targets": [BACHUAN]}, "visits": [{"by": LEADER}]})
    told = {"advice": advice, "findings": [{"text": "台账不全"}]}
    assert "advice_missing" in world.codes(visit, "feed_back", told, by=LEADER)
    assert world.codes(visit, "feed_back", {"advice": "无"}, by=LEADER) == set()


def test_what_an_earlier_version_took_can_still_be_read() -> None:
    stored = {"by": "巴川街道联络员", "on": "2026-03-02", "note": "。", "evidence": [{"title": "无"}]}
    case = World().inspection(dossier={"claims": [stored]})
    assert [claim.note for claim in case.read_all("claims", Claim)] == ["。"]
