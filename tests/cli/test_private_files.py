"""What people wrote is read by the owner of the files alone, and no password stands in a list of processes."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from demo import prefect_runs
from flows.service.environment import environment
from flows.service.paths import ServicePaths
from settings import Settings
from tests.cli.conftest import Ducha

SECRET = "postgresql://ducha:s3cret@db.example/ducha"


def mode(path: Path | str) -> int:
    return Path(path).stat().st_mode & 0o777


@pytest.fixture
def everybodys_umask() -> Any:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("everybodys_umask")
def test_what_init_makes_is_its_owners(bare: Ducha) -> None:
    assert bare("init").code == 0
    assert (mode("var"), mode("var/ducha.db")) == (0o700, 0o600)
    assert {oct(mode(path)) for path in Path("var").glob("ducha.db*")} == {"0o600"}


@pytest.mark.usefixtures("everybodys_umask")
def test_what_an_earlier_version_left_open_is_closed(bare: Ducha) -> None:
    assert bare("init").code == 0
    Path("var").chmod(0o755)
    Path("var/ducha.db").chmod(0o644)
    assert bare("init").code == 0
    assert (mode("var"), mode("var/ducha.db")) == (0o700, 0o600)


@pytest.mark.usefixtures("everybodys_umask")
def test_what_a_restore_makes_or_writes_over_is_its_owners(bare: Ducha) -> None:
    assert bare("init").code == bare("backup", "copy").code == 0
    assert bare("restore", "copy", "--db", "new.db").code == 0
    Path("var/ducha.db").chmod(0o644)
    assert bare("restore", "copy", "--force").code == 0
    assert {mode("new.db"), mode("var/ducha.db"), mode("copy")} == {0o600}


def test_the_service_gets_the_address_of_its_database_by_the_environment(
    bare: Ducha, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(os, "execve", lambda _, arguments, environ: started.append((arguments, environ)))
    monkeypatch.setattr(os, "execv", lambda *_: pytest.fail("without an environment"))
    bare("serve", "--db", SECRET)
    [(arguments, environ)] = started
    assert "s3cret" not in " ".join(arguments)
    assert Settings(environ).database_url == SECRET


def test_the_runs_of_a_demo_get_it_by_the_environment_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Started(Exception):
        pass

    def start(command: list[str], **options: Any) -> None:
        assert "s3cret" not in " ".join(command)
        assert Settings(options["env"]).database_url == SECRET
        raise Started

    monkeypatch.setattr(subprocess, "Popen", start)
    with pytest.raises(Started), prefect_runs.rehearsed(None, SECRET, 4200, 120):  # type: ignore[arg-type]
        pytest.fail("nothing was started")


def test_runs_are_kept_for_as_long_as_the_setting_says(tmp_path: Path) -> None:
    places = ServicePaths(tmp_path)
    kept = {days: environment({"DUCHA_RUN_DAYS": days}, places, 4200, "sqlite:///x.db") for days in ("7", "30")}
    name = "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD"
    assert {days: made[name] for days, made in kept.items()} == {"7": "604800", "30": "2592000"}
    assert "flow_runs" in kept["7"]["PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED"]


@pytest.mark.parametrize("command", [["init"], ["demo"]])
def test_a_folder_that_cannot_be_made_is_a_plain_error(bare: Ducha, command: list[str]) -> None:
    Path("var").touch()
    answer = bare(*command)
    assert answer.code in (1, 3) and "程序出现意外" not in answer.err and "var" in answer.err, answer
