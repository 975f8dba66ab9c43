"""A pack: the tables of one version of one regulation, and what they say about themselves.

The engine knows packs only through this class. A pack is built from its regulation's data, so that two versions of a
regulation are two packs side by side, and a case is judged by the tables of the version it was opened under.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from regulations import HOUSE, Limit, Regulation
from states.engine.case import Case
from states.engine.context import Context, Facts
from states.engine.frequency import Key, KeyValues, keys_of, limit_of
from states.engine.serving import Serving
from states.engine.table import BadTable, Procedure, Step


@dataclass(frozen=True, eq=False)
class FrequencyRules:
    """What a regulation's frequency limits mean for the cases of a pack.

    key_values             the values a case needs of each kind of key that a limit may list
    counted_from           the day a window counts from, by what the limit names; None while it has not come
    unit_key               the kind of key whose values are units
    asks_for_an_exception  whether the request asks for one
    is_excepted            whether the limit yields to the case
    was_begun              whether the case was begun, so that it counts even if it is cancelled
    units_visited          the units at which it was carried out
    as_decided_on          the case as it would be after an act with this form
    """

    key_values: KeyValues
    counted_from: Mapping[str, Callable[[Case], date | None]]
    unit_key: str
    asks_for_an_exception: Callable[[Case], bool]
    is_excepted: Callable[[Case, Facts], bool]
    was_begun: Callable[[Case], bool]
    units_visited: Callable[[Case, Facts], frozenset[str]]
    as_decided_on: Callable[[Case, BaseModel], Case]


@dataclass(frozen=True, eq=False)
class Pack:
    """The procedures of one version of a regulation.

    ``instrument`` names the kind of work (``inspection``), for which casework keeps what follows from acts.
    """

    instrument: str
    regulation: Regulation
    procedures: Mapping[str, Procedure]
    frequency: FrequencyRules
    serving: Serving

    def __post_init__(self) -> None:
        for limit in self.regulation.limits:
            unknown = [
                *({*limit.keys} - self.frequency.key_values.keys()),
                *({limit.counts_from} - self.frequency.counted_from.keys()),
            ]
            if unknown:
                raise BadTable(f"{self.key}: limit {limit.name} names {', '.join(sorted(unknown))}")

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

    def limit_of(self, case: Case) -> Limit | None:
        """The frequency limit that binds this case; None where there is none."""
        return limit_of(case, self.regulation)

    def keys_of(self, case: Case) -> tuple[Key, ...]:
        """The frequency keys this case needs."""
        return keys_of(case, self.limit_of(case), self.frequency.key_values)
