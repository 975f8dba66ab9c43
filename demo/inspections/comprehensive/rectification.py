"""May to July: the rectifications, in time, late and returned; the results passed on; the close (art. 14, 21, 22)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from demo import people
from demo.inspections.closing import passed_on
from demo.inspections.comprehensive.records import Course, Finding, courses, to_put_right
from demo.people import JIA, YI
from demo.steps import Scene, Step

LOOK_BACK = "H01"
HASTY = "500151110"
"""虎峰镇 asks for more time, which the measures do not provide for."""


def steps(z: Scene) -> Iterator[Step]:
    """Every rectification, then the close."""
    for number, course in enumerate(courses(), start=1):
        yield from _rectified(z, f"R{number:02d}", course)
    yield from passed_on(z, "07-17", "07-20", "28个镇街督察结果和12个单位整改情况，整改均已办结。")
    yield z("07-23", JIA, "close")


def _rectified(z: Scene, number: str, course: Course) -> Iterator[Step]:
    officer = people.officer(course.unit)
    yield z(course.plan, officer, "file_plan", number, summary="一题一策，限期整改。", measures=_measures(z, course))
    if course.unit == HASTY:
        later = {"note": "活动方案需镇党委会研究，申请延期。", "until": z.year.day("06-12")}
        yield z("05-20", officer, "ask_extension", number, **later).refused_by("extension_over_cap")
    for finding in to_put_right(course.unit):
        yield z(course.report, officer, "claim", finding.number, **_claim(finding))
    yield z(course.report, officer, "report", number, **_report(course))
    if course.returned:
        yield from _returned(z, number, course)
    yield from _checked(z, number, course)


def _returned(z: Scene, number: str, course: Course) -> Iterator[Step]:
    officer = people.officer(course.unit)
    for finding in to_put_right(course.unit):
        yield z(course.returned, YI, "return", finding.number, note=finding.returned)
    again = {"note": "佐证材料不足，退回补充。", "due_on": z.year.day(course.again_by)}
    yield z(course.returned, YI, "return", number, **again)
    for finding in to_put_right(course.unit):
        yield z(course.again, officer, "claim", finding.number, **_claim(finding))
    yield z(course.again, officer, "report", number, **_report(course))


def _checked(z: Scene, number: str, course: Course) -> Iterator[Step]:
    for finding in to_put_right(course.unit):
        yield z(course.closed, YI, "close_out", finding.number, note="经核验佐证材料，整改到位，予以销号。")
    if course.look_back:
        stands_in = {"result": "“回头看”到点核实，整改到位。", "look_back": z.year.case(LOOK_BACK)}
        yield z(course.look_back, YI, "spot_check", number, **stands_in)
    else:
        yield z(course.closed, YI, "spot_check", number, result="到点抽查，整改情况与报告一致。")
    yield z(course.closed, YI, "accept", number, note="同意整改验收。")
    yield z(course.closed, YI, "close", number)


def _measures(z: Scene, course: Course) -> list[dict[str, Any]]:
    return [
        {
            "finding": z.case(finding.number),
            "measure": finding.measure,
            "responsible": finding.responsible,
            "by": z.year.day(max(course.plan, "05-22")),
        }
        for finding in to_put_right(course.unit)
    ]


def _claim(finding: Finding) -> dict[str, Any]:
    return {"note": f"{finding.measure}，已完成。", "evidence": [{"title": finding.evidence}]}


def _report(course: Course) -> dict[str, Any]:
    done = "；".join(finding.measure for finding in to_put_right(course.unit))
    return {
        "summary": f"{people.names()[course.unit]}整改落实情况：{done}。",
        "evidence": [{"title": finding.evidence} for finding in to_put_right(course.unit)],
    }
