"""Shizong's campaign in a database: launched at once, run to its end, seen by its units, and kept by two at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import text

from access.reader import operator
from casework.acts.act_models import ActRequest
from casework.campaign.board import campaign_board
from casework.campaign.indicators import list_indicators, show_indicator
from casework.errors import NotFound
from casework.nightly.sweeping import sweep
from casework.readers import reader_of
from casework.readings_import import ReadingsRefused, import_readings
from casework.views.case_lists import list_cases
from states.engine.case import Case
from storage import failpoints
from storage.engine import Database
from tests.casework.campaigns import (
    AUTHORITY,
    COORDINATOR,
    DONE,
    EDUCATION,
    EVIDENCE,
    LAUNCH,
    LEADER,
    MARKET,
    OFFICERS,
    REVIEWER,
    SECOND_COORDINATOR,
    XIONGBI,
    duty_of,
    filed,
    launched,
    occurrences_of,
    shizong,
)
from tests.casework.office import Office, dump
from tests.casework.processes import Wanted, killed, together
from tests.databases import hurried

NOTE = {"note": "属实"}
PARTS = ("unit_duty", "occurrence", "unit_evaluation")
HEAD = "indicator,period,value,unit,body,source,evidence\n"
INTERVAL = {"obligation": "checks", "every": 6, "interval": "months", "document": "县办1号", "note": "明确间隔"}


@pytest.fixture
def campaign(office_url: str) -> Iterator[Office]:
    """The office of Shizong's campaign, before its first act."""
    database = hurried(office_url)
    with shizong(database) as office:
        yield office
    database.close()


def officer(office: Office, case: Case | str) -> str:
    """The liaison officer of the unit that a part is about."""
    found = office.case(case) if isinstance(case, str) else case
    with office.reading() as session:
        query = text("select name from account where jurisdiction = 'SZ' and unit = :unit and name like '%联络员'")
        return str(session.execute(query, {"unit": found.unit}).scalar_one())


def imported(office: Office, case: str, rows: str, **more: Any) -> Any:
    with office.writing() as session:
        asked = ActRequest(COORDINATOR, office.day, None, "SZ")
        return import_readings(session, office.clock, asked, case, (HEAD + rows).encode(), "读数.csv", **more)


def board(office: Office, case: str, account: str | None = None) -> dict[str, Any]:
    with office.reading() as session:
        reader = operator() if account is None else reader_of(session, f"SZ:{account}")
        return campaign_board(session, office.clock, reader, case).model_dump(mode="json")


def test_the_launch_gives_out_50_tasks_at_once(campaign: Office) -> None:
    began = perf_counter()
    case = launched(campaign)
    assert perf_counter() - began < 20
    duties = campaign.parts(case, "unit_duty")
    assert len(duties) == 50 and Counter(duty.unit for duty in duties)[MARKET] == 33
    spread = duty_of(campaign, case, "4(2)1")
    assert len(spread.targets) == 29 and {one["code"] for one in spread.dossier["order"]["people"]} == set(
        spread.targets
    )
    assert len(campaign.parts(case, "unit_evaluation")) == 29
    meetings = [one.dossier["schedule"]["due_on"] for one in occurrences_of(campaign, case, "joint_meeting")]
    assert meetings == ["2018-12-31", "2019-03-31", "2019-06-30", "2019-09-30", "2019-12-31"]
    assert len(occurrences_of(campaign, case, "special_meetings")) == 4
    assert len(occurrences_of(campaign, case, "quality_month_leaders")) == 2
    assert len(occurrences_of(campaign, case, "theme_activity")) == 2 * 19
    assert occurrences_of(campaign, case, "self_check") == []
    assert campaign.breaks() == []


