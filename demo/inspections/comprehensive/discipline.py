"""Outside the main procedure: a significant matter, a referral, a suspension, a review (art. 16, 19)."""

from __future__ import annotations

from collections.abc import Iterator

from demo import people
from demo.inspections.comprehensive.visits import NEVER_REPORTED
from demo.people import AUTHORITY, JIA
from demo.steps import Scene, Step

DISPUTING = "500151122"
"""西河镇 disputes its conclusion."""


def steps(z: Scene) -> Iterator[Step]:
    """In the order of their days."""
    yield from _non_cooperation(z)
    yield from _significant_matter(z)
    yield from _suspension(z)
    yield from _review(z)


def _non_cooperation(z: Scene) -> Iterator[Step]:
    name = people.names()[NEVER_REPORTED]
    yield z(
        "03-23",
        people.LEADERS[5],
        "refer",
        ground="non_cooperation",
        destination="discipline_inspection",
        subject=name,
        facts=f"{name}经两次书面催报，逾期仍未提交自查报告，也未说明理由。",
        evidence=[{"title": "督察通知送达回证"}, {"title": "催报函两份"}],
    )
    yield z("03-26", AUTHORITY, "approve", "T01", note="同意移送区纪监委。")
    yield z("03-27", JIA, "send", "T01")
    yield z("03-31", JIA, "receipt", "T01", receipt=f"区纪监委收件〔{z.year.number}〕17号")
    yield z("04-21", JIA, "conclude", "T01", note="区纪监委对分管负责人谈话提醒，责成该镇补报。")


def _significant_matter(z: Scene) -> Iterator[Step]:
    yield z(
        "03-20",
        people.LEADERS[3],
        "raise_matter",
        matter="农产品收购点疑似使用禁用保鲜剂",
        facts="维新镇走访中发现一处柑橘收购点储存无标签保鲜剂约40公斤，已提请现场封存，未擅自处置。",
    )
    yield z("03-20", JIA, "receive", "M01")
    yield z("03-23", JIA, "forward", "M01")
    yield z("03-24", AUTHORITY, "instruct", "M01", note="请区农业农村委、区市场监管局立即抽检处置，十日内报告。")
    yield z("04-03", JIA, "conclude", "M01", note="抽检不合格，已立案查处，产品无害化处理。")


def _suspension(z: Scene) -> Iterator[Step]:
    yield z("05-11", AUTHORITY, "suspend", note="全区启动防汛应急响应，镇街干部全员在岗，督察整改中止。")
    results = ["results_not_receipted", "results_not_receipted"]
    yield z("05-13", JIA, "close").refused_by("case_suspended", "rectifications_open", *results)
    yield z("05-18", AUTHORITY, "resume", note="应急响应解除，恢复督察整改，期限顺延。")


def _review(z: Scene) -> Iterator[Step]:
    yield z(
        "05-20",
        people.officer(DISPUTING),
        "apply_for_review",
        grounds="通报认定2条线索无后续处置反馈，实际已口头反馈，请求复核。",
        evidence=[{"title": "西河镇线索处置情况说明"}],
    )
    took_part = {"outcome": "upheld", "reviewers": [people.LEADERS[5]], "note": "维持原结论。"}
    yield z("06-01", AUTHORITY, "decide", "W01", **took_part).refused_by("reviewer_took_part")
    decision = {"outcome": "upheld", "reviewers": ["区司法局李文", "区审计局陈静"]}
    yield z("06-08", AUTHORITY, "decide", "W01", **decision, note="无书面反馈记录，原结论事实清楚，予以维持。")
