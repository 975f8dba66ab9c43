"""A district's own text, from its file to its first inspection, as docs/new-jurisdiction.md says it."""

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
from tests.house.test_walkthrough import BLOCK, expected

PAGE = Path(ROOT, "docs/new-jurisdiction.md")


def lines() -> list[str]:
    """Every line that is to be pasted."""
    return [line for block in BLOCK.findall(PAGE.read_text(encoding="utf-8")) for line in block.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the examples, as in a working copy."""
    shutil.copytree(Path(ROOT, "examples"), tmp_path / "examples")
    return tmp_path


def test_every_command_does_what_the_page_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    (folder / "var").mkdir()
    for line in lines():
        if found := re.fullmatch(r"export (DUCHA_\w+)=(\S+)", line):
            monkeypatch.setenv(found[1], found[2])
    commands = [line for line in lines() if line.startswith("ducha ")]
    assert len(commands) > 40
    for line in commands:
        code = main(shlex.split(line, comments=True)[1:])
        printed = capsys.readouterr()
        assert code == expected(line), f"{line}\n{printed.out}\n{printed.err}"
    assert "第十七条" in printed.out
    assert "2026-10-09" in printed.out, "ten working days after the bulletin, over the holidays of 2026"
    assert "TL" not in printed.out


def test_the_page_names_every_table_that_a_text_can_have() -> None:
    from regulations.library import DUTIES, LISTS

    words = PAGE.read_text(encoding="utf-8")
    assert [entry for entry, _ in LISTS.values() if entry not in DUTIES and f"[[{entry}]]" not in words] == []


@pytest.mark.slow
def test_it_can_be_pasted_into_a_shell(folder: Path) -> None:
    """Bash reads the page as it stands; each exit code is kept."""
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
