"""A stage's flow does its act, follows it up once, and answers a refusal with its reasons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from access.reader import operator
from casework.clock import FixedClock
from casework.nightly import follow_ups
from casework.views import access_list, message_lists
from flows.opening import open_inspection
from flows.runtime import simulated_clock
from flows.stages import STAGE_FLOWS
from tests.casework.office import BACHUAN, COORDINATOR, SERVICE, TUQIAO, Office, dump
from tests.flows.runs import artifacts_of, came_of, final, refused_with, rows_of, run_of

pytestmark = pytest.mark.usefixtures("prefect_server")
application, approval, bulletin = (STAGE_FLOWS[stage] for stage in ("application", "approval", "bulletin"))


@pytest.fixture
def drafted(office: Office) -> str:
    """A drafted inspection whose opening was followed up."""
    case = office.opens(
        kind="special", year=2026, title="小作坊专项督察", targets=[BACHUAN], problem="无证", reason="投诉"
    )
    follow_ups.follow_up(office.database, office.clock, "test", limit=10)
    return case


def kept(office: Office) -> tuple[int, int]:
    """How many documents and notices there are."""
    tables = dump(office.database)
    return len(tables["document"]), len(tables["notice"])


def codes(state: Any) -> set[str]:
    return {refusal.code for refusal in refused_with(state).refusal_views()}


def test_an_inspection_is_opened_and_its_run_bears_its_number(office: Office) -> None:
    opened = final(
        open_inspection(
            kind="special",
            year=2026,
            title="小作坊",
            targets=[BACHUAN, TUQIAO],
            problem="无证",
            jurisdiction="TL",
            return_state=True,
        )
    )
    run = run_of(opened)
    assert office.state("TL-2026-X01") == "drafted"
    assert office.case("TL-2026-X01").opened_by == SERVICE
    assert run.name == "TL-2026-X01 · 立项"
    assert set(run.tags) == {"TL-2026-X01", "立项申请", "专项督察", "巴川街道", "土桥镇"}
    assert set(artifacts_of(opened)) == {"case-tl-2026-x01", "summary-tl-2026-x01"}


def test_an_act_is_done_and_followed_up_in_one_run(office: Office, drafted: str) -> None:
    before = kept(office)
    done = final(application(case=drafted, act="submit", data={"contents": ["9(3)"]}, return_state=True))
    assert office.state(drafted) == "submitted"
    assert done.name == "Completed"
    assert done.message is not None and f"{drafted} 现为“待审批”" in done.message
    assert run_of(done).name == f"{drafted} · 报批"
    assert follow_ups.pending(office.database) == []
    assert kept(office) > before


def test_following_up_again_changes_nothing_but_the_tables(office: Office, drafted: str) -> None:
    office.does(COORDINATOR, "submit", drafted, {"contents": ["9(3)"]})
    first = final(application(case=drafted, return_state=True))
    after = dump(office.database, besides="access_record")
    second = final(application(case=drafted, return_state=True))
    assert came_of(first)["acts"] == [f"{drafted} submit"]
    assert came_of(second)["acts"] == []
    assert dump(office.database, besides="access_record") == after


def test_a_stage_leaves_alone_what_waits_in_another(office: Office, drafted: str) -> None:
    office.does(COORDINATOR, "submit", drafted, {"contents": ["9(3)"]})
    assert came_of(final(bulletin(case=drafted, return_state=True)))["acts"] == []
    assert len(follow_ups.pending(office.database)) == 1


def test_a_follow_up_that_breaks_off_is_done_again_without_doubling(
    office: Office, drafted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.does(COORDINATOR, "submit", drafted, {"contents": ["9(3)"]})

    def broken(*_: object) -> int:
        raise ConnectionError("gone")

    with monkeypatch.context() as during:
        during.setattr(follow_ups, "notify", broken)
        failed = final(application(case=drafted, return_state=True))
    assert failed.is_failed()
    [waiting] = follow_ups.pending(office.database)
    documents = kept(office)[0]
    later = FixedClock(office.clock.now() + timedelta(days=365))
    with simulated_clock(later):
        again = final(application(case=drafted, return_state=True))
    assert came_of(again)["acts"] == [f"{waiting.case} {waiting.act}"]
    assert kept(office)[0] == documents
    with office.reading() as session:
        assert [one.key for one in message_lists.list_messages(session, operator(), case_id=drafted)].count(
            f"{drafted}:2:task:authority"
        ) == 1


def test_a_refused_run_says_every_reason_and_does_not_look_done(office: Office, drafted: str) -> None:
    office.does(COORDINATOR, "submit", drafted, {"contents": ["9(3)"]})
    before = dump(office.database)
    refused = final(approval(case=drafted, act="approve", note="同意", return_state=True))
    assert refused.is_cancelled()
    assert refused.name == "不予办理"
    assert refused.message is not None
    assert refused.message.startswith("不予办理，共")
    assert codes(refused) >= {"role_missing", "only_in_person"}
    [table] = artifacts_of(refused).values()
    assert table.key == f"refused-{drafted.lower()}"
    assert set(run_of(refused).tags) == {drafted, "报告审批"}
    assert {row["由谁"] for row in rows_of(table)} == {"区委、区政府"}
    assert dump(office.database) == before


def test_what_cannot_be_read_or_found_is_refused_likewise(drafted: str) -> None:
    misspelt = final(application(case=drafted, act="submit", data={"content": ["9(3)"]}, return_state=True))
    unknown = final(application(case="TL 2026/X99", act="submit", return_state=True))
    nowhere = final(application(case="TL-2026-X99", return_state=True))
    assert [state.name for state in (misspelt, unknown, nowhere)] == ["不予办理"] * 3
    assert any("contents" in view.cure for view in refused_with(misspelt).refusal_views())
    assert codes(unknown) == codes(nowhere) == {"case_unknown"}


def test_every_stage_of_an_inspection_is_followed_up_by_its_flow(office: Office) -> None:
    case = office.special(to="published")
    followed: dict[str, int] = {}
    for stage, flow in STAGE_FLOWS.items():
        while acts := came_of(final(flow(case=case, return_state=True)))["acts"]:
            followed[stage] = followed.get(stage, 0) + len(acts)
    assert follow_ups.pending(office.database) == []
    assert list(followed) == ["application", "approval", "plan", "team", "visits", "feedback", "bulletin"]


def test_what_the_pages_of_a_run_show_is_on_record_as_read_by_the_service_account(office: Office, drafted: str) -> None:
    final(application(case=drafted, return_state=True))
    with office.reading() as session:
        [read] = access_list.list_reads(session, operator())
    assert (read.account, read.kind, read.case, read.found) == (SERVICE, "case", drafted, True)
    assert read.request is not None and read.request.startswith("flow-run:")
