"""Errors of casework other than rule refusals."""

from __future__ import annotations

from messages.errors import DuchaError, Outcome


class CaseworkError(DuchaError):
    """A request cannot be carried out in the current state."""

    area = "casework"

    def __str__(self) -> str:
        # Tracebacks and logs show this text: params may hold names and user input.
        return self.code


class NotFound(CaseworkError):
    """The case, unit, account or document does not exist."""

    outcome = Outcome.NOT_FOUND


class NotPermitted(CaseworkError):
    """The caller may not make this request."""

    outcome = Outcome.NOT_PERMITTED


class RefusedByRule(CaseworkError):
    """The request is refused by a house rule."""

    outcome = Outcome.REFUSED


class Conflict(CaseworkError):
    """Another writer was first, or the idempotency key was used for a different request."""


class UpkeepFailed(CaseworkError):
    """Anchoring, bundling, backup or restore failed; nothing was changed."""

    area = "upkeep"
