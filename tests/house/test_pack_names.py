"""Nothing outside a pack names a procedure, a state or an act of one: it asks the pack."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from states.engine.case import NEW
from states.packs import newest_packs
from tests.house.repository import files

OUTSIDE = ("casework", "cli", "flows", "messages", "operations", "regulations", "simulation", "states", "storage")
PACK_FOLDERS = (
    "states/assessment/",
    "states/campaign/",
    "states/inspection/",
    "states/matters/",
    "casework/assessment/",
    "casework/campaign/",
    "casework/inspection/",
    "casework/matters/",
    "simulation/assessment/",
    "simulation/inspection/",
    "storage/migrations/",
)
ORDINARY = {
    "accepted", "applied", "campaign", "closed", "declined", "confirm", "draft", "due", "file", "form", "grant",
    "group", "inspection", "open", "plan", "published", "rectification", "refused",
    "send", "sent", "settle", "standing", "start", "veto",
}  # fmt: skip
"""Names that are words of their own, too: options, columns, stages. They may not be compared with what a case is in."""
OF_A_CASE = {"act", "procedure", "state"}


def pack_names() -> set[str]:
    """Every procedure, state and act of every pack, and what its openings are asked for as."""
    names: set[str] = set()
    for pack in newest_packs():
        names |= {*pack.procedures, *pack.openings, *pack.acts}
        names |= {state for procedure in pack.procedures.values() for state in procedure.states}
    return names - {NEW}


def literals(tree: ast.AST) -> Iterator[tuple[int, str, bool]]:
    """Every text in a module, its line, and whether it is compared with an act, a procedure or a state."""
    compared = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for sides in [[node.left, *node.comparators]]
        if any(isinstance(side, ast.Attribute) and side.attr in OF_A_CASE for side in sides)
        for side in sides
        for inner in ast.walk(side)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value, id(node) in compared


def named(source: str) -> list[tuple[int, str]]:
    """The pack's names that a module has as literals."""
    names = pack_names()
    return [
        (line, text)
        for line, text, compared in literals(ast.parse(source))
        if text in names and (compared or text not in ORDINARY)
    ]


def test_no_module_outside_the_packs_names_what_is_in_one() -> None:
    found = [
        f"{path}:{line} {text}"
        for folder in OUTSIDE
        for path in files(f"{folder}/*.py")
        if not any(part in path.as_posix() for part in PACK_FOLDERS)
        for line, text in named(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('rows("feed_back")', ["feed_back"]),
        ('case.state == "published"', ["published"]),
        ('case.state in ("published", "closed")', ["published", "closed"]),
        ('option("--open")', []),
        ('{"published": day}', []),
    ],
)
def test_the_scan_finds_names_and_leaves_ordinary_words(source: str, found: list[str]) -> None:
    assert [text for _, text in named(source)] == found
