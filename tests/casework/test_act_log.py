"""What each act leaves in the log: one record with codes and names of ours, and nothing that anybody wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import telemetry
from casework import do_act
from casework.acts.act_models import ActRequest
from casework.errors import NotFound, NotPermitted
from casework.nightly import follow_ups, sweeping
from states.engine.forms.reading import FormRefused
from states.engine.refusals import ActRefused
from storage.cases.case_writing import StaleCase
from tests.casework.office import AUTHORITY, BACHUAN, COORDINATOR, OFFICERS, Office
from tests.telemetry.logs import records

TYPED = "王某某"
SUBMITTED = {"contents": ["9(3)"], "note": TYPED}


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """The folder of a log in which everything is recorded."""
    folder = tmp_path / "log"
    with telemetry.logging_to(telemetry.Log("cli", lambda: folder)), telemetry.request("one-request"):
        yield folder


def facts(record: dict[str, Any]) -> dict[str, Any]:
    """A record without what differs from run to run."""
    assert record["process"] == "cli" and record["request"] == "one-request" and record["ms"] > 0
    return {name: value for name, value in record.items() if name not in {"time", "process", "pid", "request", "ms"}}


def test_an_act_is_recorded_with_who_did_it_in_which_role(office: Office, log: Path) -> None:
    case = office.opens(kind="special", year=2026, title=TYPED, targets=[BACHUAN], problem=TYPED)
    office.does(COORDINATOR, "submit", case, SUBMITTED, key="k1")
    office.does(COORDINATOR, "submit", case, SUBMITTED, key="k1")
    done = {"level": "info", "event": "act", "case": case, "actor": COORDINATOR}
    assert [facts(record) for record in records(log)] == [
        done | {"act": "open", "version": 1, "role": "coordinator", "result": "done"},
        done | {"act": "submit", "version": 2, "role": "coordinator", "result": "done"},
        done | {"act": "submit", "version": 2, "result": "repeated"},
    ]
    assert TYPED not in "".join(file.read_text(encoding="utf-8") for file in log.iterdir())


def test_an_act_that_was_not_committed_was_not_done(office: Office, log: Path) -> None:
    case = office.special([BACHUAN], to="drafted")
    before = len(records(log))
    with pytest.raises(KeyboardInterrupt), office.writing() as session:
        do_act.do_act(session, office.clock, ActRequest(COORDINATOR), case, "submit", SUBMITTED)
        raise KeyboardInterrupt
    assert len(records(log)) == before


def test_a_refusal_is_recorded_with_every_code(office: Office, log: Path) -> None:
    case = office.special([BACHUAN], to="drafted")
    officer = OFFICERS[BACHUAN]
    office.refused(officer, "submit", case, SUBMITTED, dated="2030-01-01")
    refused = {"level": "warning", "event": "refusal", "case": case, "act": "submit", "actor": officer}
    last = facts(records(log)[-1])
    codes = last.pop("codes")
    assert {"dated_in_the_future", "role_missing"} <= set(codes) and len(set(codes)) == len(codes)
    assert last == refused | {"role": "target_officer", "result": "refused"}


def test_a_refusal_that_is_only_about_who_asks_is_not_permitted(office: Office, log: Path) -> None:
    case = office.special([BACHUAN], to="submitted")
    office.refused(OFFICERS[BACHUAN], "approve", case, {"note": TYPED})
    assert (records(log)[-1]["result"], records(log)[-1]["codes"]) == ("not_permitted", ["role_missing"])


@pytest.mark.parametrize(
    ("who", "case", "act", "data", "error", "result", "codes"),
    [
        (TYPED, "TL-2026-X01", "submit", {}, NotPermitted, "not_permitted", ["account_unknown"]),
        (COORDINATOR, TYPED, "submit", {}, NotFound, "not_found", ["case_unknown"]),
        (COORDINATOR, "TL-2026-X01", TYPED, {}, ActRefused, "refused", ["act_unknown"]),
        (COORDINATOR, "TL-2026-X01", "submit", {TYPED: 1}, FormRefused, "refused", ["form_unknown"]),
    ],
)
def test_what_somebody_typed_is_in_no_record(
    office: Office, log: Path, who: str, case: str, act: str, data: Any, error: Any, result: str, codes: list[str]
) -> None:
    assert office.special([BACHUAN], to="drafted") == "TL-2026-X01"
    with pytest.raises(error):
        office.does(who, act, case, data)
    record = records(log)[-1]
    assert (record["event"], record["result"]) == ("refusal", result)
    assert set(codes) <= set(record["codes"])
    assert TYPED not in "".join(file.read_text(encoding="utf-8") for file in log.iterdir())


@pytest.mark.parametrize(
    ("make", "event", "result"),
    [(lambda: RuntimeError(TYPED), "act", "failed"), (lambda: StaleCase(TYPED, 1), "refusal", "overtaken")],
)
def test_what_fails_is_recorded_once(
    office: Office, log: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[], Exception], event: str, result: str
) -> None:
    error = make()
    case = office.special([BACHUAN], to="drafted")

    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("casework.acts.act_transaction.journal.write", broken)
    before = len(records(log))
    with pytest.raises(type(error)):
        office.does(COORDINATOR, "submit", case, SUBMITTED)
    telemetry.failed(error)
    [record] = records(log)[before:]
    assert (record["event"], record["result"], record["case"]) == (event, result, case)
    assert TYPED not in str(record)


def test_following_up_and_sweeping_are_recorded(office: Office, log: Path) -> None:
    office.special([BACHUAN], to="submitted")
    before = len(records(log))
    follow_ups.follow_up(office.database, office.clock, "worker", limit=10)
    sweeping.sweep(office.database, office.clock)
    found = [facts(record) for record in records(log)[before:]]
    assert [(one["event"], one["result"]) for one in found] == [("follow_up", "done")] * 2 + [("sweep", "done")]
    assert [(one["act"], one["version"]) for one in found[:2]] == [("open", 1), ("submit", 2)]
    assert (found[-1]["night"], found[-1]["nights"], found[-1]["issued"]) == (office.day.isoformat(), 1, 0)


def test_a_follow_up_that_fails_is_recorded_with_its_act(
    office: Office, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.special([BACHUAN], to="drafted")

    def broken(*_: object) -> None:
        raise RuntimeError(TYPED)

    monkeypatch.setattr(follow_ups, "compose", broken)
    with pytest.raises(RuntimeError):
        follow_ups.follow_up(office.database, office.clock, "worker")
    record = records(log)[-1]
    assert (record["event"], record["result"], record["case"], record["act"]) == ("follow_up", "failed", case, "open")
    assert record["error"][0]["type"] == "builtins.RuntimeError" and TYPED not in str(record)


def test_where_an_office_approves_the_role_is_its_own(office: Office, log: Path) -> None:
    office.special([BACHUAN], to="approved")
    record = records(log)[-1]
    assert (record["actor"], record["role"], record["act"]) == (AUTHORITY, "authority", "approve")
