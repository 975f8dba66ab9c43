"""Base classes and field types of forms: unknown fields are refused, texts trimmed, instances frozen."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import Annotated, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic.config import JsonDict

from messages.names import fold_name, refused_character, unseen
from messages.spellings import plain_clause, plain_code, plain_day
from states.engine.forms.text_content import is_placeholder, says_nothing

NEEDED: JsonDict = {"needed": True}
"""Marks a field that may be left out of the form, but without which a rule refuses the act."""
BEIJING: Final = timezone(timedelta(hours=8))
"""The zone in which moments are told."""
STORED: Final = {"stored": True}
"""The validation context of a document that is read from a dossier, and not handed in."""


class InvisibleText(ValueError):
    """A text contains an invisible character."""

    def __init__(self, character: str) -> None:
        super().__init__(character)
        self.character = character


class NothingSaid(ValueError):
    """A text holds signs, blanks or a placeholder only."""


def refuse_empty_talk(value: object, info: ValidationInfo) -> object:
    """Refuse a text without a letter or digit; stored documents are read as they are."""
    if is_stored(info):
        return value
    for text in value if isinstance(value, tuple) else [value]:
        if isinstance(text, str) and text and says_nothing(text):
            raise NothingSaid
    return value


def _refuse_placeholder(value: str, info: ValidationInfo) -> str:
    if value and is_placeholder(value) and not is_stored(info):
        raise NothingSaid
    return value


def is_stored(info: ValidationInfo) -> bool:
    """Whether a document of the dossier is read, which an earlier version may have taken by other rules."""
    return info.context == STORED


def _refuse_invisible(value: object, info: ValidationInfo) -> object:
    if is_stored(info):
        return value
    for text in value if isinstance(value, list | tuple) else [value]:
        if isinstance(text, str) and (character := unseen(text)):
            raise InvisibleText(character)
    return value


def _one_line(value: str) -> str:
    if character := unseen(value, frozenset()):
        raise InvisibleText(character)
    return value


def _plain_name(value: str, info: ValidationInfo) -> str:
    """The name in its plain form, stored ones as well, so that old and new spellings are one name."""
    if (character := refused_character(value)) and not is_stored(info):
        raise InvisibleText(character)
    if not (plain := fold_name(value)) and not is_stored(info):
        raise NothingSaid
    return plain


class Form(BaseModel):
    """The input of an act. ``note`` is the reason or remark that goes into the journal."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, str_max_length=20_000)

    note: str = Field("", title="说明", description="理由或者说明，记入日志")

    _seen = field_validator("*", mode="before")(_refuse_invisible)
    _said = field_validator("*", mode="after")(refuse_empty_talk)


class FormSection(BaseModel):
    """A part of a form."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, str_max_length=20_000)

    _seen = field_validator("*", mode="before")(_refuse_invisible)
    _said = field_validator("*", mode="after")(refuse_empty_talk)


class Repeated(ValueError):
    """A list contains a value twice."""

    def __init__(self, values: list[str]) -> None:
        super().__init__(", ".join(values))
        self.values = values


class NotADay(ValueError):
    """A day is not in the form 2026-03-01; a bare number would be parsed as seconds."""


class NotAMoment(ValueError):
    """A moment is not in the form 2026-03-01 08:30."""


def _refuse_duplicates(values: tuple[str, ...]) -> tuple[str, ...]:
    duplicates = sorted({value for value in values if values.count(value) > 1})
    if duplicates:
        raise Repeated(duplicates)
    return values


def _iso_day(value: object) -> object:
    text = plain_day(value) if isinstance(value, str) else ""
    if isinstance(value, date):
        return value
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text.strip()):
        return text
    raise NotADay


def _moment(value: object) -> object:
    """A day with a time of day in Beijing time, to the minute; a moment of another zone is the same moment there."""
    if isinstance(value, str):
        text = value.strip().replace("：", ":").replace("T", " ")
        if not re.fullmatch(
            r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(\+[0-9]{2}:[0-9]{2})?", text
        ):
            raise NotAMoment
        try:
            value = datetime.fromisoformat(text)
        except ValueError:
            raise NotAMoment from None
    if not isinstance(value, datetime):
        raise NotAMoment
    there = value.replace(tzinfo=BEIJING) if value.tzinfo is None else value.astimezone(BEIJING)
    return there.replace(second=0, microsecond=0)


def _plain_code(value: object) -> object:
    return plain_code(value) if isinstance(value, str) else value


def _plain_clause(value: object) -> object:
    return plain_clause(value) if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_iso_day)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
"""A day and a time of day, to the minute, in Beijing time."""
Said = AfterValidator(_refuse_placeholder)
"""Marks a text that has to say something where it is filled in."""
Text = Annotated[str, StringConstraints(min_length=1), Said]
OptionalText = Annotated[str, Said]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_one_line), Said]
CODE: Final = r"^[0-9A-Za-z-]{1,32}$"
"""The signs of the code of a unit and of the number of a case."""
Code = Annotated[str, BeforeValidator(_plain_code), StringConstraints(pattern=CODE)]
Clause = Annotated[str, BeforeValidator(_plain_clause)]
"""The address of a clause, such as 9(3)."""
Codes = Annotated[tuple[Code, ...], AfterValidator(_refuse_duplicates)]
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=60), AfterValidator(_one_line), AfterValidator(_plain_name)
]
"""The name of a person or a body, in its plain form."""
Names = Annotated[tuple[Annotated[Line, AfterValidator(_plain_name)], ...], AfterValidator(_refuse_duplicates)]
"""Names of people, with their offices where wanted, each once."""


class LateEntry(FormSection):
    """A paper received on the day of the act and entered later: who received it, and why it is entered late."""

    received_by: Name = Field(title="收件人", description="当时收到材料的人")
    reason: Text = Field(title="补录原因")


class HandedIn(Form):
    """What a bound party hands in. The office enters a paper that came in earlier, dated the day of its receipt."""

    late_entry: LateEntry | None = Field(
        None, title="补录", description="仅由联席办补录此前收到的纸质材料时填写；办理日期填收到材料的日期"
    )


class Decision(Form):
    """A decision, with its reason."""

    note: Text = Field(title="批示意见", description="审批意见或者理由")


class Evidence(FormSection):
    """A document as evidence: where it is kept and, optionally, its SHA-256."""

    title: Line = Field(title="材料名称")
    reference: str = Field("", title="文号或者存放位置", max_length=300)
    sha256: str | None = Field(None, title="SHA-256", pattern=r"^[0-9a-f]{64}$")


class Period(FormSection):
    """From one day to another, both included."""

    begins: Day = Field(title="开始日期")
    ends: Day = Field(title="结束日期")


class Recalculate(Form):
    """A running deadline is recalculated because the calendar changed; the note names the document."""

    deadline: str = Field(title="期限编号")
    was: Day | None = Field(None, title="原到期日")
    becomes: Day | None = Field(None, title="新到期日")
    latest: Day | None = Field(None, title="最迟到期日")
    accepted_by: str = Field("", title="由谁采纳放假通知")
