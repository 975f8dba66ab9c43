"""Answers to callers of every kind: frozen models with documented fields.

One source for ``--json``, for its JSON Schema and for whatever shows an answer. JSON keys keep their names for good;
a key that Python reserves is an alias (``from_`` is ``from``).
"""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


def is_absent(value: object) -> bool:
    """Whether a key that does not always apply is left out of the answer (``Field(None, exclude_if=is_absent)``)."""
    return value is None


class Answer(BaseModel):
    """The base of every answer: immutable, without unknown fields, and the same by name or alias."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True)


class ErrorView(Answer):
    """An error that is not a list of refusals."""

    error: str = Field(description="stable code")
    fact: str = Field(description="what is wrong")
    cure: str = Field(description="what to do about it; empty where nothing helps")


class RefusalView(Answer):
    """One unmet condition, with the clause it rests on."""

    code: str = Field(description="stable code")
    article: str = Field(description="address of the clause in its regulation, or `house` for a rule of this system")
    citation: str = Field("", description="the clause as it is cited; empty in answers kept by earlier versions")
    fact: str = Field(description="what is wrong")
    cure: str = Field(description="what to do about it")
    who: tuple[str, ...] = Field((), description="codes of the roles that can cure it")
    who_names: tuple[str, ...] = Field((), description="names of the offices that hold these roles")
    earliest: date | None = Field(None, description="first lawful date, where a date is the matter")
    people: tuple[str, ...] | None = Field(
        None,
        exclude_if=is_absent,
        description="accounts that can cure it today; empty where there is none, left out where nobody is named",
    )


class FieldRefusalView(RefusalView):
    """A fault in one field of a form."""

    field: str = Field(description="path of the field, such as `groups[0].leader.name`")


class RowRefusalView(RefusalView):
    """A fault in one row of a roster file."""

    row: int = Field(description="line of the file; 0 where the file itself is at fault")
    field: str = Field(description="column; empty where the whole row is at fault")


class KeyRefusalView(RefusalView):
    """A fault at one key of a jurisdiction file."""

    place: str = Field(description="key, such as `offices.authority`; empty where the whole file is at fault")


class PlaceRefusalView(RefusalView):
    """A fault at one place of a data file; keys that do not apply are left out."""

    line: int | None = Field(None, exclude_if=is_absent, description="line, counted from 1")
    column: int | None = Field(None, exclude_if=is_absent, description="column, counted from 1")
    byte: int | None = Field(None, exclude_if=is_absent, description="byte, counted from 1")


class RefusalList(Answer):
    """Every reason why something was refused."""

    refusals: tuple[FieldRefusalView | RowRefusalView | KeyRefusalView | PlaceRefusalView | RefusalView, ...] = Field(
        description="every unmet condition, never only the first"
    )
