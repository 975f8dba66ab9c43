"""What can be refused here. Each error says, in the language spoken, what was asked for and what there is."""

from __future__ import annotations

import messages


class RegulationsError(Exception):
    """A regulation, article, term or jurisdiction was asked for that the data does not have."""

    text: str

    def __init__(self, **params: object) -> None:
        super().__init__(*params.values())
        self.params = params

    def __str__(self) -> str:
        return messages.text(self.text, None, **self.params)


class UnknownRegulation(RegulationsError):
    """No text has this id, or this version of it."""

    text = "regulations.unknown_regulation"


class NotInForce(RegulationsError):
    """The regulation exists, but applies only from a later day than the one asked about."""

    text = "regulations.not_in_force"


class UnknownArticle(RegulationsError):
    """The regulation has no such article or numbered item."""

    text = "regulations.unknown_article"


class UnknownProvision(RegulationsError):
    """The regulation names no such term, limit or kind of inspection."""

    text = "regulations.unknown_provision"


class UnknownJurisdiction(RegulationsError):
    """No jurisdiction has this code."""

    text = "regulations.unknown_jurisdiction"
