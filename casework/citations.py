"""How clauses and terms are named in an answer: by the version of the regulation that a case has pinned."""

from __future__ import annotations

import messages
import regulations
from regulations import UnknownProvision


def citation(article: str, regulation: str) -> str:
    """A clause as it is cited. Raises UnknownArticle."""
    return regulations.by_key(regulation).short(article)


def term_title(name: str, regulation: str, language: messages.Language | None = None) -> str:
    """What a term is called: by the regulation that has it, otherwise by the catalogue."""
    try:
        return regulations.by_key(regulation).term(name).title
    except UnknownProvision:
        return messages.text(f"term.{name}", language)
