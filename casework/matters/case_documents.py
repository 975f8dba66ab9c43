"""The documents of acts on matters, as Markdown: notices of talks and hazards, minutes, incident reports, replies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import messages
import regulations
from casework.acts.request_context import RequestContext
from regulations import office_name
from states.engine.case import Case, Role
from states.matters.forms.complaint import AnswerComplaint, ReceiveComplaint
from states.matters.forms.hazard import ListHazard
from states.matters.forms.incident import ConcludeIncident, ReportIncident, moment_text
from states.matters.forms.talk import HeldTalk, NotifyTalk, ProposeTalk
from states.matters.forms.tracing import Trace
from states.matters.incident_marks import lateness_noted, marks_of, marks_with_grounds
from storage.messages.documents import Made
from storage.people import successions

Lines = Iterator[str]
DocumentWriter = Callable[[RequestContext, Case], Lines]


def documents_for(request: RequestContext, case: Case, act: str) -> list[Made]:
    """The document of this act, from the case as the act left it; empty for acts without one."""
    entry = DOCUMENTS.get((case.procedure, act))
    if entry is None:
        return []
    name, write = entry
    title = messages.text(f"paper.{name}", "zh", title=case.title)
    text = "\n".join([f"# {title}", "", *_head(request, case), *write(request, case), ""])
    return [Made(case.id, case.version, name, title, "text/markdown", text, request.now)]


def _head(request: RequestContext, case: Case) -> Lines:
    regulation = regulations.by_key(case.regulation)
    yield f"- 编号：{case.id}"
    yield f"- 依据：《{regulation.title}》"
    if case.unit:
        yield f"- 单位：{_unit(request, case, case.unit)}"


def _unit(request: RequestContext, case: Case, code: str) -> str:
    """What the unit was called on the day of the document, with its code."""
    names = successions.names_on(request.session, case.jurisdiction, case.acted_on)
    return f"{names.get(code, code)}（{code}）"


def talk_notice(request: RequestContext, case: Case) -> Lines:
    """Who is to come to a talk, when, where, with whom and why."""
    proposal, notice = case.read("proposal", ProposeTalk), case.read("notice", NotifyTalk)
    assert proposal is not None and notice is not None
    yield f"- 被约谈人：{'、'.join(proposal.people)}"
    yield f"- 约谈时间：{notice.talk_on}　地点：{notice.place}"
    yield f"- 约谈人：{notice.host}"
    yield f"- 事由：{proposal.grounds}"


def talk_minutes(request: RequestContext, case: Case) -> Lines:
    """What was said in a talk, and the commitments with their days."""
    talk = case.read("talk", HeldTalk)
    assert talk is not None
    yield f"- 到场人员：{'、'.join(talk.attended)}"
    yield talk.minutes
    yield "- 承诺："
    yield from (f"  - {one.due_on} 前：{one.text}" for one in talk.commitments)


def incident_report(request: RequestContext, case: Case) -> Lines:
    """An incident as it was reported, with the limit of the jurisdiction and whether it was kept."""
    report = case.read("report", ReportIncident)
    assert report is not None
    yield f"- 性质：{messages.text(f'choice.nature.{report.nature}', 'zh')}"
    yield f"- 发生时间：{moment_text(report.happened_at)}　知悉时间：{moment_text(report.known_at)}"
    yield f"- 报告时间：{moment_text(report.reported_at) if report.reported_at else '未报告'}"
    limit = request.jurisdiction(case).report_limit
    if limit is None:
        yield "- 报告时限：未设定（本辖区没有规定时限，不认定迟报）"
    else:
        yield f"- 报告时限：知悉后 {limit.hours} 小时内（{limit.set_by}，{limit.document}）"
    if late := lateness_noted(case):
        yield f"- 迟报：应于 {moment_text(late.due_at)} 前报告，迟 {late.late_minutes} 分钟"
    yield f"- 基本情况：{report.facts}"
    if report.measures:
        yield f"- 已采取的措施：{report.measures}"


def incident_conclusion(request: RequestContext, case: Case) -> Lines:
    """What the investigation found, and what was found about the report."""
    found = case.read("conclusion", ConcludeIncident)
    assert found is not None
    extent = "、".join(messages.text(f"choice.extent.{one}", "zh") for one in found.extent)
    yield f"- 原因：{found.cause}"
    yield f"- 范围和程度：{extent or '—'}"
    yield f"- 责任认定：{found.responsibility}"
    marks = "、".join(messages.text(f"choice.mark.{one}", "zh") for one in marks_of(case))
    yield f"- 对报告的认定：{marks or '—'}"
    yield from (
        f"  - {messages.text(f'choice.mark.{one.mark}', 'zh')}：{one.grounds}" for one in marks_with_grounds(case)
    )


def hazard_notice(request: RequestContext, case: Case) -> Lines:
    """What has to be removed, and by when."""
    listing = case.read("listing", ListHazard)
    assert listing is not None
    yield f"- 挂牌机关：{office_name(Role.AUTHORITY, request.jurisdiction(case), 'zh')}　文号：{listing.number or '—'}"
    yield f"- 重大隐患：{listing.hazard}"
    yield f"- 整治要求：{listing.requirement}"
    yield f"- 整治期限：{listing.due_on}"


def delisting_notice(request: RequestContext, case: Case) -> Lines:
    """That the hazard is removed and delisted."""
    yield f"- 摘牌日期：{case.dated('delisting')}　核实日期：{case.dated('verification')}"


def reply(request: RequestContext, case: Case) -> Lines:
    """The answer to a complaint."""
    complaint, answer = case.read("complaint", ReceiveComplaint), case.read("answer", AnswerComplaint)
    assert complaint is not None and answer is not None
    yield f"- 质量问题：{complaint.problem}"
    yield f"- 处理情况和答复：{answer.answer}"
    yield f"- 答复方式：{answer.told}"


def tracing_letter(request: RequestContext, case: Case) -> Lines:
    """Whose responsibility is traced, by which acts on record, to the body that decides on it."""
    tracing = case.read("tracing", Trace)
    assert tracing is not None
    yield f"- 送：{tracing.destination or '—'}"
    yield f"- 责任单位或者责任人：{tracing.subject}"
    yield f"- 事实：{tracing.facts}"
    yield "- 责任链条："
    for link in tracing.chain:
        act = messages.text(f"act.{link.act}", "zh") if messages.has(f"act.{link.act}") else link.act
        yield f"  - {link.case} {act}{f'（{link.person}）' if link.person else ''}：{link.why}"


DOCUMENTS: Final[dict[tuple[str, str], tuple[str, DocumentWriter]]] = {
    ("talk", "notify_unit"): ("talk_notice", talk_notice),
    ("talk", "hold_talk"): ("talk_minutes", talk_minutes),
    ("incident", "report"): ("incident_report", incident_report),
    ("incident", "conclude"): ("incident_conclusion", incident_conclusion),
    ("hazard", "list_hazard"): ("hazard_notice", hazard_notice),
    ("hazard", "delist"): ("delisting_notice", delisting_notice),
    ("complaint", "answer_complaint"): ("reply", reply),
    ("tracing", "send"): ("tracing_letter", tracing_letter),
}
"""The document of each act, by procedure and act."""
