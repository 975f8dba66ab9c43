"""Whether two names mean one unit: its party committee, its government and their offices are all the unit itself."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from states.engine.case import Actor
from states.engine.context import Context

SAME_WORDS: Final = (
    ("人民政府", "政府"),
    ("市场监督管理", "市场监管"),
    ("纪律检查", "纪"),
    ("监察", "监"),
    ("委员会", "委"),
    ("工作委", "工委"),
    ("管理委", "管委"),
    ("管委会", "管委"),
    ("办公室", "办"),
    ("纪委监委", "纪监委"),
)
"""Spellings of one word, the full one first; a later pair reads what an earlier one left."""
TOWN: Final = re.compile(r"(.+?)(镇|乡|街道|园区|开发区|高新区|新区)")
"""A place with several organs: what follows its name is one of them."""
ORGANS: Final = ("党委", "党工委", "工委", "政府", "办事处", "党政办", "人大", "管委")
"""Organs that are named without 镇 or 街道: 土桥党委."""


def is_of_unit(body: str, unit: str) -> bool:
    """Whether a body, as it is written, is this unit or an organ or office of it."""
    written, name = _folded(body), _folded(unit)
    if not written or not name:
        return False
    town = TOWN.match(name)
    if town is None:
        return name in written
    place, kind = town.groups()
    return f"{place}{kind}" in written or any(f"{place}{organ}" in written for organ in ORGANS)


def comes_from(actor: Actor, code: str, context: Context) -> bool:
    """Whether an account belongs to this unit, to another organ of it on the roster, or to its successor."""
    if actor.unit is None:
        return False
    if actor.unit == code or context.facts.successions().same_bearer(actor.unit, code):
        return True
    own, unit = context.facts.unit(actor.unit), context.facts.unit(code)
    return own is not None and unit is not None and is_of_unit(own.name, unit.name)


def _folded(name: str) -> str:
    """A name of a body with one spelling of each word, without blanks."""
    folded = "".join(unicodedata.normalize("NFKC", name).split())
    for full, short in SAME_WORDS:
        folded = folded.replace(full, short)
    return folded
