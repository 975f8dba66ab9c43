"""Frequency keys while an amendment is undecided, and topics shown to the asker (Tongliang art. 12, 16)."""

from __future__ import annotations

import pytest

from casework import do_act
from casework.acts.act_models import ActRequest
from tests.casework.office import AUTHORITY, BACHUAN, COORDINATOR, DONGCHENG, TUQIAO, Office, plan_of
from tests.casework.test_dropped_targets import standing


@pytest.fixture
def amending(office: Office) -> tuple[Office, str, str]:
    """An inspection whose amendment adds a unit, not yet decided."""
    case = office.special([BACHUAN], to="filed")
    form = {**plan_of(office, case, targets=[BACHUAN, DONGCHENG]), "note": "增加督察对象"}
    asked = office.does(COORDINATOR, "amend", case, form)
    [amendment] = [one["case"] for one in asked["followed"]]
    return office, case, amendment


def refused_elsewhere(office: Office) -> set[str]:
    """Why another inspection of the unit that the amendment adds cannot be asked for."""
    other = office.opens(kind="special", year=2026, title="另一专项", targets=[DONGCHENG], problem="另一问题")
    return set(office.refused(COORDINATOR, "submit", other, {"contents": ["9(3)"]}))


def test_an_undecided_amendment_holds_the_keys_of_what_it_adds(amending: tuple[Office, str, str]) -> None:
    office, case, amendment = amending
    assert standing(office)[DONGCHENG] == [case]
    assert refused_elsewhere(office) == {"frequency_target_held"}
    office.does(AUTHORITY, "grant", amendment, {"note": "同意"})
    assert refused_elsewhere(office) == {"frequency_target", "overlap_unexplained"}


@pytest.mark.parametrize(("who", "act"), [(AUTHORITY, "refuse"), (COORDINATOR, "withdraw")])
def test_an_amendment_that_comes_to_nothing_gives_them_back(
    amending: tuple[Office, str, str], who: str, act: str
) -> None:
    office, case, amendment = amending
    office.does(who, act, amendment, {"note": "另行安排"})
    assert DONGCHENG not in standing(office) and standing(office)[BACHUAN] == [case]
    office.does(AUTHORITY, "cancel", case, {"note": "取消"})
    assert standing(office) == {}


def test_one_that_lapses_with_a_begun_inspection_gives_them_back_too(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    office.does(COORDINATOR, "amend", case, {**plan_of(office, case, targets=[BACHUAN, DONGCHENG]), "note": "增加"})
    office.does(AUTHORITY, "cancel", case, {"note": "取消"})
    assert standing(office) == {BACHUAN: [case], "小作坊无证经营": [case]}


def test_a_like_topic_is_shown_to_the_asker(office: Office) -> None:
    first = office.special([BACHUAN], to="approved", problem="电梯维保质量问题")
    given = {"kind": "special", "year": 2026, "title": "专项", "targets": [TUQIAO], "reason": "投诉"}
    with office.writing() as session:
        asked = ActRequest(COORDINATOR, office.day, None, "TL")
        like = do_act.open_inspection(session, office.clock, asked, {**given, "domain": "电梯的维保质量"})
        none = do_act.open_inspection(session, office.clock, asked, {**given, "problem": "食品添加剂"})
    assert [(one.case, one.key_kind, one.topic) for one in like.like_topics or ()] == [
        (first, "problem", "电梯维保质量问题")
    ]
    assert none.like_topics == ()
