"""Parsing input into a form, or reporting every error in it at once, each with what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

import messages
from messages.answers import FieldRefusalView, RefusalView
from messages.errors import HOUSE, DuchaError, Outcome, house_rule
from states.engine.forms import fields
from states.engine.forms.base import InvisibleText, NotADay, NotAMoment, NothingSaid, Repeated
from states.engine.forms.choices import choice_name, with_codes
from states.engine.refusals import ActRefused

_Form = TypeVar("_Form", bound=BaseModel)
LONGEST_SHOWN = 60
MOST_SHOWN = 100
"""Errors of one form that are listed; the others are counted."""

FAULTS: Mapping[str, str] = {
    "missing": "missing",
    "extra_forbidden": "unknown",
    "string_type": "not_text",
    "string_unicode": "not_text",
    "string_too_short": "empty",
    "string_too_long": "too_long",
    "string_pattern_mismatch": "not_a_code",
    "literal_error": "not_a_choice",
    "enum": "not_a_choice",
    "date_type": "not_a_day",
    "date_parsing": "not_a_day",
    "date_from_datetime_parsing": "not_a_day",
    "date_from_datetime_inexact": "not_a_day",
    "int_type": "not_a_whole_number",
    "int_parsing": "not_a_whole_number",
    "int_parsing_size": "not_a_whole_number",
    "int_from_float": "not_a_whole_number",
    "float_type": "not_a_number",
    "float_parsing": "not_a_number",
    "finite_number": "not_a_number",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_big",
    "decimal_type": "not_a_number",
    "decimal_parsing": "not_a_number",
    "decimal_max_places": "too_fine",
    "bool_type": "not_yes_or_no",
    "bool_parsing": "not_yes_or_no",
    "tuple_type": "not_a_list",
    "too_short": "too_few",
    "model_type": "not_a_group",
}
"""Pydantic's error types, and the name of our text ``form_error.<…>`` for each."""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One error: the field by its path (``groups[0].leader.name``) and its title, what is wrong, what to do.

    ``code`` is stable and names its texts: ``form_error.<code>`` and ``form_error.<code>_cure``.
    """

    code: str
    field: str
    title: str
    wrong: str
    cure: str
    value: str

    def view(self) -> RefusalView:
        """The error as a refusal view, with the field."""
        return FieldRefusalView(
            code=f"form_{self.code}",
            article=HOUSE,
            citation=house_rule(),
            fact=messages.text("form_error.fact", **asdict(self)),
            cure=self.cure,
            field=self.field,
        )


class FormRefused(DuchaError):
    """The input cannot be parsed as the form; ``problems`` lists every error.

    ``against`` holds rule refusals of the same act, so that the caller sees every problem at once. Whoever acts, the
    input is wrong: another account would not help.
    """

    area = "form_error"
    outcome = Outcome.REFUSED
    heading = "form_refused"

    def __init__(self, problems: tuple[FieldProblem, ...], against: ActRefused | None = None) -> None:
        super().__init__("form_refused")
        self.problems = problems
        self.against = against

    @property
    def fact(self) -> str:
        """Every error of the form, one per line."""
        return "\n".join(messages.text("form_error.line", **asdict(problem)).strip() for problem in self.problems)

    def __str__(self) -> str:
        # Tracebacks and logs show this, so it must not contain user input; the fact does.
        return ", ".join(f"{problem.field} {problem.code}" for problem in self.problems)

    def refusal_views(self) -> tuple[RefusalView, ...]:
        """The rule refusals of the act, then the errors of the form."""
        rules = self.against.refusal_views() if self.against else ()
        return (*rules, *(problem.view() for problem in self.problems))


def read_form(form: type[_Form], data: object) -> _Form:
    """Parse the input. Raises FormRefused with every error; unknown fields are errors, too."""
    if not isinstance(data, Mapping):
        raise FormRefused((_problem("not_a_group", "", [messages.text("form_error.whole")], data),))
    try:
        return form.model_validate(with_codes(form, _with_text_keys(data)))
    except ValidationError as error:
        raise FormRefused(_problems(form, _real_errors(error))) from None


def _problems(form: type[BaseModel], faults: list[dict[str, Any]]) -> tuple[FieldProblem, ...]:
    """The errors of a form, and how many there are beyond those that are listed."""
    listed = tuple(_read(form, fault) for fault in faults[:MOST_SHOWN])
    more = len(faults) - len(listed)
    return (*listed, _problem("more", "", [], more, count=more)) if more else listed


def _with_text_keys(data: object) -> Any:
    """The input with every key as text: YAML parses keys such as 1 or yes as other types."""
    if isinstance(data, Mapping):
        return {_encodable(str(name)): _with_text_keys(value) for name, value in data.items()}
    return [_with_text_keys(entry) for entry in data] if isinstance(data, list) else data


def _encodable(name: str) -> str:
    """The text with lone surrogates escaped, so that it can be encoded."""
    return name.encode(errors="backslashreplace").decode()


def _real_errors(error: ValidationError) -> list[dict[str, Any]]:
    """The errors, without lists reported as too short only because their entries are invalid."""
    faults: list[dict[str, Any]] = [dict(fault) for fault in error.errors()]
    within = {fault["loc"][:depth] for fault in faults for depth in range(len(fault["loc"]))}
    return [fault for fault in faults if fault["type"] != "too_short" or fault["loc"] not in within]


def _read(form: type[BaseModel], fault: Mapping[str, Any]) -> FieldProblem:
    location, context = fault["loc"], fault.get("ctx", {})
    holder = _holder(form, location)
    code = "missing" if fault["input"] is None else FAULTS.get(fault["type"], "other")
    given: dict[str, object] = {
        name: context[name] for name in ("min_length", "max_length", "ge", "le", "decimal_places") if name in context
    }
    if code == "unknown":
        given, code = _nearest(holder, str(location[-1]), code)
    elif code == "not_a_choice":
        given = {
            "choices": _choices(str(location[-1]) if isinstance(location[-1], str) else str(location[-2]), context)
        }
    elif code == "not_a_code" and "{64}" in str(context["pattern"]):
        code = "not_a_fingerprint"
    elif isinstance(raised := context.get("error"), Repeated):
        given, code = {"values": "、".join(raised.values)}, "repeated"
    elif isinstance(raised, InvisibleText):
        given, code = {"character": raised.character}, "unseen"
    elif isinstance(raised, NothingSaid):
        code = "nothing_said"
    elif isinstance(raised, NotADay) and code != "missing":
        code = "not_a_day"
    elif isinstance(raised, NotAMoment) and code != "missing":
        code = "not_a_moment"
    value = "" if code == "missing" else fault["input"]
    return _problem(code, _path(location), _titles(form, location), value, **given)


def _choices(field: str, context: Mapping[str, Any]) -> str:
    """The values that may be chosen, each with its name."""
    codes = re.findall(r"'([^']*)'", str(context["expected"]))
    return "、".join(code if (name := choice_name(field, code)) == code else f"{code} {name}" for code in codes)


def _problem(code: str, field: str, titles: list[str], value: object, **given: Any) -> FieldProblem:
    shown = _format_value(value)
    shown = shown if len(shown) <= LONGEST_SHOWN else f"{shown[: LONGEST_SHOWN - 1]}…"
    said = {"title": titles[-1] if titles else messages.text("form_error.whole"), "value": shown, **given}
    wrong, cure = messages.text(f"form_error.{code}", **said), messages.text(f"form_error.{code}_cure", **said)
    return FieldProblem(code, field, " › ".join(titles), wrong, cure, shown)


def _format_value(value: object) -> str:
    """The value as text; Python does not format integers of more than 4300 digits."""
    try:
        return _encodable(str(value))
    except ValueError:
        return "…"


def _nearest(holder: type[BaseModel], written: str, code: str) -> tuple[dict[str, object], str]:
    """The field that was probably meant, by its name or its title."""
    known = list(holder.model_fields)
    titled = [name for name in known if fields.title(holder, name) == written.strip()]
    near = titled or get_close_matches(written.strip().casefold(), known, n=1)
    if near:
        return {"near": near[0]}, "misspelt"
    return {"known": "、".join(known)}, code


def _holder(form: type[BaseModel], location: tuple[int | str, ...]) -> type[BaseModel]:
    """The nested form that contains the last field of the location."""
    holder = form
    for step in location[:-1]:
        if isinstance(step, str) and step in holder.model_fields:
            holder = fields.part(holder.model_fields[step].annotation) or holder
    return holder


def _path(location: tuple[int | str, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location).removeprefix(".")


def _titles(form: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """The path as field titles: 督察组 1, 组长, 姓名."""
    said: list[str] = []
    for at, step in enumerate(location):
        holder = _holder(form, location[: at + 1])
        if isinstance(step, int):
            said[-1] += f" {step + 1}"
        else:
            said.append(fields.title(holder, step) if step in holder.model_fields else str(step))
    return said
