"""What an act asks of its database is written out once: SQLAlchemy compiles none of it anew from act to act."""

from __future__ import annotations

import logging
from itertools import pairwise

import pytest

from tests.casework.office import BACHUAN, COORDINATOR, DONGCHENG, NANCHENG, Office

RESULTS = {"receiver": "appraisal_office", "summary": "督察结果"}


def compiled_anew(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The statements SQLAlchemy says it had no use for from before; each is followed by how it was come by."""
    lines = [record.getMessage() for record in caplog.records]
    return [one for one, how in pairwise(lines) if "[no key" in how or "[generated in" in how]


def test_an_act_that_was_done_before_is_done_without_compiling_a_statement(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    first = office.special([BACHUAN], problem="无证经营")
    second = office.special([DONGCHENG], problem="以次充好")
    office.does(COORDINATOR, "pass_on", first, RESULTS, key="1")
    with caplog.at_level(logging.INFO, "sqlalchemy.engine.Engine"):
        office.special([NANCHENG], problem="缺斤少两")
        office.does(COORDINATOR, "pass_on", second, RESULTS, key="2")
    assert len(caplog.records) > 100
    assert compiled_anew(caplog) == []
