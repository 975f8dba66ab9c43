"""Names of clauses, terms and acts in answers; clauses and terms of the regulation version a case has pinned."""

from __future__ import annotations

import messages
import regulations
from regulations import UnknownProvision


def citation(article: str, regulation: str) -> str:
    """A clause as it is cited. Raises UnknownArticle."""
    return regulations.by_key(regulation).short(article)


def act_name(act: str, procedure: str, language: messages.Language | None = None) -> str:
    """The name of an act in a procedure: 批准 of a look-back is 签批同意. The code where it has no name."""
    names = (f"act.{procedure}.{act}", f"act.{act}")
    return next((messages.text(name, language) for name in names if messages.has(name)), act)


def term_title(name: str, regulation: str, language: messages.Language | None = None) -> str:
    """The title of a term: from the regulation, or from the catalogue when the regulation does not define it."""
    try:
        return regulations.by_key(regulation).term(name).title
    except UnknownProvision:
        return messages.text(f"term.{name}", language)
