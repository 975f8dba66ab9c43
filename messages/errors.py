"""The one family of errors that people meet, whatever part of the product raises them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, Final

import messages

if TYPE_CHECKING:
    from messages.answers import ErrorView, RefusalView

HOUSE: Final = "house"
"""The article of a rule of this system, which no clause contains."""


def house_rule() -> str:
    """How a rule of this system is cited, in the current language."""
    return messages.text("regulations.house_rule")


class Outcome(Enum):
    """What an error means to the caller: an exit code on the command line, a status over HTTP."""

    FAILED = "failed"
    NOT_FOUND = "not_found"
    NOT_PERMITTED = "not_permitted"
    REFUSED = "refused"


class DuchaError(Exception):
    """Something asked for was not done.

    ``code`` is stable and names the texts ``<area>.<code>`` (the fact) and ``<area>.<code>_cure``, which are filled in
    with ``params``. An error with ``heading`` is answered as a list of refusals under the text ``console.<heading>``,
    filled in with ``heading_params``; any other one is answered by itself.
    """

    area: ClassVar[str]
    outcome: Outcome = Outcome.FAILED
    heading: ClassVar[str | None] = None
    of_the_installation: ClassVar[bool] = False
    """Whether the program's surroundings are at fault, and not what was asked for."""
    judged: ClassVar[bool] = False
    """Whether the rules judged a case: only then is a rule of this system worth citing to people."""

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    @property
    def fact(self) -> str:
        """What is wrong, in the current language."""
        return messages.text(f"{self.area}.{self.code}", None, **self.params)

    @property
    def cure(self) -> str:
        """What to do about it, in the current language; empty where the catalogue knows no cure."""
        name = f"{self.area}.{self.code}_cure"
        return messages.text(name, None, **self.params) if messages.has(name) else ""

    @property
    def explanation(self) -> str:
        """The fact and the cure."""
        return f"{self.fact} {self.cure}".rstrip()

    @property
    def heading_params(self) -> Mapping[str, object]:
        """What fills in the heading over the refusals."""
        return {}

    def view(self) -> ErrorView:
        """The error as it is answered by itself."""
        from messages.answers import ErrorView

        return ErrorView(error=self.code, fact=self.fact, cure=self.cure)

    def refusal_views(self) -> tuple[RefusalView, ...]:
        """Every reason: here the error itself, which rests on a rule of this system and has no date to it."""
        from messages.answers import RefusalView

        return (RefusalView(code=self.code, article=HOUSE, citation=house_rule(), fact=self.fact, cure=self.cure),)

    def __str__(self) -> str:
        return f"{self.code}: {self.explanation}"
