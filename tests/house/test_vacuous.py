"""No test can pass without checking anything."""

import ast

import pytest

from tests.house.repository import ROOT, files
from tests.house.vacuous import checking_helpers, unsure_loops, vacuous_tests

TREES = {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in files("tests/*.py")}


def test_every_test_checks_something_on_every_path() -> None:
    helpers = checking_helpers(TREES.values())
    assert [f"{file}: {test.name}" for file, tree in TREES.items() for test in vacuous_tests(tree, helpers)] == []


def test_a_loop_that_checks_has_something_to_go_through() -> None:
    """Assert something about the collection in the same test, or write it out."""
    assert [f"{file}:{loop.lineno}" for file, tree in TREES.items() for loop in unsure_loops(tree)] == []


@pytest.mark.parametrize(
    "body",
    [
        "act()",
        "if ready: assert done",
        "if ready:\n  assert done\nelif late: pass",
        "if not ready: return\nassert done",
        "for one in found(): assert one",
        "for one in (): assert one",
        "for one in EMPTY: assert one",
        "for number in range(0): assert number",
        "assert all(one.good for one in found())",
        "try: act()\nexcept Refused as refused: assert refused.code",
        "with opened() as file: act(file)",
        "def inner(): assert done\nact(inner)",
        "act(lambda: check(1))",
    ],
)
def test_one_that_may_check_nothing_is_found(body: str) -> None:
    assert vacuous_tests(module(body), frozenset({"check"}))


@pytest.mark.parametrize(
    "body",
    [
        "assert done",
        "with pytest.raises(Refused): act()",
        "if ready: assert done\nelse: assert late",
        "if ready:\n  assert done\n  return\nassert late",
        "for one in (1, 2): assert one",
        "for one in SOME: assert one",
        "for key, value in sorted({'a': 1}.items()): assert key",
        "for one in EACH[engine]: assert one",
        "for number in range(3): assert number",
        "assert all(one.good for one in SOME)",
        "try: act()\nexcept Refused as refused: assert refused.code\nelse: assert done",
        "with locked() as lock: check(lock)",
        "office.check()",
        "if missing: pytest.skip('no server')\nassert done",
    ],
)
def test_one_that_always_checks_is_not(body: str) -> None:
    assert vacuous_tests(module(body), frozenset({"check"})) == []


def test_helpers_that_check_are_known_through_each_other() -> None:
    source = "def inner(): assert done\ndef outer(): inner()\ndef idle(): ...\ndef test_it(): outer()"
    assert checking_helpers([ast.parse(source)]) == {"inner", "outer"}


def test_a_loop_is_sure_once_something_is_asserted_of_what_it_goes_through() -> None:
    assert unsure_loops(module("for one in found: assert one"))
    assert unsure_loops(module("assert found\nfor one in found: assert one")) == []
    assert unsure_loops(module("found = [1]\nfor one in found: assert one")) == []


def module(body: str) -> ast.Module:
    """A module with one test of these lines, and some constants."""
    inner = "\n".join(f"  {line}" for line in body.splitlines())
    return ast.parse(f"SOME = [1]\nEMPTY = []\nEACH = {{'a': [1], 'b': SOME}}\ndef test_it(engine):\n{inner}\n")
