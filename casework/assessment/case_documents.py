"""The documents of an assessment, as Markdown: scheme, filing, draw, composite report, bulletin, notices, letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import messages
import regulations
from casework.acts.request_context import RequestContext
from regulations import Regulation
from states.assessment import dossier, scheme
from states.assessment.guards.results import UNIT
from states.engine.case import Case
from states.engine.deadlines import lateness
from storage.cases import cases, deadlines
from storage.messages.documents import Made
from storage.people import successions

Lines = Iterator[str]
DocumentWriter = Callable[[RequestContext, Case], Lines]


def documents_for(request: RequestContext, case: Case, act: str) -> list[Made]:
    """The documents of this act, from the case as the act left it; empty for acts without documents."""
    return [_made(request, case, name, write) for name, write in DOCUMENTS.get((case.procedure, act), ())]


def _made(request: RequestContext, case: Case, name: str, write: DocumentWriter) -> Made:
    title = messages.text(f"paper.{name}", "zh", title=case.title)
    text = "\n".join([f"# {title}", "", *_head(case), *write(request, case), ""])
    return Made(case.id, case.version, name, title, "text/markdown", text, request.now)


def _head(case: Case) -> Lines:
    regulation = regulations.by_key(case.regulation)
    yield f"- 编号：{case.id}"
    yield f"- 依据：《{regulation.title}》"
    yield f"- 考核年度：{case.year}年7月1日至{case.year + 1}年6月30日"


def _names(request: RequestContext, case: Case) -> dict[str, str]:
    """What the counties were called on the day of the document."""
    return successions.names_on(request.session, case.jurisdiction, case.acted_on)


def _counties(request: RequestContext, year: Case) -> list[Case]:
    return [one for one in cases.children(request.session, year.id, UNIT) if one.state != "cancelled"]


def scheme_paper(request: RequestContext, case: Case) -> Lines:
    """The scheme in force: every criterion with its points."""
    versions, regulation = dossier.scheme_versions(case), regulations.by_key(case.regulation)
    current = versions[-1]
    yield f"- 版本：第{len(versions)}版　印发文号：{current.number}"
    if current.note:
        yield f"- 调整理由：{current.note}"
    if current.method:
        yield f"- 统计方案和评价方法：{current.method}"
    given, rules = dossier.points(case), {one.criterion: one.rule for one in current.points}
    yield from ("", "| 编号 | 考核要点 | 分值 | 评分标准 |", "|---|---|---|---|")
    for group in regulation.criterion_groups:
        total = scheme.plain(scheme.group_totals(given, regulation)[group.ref])
        yield f"| {regulation.short(group.ref, 'zh')} | **{group.title}** | {total} | |"
        for one in (one for one in regulation.criteria if one.group == group.ref):
            yield f"| {one.ref} | {one.title} | {scheme.plain(given[one.ref])} | {rules[one.ref]} |"
    halves = scheme.section_totals(given, regulation)
    yield ""
    yield "；".join(f"{half.title}{scheme.plain(halves[half.code])}分" for half in regulation.score_sections)


def targets_record(request: RequestContext, case: Case) -> Lines:
    """The filing of a county's targets."""
    record, handed_in, consulted = dossier.record(case), dossier.targets(case), dossier.opinions(case)
    assert record is not None and handed_in is not None and consulted is not None
    yield f"- 备案日期：{case.dated('record')}　备案号：{record.number or '—'}"
    yield from _lateness(request, case)
    for name, aims in (("质量目标", handed_in.goals), ("质量措施", handed_in.measures)):
        yield f"## {name}"
        yield from (f"- {one.criterion}：{one.aim}" for one in aims)
    yield "## 成员单位意见"
    for one in consulted.opinions:
        yield f"- {one.member}（{one.replied_on or one.silent_on}）：{one.opinion or '未答复'}"


def spot_checks(request: RequestContext, case: Case) -> Lines:
    """The draw, and how anybody draws it again."""
    found, regulation = dossier.draw(case), regulations.by_key(case.regulation)
    assert found is not None
    titles = {one.ref: one.title for one in regulation.criteria}
    yield f"- 从 {len(found.among)} 个考核要点中抽取 {found.size} 个"
    yield f"- 随机数：{found.seed}（{case.id} 第 {found.filing} 条日志的哈希值，不由任何人选定）"
    yield "- 复核方法：对“随机数、换行、考核要点编号”求 SHA-256，取值最小的即为抽中要点"
    yield from (f"  - {ref} {titles[ref]}" for ref in found.drawn)


def composite_report(request: RequestContext, case: Case) -> Lines:
    """The composite report: every county with its points by group, its grade and what was late."""
    report, regulation, names = dossier.report(case), regulations.by_key(case.regulation), _names(request, case)
    assert report is not None
    yield from ("", report.summary, "")
    groups = regulation.criterion_groups
    yield "| 县（市、区） | " + " | ".join(group.title for group in groups) + " | 总分 | 初步等级 |"
    yield "|---|" + "---|" * (len(groups) + 2)
    for county in _counties(request, case):
        given = scheme.group_totals(dossier.scored(county), regulation)
        cells = [scheme.plain(given[group.ref]) for group in groups]
        name = names.get(county.unit or "", county.unit)
        yield f"| {name} | {' | '.join(cells)} | {_total(county)} | {_grade(county, regulation)} |"
    for county in _counties(request, case):
        yield f"## {names.get(county.unit or '', county.unit)}"
        if veto := dossier.standing_veto(county):
            yield f"- 一票否决：{veto.event_on} {veto.event}（{_extent(veto.extent)}，{veto.document}）：{veto.finding}"
        if not county.has("self_assessment"):
            yield "- 没有报送自评"
        yield from _lateness(request, county)
        for one in dossier.falsehoods(county):
            yield f"- {messages.text(f'choice.falsehood.{one.falsehood}', 'zh')}：{one.facts}（{one.criticism}）"