def test_what_is_unset_is_never_green_until_the_authority_sets_an_interval(campaign: Office) -> None:
    case = launched(campaign)
    shown = {one["obligation"]: one for one in board(campaign, case)["unset"]}
    assert {one["light"] for one in shown.values()} == {"unset"} and len(shown) > 10
    campaign.does(AUTHORITY, "set_interval", case, INTERVAL)
    found = {one["obligation"]: one for one in board(campaign, case)["unset"]}["checks"]
    assert (found["every"], found["interval"], found["set_by"]) == (6, "months", AUTHORITY)
    due = [one.dossier["schedule"]["due_on"] for one in occurrences_of(campaign, case, "checks")]
    assert due == ["2019-05-06", "2019-11-06"]
    campaign.does(AUTHORITY, "set_interval", case, {**INTERVAL, "every": 12})
    states = Counter(one.state for one in occurrences_of(campaign, case, "checks"))
    assert states == {"lapsed": 2, "due": 1}


def test_slipped_tasks_and_occurrences_are_in_the_nightly_sweep(campaign: Office) -> None:
    case = launched(campaign)
    sweep(campaign.database, campaign.clock, jurisdiction="SZ")
    campaign.on("2019-01-09")
    told = sweep(campaign.database, campaign.clock, jurisdiction="SZ").notices
    assert {one.case for one in told} >= {one.id for one in occurrences_of(campaign, case, "joint_meeting")[:1]}
    assert sweep(campaign.database, campaign.clock, jurisdiction="SZ").issued == 0
    overdue = {one["task"]: one["light"] for one in board(campaign, case)["tasks"]}
    assert set(overdue.values()) == {"green", "unknown", "unset"}
    campaign.on("2020-01-20")
    late = sweep(campaign.database, campaign.clock, jurisdiction="SZ").notices
    assert {duty.id for duty in campaign.parts(case, "unit_duty")} <= {one.case for one in late}
    assert sweep(campaign.database, campaign.clock, jurisdiction="SZ").issued == 0


def test_a_unit_sees_its_own_tasks_occurrences_and_evaluation(campaign: Office) -> None:
    case = launched(campaign)
    with campaign.reading() as session:
        reader = reader_of(session, f"SZ:{OFFICERS[XIONGBI]}")
        found = list_cases(session, reader, procedure=["unit_duty", "occurrence", "unit_evaluation"], limit=500)
    ours = {one.case for one in found}
    parts = [one for name in ("unit_duty", "occurrence", "unit_evaluation") for one in campaign.parts(case, name)]
    assert ours == {one.id for one in parts if XIONGBI in (one.unit, *one.targets)}
    seen = board(campaign, case, OFFICERS[XIONGBI])
    assert [one["unit"] for one in seen["rows"]] == [XIONGBI]
    assert {one["case"] for one in seen["tasks"]} == {one.id for one in parts if XIONGBI in one.targets}


def test_nobody_else_sees_a_campaign_before_its_launch(campaign: Office) -> None:
    from tests.casework.campaigns import opens

    case = opens(campaign)
    with pytest.raises(NotFound):
        board(campaign, case, OFFICERS[XIONGBI])
    assert board(campaign, case)["counts"] == {"unset": 50}


