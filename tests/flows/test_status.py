"""What a monitor is answered: whether the service does its work, and its figures. No Prefect is needed for either."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError

import pytest
from prometheus_client.parser import text_string_to_metric_families

import telemetry
from casework.clock import SHANGHAI, FixedClock
from casework.nightly import follow_ups, mailing, sweeping
from flows import runtime as flows_office
from flows.service import health_checks, metrics
from flows.service.health_checks import checks
from flows.service.metrics import ServiceMetrics, exposition
from flows.service.status_server import status_server
from telemetry.totals import LogReader
from tests.casework.office import BACHUAN, COORDINATOR, OFFICERS, Office
from tests.flows.services import OPENER, free_port
from tests.telemetry.logs import records

SILENT = "http://127.0.0.1:1/api"


class Answers(BaseHTTPRequestHandler):
    """A stand-in for Prefect's server that is well."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@contextmanager
def prefect() -> Iterator[str]:
    """The address of a server that answers."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api"
        server.shutdown()


@pytest.fixture
def at(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[timedelta], None]]:
    """Sets how long after the day of the office it is; Prefect answers until something else is set."""

    def moved(later: timedelta) -> None:
        clock = FixedClock(FixedClock.on(office.day).at + later)
        for module in (health_checks, metrics):
            monkeypatch.setattr(module, "clock", lambda: clock)

    moved(timedelta())
    with prefect() as url:
        monkeypatch.setenv("PREFECT_API_URL", url)
        yield moved


@pytest.fixture
def log(tmp_path: Path) -> Iterator[LogReader]:
    """The totals of a log that is being written."""
    folder = tmp_path / "log"
    folder.mkdir()
    with telemetry.logging_to(telemetry.Log("cli", lambda: folder)):
        yield LogReader(folder)


def measured(log: LogReader | None = None) -> dict[str, dict[str, float]]:
    """Every sample: by its name, and by the value of its label, if it has one."""
    found: dict[str, dict[str, float]] = {}
    for family in text_string_to_metric_families(exposition(ServiceMetrics(log)).decode()):
        for sample in family.samples:
            found.setdefault(sample.name, {})["".join(sample.labels.values())] = sample.value
    return found


def test_where_all_is_well_every_check_holds(at: object) -> None:
    assert checks() == {"database": True, "prefect": True, "sweep": True, "follow_up": True}


def test_prefect_that_is_silent_is_noticed(at: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", SILENT)
    assert checks() == {"database": True, "prefect": False, "sweep": True, "follow_up": True}
    assert (measured()["ducha_prefect_reachable"], measured()["ducha_database_reachable"]) == ({"": 0}, {"": 1})


def test_a_database_that_is_gone_is_noticed(at: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUCHA_DATABASE_URL", str(tmp_path / "gone.db"))
    assert checks() == {"database": False, "prefect": True}
    assert measured() == {"ducha_database_reachable": {"": 0}, "ducha_prefect_reachable": {"": 1}}


def test_an_act_that_nobody_follows_up_is_noticed(office: Office, at: Callable[[timedelta], None]) -> None:
    office.special([BACHUAN], to="drafted")
    assert checks()["follow_up"]
    at(timedelta(hours=1))
    assert not checks()["follow_up"]
    follow_ups.follow_up(office.database, office.clock, "test", limit=10)
    assert checks()["follow_up"]


def test_nights_that_nobody_sweeps_are_noticed(office: Office, at: Callable[[timedelta], None]) -> None:
    office.special([BACHUAN], to="published")
    sweeping.sweep(office.database, office.clock)
    at(timedelta(days=1))
    assert checks()["sweep"]
    at(timedelta(days=2))
    assert not checks()["sweep"]


def test_the_queues_and_the_last_night_are_measured(office: Office, at: Callable[[timedelta], None]) -> None:
    found = measured()
    assert found["ducha_outbox_waiting"] == found["ducha_outbox_oldest_seconds"] == {"": 0}
    assert "ducha_last_night_swept_timestamp_seconds" not in found
    mailing.switch(office.database, office.clock, on=True)
    office.special([BACHUAN], to="submitted")
    sweeping.sweep(office.database, office.clock)
    night = FixedClock.on(office.day).at.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0)
    at(timedelta(hours=2))
    found = measured()
    assert found["ducha_outbox_waiting"] == {"": 2}
    assert 3600 < found["ducha_outbox_oldest_seconds"][""] <= 7200 + 86_400
    assert found["ducha_last_night_swept_timestamp_seconds"] == {"TL": night.timestamp()}
    assert found["ducha_mail_waiting"] == {"": 0}
    follow_ups.follow_up(office.database, office.clock, "test", limit=10)
    found = measured()
    assert found["ducha_outbox_waiting"] == {"": 0}
    assert found["ducha_mail_waiting"][""] > 0 and found["ducha_mail_oldest_seconds"][""] > 0


def test_what_processes_recorded_is_measured(office: Office, at: object, log: LogReader) -> None:
    case = office.special([BACHUAN], to="drafted")
    for _ in range(2):
        office.refused(OFFICERS[BACHUAN], "submit", case, {"contents": ["9(3)"]})
    office.does(COORDINATOR, "submit", case, {"contents": ["9(3)"]})
    follow_ups.follow_up(office.database, office.clock, "test", limit=10)
    found = measured(log)
    assert found["ducha_acts_total"] == {"done": 2}
    assert found["ducha_refusals_total"]["role_missing"] == 2
    assert found["ducha_follow_ups_total"] == {"done": 2}
    assert found["ducha_act_seconds_count"] == {"": 2} and 0 < found["ducha_act_seconds_sum"][""] < 60
    assert found["ducha_act_seconds_bucket"]["+Inf"] == 2
    assert list(found["ducha_act_seconds_bucket"].values()) == sorted(found["ducha_act_seconds_bucket"].values())


def test_a_monitor_is_answered_on_this_machine() -> None:
    healthy = {"database": True}
    with status_server(0, lambda: healthy, lambda: b"ducha_acts_total 1.0\n") as port:
        base = f"http://127.0.0.1:{port}"
        with OPENER.open(f"{base}/healthz") as answer:
            assert (answer.status, json.load(answer)) == (200, {"status": "ok", "checks": {"database": True}})
        with OPENER.open(f"{base}/metrics") as answer:
            assert answer.headers["Content-Type"].startswith("text/plain; version=")
            assert answer.read() == b"ducha_acts_total 1.0\n"
        healthy["database"] = False
        with pytest.raises(HTTPError) as refused:
            OPENER.open(f"{base}/healthz")
        assert (refused.value.code, json.load(refused.value)["status"]) == (503, "failing")
        with pytest.raises(HTTPError) as unknown:
            OPENER.open(f"{base}/admin")
        assert unknown.value.code == 404
    with pytest.raises(OSError):
        OPENER.open(f"{base}/healthz")


def test_it_listens_to_nobody_else() -> None:
    with status_server(free_port(), dict, bytes) as port:
        listening = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()
    addresses = [line.split()[1] for line in listening if f":{port:04X} 00000000:0000 0A" in line]
    assert addresses == [f"0100007F:{port:04X}"]


def test_a_run_that_fails_is_recorded_under_its_own_id(tmp_path: Path) -> None:
    log = telemetry.Log("worker", lambda: tmp_path / "log")
    run = flows_office.recorded("run-7", stage="plan")
    with telemetry.logging_to(log), pytest.raises(RuntimeError), run:
        raise RuntimeError("王某某")
    [record] = records(tmp_path / "log")
    assert (record["process"], record["request"], record["stage"]) == ("worker", "run-7", "plan")
    assert record["result"] == "failed" and "王某某" not in str(record)
