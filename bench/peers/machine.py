"""One shared machine of the ``transitions`` library, with no model bound to it."""

from __future__ import annotations

from typing import Final

from transitions import Machine

from bench.peers.work import STATES, STEPS, permit


class Cursor:
    """What the machine moves in place of a case."""

    def __init__(self, state: str) -> None:
        self.state = state


def fire(event: str, state: str) -> str:
    """The state that an event leads to. Raises PermissionError when the guard refuses it."""
    cursor = Cursor(state)
    if not MACHINE.events[event].trigger(cursor):
        raise PermissionError(event)
    return cursor.state


MACHINE: Final = Machine(model=None, states=list(STATES), initial=None, auto_transitions=False)
for _event, _source, _target in STEPS:
    MACHINE.add_transition(_event, _source, _target, conditions=[permit])
