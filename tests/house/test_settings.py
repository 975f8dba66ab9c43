"""Every variable of ours is declared once, read by one object, and written down in README.md as it is declared."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from settings import Settings
from tests.house.repository import ROOT, files, packages

OURS = re.compile(r"DUCHA_[A-Z_]+")
READS_THE_ENVIRONMENT = {
    "cli/main.py": "makes the settings",
    "flows/runtime.py": "makes the settings",
    "cli/operations/serve_command.py": "passes it on to the service",
    "demo/prefect_runs.py": "passes it on to the runs of the demo",
    "cli/operations/doctor_command.py": "looks for Prefect's server",
    "flows/demo_runs.py": "becomes a process of the service",
    "flows/service/__main__.py": "passes it on to its children",
    "flows/service/health.py": "looks for Prefect's server",
    "storage/postgresql_programs.py": "passes it on to PostgreSQL's programs",
}
"""Each module that may touch ``os.environ``, and why."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for package in sorted(packages()):
        for path in files(f"{package}/*.py"):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def environment_used(module: ast.Module) -> bool:
    """Whether the module touches ``os.environ`` or ``os.getenv``, however it is imported."""
    names = {"environ", "environb", "getenv", "getenvb"}
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr in names and ast.unparse(node.value) == "os":
            return True
        if isinstance(node, ast.ImportFrom) and node.module == "os" and names & {alias.name for alias in node.names}:
            return True
    return False


def variables_named(module: ast.Module) -> set[str]:
    """The variables of ours that are named by a whole literal, as whoever reads them would."""
    texts = (node.value for node in ast.walk(module) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {text for text in texts if OURS.fullmatch(text)}


def test_only_the_edges_touch_the_environment() -> None:
    assert {name for name, module in modules() if environment_used(module)} == set(READS_THE_ENVIRONMENT)


def test_no_module_but_the_declaration_names_a_variable() -> None:
    named = {name: found for name, module in modules() if (found := variables_named(module))}
    assert named == {"settings/declaration.py": {variable.name for variable in Settings.variables()}}


def test_a_module_that_reads_a_variable_by_itself_would_be_noticed() -> None:
    assert environment_used(ast.parse("from os import environ as e\ne['DUCHA_LANG']"))
    assert environment_used(ast.parse("import os\nos.getenv('DUCHA_LANG')"))
    assert variables_named(ast.parse("NAME = 'DUCHA_LANG'")) == {"DUCHA_LANG"}


def table(page: Path) -> list[list[str]]:
    """The rows of the page's table of settings."""
    rows = [line.split("|")[1:-1] for line in page.read_text(encoding="utf-8").splitlines() if "| `DUCHA_" in line]
    return [[cell.strip() for cell in row] for row in rows]


def test_the_table_in_the_readme_is_the_declaration() -> None:
    declared = [
        [f"`{variable.name}`", variable.meaning, f"`{variable.default}`" if variable.default else "none"]
        for variable in Settings.variables()
    ]
    assert table(ROOT / "README.md") == declared


def test_every_text_that_names_a_variable_names_one_there_is() -> None:
    known = {variable.name for variable in Settings.variables()}
    pages = files("messages/texts/*.toml", "docs/*.md", "deploy/*", "prefect.yaml", "README*.md")
    named = {(path.name, name) for path in pages for name in OURS.findall(path.read_text(encoding="utf-8"))}
    named = {(page, name) for page, name in named if not name.startswith("DUCHA_TEST_")}
    assert named
    assert {(page, name) for page, name in named if name not in known | {"DUCHA_SMTP_"}} == set()
