"""Makes ``readings.json`` from the notice texts: ``python -m calendars.compiling``."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import Any

from calendars.bundled_notices import texts
from calendars.holiday_text.notice import Notice
from calendars.holiday_text.parser import parse_file


def packed(notice: Notice) -> dict[str, Any]:
    """A notice as plain data: days grouped by the clause that sets them."""
    row: dict[str, Any] = {
        name: getattr(notice, name) for name in ("standing", "year", "title", "number", "source", "concerns")
    }
    row |= {name: day and day.isoformat() for name, day in (("signed", notice.signed), ("published", notice.published))}
    row["clauses"] = [
        [clause, kind, name, [day.date.isoformat() for day in days]]
        for (clause, kind, name), days in groupby(notice.days, key=lambda day: (day.clause, day.kind, day.name))
    ]
    return row


def compiled() -> str:
    """The content of ``readings.json``: the notices in the order in which they became known."""
    notices = sorted((parse_file(text).notice for text in texts().values()), key=lambda notice: notice.known_from)
    return json.dumps([packed(notice) for notice in notices], ensure_ascii=False, indent=0) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("readings.json").write_text(compiled(), encoding="utf-8")