def results_bulletin(request: RequestContext, case: Case) -> Lines:
    """The bulletin to the counties: grades, and what follows from them."""
    announced, names = dossier.announcement(case), _names(request, case)
    regulation = regulations.by_key(case.regulation)
    assert announced is not None
    yield f"- 通报日期：{dossier.bulletin_day(case)}　文号：{announced.number}"
    yield from _grades(_counties(request, case), names, regulation)
    yield ""
    for county in _counties(request, case):
        name, grade = names.get(county.unit or "", county.unit), _grade(county, regulation)
        for one in (one for one in regulation.outcomes if one.grade == grade):
            yield f"- {name}：{one.title}（{regulation.short(one.article, 'zh')}）"
        for tracked in deadlines.of_case(request.session, county.id, running=True):
            if county.state == "answer_owed":
                yield f"- {name}：{tracked.latest_on} 前向市政府作出书面报告，提出限期整改措施，并抄送市质量强市办"
        for false in dossier.falsehoods(county):
            said = messages.text(f"choice.falsehood.{false.falsehood}", "zh")
            yield f"- {name}：对{said}予以通报批评（{false.criticism}）"


def public_notice(request: RequestContext, case: Case) -> Lines:
    """The public notice of the results."""
    announced = dossier.announcement(case)
    assert announced is not None
    yield f"- 公开日期：{announced.public_on or case.dated('announcement')}　公开方式：{announced.public_at}"
    yield from _grades(_counties(request, case), _names(request, case), regulations.by_key(case.regulation))


def grade_letter(request: RequestContext, case: Case) -> Lines:
    """The result to one county, with its points by group."""
    result, regulation = dossier.result(case), regulations.by_key(case.regulation)
    assert result is not None
    yield f"- 通报日期：{result.bulletin_on}"
    yield f"- 总分：{result.total or '—'}　等级：{result.grade}"
    if dossier.standing_veto(case):
        yield "- 因发生区域性、系统性产品质量安全事件，考核评定为最低等级"
    given = scheme.group_totals(dossier.scored(case), regulation)
    yield from (f"- {group.title}：{scheme.plain(given[group.ref])} 分" for group in regulation.criterion_groups)
    yield from _lateness(request, case)
    for tracked in deadlines.of_case(request.session, case.id, running=True):
        yield f"- 书面报告：{tracked.latest_on} 前报市政府，并抄送市质量强市办"


def outcome_notice(request: RequestContext, case: Case) -> Lines:
    """To the receiver of a measure or of the results."""
    order, names = dossier.outcome(case), _names(request, case)
    assert order is not None
    yield f"- 接收单位：{order.receiver}"
    if case.unit:
        yield f"- 县（市、区）：{names.get(case.unit, case.unit)}"
    yield f"- 事项：{messages.text(f'choice.measure.{order.measure}', 'zh')}"
    yield f"- 期间：{order.begins} 起，至 {order.ends or '另行通知'}"
    yield f"- 事由：{order.grounds}"


def _grades(counties: list[Case], names: dict[str, str], regulation: Regulation) -> Lines:
    yield from ("", "| 县（市、区） | 等级 |", "|---|---|")
    yield from (f"| {names.get(one.unit or '', one.unit)} | {_grade(one, regulation)} |" for one in counties)


def _grade(county: Case, regulation: Regulation) -> str:
    return dossier.grade(county, regulation) or "—"


def _total(county: Case) -> str:
    total = dossier.total(county)
    return "—" if total is None else scheme.plain(total)


def _extent(extent: str) -> str:
    return messages.text(f"choice.extent.{extent}", "zh")


def _lateness(request: RequestContext, county: Case) -> Lines:
    """What was handed in late, for good."""
    for tracked in deadlines.of_case(request.session, county.id):
        late = lateness(tracked.deadline, tracked.latest_on, request.calendar(county))
        if late:
            title = messages.text(f"term.{tracked.deadline.name}", "zh")
            yield f"- 逾期：{title}，{tracked.latest_on} 到期，{tracked.deadline.ended_on} 完成，逾期 {late.days} 日"


DOCUMENTS: Final[dict[tuple[str, str], tuple[tuple[str, DocumentWriter], ...]]] = {
    ("assessment_year", "publish_scheme"): (("scheme", scheme_paper),),
    ("assessment_year", "adjust_scheme"): (("scheme", scheme_paper),),
    ("unit_assessment", "file_record"): (("targets_record", targets_record),),
    ("unit_assessment", "draw_spot_check"): (("spot_checks", spot_checks),),
    ("assessment_year", "report_up"): (("composite_report", composite_report),),
    ("assessment_year", "announce"): (("results_bulletin", results_bulletin), ("public_notice", public_notice)),
    ("unit_assessment", "announce_result"): (("grade_letter", grade_letter),),
    ("result_measure", "order_outcome"): (("outcome_notice", outcome_notice),),
}
"""The documents of each act, by procedure and act."""
