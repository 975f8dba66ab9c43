"""A look-back at the comprehensive inspection: four units, one finding not rectified after all (art. 10, 12, 13(1))."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from demo import people
from demo.inspections.closing import concluded, passed_on
from demo.people import AUTHORITY, DEPUTY, JIA, LEADERS, OFFICE, YI
from demo.steps import Scene, Step, Year

RELAPSED: Final = "500151120"
"""永嘉镇, whose finding TL-2026-Z01-F09 turns out to be unresolved."""
TARGETS: Final = ("500151105", "500151115", RELAPSED, "500151123")
TEAMS: Final = (
    ("第一组", LEADERS[2], ("督察组员三",), TARGETS[:2]),
    ("第二组", LEADERS[4], ("督察组员五", "督察组员九"), TARGETS[2:]),
)


def steps(year: Year) -> Iterator[Step]:
    """The whole look-back."""
    h = Scene(year, "H01")
    yield from _approved(h)
    yield from _carried_out(h)
    yield from _rectified(h)
    yield from passed_on(h, "08-12", "08-13", "“回头看”4个镇街，1个问题反弹，已重新整改到位。")
    yield h("08-14", YI, "close")


def _approved(h: Scene) -> Iterator[Step]:
    year = h.year.number
    application = {"kind": "look_back", "year": year, "parent": h.year.case("Z01"), "targets": list(TARGETS)}
    yield h(
        "06-22",
        YI,
        "open",
        **application,
        title=f"{year}年度综合督察整改“回头看”",
        reason="核实整改是否到位、有无反弹。",
    )
    yield h("06-23", YI, "submit", contents=["10(1)"])
    yield h("06-24", AUTHORITY, "approve", note="同意。").refused_by("role_missing")
    yield h("06-24", DEPUTY, "approve", note="同意开展，实地看、见人见事。")
    plan = {
        "purpose": "核实综合督察问题整改落实情况",
        "targets": list(TARGETS),
        "contents": ["10(1)"],
        "period": {"begins": h.year.day("07-06"), "ends": h.year.day("07-10")},
    }
    yield h("06-25", YI, "plan", **plan, methods=["written"]).refused_by("method_required")
    yield h("06-25", YI, "plan", **plan, methods=["on_site"], ways=["11(2)2", "11(2)4"])
    yield h("06-26", OFFICE, "file", number=f"铜督备〔{year}〕4号")


def _carried_out(h: Scene) -> Iterator[Step]:
    yield h("06-29", YI, "staff", groups=[people.group(*team) for team in TEAMS])
    everybody = [name for _, leader, members, _ in TEAMS for name in (leader, *members)]
    yield h("06-30", YI, "train", content="综合督察问题清单、销号标准和“回头看”纪律。", attended=everybody)
    for _, leader, _, targets in TEAMS:
        yield h("07-02", leader, "prepare", **people.collected(targets, "已调阅整改方案、整改报告和销号材料。"))
    yield h("07-06", YI, "start", **people.served(f"铜质督通〔{h.year.number}〕3号", TARGETS))
    for _, leader, members, targets in TEAMS:
        for code in targets:
            yield h("07-08", leader, "visit_on_site", **_visit(code, people.present(leader, members)))
    unresolved = {"target": RELAPSED, "content": "10(1)", "earlier": h.year.case("Z01-F09")}
    text = "抽查农贸市场12个摊位，仍有3台超期未检定电子秤在用，原问题反弹。"
    yield h("07-08", "督察组员五", "record_finding", **unresolved, text=text)
    for _, leader, _, targets in TEAMS:
        yield h("07-10", leader, "feed_back", targets=[_told(code) for code in targets])
    for name, leader, _, targets in TEAMS:
        yield h("07-13", leader, "report", summary=f"{name}“回头看”{len(targets)}个单位情况已逐一核实。")
    yield h("07-14", YI, "consolidate", summary="4个单位中3个整改到位，永嘉镇1个问题反弹，责令重新整改。")
    yield h("07-15", AUTHORITY, "consent", note="同意通报，对反弹问题紧盯不放。")
    yield h("07-16", YI, "publish", number=f"铜质督〔{h.year.number}〕3号")
    yield concluded(h, "07-17", TARGETS)


def _visit(code: str, present: list[str]) -> dict[str, Any]:
    record = f"对照问题清单逐条核实{people.names()[code]}整改情况，现场查看并走访群众。"
    return {"target": code, "ways": ["11(2)2", "11(2)4"], "record": record, "present": present}


def _told(code: str) -> dict[str, Any]:
    relapsed = "责令停用超期计量器具，建立市场日巡查制度。"
    return {"code": code, "advice": relapsed if code == RELAPSED else "整改到位，请巩固成果。"}


def _rectified(h: Scene) -> Iterator[Step]:
    officer, evidence = people.officer(RELAPSED), [{"title": "检定证书汇总"}, {"title": "市场日巡查记录"}]
    measure = {
        "finding": h.case("F01"),
        "measure": "超期电子秤全部更换，市场开办方每日巡查",
        "responsible": "永嘉镇镇长",
        "by": h.year.day("07-31"),
    }
    yield h("07-21", officer, "file_plan", "R01", measures=[measure])
    yield h("08-03", officer, "claim", "F01", note="3台电子秤已更换并检定合格。", evidence=evidence)
    yield h("08-03", officer, "report", "R01", summary="电子秤已更换，日巡查制度已运行两周。", evidence=evidence)
    yield h("08-06", JIA, "close_out", "F01", note="到场核验检定证书，予以销号。")
    yield h("08-06", JIA, "spot_check", "R01", result="再次到场抽查20个摊位，未发现超期器具。")
    yield h("08-07", JIA, "accept", "R01", note="同意验收。")
    yield h("08-07", JIA, "close", "R01")
