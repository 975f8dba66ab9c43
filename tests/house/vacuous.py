"""Finds tests that can pass without checking anything.

A test checks something if on every path through it there is an assertion, or a call that raises where one would fail.
What stands in only one branch, in an exception handler, or in a loop over what may be empty does not count.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

CHECKING_CALLS = {"raises", "warns", "fail", "expect", "until"}
"""Calls that fail the test by themselves: pytest's, Playwright's, and our own wait for something to happen."""
AS_LONG_AS_GIVEN = {
    "enumerate",
    "reversed",
    "sorted",
    "list",
    "tuple",
    "set",
    "zip",
    "product",
    "items",
    "keys",
    "values",
}
"""Calls whose result is empty only if what they are given is."""
Function = ast.FunctionDef | ast.AsyncFunctionDef
NOT_RUN_HERE = (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef)


def vacuous_tests(tree: ast.Module, helpers: frozenset[str] = frozenset()) -> list[Function]:
    """The tests of a module that can pass without checking anything.

    ``helpers`` are the names of functions that always check something (``checking_helpers``).
    """
    constants = written_out(tree.body)
    return [test for test in tests(tree) if not Checks(constants, helpers).always(test.body)]


def unsure_loops(tree: ast.Module) -> list[ast.For]:
    """The loops that check something for each item, in tests that nowhere assert anything about the collection."""
    constants = written_out(tree.body)
    return [loop for test in tests(tree) for loop in _unsure_loops(test, constants)]


def checking_helpers(trees: Iterable[ast.Module]) -> frozenset[str]:
    """The names of the functions beside the tests that always check something; of one name all must do so."""
    bodies = [
        (function.name, Checks(written_out(tree.body)), function.body) for tree in trees for function in functions(tree)
    ]
    known: frozenset[str] = frozenset()
    while True:
        idle = {name for name, checks, body in bodies if not Checks(checks.constants, known).always(body)}
        found = frozenset(name for name, *_ in bodies if name not in idle and not name.startswith("test_"))
        if found == known:
            return known
        known = found


@dataclass(frozen=True)
class Checks:
    """Whether statements check something. ``constants`` are the values of names, as they are written."""

    constants: Mapping[str, ast.expr] = field(default_factory=dict)
    helpers: frozenset[str] = frozenset()

    def always(self, body: Iterable[ast.stmt]) -> bool:
        """Whether something is checked on every path through these statements."""
        for statement in body:
            if self._in(statement):
                return True
            if self._may_end(statement):
                return False
        return False

    def _in(self, statement: ast.stmt) -> bool:
        match statement:
            case ast.Assert(test=test):
                return self._can_fail(test)
            case ast.With(items=items, body=body):
                return any(self._by_call(item.context_expr) for item in items) or self.always(body)
            case ast.For(iter=collection, body=body):
                return has_items(collection, self.constants) and self.always(body)
            case ast.If(body=body, orelse=otherwise):
                return self.always(body) and self.always(otherwise)
            case ast.Try(body=body, handlers=handlers, orelse=otherwise, finalbody=last):
                branches = [[*body, *otherwise], *(handler.body for handler in handlers)]
                return self.always(last) or all(map(self.always, branches))
            case ast.Expr() | ast.Assign() | ast.AnnAssign() | ast.Return():
                return self._by_call(statement)
        return False

    def _can_fail(self, test: ast.expr) -> bool:
        """``assert all(…)`` holds of nothing at all."""
        match test:
            case ast.Call(func=ast.Name(id="all"), args=[ast.GeneratorExp(generators=[first, *_])]):
                return has_items(first.iter, self.constants)
        return True

    def _by_call(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            if name in CHECKING_CALLS or name in self.helpers or name.startswith("assert_"):
                return True
        return not isinstance(node, NOT_RUN_HERE) and any(map(self._by_call, ast.iter_child_nodes(node)))

    def _may_end(self, statement: ast.stmt) -> bool:
        """Whether the test may return here before anything was checked."""
        if isinstance(statement, ast.If):
            return any(self._ends(branch) for branch in (statement.body, statement.orelse))
        return any(isinstance(node, ast.Return) for node in run_here(statement))

    def _ends(self, body: Iterable[ast.stmt]) -> bool:
        for statement in body:
            if self._in(statement):
                return False
            if self._may_end(statement):
                return True
        return False


def has_items(collection: ast.expr, constants: Mapping[str, ast.expr]) -> bool:
    """Whether a collection is written out where it can be seen, and is not empty."""
    match collection:
        case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items) | ast.Dict(values=items):
            return bool(items)
        case ast.Constant(value=str(text)):
            return bool(text)
        case ast.Name(id=name) if name in constants:
            return has_items(constants[name], {known: constants[known] for known in constants if known != name})
        case ast.Subscript(value=ast.Name(id=name)) if isinstance(choices := constants.get(name), ast.Dict):
            return all(has_items(choice, constants) for choice in choices.values)
        case ast.Call(func=ast.Name(id="range"), args=bounds) if all(isinstance(one, ast.Constant) for one in bounds):
            return len(range(*map(ast.literal_eval, bounds))) > 0
        case ast.Call(func=ast.Name(id=name), args=[first, *others]) if name in AS_LONG_AS_GIVEN:
            return all(has_items(given, constants) for given in (first, *others))
        case ast.Call(func=ast.Attribute(value=given, attr=name), args=[]) if name in AS_LONG_AS_GIVEN:
            return has_items(given, constants)
    return False


def written_out(body: Iterable[ast.stmt]) -> dict[str, ast.expr]:
    """What the names that are assigned in these statements stand for."""
    found: dict[str, ast.expr] = {}
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found[name] = value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found[name] = value
    return found


def functions(tree: ast.Module) -> Iterator[Function]:
    """Every function of a module, methods and inner functions included."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def tests(tree: ast.Module) -> Iterator[Function]:
    """The tests of a module."""
    return (function for function in functions(tree) if function.name.startswith("test_"))


def run_here(node: ast.AST) -> Iterator[ast.AST]:
    """A node and everything in it, without the bodies of functions that are only defined there."""
    if not isinstance(node, NOT_RUN_HERE):
        yield node
        for child in ast.iter_child_nodes(node):
            yield from run_here(child)


def _unsure_loops(test: Function, constants: Mapping[str, ast.expr]) -> Iterator[ast.For]:
    inside = [node for statement in test.body for node in run_here(statement)]
    known = {**constants, **written_out(test.body)}
    loops = [
        node
        for node in inside
        if isinstance(node, ast.For) and any(isinstance(one, ast.Assert) for one in ast.walk(node))
    ]
    for loop in loops:
        within = set(ast.walk(loop))
        asserted = {
            name for node in inside if isinstance(node, ast.Assert) and node not in within for name in names(node)
        }
        if not has_items(loop.iter, known) and not asserted & names(loop.iter):
            yield loop


def names(node: ast.AST) -> set[str]:
    """Every name that is spoken of."""
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
