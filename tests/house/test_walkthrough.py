"""The walkthrough is what a newcomer does first: every command of it runs, with the exit code it says."""

import re
import shlex
from pathlib import Path

import pytest

from cli.main import main

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "walkthrough.md"
COMMAND = re.compile(r"^\$ (ducha .+?)(?:\n\(退出码 (\d)\))?$", re.MULTILINE)


def commands() -> list[tuple[str, int]]:
    blocks = re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return [(line, int(code or 0)) for block in blocks for line, code in COMMAND.findall(block)]


def test_every_command_of_the_walkthrough_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert len(commands()) > 50
    for line, expected in commands():
        code = main([*shlex.split(line)[1:], "--db", str(tmp_path / "ducha.db")])
        printed = capsys.readouterr()
        assert code == expected, f"{line}\n{printed.out}\n{printed.err}"
