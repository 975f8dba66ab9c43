"""The kinds of inspection; the data of a version says which of them it has."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Comprehensive, special, or a look-back at what an earlier inspection found (Tongliang); of departments, of
    prefectures (Xinjiang); of how duties are carried out (Chengdu)."""

    COMPREHENSIVE = "comprehensive"
    SPECIAL = "special"
    LOOK_BACK = "look_back"
    DEPARTMENTS = "departments"
    PREFECTURES = "prefectures"
    DUTY_CHECK = "duty_check"
