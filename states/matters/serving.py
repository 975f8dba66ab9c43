"""What the unit that a matter is about may see of it.

A talk is served by its notice and a commitment with it; an incident and a hazard are the unit's own from the start.
Complaints stay with the office, so that nobody learns who complained, and so do tracings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from states.engine.serving import Served, Serving

ON_UNIT: Final[Mapping[str, Served]] = {
    "talk": Served(by=frozenset({"notify_unit"}), acts=frozenset({"notify_unit", "hold_talk", "follow_up_talk"})),
    "commitment": Served(),
    "incident": Served(acts=frozenset({"report", "note_lateness", "supplement", "conclude", "close"})),
    "hazard": Served(),
}

SERVING: Final = Serving(on_unit=ON_UNIT)
