"""A significant matter that is left lying is reminded of, hop by hop (Tongliang art. 19)."""

from __future__ import annotations

from casework.nightly.sweeping import sweep
from storage.cases import deadlines
from storage.messages import notices
from tests.casework.office import AUTHORITY, BACHUAN, COORDINATOR, LEADERS, Office

MATTER = {"matter": "疑似制假", "facts": "现场发现"}


def due(office: Office, matter: str) -> list[str]:
    """The days on which the next step is due; none when nothing is."""
    with office.reading() as session:
        return [str(one.due_on) for one in deadlines.of_case(session, matter, running=True)]


def test_each_hop_is_due_in_three_working_days_and_the_last_ends_it(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    office.on("2026-03-16")
    matter = office.does(LEADERS[0], "raise_matter", case, MATTER)["case"]
    assert due(office, matter) == ["2026-03-19"]
    for day, who, act, data, next_due in (
        ("2026-03-17", COORDINATOR, "receive", {}, ["2026-03-20"]),
        ("2026-03-20", COORDINATOR, "forward", {}, ["2026-03-25"]),
        ("2026-03-23", AUTHORITY, "instruct", {"note": "立即查处"}, ["2026-03-26"]),
        ("2026-03-30", COORDINATOR, "conclude", {"note": "已移交"}, []),
    ):
        office.on(day).does(who, act, matter, data)
        assert due(office, matter) == next_due


def test_what_lies_is_reminded_of_and_goes_up(office: Office) -> None:
    case = office.special([BACHUAN], to="under_way")
    office.on("2026-03-16")
    matter = office.does(LEADERS[0], "raise_matter", case, MATTER)["case"]
    office.on("2026-04-10")
    sweep(office.database, office.clock)
    with office.reading() as session:
        reminded = notices.find(session, case_id=matter)
        told = {role for one in reminded for role in one.recipient_role.split(",")}
    assert {"coordinator", "supervision_office", "authority"} <= told
    assert "target_officer" not in told
