"""Characters that cannot be seen, or that make a text show as another than it is."""

from __future__ import annotations

import unicodedata
from typing import Final

ALLOWED: Final = frozenset("\t\n\r\u200c\u200d")
"""Line ends, tabs, and the joiners that Uyghur and Mongolian are written with."""
REFUSED: Final = frozenset({"Cc", "Cf", "Cs"})
"""Control characters, format characters such as those that turn the direction, and halves of characters."""


def unseen(text: str, allowed: frozenset[str] = ALLOWED) -> str:
    """The first such character as ``U+202E``; empty when every one can be seen."""
    if text.isascii() and text.isprintable():
        return ""
    found = (one for one in text if one not in allowed and unicodedata.category(one) in REFUSED)
    return next((f"U+{ord(one):04X}" for one in found), "")
