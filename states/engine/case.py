"""Cases, actors and roles: frozen values, independent of how they are stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from messages.names import fold_name
from states.engine.stored_documents import parsed

NEW: Final = "new"
"""The state of a case before its first act."""

_Form = TypeVar("_Form", bound=BaseModel)


class Role(StrEnum):
    """The roles that act; the jurisdiction's data says who holds each."""

    COORDINATOR = "coordinator"
    AUTHORITY = "authority"
    RESPONSIBLE_LEADER = "responsible_leader"
    SUPERVISION_OFFICE = "supervision_office"
    GROUP_LEADER = "group_leader"
    GROUP_MEMBER = "group_member"
    TARGET_OFFICER = "target_officer"
    APPRAISAL_OFFICE = "appraisal_office"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Actor:
    """An account: a person by name with roles, or the service acting for the coordinators (``automation``)."""

    name: str
    roles: frozenset[Role]
    jurisdiction: str
    unit: str | None = None
    automation: bool = False

    @property
    def plain_name(self) -> str:
        """The name as documents have it; an account that was entered before may be spelt otherwise."""
        return fold_name(self.name)

    def holds(self, role: Role) -> bool:
        """Whether this account holds the role."""
        return role in self.roles


@dataclass(frozen=True, slots=True)
class Case:
    """One case of one procedure, as it stands after its last act.

    ``version`` counts its acts; ``actors_by_act`` names everybody who did each act, the last one last; ``dossier``
    holds the documents that the acts stored, as plain JSON values; ``regulation`` is the version of the regulation it
    was opened under, or was migrated to (rule 4). ``kind`` is one of the kinds of that version.
    """

    id: str
    procedure: str
    jurisdiction: str
    region: str
    regulation: str
    title: str
    year: int
    opened_on: date
    acted_on: date
    opened_by: str
    state: str = NEW
    version: int = 0
    kind: str | None = None
    unit: str | None = None
    targets: tuple[str, ...] = ()
    parent: str | None = None
    root: str | None = None
    suspended: bool = False
    actors_by_act: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dossier: Mapping[str, Any] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """The inspection this case belongs to: its own id for an inspection."""
        return self.root or self.id

    def read(self, name: str, form: type[_Form]) -> _Form | None:
        """The document of this name, parsed as its form; None when there is none yet."""
        kept = self.dossier.get(name)
        return None if kept is None else parsed(kept, form)

    def read_all(self, name: str, form: type[_Form]) -> list[_Form]:
        """The documents that repeated acts stored under this name, in order, each parsed as its form."""
        return [parsed(kept, form) for kept in self.dossier.get(name, ())]

    def has(self, name: str) -> bool:
        """Whether there is a document of this name."""
        return name in self.dossier

    def actors(self, *acts: str) -> frozenset[str]:
        """Everybody who ever did one of these acts on this case; opening it is one of its acts."""
        return frozenset(name for act in acts for name in self.actors_by_act.get(act, ()))

    def changed(self, **changes: Any) -> Case:
        """The case with other values; as ``dataclasses.replace``, which asks at each change what fields there are."""
        return Case(**{**dict(zip(_FIELDS, _values(self), strict=True)), **changes})

    def with_document(self, name: str, form: BaseModel) -> Case:
        """The case with this content of a document that it has; author and day of the document stay."""
        return self.changed(dossier={**self.dossier, name: {**self.dossier[name], **form.model_dump(mode="json")}})

    def authors(self, name: str) -> list[str]:
        """The author of each document of this name."""
        return [str(kept["by"]) for kept in self.dossier.get(name, ())]

    def days(self, name: str) -> list[date]:
        """The date of each act that stored a document under this name."""
        return [date.fromisoformat(kept["on"]) for kept in self.dossier.get(name, ())]

    def dated(self, name: str) -> date | None:
        """The date of the act that stored this document; None when there is none."""
        kept = self.dossier.get(name)
        return None if kept is None else date.fromisoformat(kept["on"])


_FIELDS: Final = tuple(one.name for one in fields(Case))
_values: Final = attrgetter(*_FIELDS)
