"""The values that a field is limited to: each has a name, which is taken as well as the code."""

import pytest

import messages
from states.engine.forms import fields
from states.engine.forms.choices import choice_name
from states.engine.forms.reading import FormRefused, read_form
from states.inspection.forms.planning import Plan
from states.packs import newest_packs


def named_choices() -> set[tuple[str, str]]:
    """Every field of every form that is limited to some values, with each value."""
    forms = {step.form for pack in newest_packs() for one in pack.procedures.values() for step in one.steps}
    found: set[tuple[str, str]] = set()
    while forms:
        for name, field in forms.pop().model_fields.items():
            found |= {(name, choice) for choice in fields.choices(field.annotation)}
            forms |= {part} if (part := fields.part(field.annotation)) else set()
    return found


def test_every_choice_has_a_name_of_its_own() -> None:
    choices = named_choices()
    assert len(choices) > 20
    assert {(field, choice) for field, choice in choices if choice_name(field, choice) == choice} == set()
    names = [(field, messages.text(f"choice.{field}.{choice}", "zh")) for field, choice in choices]
    assert len(names) == len(set(names))


def test_a_choice_is_taken_by_its_name_in_a_list_too() -> None:
    assert read_form(Plan, {"methods": ["书面督察", "on_site", "三方"]}).methods == (
        "written",
        "on_site",
        "third_party",
    )


def test_a_name_that_may_mean_several_is_refused_with_all_of_them() -> None:
    with pytest.raises(FormRefused) as refused:
        read_form(Plan, {"methods": ["督察"]})
    assert "written 书面督察、on_site 实地督察" in refused.value.fact
