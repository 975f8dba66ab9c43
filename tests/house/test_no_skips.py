"""`--no-skips` turns every kind of skip into a failure, and nothing else."""

import pytest

pytest_plugins = ["pytester"]

SKIPS = """
import pytest

def test_passes() -> None: ...

def test_skips() -> None:
    pytest.skip("no server")

@pytest.mark.skipif(True, reason="no browser")
def test_is_skipped() -> None: ...

@pytest.mark.xfail
def test_is_known_to_fail() -> None:
    assert False
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makepyfile(SKIPS)
    pytester.makepyfile(test_absent="import pytest\npytest.importorskip('a_module_that_is_not_there')")
    return pytester


def test_skips_are_only_skips_by_default(suite: pytest.Pytester) -> None:
    suite.runpytest("-p", "tests.no_skips").assert_outcomes(passed=1, skipped=3, xfailed=1)


def test_skips_fail_when_forbidden(suite: pytest.Pytester) -> None:
    result = suite.runpytest("-p", "tests.no_skips", "--no-skips", "--continue-on-collection-errors")
    result.assert_outcomes(passed=1, failed=1, errors=2, xfailed=1)
    result.stdout.fnmatch_lines(["*--no-skips forbids it*no server*"])
