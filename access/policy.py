"""Which role may read what, and in which scope.

A role sees nothing that the table does not grant it. An account with several roles sees everything that any of them
sees.
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

    JURISDICTION: everything in the account's jurisdiction. INSPECTION: all of each inspection whose staffing names the
    account. UNIT: what concerns the account's unit, once it has been served on the unit. PASSED_ON: results passed on
    to the appraisal office. OWN: records about the account itself.
    """

    JURISDICTION = "jurisdiction"
    INSPECTION = "inspection"
    UNIT = "unit"
    PASSED_ON = "passed_on"
    OWN = "own"


CONTENT: Final = (Read.CASE, Read.CASE_LIST, Read.VERDICT, Read.DOCUMENT, Read.MESSAGES, Read.OVERDUE, Read.JOURNAL)
"""Reads that show the contents of cases."""


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
    """The scopes in which these roles together may read."""
    return frozenset(POLICY[role][read] for role in roles if read in POLICY[role])
