"""The reader of a query: an account within its jurisdiction, or the operator of the machine."""

from __future__ import annotations

from dataclasses import dataclass, field

from access.policy import Read, Scope, scopes
from states.engine.case import Actor, Case, Role


@dataclass(frozen=True, slots=True)
class ReadEvent:
    """One read, as the access record stores it; ``found`` is false when the reader was shown nothing.

    ``jurisdiction`` is the one that was read; None when the operator read all of them.
    """

    read: Read
    jurisdiction: str | None
    case: str | None = None
    unit: str | None = None
    found: bool = True


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader. ``account`` is None for the operator of the machine, who has the database and sees everything.

    ``inspections`` are those whose staffing names the account, ``units`` the codes of the account's unit and of those
    whose duties it took over, ``granted`` the other jurisdictions that the account may read as far as its roles let it
    read all of its own (``access.visible_cases.open_reader`` looks them up).
    ``events`` collects the reads for the access record.
    """

    account: Actor | None
    inspections: frozenset[str] = frozenset()
    granted: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    events: list[ReadEvent] = field(default_factory=list, compare=False, repr=False)

    @property
    def is_operator(self) -> bool:
        """Whether the reader is the operator, whom no account limits."""
        return self.account is None

    @property
    def jurisdiction(self) -> str | None:
        """The jurisdiction of the account; None for the operator."""
        return self.account.jurisdiction if self.account else None

    @property
    def unit(self) -> str | None:
        """The unit of the account."""
        return self.account.unit if self.account else None

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of the account."""
        return self.account.roles if self.account else frozenset()

    def scopes(self, read: Read) -> frozenset[Scope]:
        """The scopes in which this account may read; empty for the operator, who needs none."""
        return scopes(self.roles, read)

    def note(
        self,
        read: Read,
        *,
        jurisdiction: str | None = None,
        case: str | None = None,
        unit: str | None = None,
        found: bool = True,
    ) -> None:
        """Add a read to the events.

        ``jurisdiction`` is used for the operator, who belongs to none, and for a reader who was granted it.
        """
        read_there = jurisdiction if self.account is None or jurisdiction in self.granted else self.jurisdiction
        self.events.append(ReadEvent(read, read_there, case, unit, found))

    def name_in(self, jurisdiction: str | None) -> str | None:
        """The account as the record of a jurisdiction names it: with its own jurisdiction where that is another."""
        if self.account is None or jurisdiction in (None, self.account.jurisdiction):
            return self.account.name if self.account else None
        return f"{self.account.jurisdiction}:{self.account.name}"

    def sees_jurisdiction(self, read: Read, jurisdiction: str) -> bool:
        """Whether the reader may read everything in this jurisdiction."""
        if self.account is None:
            return True
        home = self.account.jurisdiction == jurisdiction or jurisdiction in self.granted
        return home and Scope.JURISDICTION in self.scopes(read)

    def sees_whole(self, read: Read, case: Case) -> bool:
        """Whether the reader, if they may see this case at all, sees all of it."""
        if self.sees_jurisdiction(read, case.jurisdiction):
            return True
        return Scope.INSPECTION in self.scopes(read) and case.family in self.inspections

    def sees_account(self, account: Actor) -> bool:
        """Whether the reader may see this account, its name and its roles."""
        if self.account is None or self.sees_jurisdiction(Read.ACCOUNTS, account.jurisdiction):
            return True
        if account.jurisdiction != self.account.jurisdiction:
            return False
        of_unit = Scope.UNIT in self.scopes(Read.ACCOUNTS) and account.unit is not None and account.unit == self.unit
        return of_unit or account.name == self.account.name


def operator() -> Reader:
    """The operator of the machine as a reader."""
    return Reader(None)
