"""Days and numbers that are none, or lie where none may be."""

from __future__ import annotations

from tests.cli.bad.entry import CASE, COORDINATOR, NOT_FOUND, REFUSED, USAGE, Bad, acting, each

NO_DAYS = (
    "2026-02-29", "2100-02-29", "1900-02-29", "2026-02-30", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00",
    "0000-01-01", "٢٠٢٦-٠٣-٠٢", "20260302",
    "二〇二六-03-02", "2026-03-02T09:00", "2026-03-02\n", "\u200e2026-03-02",
    "2026-03-0\u200b2", "-2026-03-02", "99999-01-01", "2026-W10-1", "今天", "", "2026-03-02 OR 1=1",
    "0b11111101010", "NaN", "\udcff2026-03-02", "2" * 3_000,
)  # fmt: skip
NO_NUMBERS = (
    "2003", "2101", "-2026", "２０２６", "٢٠٢٦", "2026.0", "2.026e3", "0x7EA", "2_026", "二〇二六", "NaN", "Infinity", "",
    " 2026", "2026\u200b", "9" * 5000, "1;2", "+2026",
)  # fmt: skip
NO_LENGTHS = ("-3", "1.5", "1e9", "十五", "１５", "9" * 400, "", "0x10", "NaN", "15天")

BAD = [
    *each("acted on", lambda day: acting("submit", f"--on={day}"), NO_DAYS[:8], USAGE, "--on"),
    *each("asked on", lambda day: ("case", "why", CASE, "submit", f"--on={day}"), NO_DAYS[8:12], USAGE, "--on"),
    *each("as of", lambda day: ("overdue", f"--as-of={day}"), NO_DAYS[12:16], USAGE, "--as-of"),
    *each("since", lambda day: ("notice", "list", f"--since={day}"), NO_DAYS[16:20], USAGE, "--since"),
    *each("start", lambda day: ("calendar", "due", f"--start={day}", "--days", "5"), NO_DAYS[20:24], USAGE, "--start"),
    *each("from", lambda day: ("calendar", "days", f"--from={day}", "--to", "2026-03-05"), NO_DAYS[24:28], USAGE, "--from"),
    *each("known on", lambda day: ("calendar", "show", "2026", f"--known-on={day}"), NO_DAYS[28:31], USAGE, "--known-on"),
    *each("night", lambda day: ("sweep", f"--as-of={day}"), NO_DAYS[31:], USAGE, "--as-of"),
    *each("year", lambda year: ("case", "list", f"--year={year}"), NO_NUMBERS[:8], USAGE, "--year"),
    *each("frequency", lambda year: ("frequency", f"--year={year}"), NO_NUMBERS[8:12], USAGE, "--year"),
    *each("shown year", lambda year: ("calendar", "show", "--", year), NO_NUMBERS[12:], USAGE, "YEAR"),
    *each("length", lambda n: ("calendar", "due", "--start", "2026-03-02", f"--days={n}"), NO_LENGTHS[1:5], USAGE, "--days"),
    *each("months", lambda n: ("calendar", "due", "--start", "2026-03-02", f"--months={n}"), NO_LENGTHS[5:], USAGE, "--months"),
    *each("limit", lambda n: ("case", "list", f"--limit={n}"), ("0", "-1", "10001", "all"), USAGE, "--limit"),
    *each("units", lambda n: ("simulate", f"--units={n}"), ("0", "2001", "1e2"), USAGE, "--units"),
    *each("seed", lambda n: ("simulate", f"--seed={n}"), ("-1", "2147483649", "π"), USAGE, "--seed"),
    *each("port", lambda n: ("serve", f"--port={n}"), ("0", "65536", "80a", "-4200"), USAGE, "--port"),
    Bad("backward in time", ("calendar", "due", "--start", "2026-03-02", "--days=-3"), REFUSED, "-3"),
    Bad("two terms at once", ("calendar", "due", "--start", "2026-03-02", "--days", "5", "--months", "1"), USAGE, "--"),
    Bad("no term", ("calendar", "due", "--start", "2026-03-02"), USAGE, "--"),
    Bad("backward", ("calendar", "days", "--from", "2026-03-05", "--to", "2026-03-01"), USAGE, "--"),
    Bad("the end of time", ("calendar", "due", "--start", "9999-12-31", "--days", "5"), REFUSED, "9999"),
    Bad("months past the end of time", ("calendar", "due", "--start", "9999-12-31", "--months", "5"), REFUSED, "9999"),
    Bad("years past the end of time", ("calendar", "due", "--start", "2026-03-02", "--years", "9000"), REFUSED, ""),
    Bad("before the first notice", ("calendar", "due", "--start", "1970-01-01", "--days", "5"), REFUSED, "1970"),
    Bad("the first day there is", ("calendar", "due", "--start", "0001-01-01", "--days", "5"), REFUSED, "0001"),
    Bad("days of no notice", ("calendar", "days", "--from", "0001-01-01", "--to", "0001-01-05"), REFUSED, "0001"),
    Bad("done tomorrow", acting("submit", "--set", "contents=9(1)", "--on", "2026-11-21"), REFUSED, "2026-11-21"),
    Bad("done before it was opened", acting("submit", "--set", "contents=9(1)", "--on", "2026-03-01"), REFUSED, "2026-03-01"),
    Bad("done in another age", acting("submit", "--set", "contents=9(1)", "--on", "9999-12-31"), REFUSED, "9999-12-31"),
    Bad("swept decades ahead", ("sweep", "--as-of", "2999-01-01"), NOT_FOUND, "2999-01-01"),
    Bad("which act", ("act", CASE, "submit;drop", "--as", COORDINATOR), REFUSED, "submit;drop"),
]  # fmt: skip
