"""How the interval given for a year without its notice has held: every year 2006–2026, asked on 30 September before it.

``python -m bench.outlook`` counts 5, 10, 15 and 30 working days from every day on which the answer was provisional.
"""

from __future__ import annotations

from datetime import date, timedelta

import calendars
from bench.results import record, table

LENGTHS = (5, 10, 15, 30)
NOW = calendars.load()


def main() -> None:
    heads = ("year", "provisional answers", "held", "one day wide", "mean width (days)", "widest (days)")
    record("The interval of a year without its notice", table(heads, [_year(year) for year in range(2006, 2027)]))


def _year(year: int) -> tuple[object, ...]:
    then = calendars.load(known_on=date(year - 1, 9, 30))
    starts = [date(year - 1, 12, 1) + timedelta(days=n) for n in range(345)]
    promised = [(then.add_working_days(start, n), start, n) for start in starts for n in LENGTHS]
    widths, held = [], 0
    for due, start, n in promised:
        came = NOW.add_working_days(start, n).due
        if due.status == "provisional" and due.earliest and due.latest and came:
            widths.append((due.latest - due.earliest).days)
            held += due.earliest <= came <= due.latest
    count = len(widths)
    share = f"{held / count:.1%}" if held < count else "100%"
    return year, count, share, f"{widths.count(0) / count:.0%}", f"{sum(widths) / count:.1f}", max(widths)


if __name__ == "__main__":
    main()
