"""The documents of an act, as Markdown: application, plan, staffing, notices, reports, bulletin, ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import messages
import regulations
from casework.acts.request_context import RequestContext
from casework.citations import term_title
from casework.inspection import conduct_records
from states.engine.case import Case
from states.engine.corrections import TITLE, last_corrected
from states.engine.deadlines import lateness
from states.inspection import dossier
from states.inspection.forms.conduct import Bulletin, DistrictReport, GroupReport
from states.inspection.forms.review import ServeConclusion
from storage.cases import cases, deadlines
from storage.cases.deadlines import Tracked
from storage.messages.documents import Made
from storage.people import successions

Lines = Iterator[str]
DocumentWriter = Callable[[RequestContext, Case], Lines]


def documents_for(request: RequestContext, case: Case, act: str) -> list[Made]:
    """The documents of this act, from the case as the act left it; empty for acts without documents."""
    if act == "amend" and case.state != "planned":
        return []  # It awaits the authority.
    acts = _acts_corrected(case) if act == "correct" else (act,)
    procedure = case.procedure if case.procedure != "look_back" else "inspection"
    entries = dict.fromkeys(DOCUMENTS[procedure, one] for one in acts if (procedure, one) in DOCUMENTS)
    return [_made(request, case, name, write) for name, write in entries]


def _acts_corrected(case: Case) -> tuple[str, ...]:
    """The acts whose documents a correction changes; of an application, the request and all that bear its title."""
    corrected, field = last_corrected(case)
    if corrected != "open" or case.root is not None:
        return (corrected,)
    done = case.actors_by_act.keys() if field == TITLE else {"submit"}
    return tuple(act for procedure, act in DOCUMENTS if procedure == "inspection" and act in done and act in BEAR_TITLE)


def _made(request: RequestContext, case: Case, name: str, write: DocumentWriter) -> Made:
    title = messages.text(f"paper.{name}", "zh", title=case.title)
    text = "\n".join([f"# {title}", "", *write(request, case), ""])
    return Made(case.id, case.version, name, title, "text/markdown", text, request.now)


def _head(case: Case) -> Lines:
    regulation = regulations.by_key(case.regulation)
    yield f"- 编号：{case.family}"
    yield f"- 依据：《{regulation.title}》"


def _names(request: RequestContext, case: Case) -> dict[str, str]:
    """What the units were called on the day of the document."""
    return successions.names_on(request.session, case.jurisdiction, case.acted_on)


def _targets(request: RequestContext, case: Case) -> Lines:
    names = _names(request, case)
    yield from (f"  - {names.get(code, code)}（{code}）" for code in case.targets)


def _contents(case: Case, codes: Iterable[str]) -> Lines:
    regulation = regulations.by_key(case.regulation)
    named = {item.code: item.text for item in regulation.contents(case.kind)} if case.kind else {}
    yield from (f"  - {named.get(code) or regulation.article(code).text}（{regulation.short(code)}）" for code in codes)


def application(request: RequestContext, case: Case) -> Lines:
    """The request for approval (art. 13(1))."""
    yield from _head(case)
    asked, filed = dossier.application(case), dossier.submission(case)
    assert asked is not None and filed is not None
    yield f"- 督察形式：{messages.text(f'kind.{asked.kind}', 'zh')}　年度：{case.year}"
    if asked.problem:
        yield f"- 问题：{asked.problem}"
    if asked.domain:
        yield f"- 领域：{asked.domain}"
    if asked.reason:
        yield f"- 理由：{asked.reason}"
    if filed.exception:
        yield f"- 频次例外的理由：{filed.exception}"
    yield "- 督察对象："
    yield from _targets(request, case)
    yield "- 督察内容："
    yield from _contents(case, filed.contents)


def plan(request: RequestContext, case: Case) -> Lines:
    """The plan with its five required items (art. 13(2))."""
    yield from _head(case)
    document = dossier.plan(case)
    assert document is not None and document.period is not None
    yield f"- 督察目的：{document.purpose}"
    yield f"- 督察期限：{document.period.begins} 至 {document.period.ends}"
    yield f"- 督察方式：{'、'.join(messages.text(f'method.{method}', 'zh') for method in document.methods)}"
    if document.sampling:
        yield f"- 实地抽查：{document.sampling.size} 个对象，备案后抽取"
    yield "- 督察对象："
    yield from _targets(request, case)
    yield "- 督察内容："
    yield from _contents(case, document.contents)


def sample(request: RequestContext, case: Case) -> Lines:
    """The units drawn for the on-site part (art. 12)."""
    yield from _head(case)
    yield from conduct_records.sample_lines(case, _names(request, case))


def staffing(request: RequestContext, case: Case) -> Lines:
    """The groups (art. 13(3))."""
    yield from _head(case)
    names = _names(request, case)
    staffed = dossier.staffing(case)
    assert staffed is not None
    for group in staffed.groups:
        yield f"## {group.name}"
        yield f"- 组长：{group.leader.name}（{group.leader.body}）"
        yield from (f"- 组员：{person.name}（{person.body}）" for person in group.members)
        yield f"- 督察对象：{'、'.join(names.get(code, code) for code in group.targets)}"


def notice_of_inspection(request: RequestContext, case: Case) -> Lines:
    """The notice served on the targets before the visits (art. 13(4), 16)."""
    yield from plan(request, case)


def district_report(request: RequestContext, case: Case) -> Lines:
    """The district report, compiled from the group reports (art. 13(5))."""
    yield from _head(case)
    yield from _summary(case.read("district_report", DistrictReport))
    yield from conduct_records.missing_reports(request, case, _names(request, case))
    for group in cases.children(request.session, case.id, "group"):
        if group.has("report"):
            yield f"## {group.title}"
            yield from _summary(group.read("report", GroupReport))


def _summary(report: DistrictReport | GroupReport | None) -> Lines:
    if report is not None:
        yield report.summary


def bulletin(request: RequestContext, case: Case) -> Lines:
    """The bulletin, with the findings by unit and the date by which each unit reports (art. 13(5), 14)."""
    yield from _head(case)
    document = case.read("bulletin", Bulletin)
    assert document is not None
    yield f"- 通报日期：{dossier.bulletin_day(case)}　文号：{document.number or '—'}"
    yield "- 督察对象："
    yield from _targets(request, case)
    names = _names(request, case)
    yield from conduct_records.missing_reports(request, case, names)
    for rectification in cases.children(request.session, case.id, "rectification"):
        unit = rectification.unit or ""
        yield f"## {names.get(unit, unit)}（{rectification.id}）"
        yield from _rectification(request, rectification)


def conclusion(request: RequestContext, case: Case) -> Lines:
    """The conclusion about the unit that was served last, and how it may be disputed (Decree 733 art. 16, 17)."""
    yield from _head(case)
    served = case.read_all("conclusions", ServeConclusion)[-1]
    yield f"- 督察对象：{_names(request, case).get(served.target, served.target)}（{served.target}）"
    yield f"- 收到日期：{dossier.conclusion_received(case, served.target)}　签收：{served.receipt}"
    orders = [one for one in cases.children(request.session, case.id, "rectification") if one.unit == served.target]
    for order in orders:
        yield from _rectification(request, order)
    if not orders:
        yield "- 督察结论：未发现需要整改的问题。"
    yield "- 对督察结论有异议的，可以自收到之日起30日内申请复核（《政府督查工作条例》第十七条）。"


def rectification_notice(request: RequestContext, case: Case) -> Lines:
    """What one unit must rectify, and by when (art. 14)."""
    yield from _head(case)
    yield from _rectification(request, case)


def _rectification(request: RequestContext, case: Case) -> Lines:
    for tracked in deadlines.of_case(request.session, case.id):
        due = tracked.due_on if tracked.due_status == "final" else f"{tracked.due_on} 至 {tracked.latest_on}（暂定）"
        yield f"- {term_title(tracked.deadline.name, case.regulation)}：{due}"
    for finding_id in dossier.findings_to_rectify(case):
        finding = cases.load(request.session, finding_id)
        if finding is not None:
            yield f"- {finding_id}：{dossier.finding_text(finding)}{_remark(finding)}"
    if advice := dossier.advice_to(case):
        yield f"- 整改建议：{advice}"


def _remark(finding: Case) -> str:
    """What has to be known about a finding: that it was withdrawn, or that an objection to it is undecided."""
    if finding.state == "withdrawn":
        return "（已撤销）"
    dispute = dossier.undecided_dispute(finding)
    return f"（被督察单位有异议，尚未裁定：{dispute}）" if dispute else ""


def ledger(request: RequestContext, case: Case) -> Lines:
    """The rectification ledger at the close (art. 14, 21), with how late each unit reported."""
    yield from _head(case)
    yield "| 编号 | 单位 | 状态 | 到期和办结 | 问题 |"
    yield "|---|---|---|---|---|"
    names = _names(request, case)
    for one in cases.children(request.session, case.id, "rectification"):
        findings = "、".join(dossier.findings_to_rectify(one))
        state, unit = messages.text(f"state.{one.state}", "zh"), one.unit or ""
        ends = "；".join(_end(request, case, tracked) for tracked in deadlines.of_case(request.session, one.id))
        yield f"| {one.id} | {names.get(unit, unit)} | {state} | {ends} | {findings} |"


def _end(request: RequestContext, case: Case, tracked: Tracked) -> str:
    """Due date and end of a deadline: how late it was, and whether its end is a late entry (补录)."""
    deadline = tracked.deadline
    late = lateness(deadline, tracked.latest_on, request.calendar(case))
    said = f"{tracked.latest_on or '—'} 到期"
    if deadline.ended_on:
        said += f"，{deadline.ended_on} {'完成' if deadline.met_on else '终止'}"
    if late:
        said += f"，逾期 {late.days} 日（{late.working_days} 个工作日）"
    return f"{said}，{deadline.recorded_on} 补录" if deadline.met_on and deadline.recorded_on else said


DOCUMENTS: Final[dict[tuple[str, str], tuple[str, DocumentWriter]]] = {
    ("inspection", "submit"): ("application", application),
    ("inspection", "plan"): ("plan", plan),
    ("inspection", "amend"): ("plan", plan),
    ("inspection", "adopt_amendment"): ("plan", plan),
    ("inspection", "draw_sample"): ("sample", sample),
    ("inspection", "staff"): ("staffing", staffing),
    ("inspection", "start"): ("notice_of_inspection", notice_of_inspection),
    ("inspection", "consolidate"): ("district_report", district_report),
    ("inspection", "publish"): ("bulletin", bulletin),
    ("inspection", "reissue_bulletin"): ("bulletin", bulletin),
    ("inspection", "serve_conclusion"): ("conclusion", conclusion),
    ("rectification", "open"): ("rectification_notice", rectification_notice),
    ("inspection", "close"): ("ledger", ledger),
}
"""The document of each act, by procedure and act."""
BEAR_TITLE: Final = frozenset({"submit", "plan", "staff", "start", "consolidate", "publish", "close"})
"""The acts of an inspection whose documents are written anew when its title is corrected: those it has once."""
