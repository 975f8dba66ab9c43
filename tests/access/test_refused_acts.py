"""A refused act tells an account without a role in it nothing about other units (decision 0180)."""

from __future__ import annotations

from tests.casework.office import BACHUAN, COORDINATOR, OFFICERS, TUQIAO, Office


def test_an_officer_who_tries_to_close_learns_only_that_the_role_is_missing(office: Office) -> None:
    case = office.special([BACHUAN, TUQIAO])
    assert set(office.refused(OFFICERS[BACHUAN], "close", case)) == {"role_missing"}
    assert "rectifications_open" in office.refused(COORDINATOR, "close", case)


def test_nor_from_an_act_out_of_order_or_a_form_that_does_not_fit(office: Office) -> None:
    case = office.special([BACHUAN, TUQIAO], to="filed")
    assert set(office.refused(OFFICERS[BACHUAN], "publish", case)) == {"role_missing"}
