"""How a run ends: with what came of it as its message, its data, and the first thing its page shows."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from prefect.client.schemas.objects import State
from prefect.logging.handlers import APILogHandler
from prefect.states import Cancelled, Completed

import messages
from casework.acts.act_models import ActResult
from flows.follow_up import Followed
from messages.answers import Answer
from messages.errors import DuchaError

_page = logging.getLogger("ducha.run")
_page.setLevel(logging.INFO)
_page.propagate = False
_page.addHandler(APILogHandler())


def result(message: str, data: Mapping[str, Any], more: Sequence[str] = ()) -> State[Any]:
    """The final state of a run that did what was asked; ``more`` is said on its page only."""
    _say(message, more)
    return Completed(message=message, data=dict(data))


def refusal(message: str, error: DuchaError, more: Sequence[str]) -> State[Any]:
    """The final state of a run that was refused: grey, so that nobody takes it for done or for a fault.

    Asking the state for its result raises the error.
    """
    _say(message, more)
    return Cancelled(name=messages.text("flows.refused_state"), message=message, data=error)


def acted(done: ActResult, followed: Followed) -> State[Any]:
    """The result of a run that did an act and followed it up."""
    message = messages.text(
        "flows.done",
        act=messages.text(f"act.{done.act}"),
        case=done.case,
        state=messages.text(f"state.{done.state}"),
        documents=len(followed.documents),
        notices=followed.notices,
    )
    return result(message, _plain(done) | _plain(followed), more=followed.documents)


def followed_up(followed: Followed) -> State[Any]:
    """The result of a run that only followed up what waited."""
    counts = {"acts": len(followed.acts), "documents": len(followed.documents), "notices": followed.notices}
    message = messages.text("flows.followed", **counts) if counts["acts"] else messages.text("flows.nothing_waits")
    return result(message, _plain(followed), more=followed.documents)


def _say(message: str, more: Sequence[str]) -> None:
    for line in (message, *more):
        _page.info(line)


def _plain(answer: Answer) -> dict[str, Any]:
    """An answer as the JSON values that Prefect keeps."""
    return answer.model_dump(mode="json")
