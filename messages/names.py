"""Names of accounts, units, topics and members: one spelling of what looks the same, and what may not be in a name.

PDFs give Kangxi radicals (⼈ for 人) and full-width letters; other sources add variation selectors. ``fold_name`` gives
the plain form; ``refused_character`` names what cannot be folded; ``lookalike_key`` is equal for names that look alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

JOINERS: Final = frozenset("\t\n\r\u200c\u200d")
"""Line ends, tabs, and the joiners that Uyghur and Mongolian are written with: allowed in texts, not in names."""
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})
"""Control characters, format characters such as those that turn the direction, and halves of characters."""
UNREADABLE: Final = UNSEEN | {"Co", "Cn", "Zl", "Zp"}
"""What a name cannot hold besides: characters for private use or without meaning, and line ends."""
BLANKS: Final = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\U0001d159")
"""Letters and signs that show as nothing or as a blank: Hangul fillers, the blank of Braille."""
SELECTORS: Final = frozenset(
    map(chr, (0x034F, *range(0x180B, 0x180E), 0x180F, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
"""Marks that choose a variant of the character before them and show nothing themselves."""
PARTS: Final = (range(0x2E80, 0x3000), range(0x31C0, 0x31F0))
"""Radicals, strokes and signs that describe characters: what stands for no character is refused."""
RADICALS: Final = str.maketrans(
    "⺁⺊⺎⺐⺒⺓⺔⺕⺛⺜⺝⺠⺩⺫⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
    "厂卜兀尢巳幺彑彐旡日月民王目示虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
)
"""Radicals that are whole characters, but have no compatibility form in Unicode."""
LOOKALIKES: Final = str.maketrans(
    "ニーロカエトタハミノΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορνАВЕЅІКМНОРСТУХаеіорсух",
    "二一口力工卜夕八三丿ABEZHIKMNOPTYXaopvABESIKMHOPCTYXaeiopcyx",
)
"""Kana, Greek and Cyrillic letters that look like a Chinese character or a Latin letter."""
DOTS: Final = str.maketrans(dict.fromkeys("•‧∙⋅・･", "·"))
"""The dots within names of minorities: 阿不都·热西提."""


def fold_name(text: str) -> str:
    """The plain form of a name: letters, digits, radicals and dots as usual, blanks once, no selectors."""
    return " ".join(plain_letters(text).translate(DOTS).split())


def plain_letters(text: str) -> str:
    """The text with letters, digits and radicals in their usual form, and without selectors."""
    return text if text.isascii() else unicodedata.normalize("NFC", text.translate(_PLAIN_LETTERS))


def refused_character(name: str) -> str:
    """The first character that a name cannot hold, as ``U+2E97``; empty when there is none.

    What folding takes out or replaces is not refused.
    """
    if name.isascii() and name.isprintable():
        return ""
    return _first(one for one in plain_letters(name) if _is_refused(one))


def unseen(text: str, allowed: frozenset[str] = JOINERS) -> str:
    """The first character of a text that cannot be seen, as ``U+202E``; empty when every one can."""
    if text.isascii() and text.isprintable():
        return ""
    return _first(one for one in text if one not in allowed and unicodedata.category(one) in UNSEEN)


def comparison_key(text: str) -> str:
    """A text as topics are compared: letters, marks and digits, whatever their width, case, blanks and punctuation."""
    folded = unicodedata.normalize("NFKC", text.translate(RADICALS)).casefold()
    kept = (one for one in folded if one not in BLANKS and one not in SELECTORS)
    return "".join(one for one in kept if unicodedata.category(one)[0] in "LMN")


def lookalike_key(name: str) -> str:
    """A name as it looks: equal for two names that a reader would take for one."""
    folded = unicodedata.normalize("NFKC", fold_name(name).translate(LOOKALIKES)).translate(LOOKALIKES).casefold()
    return "".join(_dash(one) for one in folded if one not in BLANKS and not _is_blank(one))


def _first(refused: Iterable[str]) -> str:
    return next((f"U+{ord(one):04X}" for one in refused), "")


class _PlainLetters(dict[int, str]):
    """A table for ``str.translate`` that looks at each character once."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _plain(chr(code))
        return found


_PLAIN_LETTERS: Final = _PlainLetters()


def _plain(one: str) -> str:
    """A letter, digit or radical in its usual form, no selector; punctuation and signs stay as they are."""
    if one in BLANKS:
        return one
    if one in SELECTORS:
        return ""
    if unicodedata.category(one)[0] == "L" or unicodedata.category(one) == "Nd" or _is_part(one):
        return unicodedata.normalize("NFKC", one.translate(RADICALS))
    return one


def _is_refused(one: str) -> bool:
    return one in BLANKS or _is_part(one) or unicodedata.category(one) in UNREADABLE


def _is_part(one: str) -> bool:
    return any(ord(one) in part for part in PARTS)


def _is_blank(one: str) -> bool:
    return one.isspace() or unicodedata.category(one) in UNSEEN


def _dash(one: str) -> str:
    return "-" if unicodedata.category(one) == "Pd" else one
