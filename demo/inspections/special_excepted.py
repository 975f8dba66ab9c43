"""A special inspection within the year all the same: an exception granted after an accident (art. 12).

Its bulletin comes so late in the year that the day its rectification is due lies beyond the published calendar.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from demo import people
from demo.inspections.closing import concluded
from demo.people import AUTHORITY, JIA, LEADERS, OFFICE
from demo.steps import Scene, Step, Year

TARGETS: Final = ("500151003", "500151105")
LEADER, MEMBERS = LEADERS[1], ("督察组员三",)


def steps(year: Year) -> Iterator[Step]:
    """From the exception to the rectification plan; the report is due in the new year."""
    x = Scene(year, "X03")
    yield from _approved(x)
    yield from _carried_out(x)
    measure = {
        "finding": x.case("F01"),
        "measure": "超期钢瓶全部回收送检，落实充装前逐瓶扫码核验",
        "responsible": "安居镇副镇长",
        "by": year.day("12-30"),
    }
    yield x("12-28", people.officer(TARGETS[1]), "file_plan", "R01", measures=[measure])


def _approved(x: Scene) -> Iterator[Step]:
    year = x.year.number
    topic = {"problem": "瓶装液化石油气充装质量", "domain": "燃气"}
    application = {"kind": "special", "year": year, "title": "瓶装液化石油气质量安全专项督察", "targets": list(TARGETS)}
    yield x("10-26", JIA, "open", **application, **topic, reason="餐饮场所燃气泄漏爆燃，区委区政府要求立即督察。")
    exception = "突发燃气安全事件，充装和钢瓶质量风险紧迫，不能等待一年期满。"
    yield x("10-26", JIA, "submit", contents=["9(4)"], exception=exception)
    yield x("10-27", AUTHORITY, "approve", note="同意。").refused_by("exception_undecided")
    yield x("10-27", AUTHORITY, "grant", "E01", note="情况紧急，同意作为频次例外。")
    yield x("10-27", AUTHORITY, "approve", note="同意，立即开展。")
    plan = {
        "purpose": "查清钢瓶充装、检验、配送环节质量安全责任",
        "targets": list(TARGETS),
        "contents": ["9(4)"],
        "methods": ["on_site"],
        "ways": ["11(2)2", "11(2)4", "11(2)7"],
        "period": {"begins": x.year.day("11-09"), "ends": x.year.day("11-20")},
    }
    yield x("10-28", JIA, "plan", **plan)
    yield x("10-29", OFFICE, "file", number=f"铜督备〔{year}〕5号")


def _carried_out(x: Scene) -> Iterator[Step]:
    year, everybody = x.year.number, people.present(LEADER, MEMBERS)
    yield x("10-30", JIA, "staff", groups=[people.group("应急专项组", LEADER, MEMBERS, TARGETS)])
    yield x("11-03", JIA, "train", content="气瓶安全技术规程和现场防护。", attended=everybody)
    yield x("11-04", LEADER, "prepare", **people.collected(TARGETS, "已收集充装站点、钢瓶检验和配送台账。"))
    yield x("11-09", JIA, "start", **people.served(f"铜质督通〔{year}〕4号", TARGETS))
    for code in TARGETS:
        record = f"会同部门检查{people.names()[code]}充装站、配送点和餐饮用户，抽查钢瓶50只。"
        visit = {"target": code, "ways": ["11(2)2", "11(2)7"], "record": record, "present": everybody}
        yield x("11-12", LEADER, "visit_on_site", **visit)
    text = "配送点存放超期未检钢瓶6只，充装前未扫码核验。"
    yield x("11-12", LEADER, "record_finding", target=TARGETS[1], text=text, content="9(4)")
    advice = {TARGETS[0]: "未发现问题，请继续保持。", TARGETS[1]: "立即封存超期钢瓶，规范充装核验。"}
    yield x("11-20", LEADER, "feed_back", targets=[{"code": code, "advice": advice[code]} for code in TARGETS])
    yield x("11-25", LEADER, "report", summary="2个单位督察完毕，发现问题1个。")
    yield x("12-04", JIA, "consolidate", summary="南城街道未发现问题，安居镇1个问题已责令立即封存。")
    yield x("12-11", AUTHORITY, "consent", note="同意通报。")
    yield x("12-21", JIA, "publish", number=f"铜质督〔{year}〕4号")
    yield concluded(x, "12-22", TARGETS)
