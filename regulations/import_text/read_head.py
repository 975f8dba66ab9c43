"""The head of a text: its title, who issued it, and the first day it applies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from regulations.import_text.marks import number_of
from regulations.import_text.proposals import Proposal, sentences
from regulations.import_text.structure import TextStructure

_N: Final = r"[\d〇零一二三四五六七八九十]+"
_FIRST_DAY: Final = re.compile(rf"自({_N})年({_N})月({_N})日起(?:正式)?(?:试行|施行|实施|执行)")
_ISSUER: Final = re.compile(r"[\u4e00-\u9fff]{2,20}(人民政府|办公室|委员会|领导小组|局|厅|委)(办公室)?")


def read_head(text: TextStructure) -> Iterator[Proposal]:
    """Title, issuer and first day, as far as the text has them."""
    yield Proposal("head", "title", "house", text.title, {"value": text.title})
    for one in reversed(text.unplaced):
        if one.why in ("signature", "before") and _ISSUER.fullmatch(one.text):
            yield Proposal("head", "issuer", "house", one.text, {"value": one.text})
            break
    for clause, sentence in sentences(text.clauses()):
        if (found := _FIRST_DAY.search(sentence)) and (day := _day(*found.groups())):
            yield Proposal("head", "applies_from", clause.ref, sentence, {"value": day})
            yield Proposal("head", "applies_note", clause.ref, sentence, {"value": sentence})
            break


def _day(year: str, month: str, day: str) -> date | None:
    digits = str.maketrans("〇零一二三四五六七八九", "00123456789")
    numbers = (
        int(year.translate(digits)) if year.translate(digits).isdecimal() else None,
        number_of(month),
        number_of(day),
    )
    try:
        return date(*(number or 0 for number in numbers))
    except ValueError:
        return None
