"""Points: exact decimals, stored as they are written."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field

PLACES: Final = 2
"""Decimal places of points and scores at most."""


def _as_written(value: Any) -> Any:
    """A number of a YAML file as it is written there: 2.5 is 2.5 and nothing near it."""
    return str(value) if isinstance(value, float) else value


Points = Annotated[Decimal, BeforeValidator(_as_written), Field(ge=0, le=100, decimal_places=PLACES)]
"""Points between 0 and 100."""
