"""Regulations as dated data: articles, terms, limits, lists and coverage; jurisdictions; rosters.

Everything is read from the package's own files when first asked for, and every value names its article.
"""

from messages.errors import HOUSE
from regulations.clauses import Clause
from regulations.duties import (
    Collective,
    Criterion,
    CriterionGroup,
    Grade,
    Indicator,
    Obligation,
    Outcome,
    Phase,
    Reading,
    ScoreSection,
    Task,
    Veto,
)
from regulations.errors import (
    NotInForce,
    RegulationsError,
    UnknownArticle,
    UnknownJurisdiction,
    UnknownProvision,
    UnknownRegulation,
)
from regulations.jurisdiction_files import JurisdictionProblem, JurisdictionRefused, read_jurisdiction
from regulations.jurisdictions import INSPECTION, Account, Jurisdiction, jurisdiction, jurisdictions, office_name
from regulations.library import by_key, clause, ids, in_force, load
from regulations.provisions import Body, Category, Coverage, Ground, Item, Kind, Limit, Method, Term
from regulations.regulation import Regulation
from regulations.rosters import Roster, RosterProblem, RosterRefused, Unit, read_roster

__all__ = [
    "HOUSE",
    "INSPECTION",
    "Account",
    "Body",
    "Category",
    "Clause",
    "Collective",
    "Coverage",
    "Criterion",
    "CriterionGroup",
    "Grade",
    "Ground",
    "Indicator",
    "Item",
    "Jurisdiction",
    "JurisdictionProblem",
    "JurisdictionRefused",
    "Kind",
    "Limit",
    "Method",
    "NotInForce",
    "Obligation",
    "Outcome",
    "Phase",
    "Reading",
    "Regulation",
    "RegulationsError",
    "Roster",
    "RosterProblem",
    "RosterRefused",
    "ScoreSection",
    "Task",
    "Term",
    "Unit",
    "UnknownArticle",
    "UnknownJurisdiction",
    "UnknownProvision",
    "UnknownRegulation",
    "Veto",
    "by_key",
    "clause",
    "ids",
    "in_force",
    "jurisdiction",
    "jurisdictions",
    "load",
    "office_name",
    "read_jurisdiction",
    "read_roster",
]
