"""Answers about what is to be done next, and by whom."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from casework.views.case_models import CaseDeadline
from messages.answers import Answer


class NextAct(Answer):
    """An act that the procedure waits for, and that would go through now."""

    case: str = Field(description="id of the case it is done on")
    procedure: str = Field(description="code of the procedure of the case")
    title: str = Field(description="title of the case")
    unit: str | None = Field(description="code of the unit the case is about")
    unit_name: str = Field(description="name of that unit")
    state_name: str = Field(description="name of the state of the case")
    act: str = Field(description="code of the act")
    act_name: str = Field(description="name of the act")
    roles: tuple[str, ...] = Field(description="names of the offices that may do it")
    who: tuple[str, ...] = Field(description="accounts that could do it, as far as the reader may know them")
    form: str = Field(description="name of the form it is done with")
    needs: tuple[str, ...] = Field(description="fields that its form cannot do without")
    since: date = Field(description="date of the last act on the case")
    term: CaseDeadline | None = Field(
        description="the term that the act meets, or that runs on its case; null without one"
    )


class TodoList(Answer):
    """What a person has to do, the most pressing first."""

    as_of: date = Field(description="the day")
    account: str | None = Field(description="whose it is; null for everybody's")
    rows: tuple[NextAct, ...] = Field(description="overdue first, then by due date, then what has waited longest")
