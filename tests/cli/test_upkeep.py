"""Journal, bundles, backups and the doctor, as they are called from the command line."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from sqlalchemy import update

from cli.operations.prefect_checks import Api, configured, findings
from operations.health_checks.health_models import HealthFinding
from operations.running_service import RunningService, run_file
from storage.engine import open_database
from storage.journal.journal import JOURNAL
from tests.cli.conftest import Ducha

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)


def tamper(folder: Path) -> None:
    database = open_database(str(folder / "ducha.db"))
    with database.writing() as session:
        session.execute(update(JOURNAL).where(JOURNAL.c.seq == 1).values(actor="别人"))
    database.close()


def test_a_sweep_anchors_the_journal_once_a_night(ducha: Ducha, opened: str, tmp_path: Path) -> None:
    assert ducha("sweep", "--json").data["anchor"]["cases"] == 1
    assert ducha("sweep", "--json").data["anchor"] is None
    assert len(list(tmp_path.glob("var/anchors/*/*.anchor"))) == 1
    assert "第 1 号锚" in ducha("journal", "verify").out


def test_anchors_are_kept_where_the_environment_says(
    ducha: Ducha, opened: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUCHA_ANCHOR_DIR", str(tmp_path / "elsewhere"))
    written = ducha("journal", "anchor", "--json").data
    assert Path(written["file"]).is_relative_to(tmp_path / "elsewhere")
    assert ducha("journal", "verify", opened, "--anchor", written["file"]).code == 0


def test_a_journal_that_does_not_hold_fails_and_names_the_entry(ducha: Ducha, opened: str, tmp_path: Path) -> None:
    assert ducha("sweep").code == 0
    assert ducha("journal", "verify").code == 0
    tamper(tmp_path)
    answer = ducha("journal", "verify")
    assert (answer.code, f"{opened}：第 1 条" in answer.out) == (1, True)
    [found] = ducha("journal", "verify", opened, "--json").data["breaks"]
    assert (found["case"], found["seq"], found["flaw"]) == (opened, 1, "edited")
    assert "does not hold" in ducha("journal", "verify", "--lang", "en").out


def test_without_an_anchor_verifying_says_what_it_cannot_see(ducha: Ducha, opened: str) -> None:
    answer = ducha("journal", "verify")
    assert (answer.code, "没有锚" in answer.out) == (0, True)
    assert ducha("journal", "verify", "TL-2026-Z99").code == 3


def test_a_sweep_whose_anchor_fails_still_sweeps_and_says_so(ducha: Ducha, opened: str, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "anchors").touch()
    answer = ducha("sweep")
    assert answer.code == 1
    assert "已巡查" in answer.out and "没有写锚" in answer.out
    assert ducha("sweep", "--json").data["anchor_trouble"]["error"] == "anchor_unwritten"


def test_anchors_begin_anew_with_a_reason(ducha: Ducha, opened: str) -> None:
    ducha("sweep")
    assert ducha("journal", "anchor", "--anew", "换了磁盘").code == 0
    assert "换了磁盘" in ducha("journal", "verify").out


def test_an_inspection_is_handed_over_and_checked_without_a_database(
    ducha: Ducha, opened: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ducha("bundle", opened, "out.zip").code == 0
    assert ducha("bundle", "make", opened, "again.zip").code == 0
    assert (tmp_path / "out.zip").read_bytes() == (tmp_path / "again.zip").read_bytes()
    ducha("sweep")
    [anchor] = tmp_path.glob("var/anchors/*/*.anchor")
    (tmp_path / "ducha.db").unlink()
    monkeypatch.setenv("DUCHA_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    answer = ducha("bundle", "verify", "out.zip", "--json")
    assert answer.code == 0 and answer.data["whole"] and answer.data["case"] == opened
    assert "第 1 号锚" in ducha("bundle", "verify", "out.zip", "--anchor", anchor).out
    (tmp_path / "out.zip").write_bytes((tmp_path / "out.zip").read_bytes().replace("电梯".encode(), "电脑".encode()))
    assert ducha("bundle", "verify", "out.zip").code == 1
    assert ducha("bundle", "verify", "none.zip").code == 3
    assert "没有这个文件" in ducha("bundle", "verify", "none.zip").err


def test_a_backup_is_restored_and_what_is_held_back_let_go(ducha: Ducha, opened: str, tmp_path: Path) -> None:
    assert ducha("backup", "kept").code == 0
    assert ducha("backup", "kept").code == 1
    assert "已备份" in ducha("backup", "second").out
    assert ducha("restore", "kept").code == 1
    assert ducha("restore", "kept", "--force", "--json").data["held_back"] == {"acts": 1, "mails": 0}
    assert ducha("quarantine", "show", "--json").data == {"acts": 1, "mails": 0}
    assert ducha("follow-up", "--json").data == []
    assert "1 项" in ducha("quarantine", "release").out
    assert len(ducha("follow-up", "--json").data) == 1
    assert "没有暂扣" in ducha("quarantine", "show").out
    assert ducha("quarantine", "release", "--mails").code == 0


def test_a_restore_says_what_was_lost_and_that_the_anchors_begin_anew(ducha: Ducha, opened: str) -> None:
    ducha("sweep")
    ducha("backup", "kept")
    ducha("inspection", "submit", opened, "--as", "联席办协调员甲", "--on", "2026-03-02", "--data", "none.yaml")
    ducha("journal", "anchor", "--anew", "又写一个")
    answer = ducha("restore", "kept", "--force")
    assert answer.code == 0
    assert "原有数据另存在" in answer.out and "第 3 号锚已写成" in answer.out


def test_a_backup_with_a_broken_journal_is_restored_only_knowingly(ducha: Ducha, opened: str, tmp_path: Path) -> None:
    tamper(tmp_path)
    ducha("backup", "broken")
    (tmp_path / "ducha.db").unlink()
    answer = ducha("restore", "broken", "--json")
    assert (answer.code, answer.data["error"]) == (1, "backup_broken")
    assert not (tmp_path / "ducha.db").exists()
    assert "日志不完整" in ducha("restore", "broken", "--despite-breaks").out


def checks(ducha: Ducha, *arguments: str) -> dict[str, dict[str, Any]]:
    answer = ducha("doctor", "--json", *arguments)
    assert answer.code == (1 if answer.data["wrong"] else 0)
    return {one["check"]: one for one in answer.data["checks"]}


def test_the_doctor_of_a_new_database_finds_nothing_wrong(ducha: Ducha) -> None:
    found = checks(ducha)
    assert {check for check, one in found.items() if one["verdict"] == "wrong"} == set()
    assert found["prefect"]["verdict"] == "skipped"
    answer = ducha("doctor")
    assert (answer.code, answer.out.strip().splitlines()[-1]) == (0, "一切正常。")


def test_the_doctor_says_what_to_do_and_fails(ducha: Ducha, opened: str) -> None:
    answer = ducha("doctor")
    assert answer.code == 1
    assert "没有锚" in answer.out and "处理办法：请运行 ducha journal anchor" in answer.out
    assert "All is well" not in ducha("doctor", "--lang", "en").out


def test_the_doctor_says_whether_the_log_can_be_written(
    ducha: Ducha, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUCHA_LOG_DIR", str(tmp_path / "kept" / "log"))
    assert checks(ducha)["log"]["verdict"] == "good"
    (tmp_path / "taken").write_text("no directory")
    monkeypatch.setenv("DUCHA_LOG_DIR", str(tmp_path / "taken" / "log"))
    found = checks(ducha)["log"]
    assert found["verdict"] == "wrong" and str(tmp_path / "taken") in found["fact"] and "DUCHA_LOG_DIR" in found["cure"]
    monkeypatch.setenv("DUCHA_LOG_LEVEL", "off")
    assert checks(ducha)["log"]["verdict"] == "skipped"


def test_the_doctor_goes_on_without_a_database(bare: Ducha, monkeypatch: pytest.MonkeyPatch) -> None:
    found = checks(bare)
    assert found["database"]["verdict"] == "wrong" and found["database"]["cure"]
    monkeypatch.setenv("DUCHA_SMTP_HOST", "mail.example")
    monkeypatch.setenv("DUCHA_SMTP_PORT", "many")
    assert checks(bare, "--db", "nonsense://")["mail"]["verdict"] == "wrong"


class Prefect(BaseHTTPRequestHandler):
    """As much of Prefect's API as the doctor asks for."""

    secret: ClassVar[str] = ""
    deployments: ClassVar[list[dict[str, Any]]] = []
    planned: ClassVar[list[str]] = []
    running: ClassVar[list[dict[str, Any]]] = []

    def do_GET(self) -> None:
        self.answer(True)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path.endswith("/deployments/filter"):
            self.answer(self.deployments)
        elif "deployment_id" in body["flow_runs"]:
            self.answer([{}] if body["flow_runs"]["deployment_id"]["any_"][0] in self.planned else [])
        else:
            self.answer(self.running)

    def answer(self, value: object) -> None:
        wanted = f"Basic {base64.b64encode(self.secret.encode()).decode()}"
        allowed = not self.secret or self.headers.get("Authorization") == wanted
        self.send_response(200 if allowed else 401)
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


