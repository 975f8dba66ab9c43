"""Whatever the procedures say to people is in the catalogue, with what it is filled in with."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import messages
from states.engine.case import Role
from states.engine.pinned_versions import MIGRATE
from states.inspection.kinds import Kind
from states.packs import newest_packs
from tests.house.repository import files
from tests.states.world import TONGLIANG

PROCEDURES = {name: one for pack in reversed(newest_packs()) for name, one in pack.procedures.items()}
KEYS = ("year", "target", "problem", "domain")
"""The kinds of frequency key, which the codes of two refusals are made from."""


def refusals() -> Iterator[tuple[str, set[str], str]]:
    """Every place where a refusal is made: its code, its params, and where that is."""
    for path in files("states/*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "refusal":
                params = {keyword.arg or "**" for keyword in call.keywords}
                yield from ((code, params, f"{path.name}:{call.lineno}") for code in codes(call.args[0]))


def codes(written: ast.expr) -> list[str]:
    """The codes an expression stands for: a text, or a text with the kind of key in it."""
    if isinstance(written, ast.Constant):
        return [str(written.value)]
    assert isinstance(written, ast.JoinedStr), ast.unparse(written)
    return [
        "".join(str(part.value) if isinstance(part, ast.Constant) else key for part in written.values) for key in KEYS
    ]


PLACES = list(refusals())
CODES = sorted({code for code, _, _ in PLACES})
DATED = [code for code in CODES if all("earliest" in given for found, given, _ in PLACES if found == code)]
"""The refusals that always know the earliest lawful date."""


def params(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


OFFICES = {role.value for role in Role}
"""What every text may name: the office that holds a role."""


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize(("code", "given", "place"), PLACES, ids=[place for _, _, place in PLACES])
def test_every_refusal_says_fact_and_cure_with_what_it_is_given(
    code: str, given: set[str], place: str, language: messages.Language
) -> None:
    texts = messages.texts("refusal", language)
    assert code in texts and f"{code}_cure" in texts
    assert params(texts[code]) | params(texts[f"{code}_cure"]) <= given | OFFICES, place


@pytest.mark.parametrize("code", DATED)
def test_a_date_that_is_known_is_said(code: str) -> None:
    """The earliest lawful date is of no use in a field that only scripts read; a year that is used up has none."""
    assert ("earliest" in params(messages.texts("refusal", "zh")[f"{code}_cure"])) is (code != "frequency_year")


def test_no_text_is_left_over() -> None:
    # A cure may be worded for one office: role_missing_cure_authority.
    general = {text for code in CODES for text in (code, f"{code}_cure")}
    special = {f"{code}_cure_{role.value}" for code in CODES for role in Role}
    assert messages.texts("refusal", "zh").keys() - special == general


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_is_shown_in_a_test(code: str) -> None:
    shown = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    family = {code, code.removesuffix("_held")} if code.startswith("frequency_") else {code}
    assert any(f'"{name}"' in shown for name in family)


def named(area: str) -> set[str]:
    return set(messages.texts(area, "zh"))


def test_every_procedure_state_act_and_stage_has_a_name() -> None:
    steps = [step for procedure in PROCEDURES.values() for step in procedure.steps]
    assert named("procedure") == set(PROCEDURES)
    assert named("state") == {"new"} | {state for procedure in PROCEDURES.values() for state in procedure.states}
    asked_as = {procedure.opened_by_act for procedure in PROCEDURES.values() if procedure.opened_by_act}
    # An act may have a name of its own in one procedure: look_back.approve.
    own = {f"{name}.{step.act}" for name, procedure in PROCEDURES.items() for step in procedure.steps}
    assert named("act") - own == asked_as | {step.act for step in steps} | {MIGRATE}
    assert named("stage") == {step.stage for step in steps}


def test_every_role_kind_method_and_key_has_a_name() -> None:
    assert named("role") == set(Role)
    assert named("kind") == set(Kind) == {kind.code for pack in newest_packs() for kind in pack.regulation.kinds}
    assert named("method") == {method.code for method in TONGLIANG.methods}
    assert named("key") == set(KEYS)


def test_the_places_are_found_where_there_are_any() -> None:
    assert len(CODES) > 80
    assert len(DATED) > 5
