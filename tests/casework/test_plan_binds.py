"""The plan binds the groups, on a database: the draw at the filing, reports that never came (art. 12, 16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from casework.inspection.sample import drawn_units
from casework.nightly.follow_ups import follow_up
from states.engine.sampling import draw
from states.inspection import dossier
from storage.journal import journal
from storage.messages import documents
from tests.casework.office import (
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    EVIDENCE,
    LEADERS,
    NANCHENG,
    OFFICERS,
    SUPERVISION_OFFICE,
    TUQIAO,
    Office,
    plan_of,
    planned_with,
)

TARGETS = (BACHUAN, DONGCHENG, NANCHENG, TUQIAO)
SAMPLED = {"methods": ["written", "on_site"], "sampling": {"size": 2}}


def sampled(office: Office, to: str = "filed") -> str:
    """A comprehensive inspection that visits two of its four targets."""
    case = office.inspection("comprehensive", TARGETS, "approved")
    office.does(COORDINATOR, "plan", case, plan_of(office, case, **SAMPLED))
    office.advance(case, to)
    return case


def text_of(office: Office, case: str, name: str) -> str:
    """The last document of this name."""
    while follow_up(office.database, office.clock, "test", limit=100):
        pass
    with office.reading() as session:
        return [made.text for made in documents.of_case(session, case) if made.name == name][-1]


def test_the_seed_is_the_hash_of_the_filing_and_anybody_draws_the_same(office: Office) -> None:
    case = sampled(office)
    with office.reading() as session:
        entries = {entry.act: entry for entry in journal.of_case(session, case)}
    kept = entries["draw_sample"].form
    assert (kept["seed"], kept["filing"]) == (entries["file"].hash, entries["file"].seq)
    assert kept["drawn"] == list(draw(entries["file"].hash, TARGETS, 2))
    assert "随机数" in (paper := text_of(office, case, "sample")) and all(code in paper for code in kept["drawn"])
    assert office.breaks() == []


def test_only_the_units_drawn_are_visited(office: Office) -> None:
    case = sampled(office, "under_way")
    drawn = office.case(case).dossier["draws"][-1]["drawn"]
    visits = office.parts(case, "visit")
    assert len(visits) == len(TARGETS) and len(drawn) == 2
    for visit in visits:
        leader = office.case(str(visit.parent)).dossier["order"]["leader"]["name"]
        given = {"ways": ["11(2)2"], "record": "查阅台账"}
        if visit.unit in drawn:
            office.does(leader, "visit_on_site", visit.id, given)
        else:
            assert set(office.refused(leader, "visit_on_site", visit.id, given)) == {"outside_the_sample"}


def test_amending_the_plan_gives_nobody_another_draw(office: Office) -> None:
    """Filed again unchanged, the draw stands; a larger sample adds to it, and is on record as another draw."""
    case = sampled(office)
    [first] = office.case(case).dossier["draws"]
    office.does(COORDINATOR, "amend", case, {**plan_of(office, case, **SAMPLED), "note": "调整期限"})
    office.later().does(SUPERVISION_OFFICE, "file", case, {"number": "督备〔2026〕9号"})
    assert office.case(case).dossier["draws"] == [first]
    larger = plan_of(office, case, methods=SAMPLED["methods"], sampling={"size": 3})
    office.does(COORDINATOR, "amend", case, {**larger, "note": "扩大抽查"})
    office.does(SUPERVISION_OFFICE, "file", case)
    _, second = office.case(case).dossier["draws"]
    assert second["seed"] == first["seed"] and set(first["drawn"]) < set(second["drawn"])
    office.does(COORDINATOR, "amend", case, {**plan_of(office, case), "note": "不再抽查"})
    office.does(SUPERVISION_OFFICE, "file", case)
    assert len(office.case(case).dossier["draws"]) == 2


def test_a_plan_that_was_filed_with_a_seed_of_its_own_is_drawn_from_it(office: Office) -> None:
    """As an earlier version filed it, before the seed came from the filing."""
    found = office.case(office.inspection("comprehensive", TARGETS, "planned"))
    chosen = {"size": 2, "seed": "2026"}
    older = replace(found, dossier={"plan": {**found.dossier["plan"], "sampling": chosen}})
    plan = dossier.plan(older)
    assert plan is not None and drawn_units(older, plan) == draw("2026", TARGETS, 2)


def test_a_report_that_never_came_is_on_record_and_in_the_bulletin(office: Office) -> None:
    case = planned_with(office, office.special([BACHUAN, TUQIAO], to="approved"), methods=["written"], ways=[])
    due = (office.day + timedelta(days=7)).isoformat()
    visits = {unit: office.part(case, "visit", unit) for unit in (BACHUAN, TUQIAO)}
    for leader, unit in zip(LEADERS, (BACHUAN, TUQIAO), strict=False):
        office.does(leader, "request_self_inspection", visits[unit], {"due_on": due})
    office.does(OFFICERS[BACHUAN], "hand_in_self_inspection", visits[BACHUAN], {"report": "自查", "evidence": EVIDENCE})
    office.does(LEADERS[0], "feed_back", visits[BACHUAN], {"advice": "继续保持"})
    office.later(8)
    told = {"advice": "限期补报"}
    refused = office.refused(LEADERS[1], "feed_back", visits[TUQIAO], told)
    assert (
        set(refused) == {"missing_unrecorded"} and "record_no_self_inspection" in refused["missing_unrecorded"]["cure"]
    )
    office.does(LEADERS[1], "record_no_self_inspection", visits[TUQIAO], {"note": "两次书面催报，未说明理由"})
    office.does(LEADERS[1], "feed_back", visits[TUQIAO], told)
    office.advance(case, "published")
    bulletin = text_of(office, case, "bulletin")
    assert f"土桥镇（{TUQIAO}）：应于 {due} 前报送" in bulletin and BACHUAN not in bulletin.partition("未按期")[2]


def test_what_an_amendment_took_out_is_found_nowhere(office: Office) -> None:
    case = office.inspection("comprehensive", [BACHUAN], "under_way")
    narrower = {**plan_of(office, case), "contents": ["8(1)"], "note": "缩小范围"}
    office.does(COORDINATOR, "amend", case, narrower)
    office.does(AUTHORITY, "grant", f"{case}-A01", {"note": "同意"})
    office.advance(case, "under_way")
    visit = office.part(case, "visit", BACHUAN)
    finding = {"text": "台账不全", "content": "8(3)"}
    assert set(office.refused(LEADERS[0], "record_finding", visit, finding)) == {"content_not_planned"}
    office.does(LEADERS[0], "record_finding", visit, {"text": "学习不到位"})
