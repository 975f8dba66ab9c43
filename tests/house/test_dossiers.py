"""Documents of a case are read as their forms: mypy finds a misspelt field, but not a misspelt key."""

from __future__ import annotations

import ast

from tests.house.repository import ROOT, files

FOLDERS = ("states/inspection", "casework", "simulation", "flows", "cli", "operations")


def raw_reads(source: str) -> list[int]:
    """The lines on which a dossier is indexed or asked for a key."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Subscript) and _is_dossier(node.value))
        or (isinstance(node, ast.Attribute) and node.attr == "get" and _is_dossier(node.value))
    ]


def _is_dossier(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "dossier"


def test_no_module_reads_a_dossier_by_its_keys() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for folder in FOLDERS
        for path in files(f"{folder}/*.py")
        for line in raw_reads(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_raw_read_is_found() -> None:
    assert raw_reads('case.dossier["plan"]\ncase.dossier.get("plan")\ncase.read("plan", Plan)') == [1, 2]
