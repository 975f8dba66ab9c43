"""Corrections (更正): both versions stay, deadlines follow, and nothing becomes true that would have been refused."""

from __future__ import annotations

from typing import Any

import pytest

from states.engine.forms.reading import FormRefused
from tests.casework.office import (
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    LEADERS,
    OFFICERS,
    SECOND_COORDINATOR,
    Office,
)

NUMBER = "铜质督〔2026〕9号"


def correcting(act: str, field: str, value: str, **more: Any) -> dict[str, Any]:
    return {"act": act, "field": field, "value": value, "note": "登记时写错", **more}


def published(office: Office) -> str:
    """Published on Tuesday the eighth of September 2026, with a bulletin dated the seventh by mistake."""
    case = office.on("2026-06-01").special([BACHUAN], to="consented")
    office.on("2026-09-08").does(COORDINATOR, "publish", case, {"number": NUMBER, "bulletin_on": "2026-09-07"})
    return case


def test_the_day_of_the_bulletin_is_corrected_and_the_term_follows(office: Office) -> None:
    case = published(office)
    before = office.deadline(f"{case}-R01")
    office.later().does(COORDINATOR, "correct", case, correcting("publish", "bulletin_on", "2026-09-08"))
    after = office.deadline(f"{case}-R01")
    assert (before.deadline.start.isoformat(), after.deadline.start.isoformat()) == ("2026-09-07", "2026-09-08")
    assert before.due_on is not None and after.due_on is not None and after.due_on > before.due_on
    assert office.case(f"{case}-R01").dossier["order"]["bulletin_on"] == "2026-09-08"


def test_both_versions_stay(office: Office) -> None:
    case = published(office)
    office.later().does(COORDINATOR, "correct", case, correcting("publish", "bulletin_on", "2026-09-08"))
    dossier = office.case(case).dossier
    [kept] = dossier["corrections"]
    assert dossier["bulletin"]["bulletin_on"] == "2026-09-08"
    assert dossier["bulletin"]["on"] == "2026-09-08"
    assert (kept["was"], kept["value"], kept["by"], kept["note"]) == (
        "2026-09-07",
        "2026-09-08",
        COORDINATOR,
        "登记时写错",
    )
    assert office.breaks() == []


@pytest.mark.parametrize(
    ("value", "code"), [("2026-06-01", "bulletin_before_consent"), ("2026-09-09", "bulletin_in_the_future")]
)
def test_a_correction_is_refused_what_the_act_would_have_been_refused(office: Office, value: str, code: str) -> None:
    case = published(office)
    refused = office.later(10).refused(COORDINATOR, "correct", case, correcting("publish", "bulletin_on", value))
    assert set(refused) == {code}


def test_a_number_that_another_bulletin_bears_is_refused(office: Office) -> None:
    case = published(office)
    refused = office.refused(COORDINATOR, "correct", case, correcting("publish", "number", "铜质督〔2025〕9号"))
    assert set(refused) == {"number_of_another_year"}
    office.does(COORDINATOR, "correct", case, correcting("publish", "number", "铜质督〔2026〕10号"))
    assert office.case(case).dossier["bulletin"]["number"] == "铜质督〔2026〕10号"


def test_a_value_that_the_field_does_not_take_is_an_error_of_the_form(office: Office) -> None:
    case = published(office)
    with pytest.raises(FormRefused):
        office.does(COORDINATOR, "correct", case, correcting("publish", "bulletin_on", "昨天"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (correcting("approve", "note", "不同意"), "nothing_to_correct"),
        (correcting("publish", "number", "铜质督〔2026〕8号", time=2), "nothing_to_correct"),
        (correcting("publish", "note", "另写"), "field_not_correctable"),
        (correcting("publish", "number", NUMBER), "correction_changes_nothing"),
    ],
)
def test_what_has_an_act_of_its_own_is_not_corrected(office: Office, data: dict[str, Any], code: str) -> None:
    case = published(office)
    assert set(office.refused(COORDINATOR, "correct", case, data)) == {code}


@pytest.mark.parametrize("who", [LEADERS[0], OFFICERS[BACHUAN], AUTHORITY])
def test_nobody_corrects_what_they_could_not_do(office: Office, who: str) -> None:
    case = published(office)
    assert "role_missing" in office.refused(who, "correct", case, correcting("publish", "bulletin_on", "2026-09-08"))


def test_what_was_published_of_a_finding_is_corrected_by_the_authority(office: Office) -> None:
    case = published(office)
    finding, said = f"{case}-F01", correcting("record", "text", "小作坊无证经营三家")
    assert "role_missing" in office.refused(LEADERS[0], "correct", finding, said)
    was = office.case(finding).dossier["finding"]["text"]
    office.does(AUTHORITY, "correct", finding, said)
    kept = office.case(finding).dossier
    assert (kept["finding"]["text"], kept["corrections"][0]["was"]) == ("小作坊无证经营三家", was)
    assert office.case(finding).title == "小作坊无证经营三家"


def test_the_rectification_follows_the_bulletin_and_is_not_corrected_alone(office: Office) -> None:
    case = published(office)
    said = correcting("open", "bulletin_on", "2026-09-08")
    assert set(office.refused(COORDINATOR, "correct", f"{case}-R01", said)) == {"bulletin_corrected_elsewhere"}


def test_a_correction_can_be_corrected_again_by_another_coordinator(office: Office) -> None:
    case = published(office)
    office.later().does(COORDINATOR, "correct", case, correcting("publish", "bulletin_on", "2026-09-08"))
    office.later().does(SECOND_COORDINATOR, "correct", case, correcting("publish", "bulletin_on", "2026-09-07"))
    assert [kept["was"] for kept in office.case(case).dossier["corrections"]] == ["2026-09-07", "2026-09-08"]
    assert office.deadline(f"{case}-R01").deadline.start.isoformat() == "2026-09-07"
    assert office.breaks() == []


def test_what_was_corrected_is_shown_by_the_names_of_act_and_field(office: Office) -> None:
    case = office.special([BACHUAN])
    correction = {"act": "publish", "field": "number", "value": "铜质督〔2026〕9号", "note": "文号有误"}
    office.does(COORDINATOR, "correct", case, correction)
    [written] = [one for one in office.shown(case)["written"] if one["act"] == "correct"]
    [field] = written["fields"]
    assert (field["title"], field["text"]) == ("更正“通报”的通报发文字号", "铜质督〔2026〕9号")
