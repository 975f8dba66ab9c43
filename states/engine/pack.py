"""A pack: the tables of one version of one regulation, and what they say about themselves.

The engine knows packs only through this class. A pack is built from its regulation's data, so that two versions of a
regulation are two packs side by side, and a case is judged by the tables of the version it was opened under.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regulations import HOUSE, Regulation
from states.engine.case import Case
from states.engine.context import Context
from states.engine.table import Procedure, Step


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

    def article(self, *rules: str) -> str:
        """The clause behind the first of these rule keys that the regulation has an article for; ``house`` for none."""
        known = self.regulation.articles
        return next((known[rule] for rule in rules if rule in known), HOUSE)

    def article_of(self, procedure: Procedure, step: Step) -> str:
        """The clause an act rests on, whatever the case."""
        return self.article(procedure.rule_of(step))

    def article_for(self, step: Step, case: Case, context: Context) -> str:
        """The clause an act rests on in this case: in some procedures it depends on what the case is about."""
        procedure = self.procedure_of(case)
        chosen = procedure.rule_for(case, context) if procedure.rule_for else None
        return self.article(chosen or procedure.rule_of(step))
