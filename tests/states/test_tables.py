"""A procedure's table is checked when it is built, and everything it names exists."""

from dataclasses import replace

import pytest

from casework.packs import PARTS
from states.engine.case import NEW, Role
from states.engine.pack import Pack
from states.engine.table import SAME, BadTable, Procedure, Step
from states.packs import newest_packs

PROCEDURES = {name: one for pack in reversed(newest_packs()) for name, one in pack.procedures.items()}
CONSEQUENCES = {name for part in PARTS.values() for name in part.consequences}
SET_BY_THE_ACT = {
    "self_inspection_report",
    "talk_commitment",
    "hazard_limit",
    "task_finished",
    "occurrence",
    "unit_self_check",
}
"""Terms whose day the act sets; no text counts them."""
TERMS = (
    SET_BY_THE_ACT
    | {
        term.name
        for pack in newest_packs()
        for text in (pack.regulation, pack.regulation.national)
        if text
        for term in text.terms
    }
    | {duty.code for pack in newest_packs() for duty in pack.regulation.obligations if duty.month and duty.day}
)
ME = (Role.COORDINATOR,)
STEPS = [step for procedure in PROCEDURES.values() for step in procedure.steps]


def procedure(*steps: Step, states: tuple[str, ...] = ("begun", "ended"), final: str = "ended") -> Procedure:
    return Procedure("test", "T", states, frozenset({final}), steps)


BEGIN, END = Step("begin", (NEW,), "begun", ME), Step("end", ("begun",), "ended", ME)


def test_a_sound_table_is_taken() -> None:
    assert procedure(BEGIN, END).acts == ("begin", "end")
    assert procedure(BEGIN, END).first_act == "begin"


@pytest.mark.parametrize(
    ("steps", "complaint"),
    [
        ((BEGIN, replace(END, to="endde")), "end: unknown state 'endde'"),
        ((BEGIN, replace(END, from_=("begum",))), "end: unknown state 'begum'"),
        ((BEGIN, END, END), "end: two rows from 'begun' to 'ended'"),
        ((BEGIN, replace(END, by=())), "end: nobody may do it"),
        ((BEGIN, END, Step("reopen", ("ended",), "begun", ME)), "reopen: leaves the final state 'ended'"),
        ((BEGIN, replace(END, to=SAME)), "no end is reached from 'begun'"),
        ((replace(BEGIN, to="ended"), END), "no end is reached from 'begun'"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(steps: tuple[Step, ...], complaint: str) -> None:
    with pytest.raises(BadTable, match=complaint):
        procedure(*steps)


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_state_is_reached_and_reaches_an_end(name: str) -> None:
    """Walked here by hand, so that the check in the table is checked, too."""
    procedure = PROCEDURES[name]
    leads = {state: {s.destination(state) for s in procedure.steps if state in s.from_} for state in procedure.states}
    reached, found = {NEW}, {NEW}
    while found:
        found = {s.destination(state) for state in found for s in procedure.steps if state in s.from_} - reached
        reached |= found
    assert reached == {NEW, *procedure.states}
    for state in procedure.states:
        seen, front = {state}, {state}
        while front := {after for one in front for after in leads[one]} - seen:
            seen |= front
        assert seen & procedure.final, f"{state} never ends"


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.act)
def test_a_row_names_what_there_is(step: Step) -> None:
    assert all(guard.__doc__ for guard in step.guards)
    assert set(step.consequences) <= CONSEQUENCES
    assert step.stage is not None
    assert step.advances_when_all is None or step.act in PROCEDURES[step.advances_when_all].acts
    for term in (step.starts_term, step.meets_term):
        assert term is None or term in TERMS


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
def test_rows_of_one_act_are_filled_in_on_one_form(procedure: Procedure) -> None:
    forms = {act: {step.form for step in procedure.rows(act)} for act in procedure.acts}
    assert {act: len(forms[act]) for act in forms} == dict.fromkeys(procedure.acts, 1)


@pytest.mark.parametrize("pack", newest_packs(), ids=lambda pack: pack.key)
def test_case_numbers_tell_the_procedures_apart(pack: Pack) -> None:
    letters = [one.letter for one in pack.procedures.values() if not one.root]
    assert all(letters) and len(letters) == len(set(letters))
