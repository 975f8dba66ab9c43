"""Runs single tests again and again in one process, with and without a rule."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace

import pytest

from regulations import Limit, Regulation, Term
from states.engine import common_guards, evaluate
from states.engine.case import Case
from states.engine.context import Context
from states.engine.pack import Pack
from states.engine.refusals import Refusal
from states.engine.table import Step
from tests.controls.taken_away import taken_away

QUIET = ("-q", "-n0", "-p", "no:cacheprovider", "--no-header", "-W", "ignore")


class Watch:
    """A pytest plugin that keeps the outcome of each test, and which rules mattered in it."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.passed: list[str] = []
        self.mattered: dict[str, list[str]] = {}
        self._now = ""

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        self._now = item.nodeid
        yield
        self._now = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            (self.failed if report.failed else self.passed).append(report.nodeid)

    def note(self, entry: str) -> None:
        """The rule mattered in the test that runs now."""
        tests = self.mattered.setdefault(entry, [])
        if self._now and self._now not in tests:
            tests.append(self._now)

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Note with each test the guards and roles that refuse, and the acts, terms and limits that are asked for."""
        with pytest.MonkeyPatch.context() as patch:
            guarded, row, roles = evaluate._guarded, evaluate._row, common_guards._role_refusals
            term, limit_of = Regulation.term, Pack.limit_of

            def noting_guards(case: Case, step: Step, context: Context) -> Iterator[Refusal]:
                for guard in step.guards:
                    if tuple(guarded(case, replace(step, guards=(guard,)), context)):
                        self.note(f"guard:{guard.__name__}")
                yield from guarded(case, step, context)

            def noting_acts(case: Case, act: str, context: Context) -> Step | None:
                self.note(f"act:{act}")
                return row(case, act, context)

            def noting_roles(case: Case, step: Step, context: Context, article: str) -> Iterator[Refusal]:
                for found in roles(case, step, context, article):
                    for role in step.by:
                        self.note(f"role:{role}")
                    yield found

            def noting_terms(text: Regulation, name: str) -> Term:
                self.note(f"term:{name}@{text.id}")
                return term(text, name)

            def noting_limits(pack: Pack, case: Case) -> Limit | None:
                found = limit_of(pack, case)
                if found is not None:
                    self.note(f"limit:{found.name}@{pack.regulation.id}")
                return found

            patch.setattr(evaluate, "_guarded", noting_guards)
            patch.setattr(evaluate, "_row", noting_acts)
            patch.setattr(common_guards, "_role_refusals", noting_roles)
            patch.setattr(Regulation, "term", noting_terms)
            patch.setattr(Pack, "limit_of", noting_limits)
            yield


def run(tests: Iterable[str], entry: str | None = None, watch: Watch | None = None) -> Watch:
    """Run these tests without the rule that ``entry`` names."""
    seen = watch or Watch()
    with taken_away(entry) if entry else nullcontext(), contextlib.redirect_stdout(io.StringIO()):
        code = pytest.main([*QUIET, *tests], plugins=[seen])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED):
        raise RuntimeError(f"{code!r}: {tests}")
    return seen


def outcomes(controls: Mapping[str, str]) -> dict[str, list[bool]]:
    """For each rule whether its test passes as things are, and whether it passes without the rule."""
    as_it_is = {test: test in run([test]).passed for test in sorted({*controls.values()})}
    return {entry: [as_it_is[test], test in run([test], entry).passed] for entry, test in controls.items()}


if __name__ == "__main__":
    print(json.dumps(outcomes(json.load(sys.stdin))))
