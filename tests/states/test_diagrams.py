"""The pages about the procedures are those that the tables draw now."""

import subprocess
import sys
from pathlib import Path

import pytest

import messages
from states.diagrams import pages, stale
from states.packs import newest_packs
from tests.house.repository import ROOT

PROCEDURES = {name: one for pack in reversed(newest_packs()) for name, one in pack.procedures.items()}
FOLDER = ROOT / "docs" / "procedures"


def test_the_pages_are_fresh() -> None:
    assert stale(FOLDER) == [], "make diagrams draws them anew"


@pytest.mark.parametrize("name", PROCEDURES)
def test_a_page_shows_every_state_act_and_guard(name: str) -> None:
    page, procedure = pages()[f"{name}.md"], PROCEDURES[name]
    diagram, _, table = page.partition("## 程序表")
    assert procedure.states and procedure.steps
    for state in procedure.states:
        assert f'state "{messages.text(f"state.{state}")}" as {state}' in diagram
    for step in procedure.steps:
        assert messages.text(f"act.{step.act}") in diagram
        assert f"`{step.act}`" in table
        assert all(f"- `{guard.__name__}` " in table for guard in step.guards)


def test_a_page_is_the_same_in_whatever_language_it_is_drawn() -> None:
    drawn = pages()
    messages.set_language("en")
    assert pages() == drawn


def test_missing_changed_and_needless_pages_are_named(tmp_path: Path) -> None:
    for name, text in pages().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert stale(tmp_path) == []
    (tmp_path / "visit.md").unlink()
    (tmp_path / "group.md").write_text("#", encoding="utf-8")
    (tmp_path / "ballot.md").write_text("#", encoding="utf-8")
    assert stale(tmp_path) == ["ballot.md", "group.md", "visit.md"]


def test_the_command_draws_and_checks(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "states.diagrams", str(tmp_path / "new")]
    assert subprocess.run([*command, "--check"], cwd=ROOT, capture_output=True, check=False).returncode == 1
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    assert subprocess.run([*command, "--check"], cwd=ROOT, capture_output=True, check=False).returncode == 0
