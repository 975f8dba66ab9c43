"""Files stay small enough to be read, and speak of no machine but the reader's."""

import re
from pathlib import Path

from tests.house.repository import ROOT, files, packages

LONGEST_MODULE = 300
MACHINE = re.compile(
    r"(?<![\w.\-}])/(?:root|work|tmp|home/\w+)/"  # a folder of whoever wrote it
    r"|https?://[^\s\"]*(?:pypi|npmjs|debian\.org|pythonhosted)",  # a registry: each machine has its own
)


def lines_of(path: Path) -> list[str]:
    """Lines of a text file; none of a binary one."""
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []


def test_no_module_has_more_than_300_lines() -> None:
    # A migration is the record of one step, written once: as long as the step.
    modules = [m for p in packages() for m in files(f"{p}/*.py") if m.parent.name != "versions"]
    assert [str(m.relative_to(ROOT)) for m in modules if len(lines_of(m)) > LONGEST_MODULE] == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    named = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files()
        for number, line in enumerate(lines_of(path), start=1)
        if MACHINE.search(line)
    ]
    assert named == []