def test_readings_are_imported_all_or_none(campaign: Office) -> None:
    case = launched(campaign)
    before = dump(campaign.database)
    bad = "awareness,2018,83.5,吨,,测评报告,报告\nsupport,2018,90,%,,测评报告,报告\nnope,去年,1,%,,测评,报告\n"
    with pytest.raises(ReadingsRefused) as refused:
        imported(campaign, case, bad)
    assert [(one.row, one.code) for one in refused.value.problems] == [
        (2, "reading_in_another_unit"),
        (4, "indicator_unknown"),
    ]
    assert dump(campaign.database) == before
    good = "awareness,2018,83.5,%,,测评报告,报告\nsatisfaction,2018,79.9,%,,测评报告,报告\n"
    assert imported(campaign, case, good, dry=True).dry_run and dump(campaign.database) == before
    assert imported(campaign, case, good).readings == 2
    with campaign.reading() as session:
        rows = {one.indicator: one for one in list_indicators(session, campaign.clock, operator(), case)}
        shown = show_indicator(session, campaign.clock, operator(), case, "awareness")
    assert (rows["awareness"].light, rows["awareness"].value) == ("green", "83.5")
    assert (rows["satisfaction"].light, rows["support"].light) == ("yellow", "unknown")
    assert [(one.value, one.source, one.by) for one in shown.readings] == [("83.5", "测评报告", COORDINATOR)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "readings_columns"),
        (b"indicator,value\n", "readings_columns"),
        (HEAD.encode(), "readings_no_rows"),
        ((HEAD + "awareness,2018\n").encode(), "readings_width"),
        ((HEAD + ",2018,80,%,,a,b\n").encode(), "readings_blank"),
        ((HEAD + '"awareness,2018').encode(), "readings_not_csv"),
        (b"\x00\xff\xfe\x81\xff", "readings_not_text"),
    ],
)
def test_a_file_that_is_none_is_refused(campaign: Office, content: bytes, code: str) -> None:
    from tests.casework.campaigns import opens

    case = opens(campaign)
    with pytest.raises(ReadingsRefused) as refused, campaign.writing() as session:
        asked = ActRequest(COORDINATOR, campaign.day, None, "SZ")
        import_readings(session, campaign.clock, asked, case, content, "读数.csv")
    assert {one.code for one in refused.value.problems} == {code}


def test_two_who_confirm_at_one_moment_confirm_once(campaign: Office) -> None:
    case = launched(campaign)
    duty = duty_of(campaign, case, "4(2)2")
    campaign.does(OFFICERS[EDUCATION], "claim", duty.id, DONE)
    both = together(campaign, [[Wanted(one, "confirm", duty.id, NOTE)] for one in (COORDINATOR, SECOND_COORDINATOR)])
    answered = [outcome for [outcome] in both if outcome.answer]
    assert len(answered) == 1 and campaign.state(duty.id) == "confirmed"
    assert {code for [one] in both for code in one.refused} == {"case_ended"}
    assert campaign.breaks() == []


def test_two_who_claim_at_one_moment_claim_once(campaign: Office) -> None:
    case = launched(campaign)
    duty = duty_of(campaign, case, "4(2)2")
    both = together(campaign, [[Wanted(OFFICERS[EDUCATION], "claim", duty.id, DONE)] for _ in range(2)])
    assert sum(outcome.answer is not None for [outcome] in both) == 1
    assert len(campaign.case(duty.id).dossier["claims"]) == 1


@pytest.mark.parametrize(("point", "kept"), [("before_commit", 0), ("after_commit", 164)])
def test_a_launch_that_is_killed_happens_whole_or_not_at_all(campaign: Office, point: Any, kept: int) -> None:
    """Asked for again with its key, it comes to what it would have come to."""
    case = filed(campaign)
    campaign.on("2018-11-06")

    def dies(database: Database, told: Any) -> None:
        failpoints.arm(point)
        again = Office(database, campaign.day, campaign.seconds, "SZ")
        again.does(COORDINATOR, "launch", case, LAUNCH, key="launch-1")

    with killed(campaign, dies) as (process, _):
        process.join(60)
    assert process.exitcode == failpoints.DIED
    assert sum(len(campaign.parts(case, name)) for name in PARTS) == kept
    answer = campaign.does(COORDINATOR, "launch", case, LAUNCH, key="launch-1")
    assert answer.get("repeated", False) is bool(kept)
    assert sum(len(campaign.parts(case, name)) for name in PARTS) == 164
    assert campaign.breaks() == []


def test_a_task_that_was_changed_behind_the_journal_is_found(campaign: Office) -> None:
    case = launched(campaign)
    duty = duty_of(campaign, case, "4(2)2")
    with campaign.database.writing() as session:
        session.execute(text("update case_file set state = 'confirmed' where id = :id"), {"id": duty.id})
    assert duty.id in str(campaign.breaks())


