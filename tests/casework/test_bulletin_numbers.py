"""A bulletin's number is unique in its year, also for two that are published at one moment (Tongliang art. 13(5))."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from casework import do_act
from casework.acts.act_models import ActRequest
from casework.clock import FixedClock
from states.engine.refusals import ActRefused
from storage.errors import Overtaken
from tests.casework.office import BACHUAN, COORDINATOR, DONGCHENG, Office

NUMBER = "铜质督〔2026〕3号"


def consented(office: Office) -> list[str]:
    """Two inspections whose bulletins are to be published."""
    return [office.special([unit], to="consented", problem=f"问题{unit}") for unit in (BACHUAN, DONGCHENG)]


def test_a_number_is_used_once(office: Office) -> None:
    first, second = consented(office)
    office.does(COORDINATOR, "publish", first, {"number": NUMBER})
    refused = office.refused(COORDINATOR, "publish", second, {"number": "铜质督[2026]03号"})
    assert set(refused) == {"number_taken"} and first in refused["number_taken"]["fact"]
    assert set(office.refused(COORDINATOR, "publish", second)) == {"bulletin_unnumbered"}
    office.does(COORDINATOR, "publish", second, {"number": "铜质督〔2026〕4号"})


def test_of_two_at_one_moment_one_gets_it(office: Office) -> None:
    pair = consented(office)
    day = FixedClock.on(office.day)

    def publish(case: str) -> bool:
        with suppress(ActRefused, Overtaken), office.database.writing() as session:
            do_act.do_act(
                session, day, ActRequest(COORDINATOR, office.day, None, "TL"), case, "publish", {"number": NUMBER}
            )
            return True
        return False

    with ThreadPoolExecutor(2) as at_once:
        assert sorted(at_once.map(publish, pair)) == [False, True]
    assert sorted(office.state(case) for case in pair) == ["consented", "published"]
