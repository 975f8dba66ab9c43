"""Why a use case cannot be carried out, apart from the rules."""

from __future__ import annotations

from messages.errors import DuchaError, Outcome


class CaseworkError(DuchaError):
    """Something asked for cannot be done as things stand."""

    area = "casework"

    def __str__(self) -> str:
        # Tracebacks and logs show this: params may hold names and what somebody wrote.
        return self.code


class NotFound(CaseworkError):
    """There is no such case, unit, account or document."""

    outcome = Outcome.NOT_FOUND


class NotPermitted(CaseworkError):
    """The caller may not do this, whatever is asked for."""

    outcome = Outcome.NOT_PERMITTED


class Conflict(CaseworkError):
    """Someone else wrote first, or the same idempotency key came with another request."""


class UpkeepFailed(CaseworkError):
    """Anchoring, bundling, copying or restoring failed; nothing was changed."""

    area = "upkeep"
