"""The documents of a campaign, as Markdown: the list of tasks at the launch, the ledger at the close."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import messages
import regulations
from casework.acts.request_context import RequestContext
from states.campaign import dossier
from states.campaign.cycle import cycle
from states.campaign.forms.campaign import CloseCampaign, LaunchCampaign
from states.campaign.forms.parts import SettleUnit
from states.engine.case import Case
from storage.cases import cases, deadlines
from storage.messages.documents import Made
from storage.people import successions

Lines = Iterator[str]


def documents_for(request: RequestContext, case: Case, act: str) -> list[Made]:
    """The documents of this act, from the case as the act left it; empty for acts without documents."""
    entry = DOCUMENTS.get((case.procedure, act))
    if entry is None:
        return []
    name, write = entry
    title = messages.text(f"paper.{name}", "zh", title=case.title)
    text = "\n".join([f"# {title}", "", *write(request, case), ""])
    return [Made(case.id, case.version, name, title, "text/markdown", text, request.now)]


def task_list(request: RequestContext, case: Case) -> Lines:
    """Who does what by when."""
    regulation = regulations.by_key(case.regulation)
    whole, launch = cycle(case, regulation), case.read("launch", LaunchCampaign)
    assert launch is not None
    yield f"- 编号：{case.id}"
    yield f"- 依据：《{regulation.title}》"
    yield f"- 周期：{whole.begins} 至 {whole.ends}"
    yield from (f"- {window.title}：{window.begins} 至 {window.ends}" for window in whole.windows)
    yield f"- 领导机构：{launch.leading_group}"
    yield f"- 工作机构：{launch.office}"
    yield f"- 动员部署会议：{launch.mobilised_on}"
    yield ""
    yield "| 任务 | 内容 | 责任单位（责任人） | 期限 |"
    yield "|---|---|---|---|"
    names = successions.names_on(request.session, case.jurisdiction, case.acted_on)
    for duty in cases.parts(request.session, case.id, ["unit_duty"]):
        task, order = dossier.task_of(duty, regulation), dossier.order(duty)
        assert task is not None and order is not None
        bodies = "、".join(f"{names.get(one.code, one.code)}（{one.name}）" for one in order.people)
        yield f"| {regulation.short(task.ref, 'zh')} | {task.title} | {bodies} | {order.due_on} |"


def ledger(request: RequestContext, case: Case) -> Lines:
    """How each task, obligation and unit ended."""
    closing = case.read("closing", CloseCampaign)
    assert closing is not None
    yield f"- 编号：{case.id}"
    yield closing.summary
    names = successions.names_on(request.session, case.jurisdiction, case.acted_on)
    ends = {
        one.deadline.case: f"{one.latest_on or '—'} 到期，{one.deadline.ended_on or '—'} 完成"
        for one in deadlines.of_family(request.session, case.id)
    }
    for procedure in ("unit_duty", "occurrence", "unit_evaluation"):
        yield f"## {messages.text(f'procedure.{procedure}', 'zh')}"
        yield "| 编号 | 单位 | 名称 | 状态 | 到期和办结 |"
        yield "|---|---|---|---|---|"
        for part in cases.parts(request.session, case.id, [procedure]):
            unit, state = names.get(part.unit or "", part.unit or "—"), messages.text(f"state.{part.state}", "zh")
            yield f"| {part.id} | {unit} | {_title(part)} | {state} | {ends.get(part.id, '—')} |"


def _title(part: Case) -> str:
    """What a part is about; of a unit's evaluation its conclusion, and the veto where there is one."""
    concluded = part.read("conclusion", SettleUnit)
    if concluded is None:
        return part.title
    return f"{concluded.conclusion}（一票否决）" if dossier.veto(part) else concluded.conclusion


DOCUMENTS: Final[dict[tuple[str, str], tuple[str, Callable[[RequestContext, Case], Lines]]]] = {
    ("campaign", "launch"): ("task_list", task_list),
    ("campaign", "close"): ("campaign_ledger", ledger),
}
"""The document of each act, by procedure and act."""
