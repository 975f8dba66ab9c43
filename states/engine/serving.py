"""What outsiders may see of a procedure's cases, and which act serves it on them."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

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


def _nobody(root: Case) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True, eq=False)
class Serving:
    """What outsiders may see of the cases of a pack, by procedure; nothing of a procedure that is not listed.

    on_unit         what the unit of a case, and the targets of an inspection, may see
    results         what the appraisal office may see of an inspection whose results were passed on to it
    passing_on      the ways in which results are passed on to it
    staffed_people  the names of the people who staff a root
    """

    on_unit: Mapping[str, Served] = field(default_factory=dict)
    results: Mapping[str, Served] = field(default_factory=dict)
    passing_on: tuple[PassingOn, ...] = ()
    staffed_people: Callable[[Case], frozenset[str]] = _nobody


def all_serving(several: Sequence[Serving]) -> Serving:
    """What outsiders may see of the cases of several instruments together."""
    if len(several) == 1:
        return several[0]
    return Serving(
        on_unit=ChainMap(*(cast(dict[str, Served], one.on_unit) for one in several)),
        results=ChainMap(*(cast(dict[str, Served], one.results) for one in several)),
        passing_on=tuple(way for one in several for way in one.passing_on),
        staffed_people=lambda root: frozenset(name for one in several for name in one.staffed_people(root)),
    )
