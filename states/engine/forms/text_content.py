"""Whether a text says something: signs alone, blanks and placeholders such as 无 or N/A do not."""

from __future__ import annotations

import unicodedata
from typing import Final

PLACEHOLDERS: Final = frozenset(
    {
        *("无", "没有", "暂无", "略", "同上", "不详", "待补", "待补充", "待定", "另附"),
        *("na", "none", "nil", "null", "nothing", "tbd", "todo"),
    }
)
"""Texts that stand where something should be said, in folded letters and digits."""
FILLERS: Final = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters by category that show nothing: the Hangul fillers."""


def says_nothing(text: str) -> bool:
    """Whether the text has no letter and no digit."""
    return not any(one.isalnum() and one not in FILLERS for one in text)


def is_placeholder(text: str) -> bool:
    """Whether the text says nothing, or only that nothing is said."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    said = "".join(one for one in folded if one.isalnum() and one not in FILLERS)
    return not said or said in PLACEHOLDERS
