"""What rests on a correction follows it: keys, deadlines and documents; the invariant finds what does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casework.acts import act_transaction, frequency_keys
from casework.inspection import case_documents
from casework.nightly.follow_ups import follow_up
from simulation.inspection import correction_checks
from states.engine.frequency import Key
from storage.cases import frequency
from storage.messages import documents
from tests.casework.office import (
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    LEADERS,
    NANCHENG,
    Office,
)


def correcting(act: str, field: str, value: str) -> dict[str, Any]:
    return {"act": act, "field": field, "value": value, "note": "登记时写错"}


def follow_all(office: Office) -> None:
    while follow_up(office.database, office.clock, "test", limit=50):
        pass


def wrong(office: Office, case: str) -> list[str]:
    with office.reading() as session:
        return [one.detail for one in correction_checks.of_inspection(session, office.case(case))]


def bulletins(office: Office, case: str) -> list[str]:
    with office.reading() as session:
        return [one.text for one in documents.of_case(session, case) if one.name == "bulletin"]


def topics(office: Office, case: str) -> list[tuple[Key, date, date | None]]:
    with office.reading() as session:
        uses = (row.use for row in frequency.board(session, "TL", 2026))
        return [(use.key, use.since, use.until) for use in uses if use.case == case and use.key.kind == "problem"]


def published(office: Office) -> str:
    """Published with a bulletin dated the day before by mistake, and followed up."""
    case = office.on("2026-06-01").special([BACHUAN], to="consented")
    data = {"number": "铜质督〔2026〕9号", "bulletin_on": "2026-09-07"}
    office.on("2026-09-08").does(COORDINATOR, "publish", case, data)
    follow_all(office)
    return case


def test_the_bulletin_is_written_anew_and_the_earlier_one_is_kept(office: Office) -> None:
    case = published(office)
    office.later().does(COORDINATOR, "correct", case, correcting("publish", "bulletin_on", "2026-09-08"))
    follow_all(office)
    first, second = bulletins(office, case)
    assert "通报日期：2026-09-07" in first and "通报日期：2026-09-08" in second
    assert wrong(office, case) == []


def test_a_finding_corrected_after_the_bulletin_issues_it_anew(office: Office) -> None:
    case = published(office)
    for text in ("小作坊无证经营三家", "小作坊无证经营四家"):
        office.later().does(AUTHORITY, "correct", f"{case}-F01", correcting("record", "text", text))
        follow_all(office)
        assert text in bulletins(office, case)[-1]
    assert len(bulletins(office, case)) == 3
    assert office.breaks() == []
    assert wrong(office, case) == []


def test_the_problem_is_corrected_by_the_authority_and_its_key_follows(office: Office) -> None:
    case = published(office)
    said = correcting("open", "problem", "超范围经营")
    assert set(office.refused(COORDINATOR, "correct", case, said)) == {"role_missing"}
    [(_, since, until)] = topics(office, case)
    office.does(AUTHORITY, "correct", case, said)
    assert topics(office, case) == [(Key("problem", "超范围经营"), since, until)]
    assert office.case(case).dossier["corrections"][0]["was"] == "小作坊无证经营"
    freed = office.special([NANCHENG], to="approved", problem="小作坊无证经营")
    assert topics(office, freed)
    assert wrong(office, case) == []


def test_a_corrected_topic_that_another_inspection_has_is_refused(office: Office) -> None:
    other = office.special([DONGCHENG], to="approved", problem="超范围经营")
    case = office.later().special([BACHUAN], to="approved")
    refused = office.refused(AUTHORITY, "correct", case, correcting("open", "problem", "超范围 经营"))
    assert set(refused) == {"frequency_problem"}
    assert other in refused["frequency_problem"]["fact"]
    office.does(AUTHORITY, "correct", case, correcting("open", "problem", "标签不全"))


def test_the_title_is_corrected_with_every_document_that_bears_it(office: Office) -> None:
    case = published(office)
    office.does(AUTHORITY, "correct", case, correcting("open", "title", "食品小作坊专项督察"))
    follow_all(office)
    assert office.case(case).title == "食品小作坊专项督察"
    with office.reading() as session:
        last = {one.name: one.title for one in documents.of_case(session, case)}
    assert {name for name, title in last.items() if "食品小作坊专项督察" not in title} == set()
    assert wrong(office, case) == []


@pytest.mark.parametrize("to", ["drafted", "submitted"])
def test_before_the_approval_the_application_is_edited(office: Office, to: str) -> None:
    case = office.special([BACHUAN], to=to)
    for who in (COORDINATOR, AUTHORITY):
        refused = office.refused(who, "correct", case, correcting("open", "title", "专项督察"))
        assert set(refused) == {"edited_until_approved"}


def test_nobody_else_corrects_what_was_approved(office: Office) -> None:
    case = office.special([BACHUAN], to="approved")
    assert "role_missing" in office.refused(LEADERS[0], "correct", case, correcting("open", "title", "专项督察"))


# controls


def test_a_key_left_behind_is_found_out(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case = published(office)
    monkeypatch.setattr(frequency_keys, "follow_topic", lambda *_: None)
    office.does(AUTHORITY, "correct", case, correcting("open", "problem", "超范围经营"))
    follow_all(office)
    assert len(wrong(office, case)) == 1


def test_a_deadline_left_behind_is_found_out(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case = published(office)
    monkeypatch.setattr(act_transaction, "correct_deadlines", lambda *_: None)
    office.does(COORDINATOR, "correct", case, correcting("publish", "bulletin_on", "2026-09-08"))
    follow_all(office)
    assert wrong(office, case) == ["2026-09-07, 2026-09-08"]


def test_a_bulletin_left_behind_is_found_out(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case = published(office)
    monkeypatch.setattr(case_documents, "_acts_corrected", lambda case: ())
    office.does(COORDINATOR, "correct", case, correcting("publish", "bulletin_on", "2026-09-08"))
    assert wrong(office, case) == []
    follow_all(office)
    assert wrong(office, case) == ["bulletin: 2026-09-08"]