def test_a_campaign_that_is_cancelled_takes_its_parts_with_it(campaign: Office) -> None:
    case = launched(campaign)
    campaign.does(AUTHORITY, "cancel", case, {"note": "上级停止创建"})
    parts = [one for name in ("unit_duty", "occurrence", "unit_evaluation") for one in campaign.parts(case, name)]
    assert {one.state for one in parts} == {"lapsed"} and len(parts) > 150
    campaign.on("2020-01-20")
    sweep(campaign.database, campaign.clock, jurisdiction="SZ")
    assert sweep(campaign.database, campaign.clock, jurisdiction="SZ").issued == 0


def test_a_campaign_is_run_to_its_end(campaign: Office) -> None:
    """Two tasks are not finished in time, one unit gets the veto, one checks itself late."""
    case = launched(campaign)
    with campaign.at_once():
        run_tasks(campaign, case)
    campaign.on("2019-12-30")
    with campaign.at_once():
        meet_what_is_due(campaign, case)
    campaign.on("2020-01-02")
    unfinished = duty_of(campaign, case, "4(2)2").id
    campaign.does(COORDINATOR, "record_unfinished", unfinished, NOTE)
    with campaign.at_once():
        evaluate_units(campaign, case, unfinished)
    campaign.does(COORDINATOR, "assess", case, {"note": "考核完毕"})
    campaign.does(COORDINATOR, "close", case, {"summary": "如期完成"})
    assert campaign.state(case) == "closed"
    assert Counter(one.state for one in campaign.parts(case, "unit_duty")) == {"confirmed": 49, "unfinished": 1}
    [vetoed] = [one for one in board(campaign, case)["rows"] if one["veto"]]
    assert vetoed["unit"] == EDUCATION
    assert campaign.breaks() == []


def run_tasks(campaign: Office, case: str) -> None:
    """Every task but one is reported on, claimed and confirmed by whoever may."""
    for duty in campaign.parts(case, "unit_duty"):
        if duty.dossier["order"]["task"] == "4(2)2":
            continue
        who = officer(campaign, duty)
        campaign.does(who, "report_progress", duty.id, {"text": "推进中", "evidence": EVIDENCE})
        campaign.does(who, "claim", duty.id, DONE)
        campaign.does(LEADER if duty.unit == MARKET else COORDINATOR, "confirm", duty.id, NOTE)


def meet_what_is_due(campaign: Office, case: str) -> None:
    """What has a day by then is waived, but for one meeting, which was held."""
    first, *others = occurrences_of(campaign, case, "joint_meeting")
    held = {"held_on": "2018-12-20", "convener": "分管副县长", "minutes": "纪要1号"}
    campaign.does(COORDINATOR, "meet", first.id, held)
    for one in campaign.parts(case, "occurrence"):
        if campaign.state(one.id) == "due":
            campaign.does(AUTHORITY, "waive", one.id, {"note": "并入年度总结"})
    assert len(others) == 4


def evaluate_units(campaign: Office, case: str, unfinished: str) -> None:
    """Each unit checks itself (late), is checked, and gets its conclusion from somebody else."""
    for one in campaign.parts(case, "unit_evaluation"):
        self_check = {"summary": "总结", "result": "完成", "evidence": EVIDENCE}
        campaign.does(officer(campaign, one), "self_check", one.id, self_check)
        checker = COORDINATOR if one.unit == "SZ-D-02" else REVIEWER
        campaign.does(checker, "check_unit", one.id, {"result": "基本完成"})
        if one.unit == EDUCATION:
            facts = {"inaction": "长期不开展工作", "delay": "拖延三个季度", "unfinished": [unfinished], "note": "否决"}
            campaign.does(AUTHORITY, "veto", one.id, facts)
        settler = LEADER if one.unit == MARKET else SECOND_COORDINATOR
        campaign.does(settler, "settle", one.id, {"conclusion": "完成创建任务"})
        late = campaign.deadline(one.id).deadline
        assert late.met_on == date(2020, 1, 2) and late.fixed == date(2019, 9, 30)
