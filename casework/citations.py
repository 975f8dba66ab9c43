"""Names of clauses and terms in answers, taken from the regulation version that a case has pinned."""

from __future__ import annotations

import messages
import regulations
from regulations import UnknownProvision


def citation(article: str, regulation: str) -> str:
    """A clause as it is cited. Raises UnknownArticle."""
    return regulations.by_key(regulation).short(article)


def term_title(name: str, regulation: str, language: messages.Language | None = None) -> str:
    """The title of a term: from the regulation, or from the catalogue when the regulation does not define it."""
    try:
        return regulations.by_key(regulation).term(name).title
    except UnknownProvision:
        return messages.text(f"term.{name}", language)
