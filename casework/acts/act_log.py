"""Telemetry of acts: one record for each act, refusal or failure, written where every change to a case enters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

import messages
import telemetry
from casework.acts.act_models import ActResult
from casework.acts.act_transaction import ActTransaction
from casework.acts.request_context import role_used
from messages.errors import DuchaError, Outcome
from states.engine.case import Actor
from storage.errors import DatabaseError, Overtaken

ANSWERS: Final = (Outcome.NOT_FOUND, Outcome.NOT_PERMITTED)
"""Outcomes that the log distinguishes from a refusal by the rules."""
CASE_NUMBER: Final = re.compile(r"[A-Z]+-\d{4}-[A-Z0-9-]+")
UNKNOWN: Final = "unknown"


@dataclass(slots=True)
class ActLog:
    """The record of one act, filled in as the act proceeds."""

    case: str
    act: str
    account: Actor | None = None
    role: str = ""
    answer: ActResult | None = None

    def performed(self, transaction: ActTransaction) -> None:
        """Set the role under which the act was done."""
        actor = transaction.desk.actor
        role = role_used(actor, transaction.moves[0].step.by) if actor else None
        self.role = role.value if role else ""

    def named(self) -> dict[str, str]:
        """Case, act, account and role. An unknown name is logged as ``unknown``: it may be any typed text.

        For an act that was not done, ``role`` lists every role of the account.
        """
        held = self.account.roles if self.account else ()
        return {
            "case": self.case if CASE_NUMBER.fullmatch(self.case) else UNKNOWN if self.case else "",
            "act": self.act if messages.has(f"act.{self.act}") else UNKNOWN,
            "actor": self.account.name if self.account else UNKNOWN,
            "role": self.role or ",".join(sorted(role.value for role in held)),
        }


@contextmanager
def recorded(case: str, act: str) -> Iterator[ActLog]:
    """Record the act in this block: a success when its transaction commits, a refusal or failure immediately."""
    log, began = ActLog(case, act), perf_counter()
    try:
        yield log
    except Exception as error:
        if telemetry.is_logging():
            _record_error(log, error, telemetry.milliseconds(began))
        raise
    if log.answer is not None:
        telemetry.emit_on_commit(
            "act",
            "info",
            began=began,
            case=log.answer.case,
            act=log.answer.act,
            version=log.answer.version,
            actor=log.account.name if log.account else UNKNOWN,
            role=log.role,
            result="repeated" if log.answer.repeated else "done",
        )


def _record_error(log: ActLog, error: Exception, ms: float) -> None:
    fields: dict[str, Any] = {**log.named(), "ms": ms}
    if isinstance(error, DatabaseError):
        telemetry.failed(error, "act", **fields, codes=[error.code])
    elif isinstance(error, DuchaError):
        telemetry.mark_recorded(error)
        telemetry.emit("refusal", "warning", **fields, result=_result(error), codes=_codes(error))
    else:
        telemetry.failed(error, "act", **fields)


def _result(error: DuchaError) -> str:
    if isinstance(error, Overtaken):
        return "overtaken"
    return error.outcome.value if error.outcome in ANSWERS else "refused"


def _codes(error: DuchaError) -> list[str]:
    """The refusal codes, without duplicates."""
    return list(dict.fromkeys(view.code for view in error.refusal_views()))
