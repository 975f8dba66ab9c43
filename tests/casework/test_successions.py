"""A unit goes on as another: frequency keys, look-backs, duties and open rectifications follow (art. 10, 12, 14)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from access.reader import Reader, operator
from casework.acts.act_models import ActRequest
from casework.administration import unit_changes
from casework.administration.unit_changes import WantedChange
from casework.administration.unit_models import UnitChangeAnswer, UnitChangeRefused
from casework.errors import NotPermitted
from casework.nightly import follow_ups
from casework.nightly.sweeping import sweep
from casework.readers import reader_of
from casework.views.case_lists import list_cases
from casework.views.frequency_board import frequency_board
from simulation import invariants
from simulation.unit_steps import unborne
from states.engine import unit_checks
from states.engine.case import Case
from storage.cases import cases, frequency
from storage.journal import account_journal, unit_journal
from storage.messages import documents, notices
from storage.people import accounts, successions
from tests.casework.office import (
    ADMINISTRATOR,
    APPRAISAL,
    AUTHORITY,
    BACHUAN,
    CONTENTS,
    COORDINATOR,
    DONGCHENG,
    EVIDENCE,
    NANCHENG,
    OFFICERS,
    SECOND_COORDINATOR,
    SERVICE,
    TUQIAO,
    Office,
    dump,
    plan_of,
)

STREET, OTHER_STREET = "500151031", "500151032"
NEW_OFFICER = "土桥街道联络员"


def change(office: Office, *asked: Any, who: str = COORDINATOR, dry: bool = False, **more: Any) -> UnitChangeAnswer:
    with office.writing() as session:
        wanted = WantedChange(*asked, **{"reason": "渝府〔2026〕12号", **more})
        return unit_changes.change_units(session, office.clock, ActRequest(who, jurisdiction="TL"), wanted, dry=dry)


def becomes_a_street(office: Office, **more: Any) -> UnitChangeAnswer:
    """土桥镇 becomes 土桥街道, under a new code."""
    return change(office, "recoded", (TUQIAO,), ((STREET, "土桥街道"),), **more)


def refused_change(office: Office, *asked: Any, **more: Any) -> set[str]:
    before = dump(office.database)
    with pytest.raises(UnitChangeRefused) as refused:
        change(office, *asked, **more)
    assert dump(office.database) == before
    views = refused.value.refusal_views()
    assert all(one.fact and one.cure for one in views)
    return {one.code for one in views}


def submits(office: Office, targets: list[str], problem: str) -> dict[str, dict[str, Any]]:
    """What a further special inspection of these units is refused for when it is asked for."""
    case = office.special(targets, "drafted", problem=problem)
    data = {"contents": CONTENTS["special"], "not_duplicate": "与 TL-2026-X01、TL-2026-X02 事项不同"}
    return office.refused(COORDINATOR, "submit", case, data)


def reader(office: Office, name: str) -> Reader:
    with office.reading() as session:
        return reader_of(session, name)


def listed(office: Office, name: str, **asked: Any) -> list[str]:
    with office.reading() as session:
        return [row.case for row in list_cases(session, reader_of(session, name), **asked)]


def test_the_keys_of_a_town_bar_the_street_it_became(office: Office) -> None:
    """Art. 12: the same target within a year, whatever it is called by now."""
    first = office.special([TUQIAO], "approved")
    free = office.case(first).acted_on
    becomes_a_street(office)
    refused = submits(office, [STREET], "老旧电梯")
    assert set(refused) == {"frequency_target"}
    assert first in refused["frequency_target"]["fact"]
    assert refused["frequency_target"]["earliest"] == free.replace(year=free.year + 1, day=free.day + 1).isoformat()


def test_a_pending_request_of_the_town_holds_the_key_of_the_street(office: Office) -> None:
    office.special([TUQIAO], "submitted")
    becomes_a_street(office)
    assert set(submits(office, [STREET], "老旧电梯")) == {"frequency_target_held"}


def test_a_draft_of_the_town_meets_the_key_of_the_street(office: Office) -> None:
    """A draft made under the old code is asked for after the new code was inspected."""
    draft = office.special([TUQIAO], "drafted", problem="老旧电梯")
    becomes_a_street(office)
    taken = office.special([STREET], "drafted")
    office.does(COORDINATOR, "submit", taken, {"contents": ["9(3)"], "not_duplicate": f"{draft} 事项不同"})
    data = {"contents": ["9(3)"], "not_duplicate": f"{taken} 事项不同"}
    assert set(office.refused(COORDINATOR, "submit", draft, data)) == {"frequency_target_held"}


def test_units_merged_have_the_keys_of_each(office: Office) -> None:
    office.special([TUQIAO], "approved")
    change(office, "merged", (BACHUAN, TUQIAO), ((STREET, "巴川新街道"),))
    assert set(submits(office, [STREET], "老旧电梯")) == {"frequency_target"}


def test_each_part_of_a_unit_that_was_split_has_its_keys(office: Office) -> None:
    office.special([TUQIAO], "approved")
    change(office, "split", (TUQIAO,), ((TUQIAO, None), (STREET, "土桥街道")))
    assert set(submits(office, [STREET], "老旧电梯")) == {"frequency_target"}
    assert set(submits(office, [TUQIAO], "老旧管道")) == {"frequency_target"}


def test_what_the_unit_does_after_a_split_is_its_own(office: Office) -> None:
    change(office, "split", (TUQIAO,), ((TUQIAO, None), (STREET, "土桥街道")))
    office.later()
    office.special([TUQIAO], "approved")
    other = office.special([STREET], "drafted", problem="老旧电梯")
    beside = "与 TL-2026-X01 事项不同"
    assert office.does(COORDINATOR, "submit", other, {"contents": ["9(3)"], "not_duplicate": beside})
    assert office.state(other) == "submitted"


def test_the_duplicate_question_is_asked_of_the_successor(office: Office) -> None:
    """Decree 733 art. 15."""
    first = office.special([TUQIAO], "approved")
    becomes_a_street(office)
    case = office.special([STREET], "drafted", problem="老旧电梯")
    refused = office.refused(COORDINATOR, "submit", case, {"contents": ["9(3)"]})
    assert first in refused["overlap_unexplained"]["fact"]


def test_a_look_back_goes_to_the_successor(office: Office) -> None:
    """Art. 10: the units of the inspection it looks back at, under the codes they have by now."""
    parent = office.special([BACHUAN, TUQIAO])
    becomes_a_street(office)
    given: dict[str, Any] = {
        "kind": "look_back",
        "year": 2026,
        "title": "回头看",
        "parent": parent,
        "reason": "核实整改",
    }
    assert "unit_ended" in office.refused_to_open(targets=[TUQIAO], **given)
    assert "target_not_of_parent" in office.refused_to_open(targets=[NANCHENG], **given)
    assert office.case(office.opens(targets=[STREET], **given)).targets == (STREET,)


def test_a_unit_that_ended_is_not_inspected_any_more(office: Office) -> None:
    becomes_a_street(office)
    refused = office.refused_to_open(kind="special", year=2026, title="专项", problem="老旧电梯", targets=[TUQIAO])
    assert "土桥街道" in refused["unit_ended"]["fact"]


def test_the_open_rectification_passes_to_the_successor(office: Office) -> None:
    """Art. 14: the officer of the street plans, claims and reports what the town was told to rectify."""
    case = office.special([BACHUAN, TUQIAO])
    rectification = office.part(case, "rectification", TUQIAO)
    finding = office.part(case, "finding", TUQIAO)
    due = office.deadline(rectification, running=True).due_on
    answer = becomes_a_street(office)
    assert {case, rectification, finding} <= set(answer.open_cases)
    assert (answer.heir, answer.accounts_moved, answer.accounts_added) == (STREET, ("土桥镇联络员",), (NEW_OFFICER,))
    measure = {"finding": finding, "measure": "补齐台账", "responsible": "张三", "by": str(due)}
    refused = office.refused(OFFICERS[BACHUAN], "file_plan", rectification, {"measures": [measure]})
    assert "not_of_this_unit" in refused
    office.does(NEW_OFFICER, "file_plan", case, {"measures": [measure]})
    office.does(OFFICERS[TUQIAO], "claim", finding, {"note": "台账已补齐", "evidence": EVIDENCE})
    office.does(NEW_OFFICER, "report", rectification, {"summary": "台账已补齐并上墙", "evidence": EVIDENCE})
    assert office.state(rectification) == "reported"
    assert office.deadline(rectification).due_on == due
    assert office.breaks() == []


def test_what_was_served_on_the_town_is_shown_to_the_street(office: Office) -> None:
    case = office.special([BACHUAN, TUQIAO])
    becomes_a_street(office)
    assert case in listed(office, NEW_OFFICER)
    assert case in listed(office, NEW_OFFICER, unit=STREET)
    assert listed(office, COORDINATOR, unit=STREET) == [case]
    [row] = [row for row in _rows(office, procedure="rectification") if row.unit == TUQIAO]
    assert row.unit_name == "土桥镇（现土桥街道）"


def _rows(office: Office, **asked: Any) -> list[Any]:
    with office.reading() as session:
        return list_cases(session, operator(), **asked)


def test_reminders_go_to_whoever_has_the_duty(office: Office) -> None:
    case = office.special([TUQIAO])
    rectification = office.part(case, "rectification", TUQIAO)
    becomes_a_street(office)
    due = office.deadline(rectification, running=True).due_on
    assert due is not None
    office.on(due)
    sweep(office.database, office.clock)
    with office.reading() as session:
        told = notices.find(session, case_id=rectification, kind="deadline")
    assert told and {one.recipient for one in told} == {STREET}


def test_the_board_shows_the_use_under_the_present_unit(office: Office) -> None:
    case = office.special([TUQIAO], "approved")
    becomes_a_street(office)
    with office.reading() as session:
        rows = frequency_board(session, office.clock, operator(), jurisdiction="TL", year=2026).rows
    targets = {row.key: row for row in rows if row.key_kind == "target"}
    assert TUQIAO not in targets
    assert [use.case for use in targets[STREET].uses] == [case]
    assert targets[STREET].load["inspections"] == 1


def test_a_document_carries_the_name_of_its_day(office: Office) -> None:
    """Made after the unit was renamed, the documents of an act say what it was called on the day of the act."""
    case = office.special([TUQIAO], "drafted")
    office.does(COORDINATOR, "submit", case, {"contents": CONTENTS["special"]})
    change(office.later(), "renamed", (TUQIAO,), ((TUQIAO, "土桥街道"),))
    office.does(AUTHORITY, "approve", case, {"note": "同意"})
    office.does(COORDINATOR, "plan", case, plan_of(office, case))
    follow_ups.follow_up(office.database, office.clock, "worker", limit=100)
    with office.reading() as session:
        made = {one.name: one.text for one in documents.of_case(session, case)}
    assert "土桥镇（500151101）" in made["application"]
    assert "土桥街道（500151101）" in made["plan"]


def test_a_succession_is_on_record_and_in_the_chain(office: Office) -> None:
    becomes_a_street(office)
    with office.reading() as session:
        [added, recoded] = unit_journal.recorded(session, "TL")
        assert (added.what.change, added.actor) == ("added", "")
        assert (recoded.actor, recoded.reason, recoded.what.on) == (COORDINATOR, "渝府〔2026〕12号", office.day)
        assert list(unit_journal.breaks(session)) == []
        assert list(account_journal.breaks(session)) == []
        moved = [one for one in account_journal.changes(session, "TL", OFFICERS[TUQIAO]) if one.actor]
        assert [one.after["unit"] for one in moved] == [STREET]
        [told] = notices.find(session, recipient=STREET)
    assert "土桥镇" in told.text


def test_an_edited_record_of_units_is_found(office: Office) -> None:
    becomes_a_street(office)
    with office.writing() as session:
        session.execute(
            unit_journal.CHANGES.update().where(unit_journal.CHANGES.c.seq == 2).values(actor=ADMINISTRATOR)
        )
    with office.reading() as session:
        assert [(one.case_id, one.seq, one.flaw) for one in unit_journal.breaks(session)] == [("units:TL", 2, "edited")]


def test_a_trial_changes_nothing(office: Office) -> None:
    before = dump(office.database)
    assert becomes_a_street(office, dry=True).dry_run
    assert dump(office.database) == before


def test_a_succession_is_not_recorded_twice(office: Office) -> None:
    becomes_a_street(office)
    asked = ("recoded", (TUQIAO,), ((STREET, "土桥街道"),))
    assert refused_change(office, *asked) == {"unit_ended", "unit_code_taken"}


def test_every_unmet_condition_is_named(office: Office) -> None:
    asked = ("recoded", ("500151999", DONGCHENG), ((BACHUAN, "="),))
    refused = refused_change(office, *asked, reason="。", on=date(2027, 1, 1))
    assert refused == {
        "unit_unknown",
        "unit_code_taken",
        "unit_name_unlawful",
        "unit_reason_missing",
        "unit_change_ahead",
    }


@pytest.mark.parametrize("who", [ADMINISTRATOR, SERVICE, OFFICERS[TUQIAO], APPRAISAL])
def test_only_coordinators_change_units(office: Office, who: str) -> None:
    with pytest.raises(NotPermitted):
        becomes_a_street(office, who=who)


def test_a_unit_with_open_duties_is_abolished_only_when_another_takes_them(office: Office) -> None:
    case = office.special([TUQIAO])
    assert refused_change(office, "abolished", (TUQIAO,), ()) == {"unit_duties_open"}
    assert refused_change(office, "abolished", (TUQIAO,), (), heir=TUQIAO) == {"unit_heir_unknown"}
    change(office, "abolished", (TUQIAO,), (), heir=DONGCHENG)
    assert case in listed(office, OFFICERS[DONGCHENG])
    with office.reading() as session:
        assert TUQIAO not in {unit.code for unit in successions.standing(session, "TL")}


def test_the_keys_of_an_abolished_unit_do_not_bar_whoever_has_its_duties(office: Office) -> None:
    """Its duties pass on, and it is another unit all the same."""
    case = office.special([TUQIAO], "approved")
    change(office, "abolished", (TUQIAO,), (), heir=DONGCHENG)
    other = office.special([DONGCHENG], "drafted", problem="老旧电梯")
    office.does(SECOND_COORDINATOR, "submit", other, {"contents": ["9(3)"], "not_duplicate": f"{case} 事项不同"})
    assert office.state(other) == "submitted"


def test_no_account_is_given_to_a_unit_that_ended(office: Office) -> None:
    from casework.administration.account_administration import add_account
    from casework.errors import NotFound
    from states.engine.case import Role

    becomes_a_street(office)
    asked = ActRequest(ADMINISTRATOR, jurisdiction="TL")
    with pytest.raises(NotFound), office.writing() as session:
        add_account(session, office.clock, asked, "李四", [Role.TARGET_OFFICER], TUQIAO)
    with office.reading() as session:
        assert accounts.load(session, "TL", NEW_OFFICER) is not None


# controls: chance meets these too rarely, so the way to them is laid


def test_a_key_that_does_not_follow_the_unit_is_found_out(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequency, "of_line", lambda key, became: frozenset({key}))
    first = office.special([TUQIAO], "approved")
    becomes_a_street(office)
    office.later()
    second = office.special([STREET], "drafted", problem="老旧电梯")
    beside = f"{first} 事项不同"
    office.does(COORDINATOR, "submit", second, {"contents": CONTENTS["special"], "not_duplicate": beside})
    with office.reading() as session:
        assert {one.name for one in invariants.windows(session)} == {"windows"}


def test_a_line_of_units_kept_to_the_limit_breaks_no_invariant(office: Office) -> None:
    office.special([TUQIAO], "approved")
    becomes_a_street(office)
    office.special([BACHUAN], "approved", problem="老旧电梯")
    with office.reading() as session:
        assert list(invariants.windows(session)) == []
        assert list(unborne(session, _open(office))) == []


def test_duties_that_nobody_takes_over_are_found_out(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit_checks, "_heir", lambda *_: iter(()))
    case = office.special([TUQIAO])
    change(office, "abolished", (TUQIAO,), ())
    with office.reading() as session:
        assert case in {one.where for one in unborne(session, _open(office))}


def _open(office: Office) -> list[Case]:
    with office.reading() as session:
        return cases.find(session, jurisdiction="TL", open=True)
