"""The actors of each act as they are stored in the column and journal key ``hands``.

One actor is stored as a plain text, as all were until several were kept; several as a list, the last one last. So
rows and journal entries of earlier versions read, verify and replay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping

Stored = Mapping[str, str | list[str]]
"""The actors by act, as JSON."""


def to_json(actors_by_act: Mapping[str, tuple[str, ...]]) -> dict[str, str | list[str]]:
    """The actors as they are stored."""
    return {act: names[0] if len(names) == 1 else list(names) for act, names in actors_by_act.items()}


def from_json(stored: Stored) -> dict[str, tuple[str, ...]]:
    """The actors of a stored case."""
    return {act: (names,) if isinstance(names, str) else tuple(names) for act, names in stored.items()}
