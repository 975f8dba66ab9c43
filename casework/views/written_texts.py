"""What people wrote when they acted: the filled-in fields of each journal entry, under the titles of its form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

import messages
from access.visible_cases import VisibleCase
from casework.citations import act_name
from casework.views.case_models import WrittenEntry, WrittenField
from states.engine.case import Case
from states.engine.corrections import Correction
from states.engine.forms import fields
from states.engine.forms.choices import choice_name
from states.packs import procedure_of
from storage.journal.journal import Entry

ELSEWHERE = frozenset({"note", "late_entry"})
"""What the timeline shows."""


def written_entries(
    entries: Iterable[Entry], cases: Mapping[str, Case], seen: VisibleCase, units: Mapping[str, str]
) -> Iterator[WrittenEntry]:
    """What was written on these cases, oldest first.

    The forms of an inspection name all its targets, so a reader who sees it in part is shown none of them.
    """
    for entry in entries:
        case = cases[entry.case_id]
        if not seen.whole and entry.case_id == seen.case.family:
            continue
        form = _form(case, entry.act)
        filled = tuple(_correction(case, entry) if form is Correction else _fields(form, entry.form, units))
        if filled:
            yield WrittenEntry(
                case=entry.case_id,
                seq=entry.seq,
                on=entry.acted_on,
                act=entry.act,
                act_name=act_name(entry.act, case.procedure),
                actor=entry.actor,
                fields=filled,
            )


def _form(case: Case, act: str) -> type[BaseModel] | None:
    rows = procedure_of(case).rows(act)
    return rows[0].form if rows else None


def _correction(case: Case, entry: Entry) -> Iterator[WrittenField]:
    """What was corrected, by the names of the act and of its field."""
    act, field = str(entry.form["act"]), str(entry.form["field"])
    named = {"act": act_name(act, case.procedure), "field": _title(_form(case, act), field)}
    yield WrittenField(field=field, title=messages.text("console.corrected", None, **named), text=entry.form["value"])


def _fields(form: type[BaseModel] | None, data: Mapping[str, Any], units: Mapping[str, str]) -> Iterator[WrittenField]:
    known = list(form.model_fields) if form else []
    for name, value in sorted(data.items(), key=lambda one: known.index(one[0]) if one[0] in known else len(known)):
        if name in ELSEWHERE or value in (None, "", [], {}):
            continue
        for number, text in enumerate(texts := list(_texts(form, name, value, units)), start=1):
            title = f"{_title(form, name)} {number}" if len(texts) > 1 else _title(form, name)
            yield WrittenField(field=name, title=title, text=text)


def _texts(form: type[BaseModel] | None, name: str, value: Any, units: Mapping[str, str]) -> Iterator[str]:
    """The value in words: plain values in a row, sections one by one."""
    many = value if isinstance(value, list) else [value]
    sections = [one for one in many if isinstance(one, Mapping)]
    if not sections:
        yield messages.text("console.comma").join(units.get(str(one), choice_name(name, one)) for one in many)
    within = fields.part(form.model_fields[name].annotation) if form and name in form.model_fields else None
    for section in sections:
        filled = list(_fields(within, section, units))
        colon, stop = messages.text("console.colon"), messages.text("console.semicolon")
        yield filled[0].text if len(filled) == 1 else stop.join(f"{one.title}{colon}{one.text}" for one in filled)


def _title(form: type[BaseModel] | None, name: str) -> str:
    return fields.title(form, name) if form and name in form.model_fields else name
