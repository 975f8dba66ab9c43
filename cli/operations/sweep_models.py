"""The answer of ``ducha sweep``."""

from __future__ import annotations

from pydantic import Field

from casework.nightly.sweeping import SweepResult
from messages.answers import ErrorView, is_absent
from operations.anchors.anchor_models import AnchorView


class SweepAnswer(SweepResult):
    """What a sweep did, and the anchor written after it; ``anchor_trouble`` is left out where there is none."""

    anchor: AnchorView | None = Field(description="anchor that was written; null where none was")
    anchor_trouble: ErrorView | None = Field(None, exclude_if=is_absent, description="why no anchor could be written")
