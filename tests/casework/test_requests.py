"""The same request again gets the same answer: whatever happens between the commit and whoever asked."""

from __future__ import annotations

from datetime import date

import pytest

from casework import do_act
from casework.acts.act_models import ActRequest
from casework.errors import Conflict
from states.engine.refusals import ActRefused
from tests.casework.office import AUTHORITY, BACHUAN, COORDINATOR, SECOND_COORDINATOR, Office, dump
from tests.casework.processes import Wanted, together

APPLICATION = {"kind": "special", "year": 2026, "title": "专项", "targets": [BACHUAN], "problem": "无证经营"}
SUBMITTED = {"contents": ["9(3)"]}


def test_the_same_request_again_gets_the_same_answer_and_changes_nothing(office: Office) -> None:
    case = office.special([BACHUAN], to="drafted")
    first = office.does(COORDINATOR, "submit", case, SUBMITTED, key="k1")
    before = dump(office.database)
    again = office.does(COORDINATOR, "submit", case, SUBMITTED, key="k1")
    assert again == {**first, "repeated": True}
    assert dump(office.database) == before


def test_an_opening_asked_again_opens_nothing_and_shows_what_it_showed(office: Office) -> None:
    with office.writing() as session:
        asked = ActRequest(COORDINATOR, office.day, "k1")
        first = do_act.open_inspection(session, office.clock, asked, APPLICATION)
    office.special([BACHUAN], to="drafted")
    with office.writing() as session:
        again = do_act.open_inspection(session, office.clock, asked, APPLICATION)
    assert again == first.model_copy(update={"repeated": True})


@pytest.mark.parametrize("other", ["data", "act", "who", "day"])
def test_the_same_key_for_something_else_is_an_error(office: Office, other: str) -> None:
    case = office.special([BACHUAN], to="drafted")
    office.does(COORDINATOR, "submit", case, SUBMITTED, key="k1")
    before = dump(office.database)
    with pytest.raises(Conflict) as refused:
        office.later(other == "day").does(
            SECOND_COORDINATOR if other == "who" else COORDINATOR,
            "plan" if other == "act" else "submit",
            case,
            {"contents": ["9(4)"]} if other == "data" else SUBMITTED,
            key="k1",
        )
    assert refused.value.code == "key_reused" and refused.value.fact and refused.value.cure
    assert dump(office.database) == before


def test_a_refused_request_leaves_its_key_free(office: Office) -> None:
    case = office.special([BACHUAN], to="submitted")
    with pytest.raises(ActRefused), office.writing() as session:
        do_act.do_act(
            session, office.clock, ActRequest(COORDINATOR, office.day, "k1"), case, "approve", {"note": "同意"}
        )
    assert office.does(AUTHORITY, "approve", case, {"note": "同意"}, key="k1")["state"] == "approved"


def test_one_request_sent_by_many_processes_at_once_is_done_once(office: Office) -> None:
    case = office.special([BACHUAN], to="submitted")
    wanted = Wanted(AUTHORITY, "approve", case, {"note": "同意"}, key="k1")
    answers = [one.answer for [one] in together(office, [[wanted]] * 6)]
    [first] = [one for one in answers if one is not None and "repeated" not in one]
    assert [one for one in answers if one != first] == [{**first, "repeated": True}] * 5


def test_what_a_yaml_file_makes_of_days_has_a_fingerprint_too(office: Office) -> None:
    case = office.special([BACHUAN], to="consented")
    day = {"number": "铜质督〔2026〕1号", "bulletin_on": office.day}
    first = office.does(COORDINATOR, "publish", case, day, key="k1")
    assert office.does(COORDINATOR, "publish", case, {**day, "bulletin_on": office.day.isoformat()}, key="k1") == {
        **first,
        "repeated": True,
    }
    assert isinstance(day["bulletin_on"], date)
