"""One door (rule 1): the transaction of an act alone writes cases and journal entries."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.repository import ROOT, files, packages

WRITERS = {
    ("journal", "write"): "casework/acts/act_transaction.py",
    ("case_writing", "insert_case"): "storage/journal/journal.py",
    ("case_writing", "save_case"): "storage/journal/journal.py",
}
"""Functions that write, and the one module that may call each; `simulation` and tests damage data on purpose by SQL."""


def calls(source: str) -> Iterator[tuple[str, str]]:
    """The functions a module calls, as ``(module, function)``, whether imported by name or by module."""
    tree = ast.parse(source)
    by_name = {
        (alias.asname or alias.name): ((node.module or "").rpartition(".")[2], alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            yield by_name.get(node.func.value.id, ("", node.func.value.id))[1], node.func.attr
        elif isinstance(node.func, ast.Name) and node.func.id in by_name:
            yield by_name[node.func.id]


def callers(function: tuple[str, str]) -> set[str]:
    modules = [path for package in packages() for path in files(f"{package}/*.py")]
    return {str(path.relative_to(ROOT)) for path in modules if function in set(calls(path.read_text(encoding="utf-8")))}


@pytest.mark.parametrize(("function", "only"), WRITERS.items(), ids=["write", "insert_case", "save_case"])
def test_cases_and_journal_are_written_in_one_place(function: tuple[str, str], only: str) -> None:
    assert callers(function) == {only}


@pytest.mark.parametrize(
    "source",
    [
        "from storage.journal import journal\njournal.write(session, None, case, act, open=True)",
        "from storage.journal.journal import write\nwrite(session, None, case, act, open=True)",
        "from storage.journal import journal as log\nlog.write(session, None, case, act, open=True)",
    ],
)
def test_another_writer_would_be_noticed(source: str) -> None:
    assert ("journal", "write") in set(calls(source))


def test_the_module_that_may_write_exists() -> None:
    assert [only for only in WRITERS.values() if not Path(ROOT, only).is_file()] == []
