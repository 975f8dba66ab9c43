"""Commands about single clauses: one by its number, and those that contain some words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

import messages
from cli.output.printing import facts, join_names, show
from cli.parsing.commands import Command, argument, option
from cli.parsing.jurisdiction_option import jurisdiction_meant
from cli.parsing.options import Options

if TYPE_CHECKING:
    from casework.views.regulation_views import ArticleView, ClauseFound, ClauseView, ReadingView
    from regulations import Regulation


@click.command("article", cls=Command, help="console.regulation_article")
@argument("ref", metavar="REF", help="console.arg_ref")
@option("--regulation", "key", metavar="ID", help="console.opt_regulation")
@option("--jurisdiction", metavar="CODE", help="console.opt_jurisdiction")
@click.pass_obj
def article(settings: Options, ref: str, key: str | None, jurisdiction: str | None) -> None:
    """Show a clause, how it is read, and what the product does about it."""
    from casework.views.regulation_views import article_view

    show(settings, article_view(regulation_meant(settings, key, jurisdiction), ref), _format_article)


@click.command("search", cls=Command, help="console.regulation_search")
@argument("words", metavar="WORD", nargs=-1, required=True, help="console.arg_words")
@option("--regulation", "key", metavar="ID", help="console.opt_regulation")
@click.pass_obj
def search(settings: Options, words: Sequence[str], key: str | None) -> None:
    """List the clauses in which all these words occur."""
    import regulations
    from casework.views.regulation_views import search_clauses

    searched = map(regulations.load, regulations.ids()) if key is None else [regulation_meant(settings, key, None)]
    show(settings, search_clauses(searched, words), _format_found)


COMMANDS: Final = (article, search)


def regulation_meant(settings: Options, key: str | None, jurisdiction: str | None) -> Regulation:
    """The regulation of this id or key; without one that of the jurisdiction. Raises UnknownRegulation."""
    import regulations

    if key is None:
        return regulations.load(jurisdiction_meant(settings, jurisdiction).regulation)
    return regulations.by_key(key) if "@" in key else regulations.load(key)


def format_clause(one: ClauseView) -> str:
    """A clause with its citation, and how doubtful words in it are read."""
    return "\n".join((f"{one.citation}　{one.heading}".rstrip(), one.text, *map(format_reading, one.readings)))


def format_reading(one: ReadingView) -> str:
    """One line: the words, how they are read, and why."""
    name = "regulations.reading" if one.words else "regulations.reading_of_all"
    return messages.text(name, words=one.words, meant=one.meant, why=one.why)


def _format_article(found: ArticleView) -> str:
    row = found.coverage
    about = facts(
        (
            ("how", messages.text(f"regulations.how_{row.status}")),
            ("by", join_names(row.by)),
            ("about", row.why),
            ("duties", join_names(found.duties)),
        )
    )
    return f"{format_clause(found.clause)}\n\n{about}"


def _format_found(found: Sequence[ClauseFound]) -> str:
    if not found:
        return messages.text("regulations.not_found")
    return "\n\n".join(f"{one.citation}　{one.regulation} {one.ref}\n{one.text}" for one in found)
