"""Numbers of official documents: office, year and serial number, as in 铜质督〔2026〕3号 (GB/T 9704-2012)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_NUMBER: Final = re.compile(
    r"(?P<office>[^\[\]()【】〔〕〈〉《》]+)[\[(【〔](?P<year>[0-9]{4})年?[\])】〕](?P<serial>[0-9]+)号"
)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number as it is compared: brackets, widths, blanks and leading zeros make no difference."""

    office: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.office}〔{self.year}〕{self.serial}号"


def document_number(written: str) -> DocumentNumber | None:
    """The number that is written; None where it is none."""
    folded = "".join(unicodedata.normalize("NFKC", written).split()).replace("第", "")
    found = _NUMBER.fullmatch(folded)
    return DocumentNumber(found["office"], int(found["year"]), int(found["serial"])) if found else None
