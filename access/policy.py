"""Which role may read what, and how much of it.

What the table does not name for a role, the role does not see. An account that holds several roles sees what any of
them sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from states.engine.case import Role


class Read(StrEnum):
    """The kinds of reads; the access record names them."""

    CASE = "case"
    CASE_LIST = "case_list"
    VERDICT = "verdict"
    DOCUMENT = "document"
    MESSAGES = "messages"
    OVERDUE = "overdue"
    JOURNAL = "journal"
    FREQUENCY = "frequency"
    LOAD = "load"
    BUNDLE = "bundle"
    VERIFICATION = "verification"
    UNITS = "units"
    ACCOUNTS = "accounts"
    ACCOUNT_HISTORY = "account_history"
    ACCESS_RECORD = "access_record"


class Scope(StrEnum):
    """How far a read reaches.

    JURISDICTION: everything of the account's jurisdiction. INSPECTION: the inspections whose staffing names the
    account, whole. UNIT: what concerns the account's unit, once it is served on it. PASSED_ON: results passed to the
    appraisal office. OWN: what is about the account itself.
    """

    JURISDICTION = "jurisdiction"
    INSPECTION = "inspection"
    UNIT = "unit"
    PASSED_ON = "passed_on"
    OWN = "own"


CONTENT: Final = (Read.CASE, Read.CASE_LIST, Read.VERDICT, Read.DOCUMENT, Read.MESSAGES, Read.OVERDUE, Read.JOURNAL)
"""Reads that show what cases hold."""


def _grants(scopes: Mapping[Scope, Iterable[Read]]) -> Mapping[Read, Scope]:
    return {read: scope for scope, reads in scopes.items() for read in reads}


_OFFICE: Final = _grants(
    {
        Scope.JURISDICTION: (*CONTENT, Read.FREQUENCY, Read.LOAD, Read.BUNDLE, Read.UNITS, Read.ACCOUNTS),
        Scope.OWN: (Read.ACCOUNT_HISTORY,),
    }
)
_GROUP: Final = _grants(
    {
        Scope.INSPECTION: CONTENT,
        Scope.JURISDICTION: (Read.UNITS, Read.ACCOUNTS),
        Scope.OWN: (Read.ACCOUNT_HISTORY,),
    }
)

POLICY: Final[Mapping[Role, Mapping[Read, Scope]]] = {
    Role.COORDINATOR: _OFFICE,
    Role.AUTHORITY: _OFFICE,
    Role.RESPONSIBLE_LEADER: _OFFICE,
    Role.SUPERVISION_OFFICE: _OFFICE,
    Role.GROUP_LEADER: _GROUP,
    Role.GROUP_MEMBER: _GROUP,
    Role.TARGET_OFFICER: _grants(
        {
            Scope.UNIT: (*CONTENT, Read.ACCOUNTS),
            Scope.JURISDICTION: (Read.UNITS,),
            Scope.OWN: (Read.ACCOUNT_HISTORY,),
        }
    ),
    Role.APPRAISAL_OFFICE: _grants(
        {
            Scope.PASSED_ON: CONTENT,
            Scope.JURISDICTION: (Read.UNITS,),
            Scope.OWN: (Read.ACCOUNTS, Read.ACCOUNT_HISTORY),
        }
    ),
    Role.AUDITOR: _grants(
        {
            Scope.JURISDICTION: (
                Read.JOURNAL, Read.VERIFICATION, Read.ACCESS_RECORD, Read.ACCOUNT_HISTORY, Read.ACCOUNTS, Read.UNITS,
            ),
        }
    ),
    Role.ADMINISTRATOR: _grants({Scope.JURISDICTION: (Read.ACCOUNTS, Read.ACCOUNT_HISTORY, Read.UNITS)}),
}  # fmt: skip


def scopes(roles: Iterable[Role], read: Read) -> frozenset[Scope]:
    """How far these roles together may read."""
    return frozenset(POLICY[role][read] for role in roles if read in POLICY[role])
