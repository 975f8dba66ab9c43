"""Whatever is imported is declared: nothing works only because another package happens to bring it along."""

import ast
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.repository import ROOT, files, packages, pyproject

OWN = packages() | {"tests", "bench"}


def third_party_imports(path: Path) -> Iterator[str]:
    """Top-level names of the modules a file imports that are neither Python's nor ours."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        else:
            continue
        yield from {name.partition(".")[0] for name in names} - OWN - sys.stdlib_module_names


def declared(*groups: str) -> set[str]:
    project = pyproject()["project"]
    grouped = [line for group in groups for line in pyproject()["dependency-groups"][group]]
    lines = project["dependencies"] + grouped
    return {canonicalize_name(Requirement(line).name) for line in lines}


def undeclared(pattern: str, allowed: set[str]) -> list[str]:
    """What is imported and not declared; a package not installed here is taken to be named as it is imported."""
    providers = packages_distributions()
    return [
        f"{path.relative_to(ROOT)}: {name}"
        for path in files(pattern)
        for name in third_party_imports(path)
        if not {canonicalize_name(dist) for dist in providers.get(name, [name])} & allowed
    ]


def test_the_product_imports_what_it_declares() -> None:
    assert [line for package in packages() for line in undeclared(f"{package}/*.py", declared())] == []


def test_the_tests_import_what_the_dev_group_declares() -> None:
    assert undeclared("tests/*.py", declared("dev")) == []


def test_the_benches_import_what_the_bench_group_declares() -> None:
    assert undeclared("bench/*.py", declared("dev", "bench")) == []
