"""A special inspection as it usually goes: three subdistricts, with an evaluation by a third party (art. 9, 11(3))."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from demo import people
from demo.inspections.closing import concluded, passed_on
from demo.people import AUTHORITY, JIA, LEADERS, OFFICE, YI
from demo.steps import Scene, Step, Year

TARGETS: Final = ("500151001", "500151002", "500151003")
LEADER, MEMBERS = LEADERS[0], ("督察组员四", "督察组员六")
FINDINGS: Final = (
    ("500151001", "2家电动自行车维修店提供解除限速服务，街道巡查台账无记录。", "查处改装行为，纳入每周巡查"),
    ("500151002", "在售1款电动自行车蓄电池无强制性认证标志。", "下架产品并移交线索，开展经营户培训"),
    ("500151003", "集中充电场所消防和充电设施质量检查未留存记录。", "补充检查并建立设施质量台账"),
)


def steps(year: Year) -> Iterator[Step]:
    """The whole inspection."""
    x = Scene(year, "X01")
    yield from _approved(x)
    yield from _visited(x)
    yield from _published(x)
    for number, (code, _, measure) in enumerate(FINDINGS, start=1):
        yield from _rectified(x, f"{number:02d}", code, measure)
    yield from passed_on(x, "07-09", "07-10", "3个街道电动自行车质量安全问题已整改到位。")
    yield x("07-10", JIA, "close")


def _approved(x: Scene) -> Iterator[Step]:
    year = x.year.number
    topic = {"problem": "电动自行车非法改装", "domain": "电动自行车"}
    application = {"kind": "special", "year": year, "title": "电动自行车质量安全专项督察", "targets": list(TARGETS)}
    yield x("05-06", JIA, "open", **application, **topic, reason="春季以来改装车辆起火警情上升，群众反映强烈。")
    apart = f"{x.year.case('Z01')} 查的是质量工作总体情况，本次只查电动自行车改装。"
    yield x("05-07", JIA, "submit", contents=["9(3)"], not_duplicate=apart)
    yield x("05-08", AUTHORITY, "approve", note="同意，抓紧开展。")
    plan = {
        "purpose": "查清销售、维修、充电环节质量安全责任落实情况",
        "targets": list(TARGETS),
        "contents": ["9(3)"],
        "methods": ["written", "on_site", "third_party"],
        "ways": ["11(2)4", "11(2)5"],
        "period": {"begins": x.year.day("05-18"), "ends": x.year.day("06-05")},
    }
    yield x("05-11", JIA, "plan", **plan)
    yield x("05-12", OFFICE, "file", number=f"铜督备〔{year}〕2号")
    yield x("05-13", JIA, "staff", groups=[people.group("专项组", LEADER, MEMBERS, TARGETS)])
    everybody = people.present(LEADER, MEMBERS)
    yield x("05-14", JIA, "train", content="电动自行车强制性国家标准和督察纪律。", attended=everybody)
    yield x("05-15", LEADER, "prepare", **people.collected(TARGETS, "已收集经营主体名录、投诉举报和火情信息。"))


def _visited(x: Scene) -> Iterator[Step]:
    yield x("05-18", JIA, "start", **people.served(f"铜质督通〔{x.year.number}〕2号", TARGETS))
    asked = [{"target": code, "due_on": x.year.day("05-25")} for code in TARGETS]
    yield x.each("05-18", LEADER, "request_self_inspection", asked)
    for code in TARGETS:
        report = {
            "report": f"{people.names()[code]}已自查经营户，情况见附表。",
            "evidence": [{"title": "经营户排查台账"}],
        }
        yield x("05-22", people.officer(code), "hand_in_self_inspection", **report)
    for code in TARGETS:
        yield x("05-26", LEADER, "visit_on_site", **_visit(code))
    for code, text, _ in FINDINGS:
        yield x("05-26", "督察组员四", "record_finding", target=code, text=text, content="9(3)")
    for code, satisfaction in zip(TARGETS, (71.5, 78.0, 82.3), strict=True):
        yield x("05-29", LEADER, "record_evaluation", **_evaluation(code, satisfaction))


def _visit(code: str) -> dict[str, Any]:
    record = "暗访销售、维修网点6家，现场抽查整车和蓄电池标志，发放问卷40份。"
    return {"target": code, "ways": ["11(2)4", "11(2)5"], "record": record, "present": people.present(LEADER, MEMBERS)}


def _evaluation(code: str, satisfaction: float) -> dict[str, Any]:
    return {
        "target": code,
        "contractor": "政府采购中选的第三方评价机构",
        "survey": "线上问卷300份、线下访问60人，按社区分层抽样。",
        "report": f"{people.names()[code]}群众对电动自行车质量监管的满意度为{satisfaction}%。",
        "satisfaction": satisfaction,
    }


def _published(x: Scene) -> Iterator[Step]:
    told = [{"code": code, "advice": f"请{measure}。"} for code, _, measure in FINDINGS]
    yield x("06-02", LEADER, "feed_back", targets=told)
    for number, (code, _, _) in enumerate(FINDINGS, start=1):
        yield x("06-03", people.officer(code), "confirm", f"F{number:02d}")
    yield x("06-04", LEADER, "report", summary="3个街道各发现问题1个，均已反馈。")
    yield x("06-08", JIA, "consolidate", summary="专项督察发现改装、无认证产品和设施台账缺失3类问题。")
    yield x("06-09", AUTHORITY, "consent", note="同意通报。")
    yield x("06-10", JIA, "publish", number=f"铜质督〔{x.year.number}〕2号")
    yield concluded(x, "06-11", TARGETS)


def _rectified(x: Scene, number: str, code: str, measure: str) -> Iterator[Step]:
    officer, evidence = people.officer(code), [{"title": "整改前后对比照片"}]
    entry = {"finding": x.case(f"F{number}"), "measure": measure, "responsible": "街道办事处副主任"}
    yield x("06-16", officer, "file_plan", f"R{number}", measures=[entry | {"by": x.year.day("06-26")}])
    yield x("06-29", officer, "claim", f"F{number}", note=f"{measure}，已完成。", evidence=evidence)
    yield x("06-29", officer, "report", f"R{number}", summary=f"{measure}，已完成。", evidence=evidence)
    yield x("07-03", YI, "close_out", f"F{number}", note="核验通过，予以销号。")
    yield x("07-03", YI, "spot_check", f"R{number}", result="现场抽查属实。")
    yield x("07-06", YI, "accept", f"R{number}", note="同意验收。")
    yield x("07-06", YI, "close", f"R{number}")
