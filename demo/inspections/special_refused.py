"""A special inspection that may not be: one of its targets had one within the year (art. 12)."""

from __future__ import annotations

from collections.abc import Iterator

from demo.people import AUTHORITY, YI
from demo.steps import Scene, Step, Year


def steps(year: Year) -> Iterator[Step]:
    """Asked for, refused with the earliest lawful day, and given up."""
    x = Scene(year, "X02")
    topic = {"problem": "电梯维保不到位", "domain": "电梯"}
    targets = ["500151003", "500151004"]
    application = {"kind": "special", "year": year.number, "title": "住宅电梯维保质量专项督察", "targets": targets}
    yield x("09-07", YI, "open", **application, **topic, reason="第三季度电梯困人警情环比上升。")
    yield x("09-08", YI, "submit", contents=["9(3)"]).refused_by("frequency_target")
    yield x("09-10", AUTHORITY, "cancel", note="南城街道一年内已开展过专项督察，本次撤销，另行调度。")
