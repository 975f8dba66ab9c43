"""What of a procedure's cases is served on those outside the office, and which act serves it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Served:
    """What an outsider is shown of the cases of one procedure.

    A case is served by the first of the acts ``by``; empty: as soon as it is open. ``in_states`` are the states in
    which it counts as served; None: in any. ``acts`` are the journal entries and ``documents`` the documents that
    are shown; None: all of them.
    """

    by: frozenset[str] = frozenset()
    in_states: frozenset[str] | None = None
    acts: frozenset[str] | None = None
    documents: frozenset[str] | None = None

    def shows_act(self, act: str) -> bool:
        """Whether the journal entry of this act is shown."""
        return self.acts is None or act in self.acts

    def shows_document(self, name: str) -> bool:
        """Whether the document of this name is shown."""
        return self.documents is None or name in self.documents
