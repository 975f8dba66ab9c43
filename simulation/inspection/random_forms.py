"""Random forms for acts: mostly valid, sometimes not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from pydantic import BaseModel

from states.engine.case import Case
from states.engine.corrections import Correction
from states.inspection import dossier
from states.inspection.forms import application, conduct, hand_over, oversight, planning, rectification, review
from states.inspection.hand_over import handler_of

CONTENTS: Final = {"comprehensive": ["8(1)", "8(3)"], "special": ["9(3)"], "look_back": ["10(1)"]}
WAYS: Final = ["11(2)2", "11(2)4"]
EVIDENCE: Final = [{"title": "现场照片"}]
MOST_GROUPS: Final = 3


@dataclass(frozen=True, slots=True)
class Situation:
    """Somebody before a form: the case, its inspection, the day, who may be put into groups, and what else there is.

    ``overlaps`` are other inspections of the same targets, ``earlier`` the findings that a look-back may follow.
    """

    case: Case
    inspection: Case
    on: date
    leaders: Sequence[str]
    members: Sequence[str]
    chance: Random
    overlaps: Sequence[str] = ()
    earlier: Sequence[str] = ()

    def soon(self) -> str:
        """A day, mostly in the future."""
        return (self.on + timedelta(days=self.chance.choice([-1, 3, 10, 30]))).isoformat()

    @property
    def kind(self) -> str:
        """The kind of the inspection."""
        return self.inspection.kind or "special"

    def content(self) -> str:
        """A content, mostly of the plan."""
        return self.chance.choice([*CONTENTS[self.kind] * 5, "9(5)"])

    @property
    def people(self) -> list[str]:
        """Leaders and members of the groups, somebody unknown where there are none yet."""
        staffed = dossier.staffing(self.inspection)
        groups = staffed.groups if staffed else ()
        return [one.name for group in groups for one in (group.leader, *group.members)] or ["无人"]


def random_form(form: type[BaseModel], situation: Situation) -> dict[str, Any]:
    """The form filled in, as it would be read from a file."""
    maker = MAKERS.get(form)
    if maker is not None:
        return maker(situation)
    return {"note": "同意"}


def _submit(it: Situation) -> dict[str, Any]:
    asked = {"exception": "突发事件"} if it.chance.random() < 0.1 else {}
    return {"contents": CONTENTS[it.kind], "not_duplicate": f"事项不同：{'、'.join(it.overlaps)}", **asked}


def _plan(it: Situation, targets: Sequence[str] | None = None) -> dict[str, Any]:
    methods = ["written", "on_site"] if it.kind == "comprehensive" else it.chance.choice([["on_site"], ["written"]])
    days = it.chance.choice([30, 100, 300])
    return {
        "purpose": "查清责任落实情况",
        "targets": list(targets or it.inspection.targets),
        "contents": CONTENTS[it.kind],
        "methods": methods,
        **({"ways": WAYS} if "on_site" in methods else {}),
        **({"sampling": {"size": 1}} if it.kind == "comprehensive" and it.chance.random() < 0.7 else {}),
        "period": {"begins": it.on.isoformat(), "ends": (it.on + timedelta(days=days)).isoformat()},
    }


def _amend(it: Situation) -> dict[str, Any]:
    """The same targets, or one fewer."""
    targets = list(it.inspection.targets)
    fewer = targets[1:] if len(targets) > 1 and it.chance.random() < 0.5 else targets
    return {**_plan(it, fewer), "note": "调整"}


def _staff(it: Situation) -> dict[str, Any]:
    targets = list(it.inspection.targets)
    number = it.chance.randint(1, max(1, min(len(targets), MOST_GROUPS)))
    leaders, members = it.chance.sample(list(it.leaders), number), it.chance.sample(list(it.members), number)
    own = targets[0] if it.chance.random() < 0.02 else None
    return {
        "groups": [
            {
                "name": f"第{at + 1}组",
                "leader": {"name": leaders[at], "body": "区市场监管局", "unit": own},
                "members": [{"name": members[at], "body": "区委办公室"}],
                "targets": targets[at::number],
            }
            for at in range(number)
        ]
    }


def _hand_over(it: Situation) -> dict[str, Any]:
    """The leader of a group, a member or the handler leaves, mostly for somebody who may take over."""
    duty = it.chance.choice(["leader", "member", "handler"])
    staffed = dossier.staffing(it.inspection)
    leaves = handler_of(it.inspection)
    takes_over = "联席办协调员甲" if leaves == "联席办协调员乙" else "联席办协调员乙"
    if staffed and duty != "handler":
        group = it.chance.choice(list(staffed.groups))
        leaves = group.leader.name if duty == "leader" or not group.members else group.members[0].name
        others = [name for name in (it.leaders if duty == "leader" else it.members) if name != leaves]
        takes_over = it.chance.choice(others)
    successor = {"name": takes_over}
    change = {"duty": duty, "leaves": leaves, "takes_over": successor, "trained_on": it.on.isoformat()}
    return {"note": "调离", "changes": [change]}


def _start(it: Situation) -> dict[str, Any]:
    """The notice served on every target, and now and then on one too few."""
    targets = it.inspection.targets[it.chance.choice([0] * 19 + [1]) :]
    return {"number": "铜质督通〔2024〕1号", "served": [{"code": code, "received_by": "王五"} for code in targets]}


def _who_went(it: Situation) -> list[str]:
    """Everybody in the group of this visit, now and then nobody in particular."""
    staffed = dossier.staffing(it.inspection)
    groups = staffed.groups if staffed and it.chance.random() < 0.9 else ()
    theirs = [group for group in groups if it.case.unit in group.targets]
    return [one.name for group in theirs for one in (group.leader, *group.members)]


def _feed_back(it: Situation) -> dict[str, Any]:
    return {"advice": "整改", "findings": [_found(it, "未公示")] * it.chance.choice([0, 1, 1, 2])}


def _found(it: Situation, text: str) -> dict[str, Any]:
    """A finding; in a look-back, mostly that an earlier one was not resolved."""
    return {"text": text, "content": it.content(), **({"earlier": it.chance.choice(it.earlier)} if it.earlier else {})}


def _plan_of_rectification(it: Situation) -> dict[str, Any]:
    findings = dossier.findings_to_rectify(it.case)
    by = it.soon()
    return {"measures": [{"finding": one, "measure": "补齐", "responsible": "王五", "by": by} for one in findings]}


def _refer(it: Situation) -> dict[str, Any]:
    ground, destination = it.chance.choice([("lead", "administrative"), ("other_crime", "judiciary")])
    return {"ground": ground, "destination": destination, "subject": "某企业", "facts": "生产销售伪劣产品"}


def _correct(it: Situation) -> dict[str, Any]:
    """A correction of the bulletin, of what a group found, or of the spot check, whichever the case has."""
    act, field, value = it.chance.choice(
        [
            ("publish", "bulletin_on", it.on.isoformat()),
            ("open", "title", "更正后的督察"),
            ("open", "problem", it.chance.choice(["无证经营", "超范围经营", "标签不全"])),
            ("record", "text", "台账缺三个月"),
            ("spot_check", "result", "部分属实"),
            ("return", "due_on", it.soon()),
        ]
    )
    return {"act": act, "field": field, "value": value, "note": "登记有误"}


MAKERS: Final[dict[type[BaseModel], Callable[[Situation], dict[str, Any]]]] = {
    application.Submit: _submit,
    planning.Plan: _plan,
    planning.Amend: _amend,
    planning.AcknowledgeFiling: lambda it: {"number": "督备1号"},
    planning.Staff: _staff,
    planning.Train: lambda it: {"content": "业务培训", "attended": it.people},
    hand_over.HandOver: _hand_over,
    conduct.Prepare: lambda it: {"information": f"已收集{'、'.join(it.case.targets)}"},
    conduct.Start: _start,
    conduct.RequestSelfInspection: lambda it: {"due_on": it.soon()},
    conduct.ReceiveSelfInspection: lambda it: {"report": "自查", "evidence": EVIDENCE},
    conduct.VisitOnSite: lambda it: {
        "ways": [it.chance.choice([*WAYS * 5, "11(2)7"])],
        "record": "查阅台账",
        "present": _who_went(it),
    },
    conduct.RecordEvaluation: lambda it: {"contractor": "评价公司", "survey": "100户", "report": "满意"},
    conduct.RecordAbsence: lambda it: {"member": it.chance.choice(it.people), "note": "生病"},
    conduct.RecordFinding: lambda it: _found(it, "台账不全"),
    conduct.RecordNoSelfInspection: lambda it: {"note": "两次催报未果"},
    conduct.FeedBack: _feed_back,
    conduct.GroupReport: lambda it: {"summary": "督察报告"},
    conduct.DistrictReport: lambda it: {"summary": "全区报告"},
    conduct.Bulletin: lambda it: {"number": f"铜质督〔{it.on.year}〕{it.chance.randrange(30)}号"},
    rectification.RectificationPlan: _plan_of_rectification,
    rectification.RectificationReport: lambda it: {"summary": "已整改", "evidence": EVIDENCE},
    rectification.SpotCheck: lambda it: {"result": "属实"},
    rectification.ReturnReport: lambda it: {"note": "退回", "due_on": it.soon()},
    rectification.AskExtension: lambda it: {"note": "困难", "until": it.soon()},
    rectification.Claim: lambda it: {"note": "完成", "evidence": EVIDENCE},
    oversight.RaiseMatter: lambda it: {"matter": "疑似制假", "facts": "现场发现"},
    oversight.Refer: _refer,
    Correction: _correct,
    oversight.Close: lambda it: {
        "goes_on": [f"{it.case.id}-{letter}{at:02d}" for letter in "MT" for at in range(1, 40)]
    },
    oversight.Receipt: lambda it: {"receipt": "回执"},
    oversight.PassOn: lambda it: {
        "receiver": it.chance.choice(["appraisal_office", "organisation_department"]),
        "summary": "结果",
    },
    oversight.ApplyForReview: lambda it: {"grounds": "结论不符"},
    review.ServeConclusion: lambda it: {"target": it.chance.choice(it.inspection.targets), "receipt": "回执"},
    review.DecideReview: lambda it: {
        "outcome": it.chance.choice(["upheld", "upheld", "revoked"]),
        "reviewers": ["区司法局甲"],
        "note": "经复核",
    },
}
"""Forms that ask for more than a note."""
