"""What somebody might fill in: for every act, mostly what fits and now and then what does not."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from states.case import Case
from tests.casework.office import CONTENTS, EVIDENCE, LEADERS, Office, everybody, groups, plan_of


def fill(office: Office, case: Case, act: str, chance: Random) -> dict[str, Any]:
    """What an act is handed in with, after a moment's thought."""
    inspection = office.case(case.family)
    kind = inspection.kind.value if inspection.kind else "special"
    soon = (office.day + timedelta(days=chance.choice([-1, 3, 10, 30]))).isoformat()
    findings = case.dossier.get("order", {}).get("findings", ())
    staffed = inspection.dossier.get("staffing", {}).get("groups", ())
    targets = list(inspection.targets)
    forms: dict[str, dict[str, Any]] = {
        "submit": {"contents": CONTENTS[kind], "not_duplicate": office.beside(inspection.id)},
        "plan": plan_of(office, inspection.id),
        "amend": {**plan_of(office, inspection.id, targets=_changed(targets, chance)), "note": "调整"},
        "staff": {"groups": groups(targets, LEADERS[: chance.choice([1, min(len(targets), 3)])])},
        "train": {"content": "业务培训", "attended": everybody(staffed) or ["无人"]},
        "prepare": {"information": "已收集"},
        "start": {},
        "request_self_inspection": {"due_on": soon},
        "hand_in_self_inspection": {"report": "自查", "evidence": EVIDENCE},
        "visit_on_site": {"ways": ["11(2)2"], "record": "查阅台账"},
        "record_evaluation": {"contractor": "评价公司", "survey": "100户", "report": "满意"},
        "record_finding": {"text": "台账不全"},
        "feed_back": {"advice": "整改", "findings": [{"text": "未公示"}] * chance.choice([0, 1, 2])},
        "consolidate": {"summary": "全区报告"},
        "publish": {"number": "1号"},
        "file_plan": {
            "measures": [{"finding": one, "measure": "补齐", "responsible": "王五", "by": soon} for one in findings]
        },
        "ask_extension": {"note": "困难", "until": soon},
        "spot_check": {"result": "属实"},
        "claim": {"note": "完成", "evidence": EVIDENCE},
        "raise_matter": {"matter": "疑似制假", "facts": "现场发现"},
        "refer": {"ground": "lead", "destination": "judiciary", "subject": "某企业", "facts": "涉嫌犯罪"},
        "receipt": {"receipt": "回执"},
        "pass_on": {"receiver": chance.choice(["appraisal_office", "organisation_department"]), "summary": "结果"},
        "apply_for_review": {"grounds": "结论不符"},
        "decide": {"outcome": "upheld", "reviewers": ["区司法局甲"], "note": "维持"},
        "record_absence": {"member": chance.choice(everybody(staffed) or ["无人"]), "note": "生病"},
    }
    if act == "report":
        return {"summary": "报告"} if case.procedure == "group" else {"summary": "已整改", "evidence": EVIDENCE}
    if act == "return" and case.procedure == "rectification":
        return {"note": "退回", "due_on": soon}
    return forms.get(act, {"note": "同意"})


def _changed(targets: list[str], chance: Random) -> list[str]:
    """The targets of an amended plan: the same, or one more or one fewer."""
    if chance.random() < 0.5:
        return targets
    return targets[1:] if len(targets) > 1 else [*targets, "500151005"]
