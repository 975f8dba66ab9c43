"""The walkthrough is what a newcomer does first: every command of it runs, with the exit code it says."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from cli.main import main
from tests.house.pasted_pages import expected, lines_of, paste
from tests.house.repository import ROOT

PAGE = Path(ROOT, "docs/walkthrough.md")
OF_THE_SHELL = ("source .venv/bin/activate", "mkdir -p var", "export DUCHA_DATABASE_URL=var/练习.db")


def lines() -> list[str]:
    """Every line that is to be pasted."""
    return lines_of(PAGE)


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
    wrong, errors = paste(lines(), folder)
    assert wrong == [], errors
    assert "【练习】" in errors
