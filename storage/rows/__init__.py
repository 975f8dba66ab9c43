"""The rows of every table. Rows are how things are kept, not what they are: the cases are in ``states``."""

from sqlalchemy import Table

from storage.rows.base import Row
from storage.rows.calendar import CalendarNotice, WithdrawnNotice
from storage.rows.cases import CaseFile, CaseNumber, CaseTarget, JournalEntry
from storage.rows.messages import Document, NoticeRow, OutboxRow, Request, Setting
from storage.rows.people import (
    AccessRecord,
    Account,
    AccountChange,
    AccountRole,
    JurisdictionRow,
    ReadingGrantRow,
    UnitChangeRow,
    UnitRow,
)
from storage.rows.terms import DeadlineRow, FrequencyGuard, FrequencyUse, SweepNight

__all__ = [
    "AccessRecord",
    "Account",
    "AccountChange",
    "AccountRole",
    "CalendarNotice",
    "CaseFile",
    "CaseNumber",
    "CaseTarget",
    "DeadlineRow",
    "Document",
    "FrequencyGuard",
    "FrequencyUse",
    "JournalEntry",
    "JurisdictionRow",
    "NoticeRow",
    "OutboxRow",
    "ReadingGrantRow",
    "Request",
    "Row",
    "Setting",
    "SweepNight",
    "UnitChangeRow",
    "UnitRow",
    "WithdrawnNotice",
    "table",
]


def table(row: type[Row]) -> Table:
    """The table of a row class, for statements built once."""
    return Row.metadata.tables[str(row.__tablename__)]
