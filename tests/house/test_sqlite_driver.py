"""One process opens a database file with one SQLite library: everybody asks ``storage.sqlite_driver`` for it.

POSIX releases the locks of a process on a file when any of its descriptors is closed. Two libraries do not know of each
other's locks, so the second to open a file would undo those of the first.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.repository import ROOT, files

LIBRARIES = {"sqlite3", "_sqlite3", "pysqlite3", "aiosqlite", "apsw"}
DRIVER = "storage/sqlite_driver.py"
ENGINES = {"storage/engine.py", "bench/peers/work.py", "bench/databases.py", "tests/house/test_databases.py"}
"""Where engines are made: the first two with the driver's module, the others for PostgreSQL only."""


def libraries_of(source: str) -> Iterator[str]:
    """Imports of a SQLite library, by statement or by name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__"):
            names = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        else:
            continue
        yield from (name for name in names if name.partition(".")[0] in LIBRARIES)


def engines_of(source: str) -> Iterator[int]:
    """Lines where an engine is made without saying with which module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _called(node) in ("create_engine", "create_async_engine"):
            yield node.lineno


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_only_the_driver_imports_a_sqlite_library() -> None:
    found = {str(path.relative_to(ROOT)): list(libraries_of(read(path))) for path in files("*.py")}
    assert {name: imported for name, imported in found.items() if imported} == {DRIVER: ["sqlite3"]}


def test_engines_are_made_in_one_place() -> None:
    assert {str(path.relative_to(ROOT)) for path in files("*.py") if list(engines_of(read(path)))} == ENGINES
    assert "module=sqlite_driver.driver()" in read(ROOT / "storage" / "engine.py")
    assert "module=self.module" in read(ROOT / "bench" / "peers" / "work.py")


@pytest.mark.parametrize(
    "source",
    [
        "import sqlite3",
        "import sqlite3.dbapi2 as d",
        "from pysqlite3 import dbapi2",
        "import_module('pysqlite3.dbapi2')",
    ],
)
def test_a_second_library_would_be_noticed(source: str) -> None:
    assert list(libraries_of(source))
    assert list(libraries_of(source.replace("pysqlite3", "json").replace("sqlite3", "json"))) == []
