"""Arguments that say nothing, are too long, or hold a line break are usage errors (exit code 2)."""

from __future__ import annotations

import pytest

from tests.cli.bad.entry import COORDINATOR
from tests.cli.conftest import Ducha

USAGE = 2
UNFIT = ["", "  ", "键" * 201, "两\n行", "a\u202eb"]
"""Texts that are neither an idempotency key nor a reason."""


@pytest.mark.parametrize("key", UNFIT)
def test_an_idempotency_key_is_one_line(ducha: Ducha, opened: str, key: str) -> None:
    answer = ducha(
        "inspection", "submit", opened, "--as", COORDINATOR, "--set", "contents=9(3)", "--request", key, "--json"
    )
    assert (answer.code, answer.data["error"]) == (USAGE, "usage")


@pytest.mark.parametrize("reason", UNFIT)
def test_the_reason_of_a_new_anchor_is_one_line(ducha: Ducha, reason: str) -> None:
    answer = ducha("journal", "anchor", "--anew", reason, "--json")
    assert (answer.code, answer.data["error"]) == (USAGE, "usage")
