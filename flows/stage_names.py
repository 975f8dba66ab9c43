"""The stages of every instrument in their order, and what their flows are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import messages
from regulations.jurisdictions import INSPECTION
from states.packs import newest_packs


def _instruments() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in (one for pack in newest_packs() for one in pack.instruments):
        found.setdefault(one.name, one.stages)
    # Inspections are what every jurisdiction knows the product by: their stages come first.
    return dict(sorted(found.items(), key=lambda item: item[0] != INSPECTION))


STAGES_BY_INSTRUMENT: Final[Mapping[str, tuple[str, ...]]] = _instruments()
"""The stages of each instrument in the order of its procedures."""

INSTRUMENT_OF_STAGE: Final[Mapping[str, str]] = {
    stage: instrument for instrument, stages in STAGES_BY_INSTRUMENT.items() for stage in stages
}
"""The instrument that a stage belongs to; a stage belongs to one."""

STAGES: Final = tuple(INSTRUMENT_OF_STAGE)
"""The stages of all instruments."""


def flow_name(stage: str) -> str:
    """What the flow of a stage is called: its number in the order of its instrument, and the stage. In Chinese."""
    instrument = INSTRUMENT_OF_STAGE[stage]
    number = STAGES_BY_INSTRUMENT[instrument].index(stage) + 1
    numbered = f"{number:02d} {messages.text(f'stage.{stage}', 'zh')}"
    return numbered if instrument == INSPECTION else f"{messages.text(f'instrument.{instrument}', 'zh')} {numbered}"