Served = Callable[..., str]


@pytest.fixture
def prefect() -> Iterator[Served]:
    """A server that says what a test wants it to; called, it gives its address."""
    servers = []

    def serve(**said: Any) -> str:
        server = HTTPServer(("127.0.0.1", 0), type("Said", (Prefect,), said))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/api"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def asked(api: Api | None) -> dict[str, HealthFinding]:
    return {one.check: one for one in findings(api, NOW)}


NIGHTLY = {"id": "1", "name": "夜间巡查", "paused": False, "schedules": [{"active": True}]}
IDLE = {"id": "2", "name": "跟进", "paused": False, "schedules": [{"active": False}]}
PAUSED = {"id": "3", "name": "开启", "paused": True, "schedules": [{"active": True}]}


def test_prefect_answers_and_its_schedules_make_runs(prefect: Served, ducha: Ducha) -> None:
    url = prefect(deployments=[NIGHTLY, IDLE, PAUSED], planned=["1"])
    found = checks(ducha, "--prefect", url)
    assert [found[check]["verdict"] for check in ("prefect", "schedules", "runs")] == ["good"] * 3


def test_a_schedule_that_makes_no_runs_is_noticed(prefect: Served) -> None:
    found = asked(Api(prefect(deployments=[NIGHTLY, IDLE])))
    assert found["schedules"].verdict == "wrong" and "夜间巡查" in found["schedules"].fact
    assert asked(Api(prefect(deployments=[IDLE])))["schedules"].verdict == "good"


