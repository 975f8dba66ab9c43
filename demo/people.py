"""Who plays: the accounts and units of Tongliang, as its data names them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import regulations

JIA: Final = "联席办协调员甲"
YI: Final = "联席办协调员乙"
AUTHORITY: Final = "区委区政府"
DEPUTY: Final = "质量工作分管负责人"
OFFICE: Final = "督查室"
APPRAISAL: Final = "区考核办"
LEADERS: Final = tuple(f"督察组长{number}" for number in "一二三四五六")
JURISDICTION: Final = "TL"


@cache
def names() -> dict[str, str]:
    """Every unit of the roster by its code."""
    return {unit.code: unit.name for unit in regulations.jurisdiction(JURISDICTION).roster()}


@cache
def townships() -> tuple[str, ...]:
    """The codes of the 28 townships and subdistricts, in their order (art. 5(1))."""
    return tuple(code for code in names() if code.isdigit())


def officer(code: str) -> str:
    """The liaison officer of a unit."""
    return f"{names()[code]}联络员"


def person(name: str) -> dict[str, Any]:
    """A leader or member as the order of a group names them: core staff, or invited (art. 13(3))."""
    units = {account.name: account.unit for account in regulations.jurisdiction(JURISDICTION).seed_accounts}
    body = names().get(units.get(name) or "", "行业专家")
    return {"name": name, "body": body, "invited": body in ("区纪监委", "行业专家")}


def group(name: str, leader: str, members: tuple[str, ...], targets: tuple[str, ...]) -> dict[str, Any]:
    """A group as staffing orders it."""
    return {
        "name": name,
        "leader": person(leader),
        "members": [person(member) for member in members],
        "targets": list(targets),
    }


def served(number: str, targets: Sequence[str]) -> dict[str, Any]:
    """The notice of this number, received by the office of every target."""
    return {"number": number, "served": [{"code": code, "received_by": f"{names()[code]}党政办"} for code in targets]}


def collected(targets: Sequence[str], information: str) -> dict[str, Any]:
    """What a group collected about each of its targets."""
    return {"about": [{"code": code, "information": f"{names()[code]}：{information}"} for code in targets]}


def present(leader: str, members: tuple[str, ...]) -> list[str]:
    """Everybody of a group."""
    return [leader, *members]
