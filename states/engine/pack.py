"""A pack: the procedure tables of one version of one regulation, with their checks.

The engine knows packs only through this class. A pack is built from its regulation's data, so that two versions of a
regulation are two packs, and a case is evaluated by the tables of the version it was opened under.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Final

from pydantic import BaseModel

from regulations import HOUSE, Limit, Regulation
from states.engine.case import Case, Role
from states.engine.context import Context, Facts
from states.engine.deadlines import ReminderStep
from states.engine.frequency import Key, KeyValues, keys_of, limit_of, same_words
from states.engine.serving import Serving, all_serving
from states.engine.set_days import SetDay, SetDayOf, no_set_days
from states.engine.table import BadTable, Procedure, Step


@dataclass(frozen=True, eq=False)
class FrequencyRules:
    """What a regulation's frequency limits mean for the cases of a pack.

    key_values             the values a case needs of each kind of key that a limit may list
    counted_from           the day a window counts from, by the name in the limit; None until that day is known
    unit_key               the kind of key whose values are units
    topic_keys             the kinds of key whose values are words: the same words are one topic under any of them
    asks_for_an_exception  whether the request asks for one
    is_excepted            whether the limit yields to the case
    was_begun              whether the case was started, so that it counts even if it is cancelled
    units_visited          the units at which it was carried out
    as_decided_on          the case as it would be after an act with this form
    """

    key_values: KeyValues
    counted_from: Mapping[str, Callable[[Case], date | None]]
    unit_key: str
    topic_keys: frozenset[str]
    asks_for_an_exception: Callable[[Case], bool]
    is_excepted: Callable[[Case, Facts], bool]
    was_begun: Callable[[Case], bool]
    units_visited: Callable[[Case, Facts], frozenset[str]]
    as_decided_on: Callable[[Case, BaseModel], Case]


NO_LIMITS: Final = FrequencyRules(
    key_values={},
    counted_from={},
    unit_key="",
    topic_keys=frozenset(),
    asks_for_an_exception=lambda case: False,
    is_excepted=lambda case, facts: False,
    was_begun=lambda case: False,
    units_visited=lambda case, facts: frozenset(),
    as_decided_on=lambda case, form: case,
)
"""Of an instrument whose cases no frequency limit counts."""


def never_suspended(case: Case) -> Iterable[tuple[date, date | None]]:
    """The suspensions of a case of an instrument that knows none."""
    return ()


@dataclass(frozen=True, eq=False)
class Instrument:
    """A kind of work and its procedures, as one version of a regulation has them.

    ``name`` is the one under which casework registers consequences (``inspection``). ``stages`` are those of the
    procedures in their order; ``also_known_as`` gives templates alternative names. ``suspensions_of`` gives first and
    last day of each suspension of a root (None: it still lasts). ``params_of_forms`` are the parameters that the texts
    of forms take from the regulation. ``set_day_of`` says which days the regulation sets. ``on_any_root``: its
    procedures may be opened under the roots of every instrument of the regulation, not of this one alone.
    ``left_out`` are the guards and procedures that this version does without.
    """

    name: str
    procedures: Mapping[str, Procedure]
    serving: Serving
    stages: tuple[str, ...]
    frequency: FrequencyRules = NO_LIMITS
    also_known_as: Mapping[str, str] = field(default_factory=dict)
    suspensions_of: Callable[[Case], Iterable[tuple[date, date | None]]] = never_suspended
    params_of_forms: Callable[[Regulation], Mapping[str, str]] = lambda regulation: {}
    set_day_of: SetDayOf = no_set_days
    on_any_root: bool = False
    left_out: frozenset[str] = frozenset()


def without_left_out(
    procedures: Mapping[str, Procedure], regulation: Regulation
) -> tuple[Mapping[str, Procedure], frozenset[str]]:
    """The procedures of a version, without the guards and the procedures that its text leaves out, and the names of
    those that were found and left out."""
    guards, names = regulation.guards_left_out, regulation.procedures_left_out
    if not guards and not names:
        return procedures, frozenset()
    known = {guard.__name__ for one in procedures.values() for step in one.steps for guard in step.guards}
    kept = {name: _without(one, guards) for name, one in procedures.items() if name not in names}
    return kept, frozenset((guards & known) | (names & procedures.keys()))


def _without(procedure: Procedure, guards: frozenset[str]) -> Procedure:
    """The procedure without the guards of these names."""
    steps = tuple(
        replace(step, guards=tuple(guard for guard in step.guards if guard.__name__ not in guards))
        for step in procedure.steps
    )
    return replace(procedure, steps=steps)


@dataclass(frozen=True, eq=False)
class Pack:
    """The procedures of one version of a regulation, those of all its instruments.

    In a form submitted on a root, ``unit_field`` and ``part_field`` choose the part.
    """

    regulation: Regulation
    instruments: tuple[Instrument, ...]
    unit_field: str = "target"
    part_field: str = "group"

    def __post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise BadTable(f"{self.key}: {'; '.join(problems)}")

    def _problems(self) -> Iterator[str]:
        """References between the tables and the data of the version that do not resolve."""
        names = [name for one in self.instruments for name in one.procedures]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            yield f"two instruments have {', '.join(twice)}"
        keys, days = self.frequency.key_values.keys(), self.frequency.counted_from.keys()
        for limit in self.regulation.limits:
            unknown = sorted({*limit.keys} - keys | {limit.counts_from} - days)
            if unknown:
                yield f"limit {limit.name} names {', '.join(unknown)}"
        steps = [step for procedure in self.procedures.values() for step in procedure.steps]
        if any(step.starts_term for step in steps):
            missing = [step.value for step in ReminderStep if step.value not in self.regulation.reminders]
            if missing:
                yield f"nobody is reminded at {', '.join(missing)}"
        without = sorted({step.act for step in steps if step.stage not in self.stages})
        if without:
            yield f"no stage for {', '.join(without)}"
        yield from self._problems_of_names()
        kinds = {kind.procedure for kind in self.regulation.kinds} - {*self.roots}
        if kinds:
            yield f"kinds follow {', '.join(sorted(kinds))}, which is no root"

    def _problems_of_names(self) -> Iterator[str]:
        """Names that nothing bears, and letters that the parts of one root would share."""
        named = self.regulation.guards_left_out | self.regulation.procedures_left_out
        unknown = sorted(named.difference(*(one.left_out for one in self.instruments)))
        if unknown:
            yield f"no guard or procedure {', '.join(unknown)}"
        letters = [one.letter for one in self.procedures.values() if not one.root]
        if shared := sorted({letter for letter in letters if letters.count(letter) > 1}):
            yield f"two procedures number their cases by {', '.join(shared)}"

    @cached_property
    def procedures(self) -> Mapping[str, Procedure]:
        """Every procedure by its name."""
        return {name: found for one in self.instruments for name, found in one.procedures.items()}

    @cached_property
    def stages(self) -> tuple[str, ...]:
        """The stages of all instruments."""
        return tuple(dict.fromkeys(stage for one in self.instruments for stage in one.stages))

    @cached_property
    def frequency(self) -> FrequencyRules:
        """What the frequency limits mean: the rules of the instrument that has any."""
        return next((one.frequency for one in self.instruments if one.frequency is not NO_LIMITS), NO_LIMITS)

    @cached_property
    def serving(self) -> Serving:
        """What outsiders may see of the cases of all instruments."""
        return all_serving([one.serving for one in self.instruments])

    @cached_property
    def also_known_as(self) -> Mapping[str, str]:
        """Alternative names of templates."""
        return {name: other for one in self.instruments for name, other in one.also_known_as.items()}

    def instrument_of(self, procedure: str) -> Instrument:
        """The instrument that has a procedure. Raises KeyError for a procedure that this version does not have."""
        return self._instrument_by_procedure[procedure]

    @cached_property
    def _instrument_by_procedure(self) -> Mapping[str, Instrument]:
        return {name: one for one in self.instruments for name in one.procedures}

    def suspensions_of(self, root: Case) -> Iterable[tuple[date, date | None]]:
        """First and last day of each suspension of a root; None: it still lasts."""
        return self.instrument_of(root.procedure).suspensions_of(root)

    def set_day(self, case: Case, name: str) -> SetDay | None:
        """The day that the regulation sets for an obligation of this name in a case; None where it sets none."""
        return self.instrument_of(case.procedure).set_day_of(case, self.regulation, name)

    @property
    def key(self) -> str:
        """What a case pins: ``tongliang@2023-08-16``."""
        return self.regulation.key

    @property
    def roots(self) -> tuple[str, ...]:
        """The procedures whose cases belong to no other case."""
        return tuple(name for name, procedure in self.procedures.items() if procedure.root)

    @cached_property
    def openings(self) -> Mapping[str, Procedure]:
        """The procedures that are opened under a root, by the name of the act that opens them."""
        return {one.opened_by_act: one for one in self.procedures.values() if one.opened_by_act}

    def openings_under(self, root: str) -> Mapping[str, Procedure]:
        """The procedures that are opened under the root that a procedure is of, or is."""
        own = self.instrument_of(root)
        return {
            act: one
            for act, one in self.openings.items()
            if (of := self.instrument_of(one.name)) is own or of.on_any_root
        }

    @cached_property
    def acts(self) -> tuple[str, ...]:
        """Every act of every procedure."""
        return tuple(dict.fromkeys(act for procedure in self.procedures.values() for act in procedure.acts))

    def form_params(self) -> Mapping[str, str]:
        """The parameters of the form texts for this version, in the current language: articles and codes."""
        made = (one.params_of_forms(self.regulation) for one in self.instruments)
        return {name: text for params in made for name, text in params.items()}

    def recipients(self, step: ReminderStep, term: str = "", *, owed_by_office: bool = False) -> tuple[Role, ...]:
        """The roles that receive a reminder of a term; those of a term the office owes include who meets it."""
        rows = [row for procedure in self.procedures.values() for row in procedure.steps]
        meeting = [row for row in rows if owed_by_office and row.meets_term == term and not row.optional]
        owing = (role for row in meeting for role in row.by)
        return tuple(dict.fromkeys((*map(Role, self.regulation.reminders[step]), *owing)))

    def procedure_of(self, case: Case) -> Procedure:
        """The procedure a case follows. Raises KeyError for a procedure that this version does not have."""
        return self.procedures[case.procedure]

    def article(self, *rules: str) -> str:
        """The clause behind the first of these rule keys that the regulation has an article for; ``house`` for none."""
        known = self.regulation.articles
        return next((known[rule] for rule in rules if rule in known), HOUSE)

    def article_of(self, procedure: Procedure, step: Step) -> str:
        """The clause an act rests on, independent of the case."""
        return self.article(procedure.rule_of(step))

    def article_for(self, step: Step, case: Case, context: Context) -> str:
        """The clause an act rests on in this case: in some procedures it depends on what the case is about."""
        procedure = self.procedure_of(case)
        chosen = procedure.rule_for(case, context) if procedure.rule_for else None
        return self.article(chosen or procedure.rule_of(step))

    def limit_of(self, case: Case) -> Limit | None:
        """The frequency limit on this case; None where there is none."""
        return limit_of(case, self.regulation)

    def keys_of(self, case: Case) -> tuple[Key, ...]:
        """The frequency keys this case needs."""
        return keys_of(case, self.limit_of(case), self.frequency.key_values)

    def keys_compared(self, case: Case) -> tuple[Key, ...]:
        """The keys of this case, and those under which others may have the same topic."""
        return same_words(self.keys_of(case), self.frequency.topic_keys)
