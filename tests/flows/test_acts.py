"""What the run forms offer is what the tables have."""

from __future__ import annotations

import pytest

from flows import acts
from flows.acts import FOLLOW_UP
from flows.stage_names import STAGES
from states.engine.case import NEW
from states.packs import newest_packs

PROCEDURES = [one for pack in newest_packs() for one in pack.procedures.values()]


def asked_for() -> set[tuple[str | None, str]]:
    """Stage and name of every act that people ask for on a case that is there."""
    rows = [(procedure, step) for procedure in PROCEDURES for step in procedure.steps if not step.consequence_only]
    onwards = {(step.stage, step.act) for _, step in rows if NEW not in step.from_}
    return onwards | {(step.stage, one.opened_by_act) for one, step in rows if NEW in step.from_ and one.opened_by_act}


def test_every_act_of_the_tables_is_offered_in_its_stage_and_nowhere_else() -> None:
    offered = {(stage, act.code) for stage in STAGES for act in acts.acts(stage) if act.code != FOLLOW_UP}
    assert offered == asked_for()


def test_every_stage_of_the_tables_has_a_flow() -> None:
    assert {step.stage for procedure in PROCEDURES for step in procedure.steps} <= {*STAGES, None}


def test_a_choice_says_its_code_and_its_name_and_is_understood_by_its_code() -> None:
    bulletin = acts.acts("bulletin")
    assert bulletin("publish").value == "publish 通报"
    assert bulletin("publish 通报") is bulletin("publish")
    with pytest.raises(ValueError, match="公告"):
        bulletin("公告")


def test_what_only_people_may_do_is_said_to_be_refused() -> None:
    assert "consent 同意通报" in acts.elsewhere("bulletin")
    assert "publish 通报" not in acts.elsewhere("bulletin")


def test_the_form_says_what_has_to_be_filled_in() -> None:
    assert "【publish 通报】number 通报发文字号、bulletin_on 通报日期。" in acts.filled_in("bulletin")
