"""``make test``, ``make browser-test`` and CI leave no test out."""

import ast
import shlex
import subprocess

from tests.house.repository import ROOT, files, pyproject

PYTEST = [".venv/bin/python", "-m", "pytest", "-q"]


def runs(target: str) -> list[list[str]]:
    """The arguments of every run of pytest that a target starts, without how processes share it."""
    command = ["make", "--dry-run", "--no-print-directory", target, "WORKERS=auto", "ARGS="]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    lines = [shlex.split(line) for line in printed.splitlines() if "-m pytest" in line]
    assert lines and all(line[: len(PYTEST)] == PYTEST for line in lines)
    shared = ("-n", "auto", "2", "--dist=loadfile")
    return [[one for one in line[len(PYTEST) :] if one not in shared] for line in lines]


def test_what_one_run_ignores_another_runs_whole() -> None:
    [full], [flows], [browser] = runs("full-test"), runs("flows-test"), runs("browser-test")
    assert sorted(full) == [f"--ignore={folder}" for folder in sorted((*flows, *browser))]
    assert runs("test") == [full, flows]


def test_the_quick_tests_are_the_full_ones_without_the_slow() -> None:
    assert runs("quick-test") == [[*runs("full-test")[0], "-m", "not slow"]]


def test_ci_runs_every_test() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert [line for line in ("make full-test", "make flows-test", "make browser-test") if line not in script] == []


def test_every_test_is_where_pytest_looks_for_it() -> None:
    assert pyproject()["tool"]["pytest"]["ini_options"]["testpaths"] == ["tests"]
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in files("*.py")}
    holding = {
        path.relative_to(ROOT)
        for path, tree in trees.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    assert len(holding) > 100
    assert {path for path in holding if path.parts[0] != "tests" or not path.name.startswith("test_")} == set()
    conftests = [path.read_text(encoding="utf-8") for path in files("tests/*conftest.py")]
    assert conftests and not any("collect_ignore" in text for text in conftests)
