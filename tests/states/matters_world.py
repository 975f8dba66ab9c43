"""A small world for matters: incidents, hazards, complaints, talks and tracings under a text that knows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import regulations
from regulations import Jurisdiction
from regulations.jurisdictions import ReportLimit
from states.engine.case import Case
from states.engine.context import Context
from states.engine.forms.base import BEIJING
from tests.states.world import BACHUAN, COORDINATOR, DAY, JURISDICTION, World, officer

XINJIANG, CHENGDU = regulations.load("xinjiang"), regulations.load("chengdu")
LIMIT = ReportLimit(2, "区政府办公室", "铜府办〔2026〕1号")
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=BEIJING)
EVIDENCE = [{"title": "现场照片"}]
REPORT: Mapping[str, Any] = {
    "title": "电梯困人", "unit": BACHUAN, "nature": "accident", "facts": "电梯困人两小时",
    "happened_at": "2026-03-02 06:00", "known_at": "2026-03-02 06:30",
}  # fmt: skip
LISTING: Mapping[str, Any] = {
    "title": "超期未检锅炉", "unit": BACHUAN, "hazard": "锅炉超期未检", "requirement": "停用并检验",
    "due_on": "2026-04-01",
}  # fmt: skip
OFFICER = officer(BACHUAN)


@dataclass
class MattersWorld(World):
    """The facts around matters; ``limit`` is what the jurisdiction set for reports, ``now`` the moment of recording."""

    limit: ReportLimit | None = None
    now: datetime = NOW

    def home(self) -> Jurisdiction:
        """The jurisdiction with the limit."""
        return replace(JURISDICTION, report_limit=self.limit)

    def context(
        self,
        case: Case,
        act: str,
        data: Mapping[str, Any] | None = None,
        by: str | None = COORDINATOR,
        on: date | None = None,
        today: date | None = None,
        as_consequence: bool = False,
    ) -> Context:
        """As in any world, with the jurisdiction and the moment."""
        made = super().context(case, act, data, by, on, today, as_consequence)
        return replace(made, home=self.home, now=self.now)

    def root(self, procedure: str, number: str, state: str = "new", **changes: Any) -> Case:
        """A root of this procedure, about Bachuan."""
        case = Case(
            id=f"TL-2026-{number}", procedure=procedure, jurisdiction="TL", region="CN-50",
            regulation=self.regulation.key, title="事项", year=2026, opened_on=DAY, acted_on=DAY,
            opened_by=COORDINATOR, state=state, version=0 if state == "new" else 1, unit=BACHUAN,
        )  # fmt: skip
        return self.put(replace(case, **changes))

    def under(self, root: Case, procedure: str, number: str, state: str = "new", **changes: Any) -> Case:
        """A case that belongs to a root."""
        ids = {"id": f"{root.id}-{number}", "parent": root.id, "root": root.id}
        blank = replace(root, dossier={}, actors_by_act={}, targets=(), kind=None)
        return self.put(replace(blank, procedure=procedure, state=state, **{**ids, **changes}))
