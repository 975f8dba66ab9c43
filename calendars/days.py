"""A day as the calendar answers it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

Kind = Literal["workday", "weekend", "holiday", "makeup"]
Status = Literal["final", "provisional"]

# What makes an ordinary Monday a workday and an ordinary Sunday a rest day.
WEEK_DOCUMENT = "国家机关、事业单位贯彻《国务院关于职工工作时间的规定》的实施办法（1995）"
WEEK_CLAUSE = "第三条 国家机关、事业单位实行统一的工作时间，星期六和星期日为周休息日"


@dataclass(frozen=True, slots=True)
class Day:
    """What a day legally is, and by which clause of which document.

    ``holiday`` is a day off set by a notice (also a weekend inside its span), ``weekend`` an ordinary Saturday or
    Sunday, ``makeup`` a weekend turned into a working day. ``provisional`` means that a notice still to come, or a
    regional arrangement known only at second hand, may make it different.
    """

    date: datetime.date
    is_workday: bool
    kind: Kind
    name: str
    document: str
    clause: str
    published: datetime.date | None
    status: Status


@dataclass(frozen=True, slots=True)
class Setting:
    """A day taken out of the ordinary week. ``sure`` is false for a regional day known only at second hand."""

    kind: Literal["holiday", "makeup"]
    name: str
    document: str
    clause: str
    published: datetime.date | None
    sure: bool = True


def ordinary(day: datetime.date, status: Status = "final") -> Day:
    """A day that nothing sets apart from its week."""
    rest = day.weekday() >= 5
    return Day(day, not rest, "weekend" if rest else "workday", "", WEEK_DOCUMENT, WEEK_CLAUSE, None, status)


def set_apart(day: datetime.date, setting: Setting, status: Status = "final") -> Day:
    """A day that a document sets."""
    return Day(
        date=day,
        is_workday=setting.kind == "makeup",
        kind=setting.kind,
        name=setting.name,
        document=setting.document,
        clause=setting.clause,
        published=setting.published,
        status=status if setting.sure else "provisional",
    )
