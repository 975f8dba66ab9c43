"""The script of a simulation: steps as they are played, stored and replayed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

import messages
from casework.clock import SHANGHAI
from casework.errors import CaseworkError
from messages.errors import Outcome
from simulation.result_models import ScriptStep, ScriptView

Deed = Literal["open", "act", "sweep", "follow_up", "change_units"]
Fault = Literal["none", "crash", "repeat", "late_clock", "two_at_once", "meddling", "dated_back", "clock_ahead"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
FORMAT = 1
MOST_UNITS = 2000


class BadScript(CaseworkError):
    """The file is not a script of a simulation."""

    area = "simulate"
    outcome = Outcome.REFUSED


@dataclass(frozen=True, slots=True)
class Step:
    """One request at one moment, and its fault.

    ``at`` is what the clock of the machine says, which may be late; ``on`` (a day) dates the act otherwise.
    ``beside`` is a concurrent request: both see what is possible before either is done.
    """

    at: datetime
    do: Deed
    who: str = ""
    case: str = ""
    act: str = ""
    on: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None
    fault: Fault = "none"
    beside: Step | None = None

    def view(self) -> ScriptStep:
        """The step as it is stored, without blank fields."""
        return ScriptStep(
            at=self.at,
            do=self.do,
            who=self.who or None,
            case=self.case or None,
            act=self.act or None,
            on=self.on,
            data=dict(self.data) or None,
            key=self.key,
            fault=self.fault if self.fault != "none" else None,
            beside=self.beside.view() if self.beside else None,
        )


@dataclass(frozen=True, slots=True)
class Script:
    """All steps in a district of ``units`` units."""

    units: int
    seed: int
    steps: Sequence[Step]

    def view(self) -> ScriptView:
        """The script as it is written to a file."""
        steps = tuple(step.view() for step in self.steps)
        return ScriptView(simulation=FORMAT, units=self.units, seed=self.seed, steps=steps)


def read_script(data: object) -> Script:
    """The script in a file, or in the answer that reported a violation. Raises BadScript."""
    found = data.get("script", data) if isinstance(data, Mapping) else data
    try:
        assert isinstance(found, Mapping) and int(found["simulation"]) == FORMAT
        units, seed = int(found["units"]), int(found["seed"])
        assert 1 <= units <= MOST_UNITS
        return Script(units, seed, [_step(one) for one in found["steps"]])
    except (AssertionError, AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise BadScript("no_script", detail=str(error) or messages.text("simulate.other_format")) from error


def _step(found: Mapping[str, Any]) -> Step:
    known = {name: found[name] for name in ("who", "case", "act", "on", "data", "key") if name in found}
    deed, fault = found["do"], found.get("fault", "none")
    if deed not in get_args(Deed) or fault not in FAULTS:
        raise ValueError(f"{deed}, {fault}")
    at = datetime.fromisoformat(found["at"]).astimezone(SHANGHAI)
    beside = _step(found["beside"]) if "beside" in found else None
    return Step(at=at, do=deed, fault=fault, beside=beside, **known)
