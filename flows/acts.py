"""The acts that a stage's flow offers, read from the procedures' tables.

Run forms show the values of an enum as they are, so a value says the code and what people call it: ``publish 通报``.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final

from pydantic import BaseModel

import messages
import regulations
from flows.runtime import offered_jurisdictions
from states.engine.case import NEW, Role
from states.engine.forms import fields
from states.engine.table import Step
from states.packs import newest_packs

FOLLOW_UP: Final = "follow_up"
"""The choice of a stage's flow that does no act."""


class Choice(Enum):
    """One of several codes, shown with its name; a bare code is understood as well."""

    @property
    def code(self) -> str:
        """The code alone."""
        return str(self.value).partition(" ")[0]

    @classmethod
    def _missing_(cls, value: object) -> Choice | None:
        return next((one for one in cls if one.code == value), None)


def kinds() -> type[Choice]:
    """The kinds of inspection."""
    return _choices(
        "InspectionKind",
        {kind.code: _named("kind", kind.code) for pack in newest_packs() for kind in pack.regulation.kinds},
    )


def jurisdictions(instrument: str | None = None) -> type[Choice]:
    """The jurisdictions of the database that do this kind of work, or any; where none does, those of the package."""
    for known in (offered_jurisdictions(), regulations.jurisdictions()):
        doing = [one for one in known if instrument is None or instrument in one.instruments]
        if doing:
            break
    return _choices("Jurisdiction", {one.code: f"{one.code} {one.name}" for one in doing})


def acts(stage: str) -> type[Choice]:
    """What may be asked for in this stage; first of all, to follow up what was done already."""
    codes = dict.fromkeys(act for act, _ in offered(stage))
    follow_up = {FOLLOW_UP: messages.text("flows.follow_up", "zh")}
    return _choices(f"{stage.title()}Act", follow_up | {code: _named("act", code) for code in codes})


def offered(stage: str) -> Iterator[tuple[str, Step]]:
    """The acts that may be asked for in this stage, each with its row; what only another act brings about is left out.

    An inspection is opened by a flow of its own; a case within one is opened under the name its procedure has for that.
    """
    for procedure in (one for pack in newest_packs() for one in pack.procedures.values()):
        for step in procedure.steps:
            if step.stage != stage or step.consequence_only:
                continue
            if NEW not in step.from_:
                yield step.act, step
            elif procedure.opened_by_act is not None:
                yield procedure.opened_by_act, step


def elsewhere(stage: str) -> list[str]:
    """Names of the acts that are refused from here: the automation account is a coordinator and no person."""
    here = {act for act, step in offered(stage) if Role.COORDINATOR in step.by and not step.in_person}
    return [_named("act", act) for act in dict.fromkeys(act for act, _ in offered(stage)) if act not in here]


def names(stage: str) -> list[str]:
    """Names of the acts of a stage that may be asked for."""
    return [_named("act", act) for act in dict.fromkeys(act for act, _ in offered(stage))]


def filled_in(stage: str) -> list[str]:
    """What each act of this stage has to be handed in with; a star marks what may not be left out."""
    found: dict[str, None] = {}
    for act, step in offered(stage):
        if asked_for := fields_of(step.form):
            found[f"【{_named('act', act)}】{'、'.join(asked_for)}。"] = None
    return list(found)


def fields_of(form: type[BaseModel]) -> list[str]:
    """The fields of a form with their names; a star marks what may not be left out."""
    return [_field(form, name) for name in form.model_fields if name != "note"]


def _field(form: type[BaseModel], name: str) -> str:
    star = "*" if form.model_fields[name].is_required() else ""
    return f"{name}{star} {fields.title(form, name)}"


def _named(area: str, code: str) -> str:
    return f"{code} {messages.text(f'{area}.{code}', 'zh')}"


def _choices(name: str, values: dict[str, str]) -> type[Choice]:
    return Choice(name, values)  # type: ignore[call-arg, return-value]
