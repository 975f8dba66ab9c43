"""What can be refused here. Each error says, in the language spoken, what was asked for and what there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from messages.errors import DuchaError, Outcome

if TYPE_CHECKING:
    from messages.answers import RefusalView


class RegulationsError(DuchaError):
    """A regulation, article, term or jurisdiction was asked for that the data does not have."""

    area = "regulations"
    outcome = Outcome.NOT_FOUND
    stable_code: ClassVar[str]

    def __init__(self, **params: object) -> None:
        super().__init__(self.stable_code, **params)


class FileProblem(Protocol):
    """One fault of a data file."""

    @property
    def fact(self) -> str:
        """Where the fault is and what it is, in the current language."""

    @property
    def cure(self) -> str:
        """What to do about it, in the current language."""

    def view(self) -> RefusalView:
        """The fault in the form that every refusal has, with its place."""


_Problem = TypeVar("_Problem", bound=FileProblem)


class DataFileRefused(DuchaError, Generic[_Problem]):
    """A data file cannot be taken; ``problems`` lists every fault found, never only the first."""

    area = "regulations"
    outcome = Outcome.REFUSED
    heading = "file_refused"
    stable_code: ClassVar[str]

    def __init__(self, name: str, problems: tuple[_Problem, ...]) -> None:
        super().__init__(self.stable_code, file=name, count=len(problems))
        self.name = name
        self.problems = problems

    @property
    def fact(self) -> str:
        """The file, and every fault with its cure, one a line."""
        return "\n".join([super().fact, *(f"  {problem.fact} {problem.cure}" for problem in self.problems)])

    @property
    def heading_params(self) -> Mapping[str, object]:
        """The file."""
        return {"file": self.name}

    def refusal_views(self) -> tuple[RefusalView, ...]:
        """Every fault with its place."""
        return tuple(problem.view() for problem in self.problems)


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


class OwnTextChanged(RegulationsError):
    """A text that was added to the program is no longer what was added."""

    stable_code = "own_text_changed"
    outcome = Outcome.FAILED
    of_the_installation = True
