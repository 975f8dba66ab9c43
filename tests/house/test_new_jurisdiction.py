"""A district's own text, from its file to its first inspection, as docs/new-jurisdiction.md says it."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from cli.main import main
from tests.house.pasted_pages import expected, lines_of, paste
from tests.house.repository import ROOT

PAGE = Path(ROOT, "docs/new-jurisdiction.md")


def lines() -> list[str]:
    """Every line that is to be pasted."""
    return lines_of(PAGE)


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
    wrong, errors = paste(lines(), folder)
    assert wrong == [], errors
