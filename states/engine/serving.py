"""What outsiders may see of a procedure's cases, and which act serves it on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from states.engine.case import Case


@dataclass(frozen=True, slots=True)
class Served:
    """What an outsider may see of the cases of one procedure.

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


@dataclass(frozen=True, slots=True)
class PassingOn:
    """How results reach the appraisal office: by a case of ``procedure`` whose document has ``value`` in ``field``."""

    procedure: str
    field: str
    value: str


@dataclass(frozen=True, eq=False)
class Serving:
    """What outsiders may see of the cases of a pack, by procedure; nothing of a procedure that is not listed.

    on_unit         what the unit of a case, and the targets of an inspection, may see
    results         what the appraisal office may see of an inspection whose results were passed on to it
    passing_on      how results are passed on to it
    staffed_people  the names of the people who staff an inspection
    """

    on_unit: Mapping[str, Served]
    results: Mapping[str, Served]
    passing_on: PassingOn
    staffed_people: Callable[[Case], frozenset[str]]