def run(pid: str | None, started: datetime) -> dict[str, Any]:
    return {"name": "TL-2026-Z01 · 通报", "infrastructure_pid": pid, "start_time": started.isoformat()}


@pytest.mark.parametrize(
    ("pid", "minutes", "gone"),
    [
        (f"{socket.gethostname()}:{os.getpid()}", 300, False),
        (f"{socket.gethostname()}:4194304", 1, True),
        (f"{socket.gethostname()}:1", 1, False),
        ("elsewhere:1", 59, False),
        ("elsewhere:1", 61, True),
        (None, 61, True),
    ],
    ids=["ours", "ended", "another of ours", "elsewhere lately", "elsewhere long ago", "unknown long ago"],
)
def test_a_run_whose_process_is_gone_is_noticed(prefect: Served, pid: str | None, minutes: int, gone: bool) -> None:
    found = asked(Api(prefect(running=[run(pid, NOW - timedelta(minutes=minutes))])))
    assert (found["runs"].verdict == "wrong") == gone


def test_a_server_that_refuses_is_told_from_one_that_is_silent(prefect: Served) -> None:
    url = prefect(secret="ducha:secret")
    assert asked(Api(url, "ducha:secret"))["prefect"].verdict == "good"
    assert "PREFECT_API_AUTH_STRING" in asked(Api(url, "ducha:wrong"))["prefect"].cure
    assert "secret" not in repr(Api(url, "ducha:secret"))
    assert "ducha serve" in asked(Api("http://127.0.0.1:1/api"))["prefect"].cure
    assert asked(Api("nonsense"))["prefect"].verdict == "wrong"
    assert asked(Api(prefect(deployments=[{"schedules": [{}]}])))["prefect"].verdict == "wrong"


def test_the_server_is_the_one_configured_or_that_of_the_service_here(tmp_path: Path) -> None:
    assert configured({}, tmp_path) is None
    named = configured({"PREFECT_API_URL": "http://there/api/", "PREFECT_API_AUTH_STRING": "a:b"}, tmp_path)
    assert named == Api("http://there/api", "a:b")
    (tmp_path / "prefect-auth").write_text("ducha:c\n")
    (tmp_path / "service.lock").touch()
    address = "http://127.0.0.1:4391"
    with run_file(tmp_path, RunningService(1, 4391, address, "http://127.0.0.1:4392", "var/ducha.db")):
        # The file of a service that was killed: nobody holds its lock.
        assert configured({}, tmp_path) is None
        with (tmp_path / "service.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            assert configured({}, tmp_path) == Api(f"{address}/api", "ducha:c")
    assert not (tmp_path / "service.json").exists()
