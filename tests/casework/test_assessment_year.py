"""An assessment year of Yangjiang's counties from its opening to its close, by real acts on both engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, time
from multiprocessing.connection import Connection

import pytest

from access.policy import Read
from access.visible_cases import load_visible, open_reader
from casework import do_act
from casework.acts.act_models import ActRequest, ActResult
from casework.acts.request_context import account_named
from casework.administration.jurisdiction_setup import set_up
from casework.administration.unit_changes import WantedChange, change_units
from casework.clock import FixedClock, SystemClock
from casework.nightly import follow_ups, sweeping
from demo.assessments.year_of_counties import COUNTIES, JIANGCHENG, JURISDICTION, YANGCHUN, YANGDONG, YANGXI
from demo.progress_marker import ProgressMarker
from demo.run_step import run_step
from demo.run_year import at
from demo.steps import Step
from demo.year_plan import year_plan
from states.assessment import dossier
from states.assessment.guards.results import OUTCOME, UNIT
from states.engine.case import Case
from states.engine.refusals import ActRefused
from states.engine.sampling import draw
from states.matters.names import TRACING
from states.packs import pack_of
from storage.cases import cases, deadlines
from storage.engine import Database
from storage.failpoints import Name
from storage.journal import journal, verification
from storage.messages import documents
from tests.casework.dying import died
from tests.casework.office import Office, dump
from tests.casework.processes import Job, Wanted, run, together
from tests.databases import hurried

PROGRAM = year_plan(2026, JURISDICTION)
ROOT = "YJ-2025-K01"
OFFICE, SECOND = "质量强市办甲", "质量强市办乙"


@pytest.fixture
def database(office_url: str) -> Iterator[Database]:
    """Tongliang and Yangjiang in one database, before anything was done."""
    found = hurried(office_url)
    with found.writing() as session:
        set_up(session, JURISDICTION, clock=SystemClock())
    yield found
    found.close()


def steps_until(act: str) -> list[Step]:
    """The steps of the program before the first of this act."""
    return list(PROGRAM.steps[: [step.act for step in PROGRAM.steps].index(act)])


def play(database: Database, steps: list[Step]) -> None:
    mark = ProgressMarker(PROGRAM.year, PROGRAM.fingerprint)
    for number, step in enumerate(steps):
        mark = run_step(database, mark, step, at(step.on, time(9), number % 500))


def county(database: Database, code: str) -> Case:
    with database.reading() as session:
        return next(one for one in cases.parts(session, ROOT, [UNIT]) if one.unit == code)


def sighting(database: Database, name: str) -> set[str]:
    """The cases that an account may see."""
    with database.reading() as session:
        reader = open_reader(session, account_named(session, name, JURISDICTION))
        family = [ROOT, *(one.id for one in cases.find(session, root=ROOT))]
        return {one for one in family if load_visible(session, reader, Read.CASE, one)}


def test_a_whole_year_ends_as_the_text_says(database: Database) -> None:
    play(database, list(PROGRAM.steps))
    with database.reading() as session:
        year = cases.load(session, ROOT)
        assert year is not None and year.state == "closed"
        found = {one.unit: one for one in cases.parts(session, ROOT, [UNIT])}
        outcomes = cases.parts(session, ROOT, [OUTCOME])
        assert list(verification.breaks(session)) == []
    results = {code: dossier.result(found[code]) for code in COUNTIES}
    assert {code: (said.total, said.grade) for code, said in results.items() if said} == {
        JIANGCHENG: ("92", "A"),
        YANGDONG: ("83", "B"),
        YANGXI: ("56", "D"),
        YANGCHUN: ("90", "D"),
    }
    assert {one.state for one in found.values()} == {"settled"}
    measures = Counter(order.measure for one in outcomes if (order := dossier.outcome(one)))
    assert measures == {
        "commendation": 1, "priority": 1, "barred_from_awards": 2, "approvals_tightened": 2, "results": 2,
    }  # fmt: skip
    assert Counter(one.state for one in outcomes) == {"measure_in_force": 5, "measure_done": 3}
    assert len(dossier.scheme_versions(year)) == 2


def test_late_stays_late_and_a_month_is_counted_from_the_bulletin(database: Database) -> None:
    play(database, steps_until("report_putting_right"))
    with database.reading() as session:
        late = {one.deadline.name: one for one in deadlines.of_case(session, county(database, YANGDONG).id)}
        owed = {one.deadline.name: one for one in deadlines.of_case(session, county(database, YANGXI).id)}
    handed_in = late["self_assessment"]
    assert handed_in.deadline.fixed == date(2026, 7, 1) and handed_in.deadline.met_on == date(2026, 7, 8)
    assert late["targets"].latest_on == date(2025, 6, 15) and late["targets"].deadline.met_on == date(2025, 6, 9)
    report = owed["rectification_report"]
    # The bulletin is of 18 September; 18 October is a Sunday.
    assert report.deadline.running and report.latest_on == date(2026, 10, 19)


def test_the_draw_can_be_made_again_from_the_filing(database: Database) -> None:
    play(database, steps_until("form_team"))
    drawn = dossier.draw(county(database, JIANGCHENG))
    assert drawn is not None and len(drawn.drawn) == drawn.size == 5
    with database.reading() as session:
        entries = journal.of_family(session, ROOT)
    filed = next(one for one in entries if one.case_id == f"{ROOT}-A01" and one.seq == drawn.filing)
    assert (filed.act, filed.hash) == ("self_assess", drawn.seed)
    among = [one.ref for one in pack_of("yangjiang@2017-01-01").regulation.criteria]
    assert draw(drawn.seed, among, 5) == drawn.drawn


def test_before_the_bulletin_a_county_sees_its_own_assessment_alone_and_no_scores(database: Database) -> None:
    play(database, steps_until("announce"))
    assert sighting(database, "江城区联络员") == {ROOT, f"{ROOT}-A01"}
    assert sighting(database, "干部主管部门") == set()
    with database.reading() as session:
        reader = open_reader(session, account_named(session, "江城区联络员", JURISDICTION))
        seen = load_visible(session, reader, Read.CASE, ROOT)
        assert seen is not None and seen.shown.targets == (JIANGCHENG,)
        assert [seen.shows_document(ROOT, name) for name in ("scheme", "composite_report")] == [True, False]
        shown = [act for act in ("self_assess", "score_county", "grade_county") if seen.shows_entry(f"{ROOT}-A01", act)]
    assert shown == ["self_assess"]


def test_after_the_bulletin_counties_see_it_and_the_cadre_department_its_results(database: Database) -> None:
    play(database, steps_until("receipt_outcome"))
    assert sighting(database, "阳西县联络员") == {ROOT, f"{ROOT}-A03", f"{ROOT}-U03", f"{ROOT}-U04"}
    assert sighting(database, "干部主管部门") == {ROOT, f"{ROOT}-U07"}
    with database.reading() as session:
        reader = open_reader(session, account_named(session, "阳西县联络员", JURISDICTION))
        seen = load_visible(session, reader, Read.CASE, ROOT)
    assert seen is not None and seen.shows_document(ROOT, "results_bulletin")


def test_the_people_of_the_team_see_the_year_they_assess(database: Database) -> None:
    play(database, steps_until("report_up"))
    assert ROOT in sighting(database, "考核组员一")
    assert sighting(database, "考核组员六") == set()


def test_every_act_leaves_its_papers_and_the_bulletin_tells_grades_and_days(database: Database) -> None:
    play(database, steps_until("receipt_outcome"))
    clock = at(date(2026, 9, 18), time(18))
    while follow_ups.follow_up(database, clock, "test", limit=1000, for_seconds=60):
        pass
    with database.reading() as session:
        family = [ROOT, *(one.id for one in cases.find(session, root=ROOT))]
        made = [one for case in family for one in documents.of_case(session, case)]
    papers = Counter(one.name for one in made)
    assert papers == {
        "scheme": 2, "targets_record": 4, "spot_checks": 4, "composite_report": 2, "results_bulletin": 1,
        "public_notice": 1, "grade_letter": 4, "outcome_notice": 8,
    }  # fmt: skip
    text = {one.name: one.text for one in made if one.case_id == ROOT}
    assert "阳西县：2026-10-19 前向市政府作出书面报告" in text["results_bulletin"]
    assert "| 阳春市 | D |" in text["public_notice"] and "90" not in text["public_notice"]
    assert "逾期 7 日" in text["composite_report"] and "一票否决" in text["composite_report"]


def test_a_falsehood_is_criticised_and_traced(database: Database) -> None:
    play(database, steps_until("report_up"))
    false = {
        "falsehood": "false", "facts": "虚报合格率", "criticism": "阳质〔2026〕9号", "responsible": ["张三"],
        "traced_by": "市纪委监委",
    }  # fmt: skip
    day = date(2026, 8, 3)
    with database.writing() as session:
        asked = ActRequest(OFFICE, day, jurisdiction=JURISDICTION)
        do_act.do_act(session, FixedClock.on(day), asked, f"{ROOT}-A01", "record_falsehood", false)
    with database.reading() as session:
        [traced] = cases.parts(session, ROOT, [TRACING])
    assert (traced.unit, traced.state) == (JIANGCHENG, "drafted")


def test_reminders_come_by_themselves_and_a_second_sweep_issues_nothing(database: Database) -> None:
    play(database, steps_until("self_assess"))
    night = at(date(2026, 7, 3), time(0, 30))
    first = sweeping.sweep(database, night, jurisdiction=JURISDICTION)
    assert first.issued > 0
    assert sweeping.sweep(database, night, jurisdiction=JURISDICTION).issued == 0


def test_of_two_who_open_the_same_year_at_once_one_does(database: Database) -> None:
    opening = PROGRAM.steps[0]
    assert isinstance(opening.data, dict)
    data = opening.data

    def opens(who: str) -> Job:
        def job(theirs: Database, told: Connection) -> None:
            asked = ActRequest(who, opening.on, jurisdiction=JURISDICTION)
            try:
                with theirs.writing() as session:
                    do_act.open_root(session, FixedClock.on(opening.on), asked, opening.procedure, data)
                told.send(())
            except ActRefused as refused:
                told.send(tuple(one.code for one in refused.refusals))

        return job

    office = Office(database, day=opening.on, home=JURISDICTION)
    outcomes = run(office, [opens(who) for who in (OFFICE, SECOND)])
    assert Counter(codes for [codes] in outcomes) == {(): 1, ("year_is_assessed",): 1}
    assert office.breaks() == []


def test_of_two_coordinators_who_grade_or_announce_at_once_one_does(database: Database) -> None:
    play(database, steps_until("grade_county"))
    office = Office(database, day=date(2026, 7, 23), home=JURISDICTION)
    play_scores = Wanted("考核组员一", "score_county", f"{ROOT}-A01", _last_scores())
    outcomes = together(office, [[play_scores], [play_scores]])
    assert Counter(one.refused for [one] in outcomes) == {(): 2}
    graded = together(office, [[Wanted(who, "grade_county", f"{ROOT}-A01")] for who in (OFFICE, SECOND)])
    assert Counter(one.refused for [one] in graded) == {(): 1, ("out_of_order",): 1}
    assert office.breaks() == []


def _last_scores() -> dict[str, object]:
    step = next(one for one in PROGRAM.steps if one.act == "score_county" and one.case == f"{ROOT}-A01")
    assert isinstance(step.data, dict)
    return step.data


def test_of_two_bulletins_at_once_one_is_published(database: Database) -> None:
    play(database, steps_until("announce"))
    office = Office(database, day=date(2026, 9, 18), home=JURISDICTION)
    announced = next(step for step in PROGRAM.steps if step.act == "announce").data
    outcomes = together(office, [[Wanted(who, "announce", ROOT, announced)] for who in (OFFICE, SECOND)])
    assert Counter(one.refused for [one] in outcomes) == {(): 1, ("out_of_order",): 1}
    assert len(office.parts(ROOT, OUTCOME)) == 8
    assert office.breaks() == []


def test_a_bulletin_killed_at_its_commit_is_there_once_and_whole(database: Database) -> None:
    play(database, steps_until("announce"))
    step = next(one for one in PROGRAM.steps if one.act == "announce")

    def announce() -> ActResult:
        with database.writing() as session:
            asked = ActRequest(step.who, step.on, "bulletin", JURISDICTION)
            return do_act.do_act(session, at(step.on, time(9)), asked, ROOT, step.act, step.data)

    def killed_at(where: Name) -> tuple[bool, bool]:
        """Whether it died, and whether it left everything as it was."""
        before = dump(database)
        database.close()
        return died(announce, where, 1), dump(database) == before

    assert killed_at("before_commit") == (True, True)
    assert killed_at("after_commit") == (True, False)
    assert announce().repeated
    with database.reading() as session:
        assert len(cases.parts(session, ROOT, [OUTCOME])) == 8
        assert list(verification.breaks(session)) == []


def test_a_county_that_ended_is_not_assessed(database: Database) -> None:
    """Neither as one of all counties, nor when it is named."""
    opening = PROGRAM.steps[0]
    assert isinstance(opening.data, dict)
    rest = {name: value for name, value in opening.data.items() if name != "counties"}
    clock, asked = at(opening.on, time(9), 0), ActRequest(OFFICE, jurisdiction=JURISDICTION)
    ended = WantedChange("abolished", (YANGXI,), (), reason="民政部批复", heir=YANGDONG)
    with database.writing() as session:
        change_units(session, clock, asked, ended)
    with pytest.raises(ActRefused) as refused, database.writing() as session:
        do_act.open_root(session, clock, asked, opening.procedure, rest | {"counties": list(COUNTIES)})
    assert {one.code for one in refused.value.refusals} == {"unit_ended"}
    with database.writing() as session:
        do_act.open_root(session, clock, asked, opening.procedure, rest)
    with database.reading() as session:
        year = cases.load(session, ROOT)
    assert year is not None and set(year.targets) == {*COUNTIES} - {YANGXI}
