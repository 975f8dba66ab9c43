"""What can be refused here. Each error says, in the language spoken, what was asked for and what there is."""

from __future__ import annotations

from typing import ClassVar

from messages.errors import DuchaError, Outcome


class RegulationsError(DuchaError):
    """A regulation, article, term or jurisdiction was asked for that the data does not have."""

    area = "regulations"
    outcome = Outcome.NOT_FOUND
    stable_code: ClassVar[str]

    def __init__(self, **params: object) -> None:
        super().__init__(self.stable_code, **params)


class UnknownRegulation(RegulationsError):
    """No text has this id, or this version of it."""

    stable_code = "unknown_regulation"


class NotInForce(RegulationsError):
    """The regulation exists, but applies only from a later day than the one asked about."""

    stable_code = "not_in_force"
    outcome = Outcome.REFUSED
    heading = "refused"


class UnknownArticle(RegulationsError):
    """The regulation has no such article or numbered item."""

    stable_code = "unknown_article"


class UnknownProvision(RegulationsError):
    """The regulation names no such term, limit or kind of inspection."""

    stable_code = "unknown_provision"


class UnknownJurisdiction(RegulationsError):
    """No jurisdiction has this code."""

    stable_code = "unknown_jurisdiction"
