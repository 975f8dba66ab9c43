"""The command as the shell runs it: exit codes, streams, and terminals that cannot show Chinese."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*arguments: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """What the shell sees of a command line."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DUCHA_")}
    return subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        cwd=cwd,
        env={**clean, "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        check=False,
    )


def test_data_go_to_standard_output_and_errors_to_standard_error(tmp_path: Path) -> None:
    done = run("init", "--json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    listed = run("case", "list", "--json", cwd=tmp_path)
    assert (listed.returncode, listed.stdout, listed.stderr) == (0, b"[]\n", b"")
    unknown = run("case", "show", "TL-2026-X01", cwd=tmp_path)
    assert (unknown.returncode, unknown.stdout) == (3, b"")
    assert "没有编号为 TL-2026-X01 的督察事项" in unknown.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "code"), [(["--help"], 0), (["case"], 2), (["nothing"], 2), (["case", "list"], 3)]
)
def test_the_shell_sees_the_exit_code(tmp_path: Path, arguments: list[str], code: int) -> None:
    assert run(*arguments, cwd=tmp_path).returncode == code


def test_a_terminal_that_cannot_show_chinese_gets_escapes_instead_of_a_crash(tmp_path: Path) -> None:
    done = run("--help", cwd=tmp_path, PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert b"\\u7763\\u5bdf" in done.stdout


def test_a_reader_that_goes_away_is_no_error_to_speak_of(tmp_path: Path) -> None:
    command = f"{sys.executable} -m cli regulation show | head -1"
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, env=environ, capture_output=True, check=False)
    assert done.stderr == b""
