"""The service from its first start to its last: one life, told in order."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import regulations
from flows.deployments import prefect_yaml
from operations.running_service import running_service
from tests.flows.services import OPENER, Service, until
from tests.telemetry.logs import records

pytestmark = [pytest.mark.timeout(600)]
OPENING = {"kind": "special 专项督察", "year": 2026, "title": "小作坊", "targets": ["500151001"], "problem": "无证"}

DEPLOYMENTS = yaml.safe_load(prefect_yaml(regulations.jurisdiction("TL").instruments))["deployments"]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def service(directory: Path) -> Iterator[Service]:
    """A service started for the first time."""
    started = Service(directory).start()
    assert not started.ended, started.said
    yield started
    if not started.ended:
        started.stop()


def ducha(directory: Path, *arguments: str) -> Any:
    made = subprocess.run(
        [sys.executable, "-m", "cli", *arguments, "--json"], cwd=directory, capture_output=True, check=True
    )
    return json.loads(made.stdout)


def test_it_says_where_to_look_and_how_to_get_in(service: Service) -> None:
    assert service.url in service.said
    assert service.auth in service.said


def test_it_says_where_a_monitor_is_answered_and_answers_it(service: Service) -> None:
    monitor = f"http://127.0.0.1:{service.metrics_port}"
    assert f"{monitor}/healthz" in service.said
    with OPENER.open(f"{monitor}/healthz") as answer:
        assert json.load(answer)["checks"] == {"database": True, "prefect": True, "sweep": True, "follow_up": True}
    with OPENER.open(f"{monitor}/metrics") as answer:
        assert "ducha_prefect_reachable 1.0" in answer.read().decode()


def test_its_files_are_its_owners_alone(directory: Path, service: Service) -> None:
    assert stat.S_IMODE((directory / "var").stat().st_mode) == 0o700
    assert stat.S_IMODE((directory / "var" / "prefect-auth").stat().st_mode) == 0o600


def test_it_says_where_it_is_and_the_password_once(directory: Path, service: Service) -> None:
    found = running_service(directory / "var")
    assert found is not None
    assert (found.url, found.port) == (service.url, service.port)
    assert service.auth not in (directory / "var" / "service.json").read_text(encoding="utf-8")
    assert service.auth in service.said


def test_only_who_knows_the_auth_string_is_let_in(service: Service) -> None:
    assert service.asks("/flows/count", {}, auth="ducha:wrong") == 401
    assert service.asks("/flows/count", {}) == len(DEPLOYMENTS)


def test_its_pages_may_ask_nobody_else(service: Service) -> None:
    with OPENER.open(service.url) as page:
        policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'")
    assert "https:" not in policy


def test_it_knows_the_units_and_everything_is_deployed(directory: Path, service: Service) -> None:
    assert len(ducha(directory, "unit", "list")) >= 28
    deployed = service.asks("/deployments/filter", {})
    assert {one["name"] for one in deployed} == {one["name"] for one in DEPLOYMENTS}
    assert all(one["enforce_parameter_schema"] for one in deployed)


def test_the_scheduler_really_makes_runs_of_the_sweep(service: Service) -> None:
    scheduled = {
        "deployments": {"name": {"any_": ["夜间逾期巡查"]}},
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
    }
    until(lambda: service.asks("/flow_runs/count", scheduled) > 0, 90, lambda: "no run was scheduled")


def test_a_run_started_on_the_pages_opens_an_inspection(directory: Path, service: Service) -> None:
    run = service.runs("开启督察", OPENING)
    assert (run["state_name"], run["name"]) == ("Completed", "TL-2026-X01 · 立项")
    assert ducha(directory, "case", "show", "TL-2026-X01")["case"]["state"] == "drafted"


def test_a_refused_run_does_not_look_done(service: Service) -> None:
    run = service.runs("07 督察通报", {"case": "TL-2026-X01", "act": "publish 通报"})
    assert (run["state_type"], run["state_name"]) == ("CANCELLED", "不予办理")


def test_a_form_that_does_not_fit_is_refused_at_once(service: Service) -> None:
    [bulletin] = [one for one in service.asks("/deployments/filter", {}) if one["name"] == "07 督察通报"]
    wrong = {"parameters": {"case": "TL-2026-X01", "act": "公告"}}
    assert service.asks(f"/deployments/{bulletin['id']}/create_flow_run", wrong) in {409, 422}


def test_the_clock_follows_up_what_the_command_line_did(directory: Path, service: Service) -> None:
    ducha(directory, "act", "TL-2026-X01", "submit", "--as", "联席办协调员甲", "--data", str(submission(directory)))
    named = {"flow_runs": {"name": {"any_": ["TL-2026-X01 · 立项申请"]}, "state": {"type": {"any_": ["COMPLETED"]}}}}
    until(lambda: service.asks("/flow_runs/count", named) > 0, 60, lambda: service.said)
    assert [one["title"] for one in ducha(directory, "case", "show", "TL-2026-X01")["documents"]]


def test_what_its_processes_and_commands_did_is_in_the_log_and_the_metrics(directory: Path, service: Service) -> None:
    found = records(directory / "var" / "log")
    done = {(one["process"], one["event"], one.get("act"), one["result"]) for one in found}
    assert {
        ("worker", "act", "open", "done"),
        ("worker", "refusal", "publish", "refused"),
        ("cli", "act", "submit", "done"),
        ("service", "follow_up", "submit", "done"),
    } <= done
    assert all(one["request"] for one in found)
    assert "小作坊" not in str(found)
    with OPENER.open(f"http://127.0.0.1:{service.metrics_port}/metrics") as answer:
        assert 'ducha_acts_total{result="done"} 2.0' in answer.read().decode().splitlines()


def submission(directory: Path) -> Path:
    path = directory / "submission.json"
    path.write_text(json.dumps({"contents": ["9(3)"]}), encoding="utf-8")
    return path


def test_a_second_one_is_told_what_stands_in_its_way(directory: Path, service: Service, tmp_path: Path) -> None:
    elsewhere = Service(tmp_path, service.port).start()
    beside = Service(directory)
    said = beside.directory / "beside"
    said.mkdir()
    assert elsewhere.process is not None
    assert elsewhere.process.wait(30) == 3
    assert f"端口 {service.port} 已被" in elsewhere.said
    assert "--port" in elsewhere.said
    assert not (tmp_path / "var" / "ducha.db").exists()
    again = subprocess.run(
        [sys.executable, "-m", "cli", "serve", "--port", str(beside.port)],
        cwd=directory, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert again.returncode == 3
    assert f"服务已在运行：{service.url}" in again.stderr


def test_it_ends_whole_and_finds_everything_again(directory: Path, service: Service) -> None:
    before, auth = service.processes(), service.auth
    assert len(before) >= 2
    assert service.stop() == 0
    assert service.processes() == set()
    service.start()
    assert not service.ended, service.said
    assert "正在部署" not in service.said
    assert service.auth == auth
    assert service.asks("/flows/count", {}) == len(DEPLOYMENTS)
    assert ducha(directory, "case", "show", "TL-2026-X01")["case"]["state"] == "submitted"


def test_killed_it_leaves_no_process_behind(service: Service) -> None:
    service.stop(signal.SIGKILL)
    until(lambda: not service.processes(), 60, service.processes)


def test_where_it_may_not_write_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("no directory", encoding="utf-8")
    refused = subprocess.run(
        [sys.executable, "-m", "cli", "serve"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 3
    assert str(tmp_path / "var") in refused.stderr
