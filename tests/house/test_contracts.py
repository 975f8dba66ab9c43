"""The directions of dependency are written down for every package, and the linter would notice a breach."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.repository import ROOT, files, packages, pyproject

PURE = {"calendars", "messages", "regulations", "settings", "states", "telemetry"}
LINTER = pyproject()["tool"]["importlinter"]


def contract(kind: str, forbidden: str = "") -> set[str]:
    """The modules that the contract of this kind (and against this module) speaks for."""
    [found] = [
        each
        for each in LINTER["contracts"]
        if each["type"] == kind and forbidden in each.get("forbidden_modules", [""])
    ]
    named = found.get("layers") or found["source_modules"]
    return {module for line in named for module in re.split(r"\s*[|:]\s*", line)}


def test_every_package_has_its_place_in_the_layers() -> None:
    assert contract("layers") == packages() == set(LINTER["root_packages"])


def test_every_package_is_kept_from_the_state_machine_library() -> None:
    assert contract("forbidden", "transitions") == packages()


def test_the_rules_are_kept_from_the_database_and_the_layers_over_them_from_the_orchestrator() -> None:
    assert contract("forbidden", "sqlalchemy") == PURE
    assert packages() - PURE - {"access", "casework", "operations", "storage", "demo", "simulation"} == {"cli", "flows"}


def test_every_package_goes_into_the_wheel() -> None:
    assert set(pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == packages()


@pytest.fixture
def copied_house(tmp_path: Path) -> Path:
    for source in files("pyproject.toml", *(f"{package}/*.py" for package in packages())):
        target = tmp_path / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    return tmp_path


@pytest.mark.parametrize(
    ("module", "breach"),
    [
        ("messages/breach.py", "import states"),
        ("calendars/breach.py", "import regulations"),
        ("states/breach.py", "import sqlmodel"),
        ("states/breach.py", "import storage"),
        ("casework/breach.py", "import prefect"),
        ("casework/breach.py", "import transitions"),
        ("flows/breach.py", "import cli"),
    ],
)
def test_a_breach_is_noticed(copied_house: Path, module: str, breach: str) -> None:
    (copied_house / module).write_text(f"{breach}\n", encoding="utf-8")
    linted = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=copied_house,
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 1
    assert module.removesuffix(".py").replace("/", ".") in linted.stdout
