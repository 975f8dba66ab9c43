"""A pack: the tables of one version of one regulation, and what they say about themselves.

The engine knows packs only through this class. A pack is built from its regulation's data, so that two versions of a
regulation are two packs side by side, and a case is judged by the tables of the version it was opened under.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regulations import Regulation
from states.engine.case import Case
from states.engine.table import Procedure


@dataclass(frozen=True, eq=False)
class Pack:
    """The procedures of one version of a regulation.

    ``instrument`` names the kind of work (``inspection``), for which casework keeps what follows from acts.
    """

    instrument: str
    regulation: Regulation
    procedures: Mapping[str, Procedure]

    @property
    def key(self) -> str:
        """What a case pins: ``tongliang@2023-08-16``."""
        return self.regulation.key

    def procedure_of(self, case: Case) -> Procedure:
        """The procedure a case follows. Raises KeyError for a procedure that this version does not have."""
        return self.procedures[case.procedure]
