"""Corrections (更正): an act of its own puts right what an earlier act said; the dossier and the journal keep both.

The form of the earlier act is read anew with the corrected value, and the guards of that act judge it on the case as it
stood, so that no correction makes true what the act would have been refused for. ``correctable`` in the table says
which fields may be corrected: those on which no part of the case was built.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import BaseModel, Field

from states.engine.case import Case, Role
from states.engine.context import Context
from states.engine.forms.base import Form, Line, Text
from states.engine.forms.reading import read_form
from states.engine.refusals import Refusal, refusal
from states.engine.table import Procedure, Step, on_form, on_place

CORRECTIONS: Final = "corrections"
"""The dossier key of the corrections of a case."""
LONGEST_TITLE: Final = 60
TITLE: Final = "title"
"""The field of an application that names its case."""


class Correction(Form):
    """What an act said is corrected: which act, which field, and what it should say."""

    act: Line = Field(title="被更正的操作", description="操作代码，例如 publish")
    field: Line = Field(title="被更正的字段", description="字段代码，例如 bulletin_on")
    value: Text = Field(title="更正后的内容")
    time: int | None = Field(None, title="第几次", description="办理过多次的，写第几次；不填则为最近一次", ge=1)
    note: Text = Field(title="更正理由")


@dataclass(frozen=True, slots=True)
class Corrected:
    """The document that is corrected: where it is kept, and what it said."""

    step: Step
    key: str
    position: int | None
    said: Mapping[str, Any]


def correctable_acts(procedure: Procedure) -> tuple[str, ...]:
    """The acts of which something may be corrected."""
    return tuple(dict.fromkeys(step.act for step in procedure.steps if step.correctable))


def corrected_document(case: Case, procedure: Procedure, form: Correction) -> Corrected | None:
    """The document a correction is about; None where that act was not done, or may not be corrected."""
    step = next((step for step in procedure.rows(form.act) if step.correctable and step.stored_as), None)
    if step is None or step.stored_as is None or form.act not in case.actors_by_act:
        return None
    key = step.stored_as.removesuffix("[]")
    kept = case.dossier.get(key)
    if not step.stored_as.endswith("[]"):
        return Corrected(step, key, None, kept) if kept and form.time in (None, 1) else None
    position = len(kept or ()) if form.time is None else form.time
    return Corrected(step, key, position - 1, kept[position - 1]) if kept and position <= len(kept) else None


@on_place
def something_can_be_corrected(case: Case, context: Context) -> Iterator[Refusal]:
    """An act was done of which something may be corrected."""
    acts = correctable_acts(context.pack.procedure_of(case))
    if not case.actors_by_act.keys() & set(acts):
        yield refusal("nothing_to_correct", Role.COORDINATOR, act=context.pack.procedure_of(case).first_act, acts=acts)


@on_form
def correction_is_lawful(case: Case, context: Context) -> Iterator[Refusal]:
    """The act with the corrected value fulfils what the act had to fulfil on its own day."""
    form, procedure = context.filled(Correction), context.pack.procedure_of(case)
    found = corrected_document(case, procedure, form)
    if found is None:
        yield refusal("nothing_to_correct", Role.COORDINATOR, act=form.act, acts=correctable_acts(procedure))
    elif form.field not in found.step.correctable:
        yield refusal("field_not_correctable", Role.COORDINATOR, field=form.field, fields=found.step.correctable)
    elif (corrected := corrected_form(found, form)) == corrected_form(found):
        yield refusal("correction_changes_nothing", Role.COORDINATOR, field=form.field)
    else:
        then = replace(context, form=corrected, on=type(context.on).fromisoformat(found.said["on"]))
        for guard in found.step.guards:
            for one in guard(_as_it_stood(case, procedure, found), then):
                yield one if one.rule or one.article else replace(one, rule=f"guard.{guard.__name__}")


def corrected_form(found: Corrected, form: Correction | None = None) -> BaseModel:
    """The form of the act, with the corrected value. Raises FormRefused for a value that the field does not take."""
    said = {name: value for name, value in found.said.items() if name in found.step.form.model_fields}
    return read_form(found.step.form, said if form is None else {**said, form.field: form.value})


def takes_the_correction(case: Case, context: Context) -> Case:
    """The document says what is right; the correction keeps what it said before."""
    form, procedure = context.filled(Correction), context.pack.procedure_of(case)
    found = corrected_document(case, procedure, form)
    if found is None:
        return case
    right = corrected_case(case, procedure, form)
    *earlier, last = case.dossier[CORRECTIONS]
    value = corrected_form(found, form).model_dump(mode="json")[form.field]
    record = {**last, "value": value, "was": found.said.get(form.field)}
    return replace(right, dossier={**right.dossier, CORRECTIONS: [*earlier, record]})


def corrected_case(case: Case, procedure: Procedure, form: Correction) -> Case:
    """The case whose document says what is right, without a record of it. Raises FormRefused as ``corrected_form``."""
    found = corrected_document(case, procedure, form)
    if found is None:
        return case
    value = corrected_form(found, form).model_dump(mode="json")[form.field]
    right: Any = {**found.said, form.field: value}
    kept = case.dossier[found.key]
    if found.position is not None:
        right = [*kept[: found.position], right, *kept[found.position + 1 :]]
    was = found.said.get(form.field)
    # A part may be titled by the beginning of the text that is corrected; an inspection has a title in its application.
    titled = isinstance(was, str) and (was.startswith(case.title) if case.root else form.field == TITLE)
    title = str(value)[:LONGEST_TITLE] if titled and case.root else str(value) if titled else case.title
    return replace(case, title=title, dossier={**case.dossier, found.key: right})


def last_change(case: Case) -> tuple[Any, Any]:
    """What the field said before the last correction, and what it says since."""
    record = case.dossier[CORRECTIONS][-1]
    return record["was"], record["value"]


def last_corrected(case: Case) -> tuple[str, str]:
    """The act and the field that the last correction was about."""
    record = case.dossier[CORRECTIONS][-1]
    return record["act"], record["field"]


def _as_it_stood(case: Case, procedure: Procedure, found: Corrected) -> Case:
    """The case with the day of the last act before the corrected one."""
    order = {state: number for number, state in enumerate(procedure.states)}
    reached = order.get(found.step.to, len(order))
    keys = {
        step.stored_as.removesuffix("[]")
        for step in procedure.steps
        if step.stored_as and any(order.get(state, -1) < reached for state in step.from_)
    } - {found.key, CORRECTIONS}
    days = [day for key in keys for day in _days(case.dossier.get(key)) if day <= found.said["on"]]
    last = max(days, default=case.opened_on.isoformat())
    return replace(case, acted_on=type(case.acted_on).fromisoformat(last))


def _days(kept: Any) -> list[str]:
    """The days of the acts that stored a document."""
    return [one["on"] for one in (kept if isinstance(kept, list) else [kept]) if isinstance(one, dict) and "on" in one]
