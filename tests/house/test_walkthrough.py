"""The walkthrough is what a newcomer does first: every command of it runs, with the exit code it says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.main import main
from tests.house.repository import ROOT

PAGE = Path(ROOT, "docs/walkthrough.md")
BLOCK = re.compile(r"```bash\n(.*?)```", re.DOTALL)
REFUSED = re.compile(r"  # 退出码 (\d)$")
OF_THE_SHELL = ("source .venv/bin/activate", "mkdir -p var", "export DUCHA_DATABASE_URL=var/练习.db")


def lines() -> list[str]:
    """Every line that is to be pasted."""
    return [line for block in BLOCK.findall(PAGE.read_text(encoding="utf-8")) for line in block.splitlines()]


def expected(line: str) -> int:
    """The exit code that a line says."""
    found = REFUSED.search(line)
    return int(found[1]) if found else 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the examples, as in a working copy."""
    shutil.copytree(Path(ROOT, "examples"), tmp_path / "examples")
    return tmp_path


def test_it_begins_with_a_practice_database() -> None:
    assert [line for line in lines() if not line.startswith("ducha ")] == list(OF_THE_SHELL)
    assert lines()[3] == "ducha init --practice"


def test_every_command_of_the_walkthrough_does_what_it_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    (folder / "var").mkdir()
    monkeypatch.setenv("DUCHA_DATABASE_URL", "var/练习.db")
    commands = [line for line in lines() if line.startswith("ducha ")]
    assert len(commands) > 50
    for line in commands:
        code = main(shlex.split(line, comments=True)[1:])
        printed = capsys.readouterr()
        assert code == expected(line), f"{line}\n{printed.out}\n{printed.err}"


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_it_can_be_pasted_into_a_shell(folder: Path) -> None:
    """Bash reads the page as it stands, in a folder with an environment where ``ducha`` is; each exit code is kept."""
    (folder / ".venv" / "bin").mkdir(parents=True)
    activate = f"export PATH={shlex.quote(str(Path(sys.executable).parent))}:$PATH\n"
    (folder / ".venv" / "bin" / "activate").write_text(activate, encoding="utf-8")
    pasted = "\n".join(f"{line}\necho $? >&9" for line in lines())
    environ = {name: value for name, value in os.environ.items() if not name.startswith("DUCHA_")}
    script = f"exec 9> codes.txt\n{pasted}\n"
    done = subprocess.run(["bash"], input=script, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    codes = list(map(int, (folder / "codes.txt").read_text().split()))
    wrong = [(line, code) for line, code in zip(lines(), codes, strict=True) if code != expected(line)]
    assert wrong == [], done.stderr
    assert "【练习】" in done.stderr
