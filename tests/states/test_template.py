"""Templates are read as they stand by a coordinator, and as they are filled in by the forms they belong to."""

import re
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

import messages
from states.engine.forms import fields
from states.engine.forms.reading import read_form
from states.engine.forms.template import template, templates
from states.packs import newest_packs, pack_of
from tests.states.filling import faults, least, required
from tests.states.world import TONGLIANG

PARAMS = pack_of(TONGLIANG.key).form_params()
TEMPLATES = templates(newest_packs())
FORMS = sorted(set(TEMPLATES.values()), key=lambda form: form.__name__)
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)


def uncommented(text: str) -> str:
    """The template with every optional part taken into use."""
    while "\n#" in text or re.search(r"\n *#[a-z-]", text):
        kept = [line for line in text.splitlines() if not line.lstrip().startswith("# ")]
        opened = [re.sub(r"^( *)#", r"\1", line) for line in kept]
        if opened == text.splitlines():
            break
        text = "\n".join(opened)
    return text


def filled_in(form: type[BaseModel], blank: dict[str, Any]) -> dict[str, Any]:
    """A blank with the least put in that the form and the rules ask for; the rest is left as it stood."""
    needed = {name: field.annotation for name, field in form.model_fields.items() if fields.is_needed(field)}
    parts = {
        name: [least(part)] if fields.is_list(annotation) else least(part)
        for name, annotation in needed.items()
        if (part := fields.part(annotation)) is not None
    }
    return {**blank, **parts, **least(form)}


@each_form
def test_a_template_filled_in_with_the_least_is_taken(form: type[BaseModel]) -> None:
    blank = yaml.safe_load(template(form, PARAMS)) or {}
    assert read_form(form, filled_in(form, blank))


@each_form
def test_a_template_as_it_stands_asks_for_what_is_required_and_nothing_else(form: type[BaseModel]) -> None:
    blank = yaml.safe_load(template(form, PARAMS)) or {}
    wrong = {fault.field: fault.wrong for fault in faults(form, blank)}
    needed = {name for name, field in form.model_fields.items() if fields.is_needed(field)}
    assert required(form) <= {re.split(r"[.\[]", field)[0] for field in wrong} <= needed
    assert set(wrong.values()) <= {"没有填写。", "至少要有 1 项。"}


@each_form
def test_a_template_holds_every_field_and_says_what_it_is(form: type[BaseModel]) -> None:
    text = template(form, PARAMS)
    assert form.model_fields
    for field, info in form.model_fields.items():
        assert re.search(rf"^#?{field}:", text, re.MULTILINE), field
        need = "必填" if fields.is_needed(info) else "可不填"
        assert f"# {fields.title(form, field)}（{need}）" in text


@each_form
def test_optional_parts_are_sound_once_taken_into_use(form: type[BaseModel]) -> None:
    blank = yaml.safe_load(uncommented(template(form, PARAMS))) or {}
    assert set(blank) == set(form.model_fields)


def test_what_people_look_for_is_found() -> None:
    acts = {"open", "submit", "plan", "staff", "train", "prepare", "start", "feed_back", "report", "publish", "claim"}
    forms = {"group_report", "rectification_plan", "rectification_report", "return_report", "bulletin"}
    assert acts | forms | {"groups", "findings", "refer", "pass_on", "apply_for_review"} <= TEMPLATES.keys()
    assert TEMPLATES["groups"] is TEMPLATES["staff"]


def test_what_only_follows_from_other_acts_has_no_template() -> None:
    assert not {"take_up", "open_rectification", "recalculate"} & TEMPLATES.keys()


def test_the_plan_asks_for_the_five_items_of_article_13() -> None:
    text = template(TEMPLATES["plan"], PARAMS)
    for item in ("督察目的", "督察对象", "督察内容", "督察方式", "督察期限"):
        assert f"# {item}（必填）" in text


def test_a_template_speaks_english_as_well() -> None:
    messages.set_language("en")
    text = template(TEMPLATES["open"], PARAMS)
    assert "# Kind of inspection (required); a kind that the text of the jurisdiction has, such as special" in text
