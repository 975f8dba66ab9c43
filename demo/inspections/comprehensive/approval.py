"""January and February: application, plan and its amendment, groups, training, preparation (art. 13(1)-13(4), 16)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from demo import people
from demo.inspections.comprehensive.teams import SAMPLE, teams
from demo.people import AUTHORITY, JIA, OFFICE
from demo.steps import Scene, Step

COLLECTED = "已收集上年度质量考核结果、12345质量类诉求、监督抽检和行政处罚情况。"
CONTENTS = ["8(1)", "8(2)", "8(3)", "8(4)", "8(5)", "8(6)"]


def steps(z: Scene) -> Iterator[Step]:
    """From the application to groups that are ready to go."""
    yield from _approved(z)
    yield from _planned(z)
    yield from _staffed(z)


def _approved(z: Scene) -> Iterator[Step]:
    year = z.year.number
    application = {
        "kind": "comprehensive",
        "year": year,
        "title": f"{year}年度质量工作综合督察",
        "targets": list(people.townships()),
        "reason": "落实质量强区建设年度任务，对28个镇街全覆盖督察。",
    }
    yield z("01-05", JIA, "open", **application)
    yield z("01-06", JIA, "submit", contents=CONTENTS)
    yield z("01-08", AUTHORITY, "return", note="请补充与上年度督察整改的衔接安排后再报。")
    yield z("01-12", JIA, "submit", contents=CONTENTS, note="已补充：上年度整改情况并入督察内容8(5)。")
    yield z("01-14", AUTHORITY, "approve", note="同意开展，务求实效，不给基层增加负担。")


def _planned(z: Scene) -> Iterator[Step]:
    unfinished = {"purpose": "检查镇街质量工作责任落实情况", "targets": list(people.townships()), "contents": CONTENTS}
    yield z("01-16", JIA, "plan", **unfinished).refused_by("plan_item_missing", "plan_item_missing")
    yield z("01-19", JIA, "plan", **plan(z))
    yield z("01-21", OFFICE, "file", number=f"铜督备〔{z.year.number}〕1号")
    wider = plan(z) | {"contents": [*CONTENTS, "8(7)"]}
    yield z("01-26", JIA, "amend", **wider, note="区委要求将查处质量违法、移交线索情况一并纳入。")
    yield z("01-27", AUTHORITY, "grant", "A01", note="同意增加督察内容第八条（七）。")
    yield z("01-28", OFFICE, "file", number=f"铜督备〔{z.year.number}〕1号-1")


def _staffed(z: Scene) -> Iterator[Step]:
    orders = [team.order() for team in teams()]
    yield z("02-02", JIA, "staff", groups=_with_one_of_their_own(orders)).refused_by("not_for_groups", "own_unit")
    yield z("02-03", JIA, "staff", groups=orders)
    everybody = [name for team in teams() for name in team.people]
    content = "督察内容和方式、督察纪律（第十五条至第十八条）、问题认定标准和文书要求。"
    yield z("02-05", JIA, "train", content=content, attended=everybody[:-1]).refused_by("training_missed")
    yield z("02-06", JIA, "train", content=content, attended=everybody)
    for team in teams():
        yield z("02-09", team.leader, "prepare", **people.collected(team.targets, COLLECTED))
    yield z(
        "02-10",
        people.LEADERS[1],
        "record_absence",
        "G02",
        member="督察组员八",
        begins=z.year.day("02-10"),
        ends=z.year.day("02-27"),
        note="因病住院，附医院证明，由组长补位。",
    )
    served = people.served(f"铜质督通〔{z.year.number}〕1号", people.townships())
    yield z("02-11", JIA, "start", **served).refused_by("period_not_begun")


def plan(z: Scene) -> dict[str, Any]:
    """The five matters of the plan (art. 13(2)), and the sample for the visits (art. 12)."""
    return {
        "purpose": "检查镇街贯彻落实质量强区建设部署、健全质量工作长效机制和问题整改闭环情况",
        "targets": list(people.townships()),
        "contents": CONTENTS,
        "methods": ["written", "on_site"],
        "ways": ["11(2)1", "11(2)2", "11(2)4"],
        "period": {"begins": z.year.day("03-02"), "ends": z.year.day("04-10")},
        "sampling": {"size": SAMPLE},
    }


def _with_one_of_their_own(orders: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The second group with a member who comes from a unit it inspects."""
    local = {"name": "周建国", "body": "安居镇"}
    second = orders[1] | {"members": [*orders[1]["members"], local]}
    return [orders[0], second, *orders[2:]]
