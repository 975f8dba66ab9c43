"""Parts of documents about how an inspection was conducted: the draw of the sample, and reports that never came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casework.acts.request_context import RequestContext
from states.engine.case import Case
from states.inspection import dossier
from storage.cases import cases


def sample_lines(inspection: Case, names: Mapping[str, str]) -> Iterator[str]:
    """The last draw of the sample, and how anybody draws it again (art. 12)."""
    draw = dossier.draws(inspection)[-1]
    yield f"- 第{len(dossier.draws(inspection))}次抽取：从 {len(draw.among)} 个督察对象中抽取 {draw.size} 个"
    yield f"- 随机数：{draw.seed}（{inspection.id} 第 {draw.filing} 条日志即备案记录的哈希值，不由任何人选定）"
    yield "- 复核方法：对“随机数、换行、单位代码”求 SHA-256，取值最小的即为抽中单位"
    yield "- 抽中的督察对象："
    yield from (f"  - {names.get(code, code)}（{code}）" for code in draw.drawn)


def missing_reports(request: RequestContext, inspection: Case, names: Mapping[str, str]) -> Iterator[str]:
    """The units that did not hand in their self-inspection reports, and since when (art. 11(1), 16)."""
    missing = [
        (visit, due)
        for group in cases.children(request.session, inspection.id, "group")
        for visit in cases.children(request.session, group.id, "visit")
        if visit.state != "withdrawn"
        and not visit.has("self_inspection")
        and dossier.is_recorded_as_missing(visit)
        and (due := dossier.self_inspection_due(visit))
    ]
    if missing:
        yield "- 未按期报送自查报告的督察对象："
    for visit, due in missing:
        yield f"  - {names.get(visit.unit or '', visit.unit)}（{visit.unit}）：应于 {due} 前报送，至今未报送"
