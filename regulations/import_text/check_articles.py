"""Faults of articles.toml: a number or item twice, an article without words, a row that does not fit its table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regulations.clauses import Clause
from regulations.import_text import marks
from regulations.import_text.errors import TextProblem
from regulations.import_text.marks import mark_of
from regulations.import_text.toml_lines import TomlLines
from regulations.library import clauses_of_text


def clauses_in(file: TomlLines) -> tuple[Clause, ...]:
    """The clauses of a file without faults."""
    return tuple(clauses_of_text(file.data))


def article_problems(file: TomlLines) -> Iterator[TextProblem]:
    """Every fault of the articles and annexes."""
    articles = file.data.get("article")
    if not isinstance(articles, list) or not articles:
        yield TextProblem("missing_key", file=file.name, params={"key": "article"})
        return
    seen: dict[int, int] = {}
    for at, article in enumerate(articles, start=1):
        line, row = file.line_of("article", at), f"article[{at}]"
        number, text = article.get("number"), article.get("text")
        if not isinstance(number, int) or not 1 <= number <= 999:
            yield TextProblem("bad_number", line, file.name, row, {"found": number})
        elif number in seen:
            params = {"number": number, "first": seen[number], "words": str(text)[:20]}
            yield TextProblem("clause_twice", line, file.name, row, params)
        if not isinstance(text, str) or not text.strip():
            yield TextProblem("no_text", line, file.name, row, {"number": number})
        else:
            yield from _items_twice(text, file, (line, file.name, row), number)
        seen.setdefault(number, line)
    for at, annex in enumerate(file.data.get("annex", []), start=1):
        yield from _annex(annex, (file.line_of("annex", at), file.name, f"annex[{at}]"))


def _items_twice(text: str, file: TomlLines, at: tuple[int, str, str], number: object) -> Iterator[TextProblem]:
    item, seen = 0, set[tuple[int, int]]()
    for line in text.splitlines():
        mark = mark_of(line)
        if mark is None or mark.sort not in (marks.ITEM, marks.SUB_ITEM):
            continue
        item = mark.number if mark.sort == marks.ITEM else item
        key = (item, mark.number if mark.sort == marks.SUB_ITEM else 0)
        if item and key in seen:
            yield TextProblem("item_twice", *at, {"number": number, "first": at[0], "words": line[:20]})
        seen.add(key)


def _annex(annex: dict[str, Any], at: tuple[int, str, str]) -> Iterator[TextProblem]:
    for key in ("number", "heading", "columns", "row"):
        if key not in annex:
            yield TextProblem("missing_key", *at, {"key": key})
            return
    seen: set[int] = set()
    for row in annex["row"]:
        if row.get("number") in seen:
            yield TextProblem("row_twice", *at, {"number": row.get("number"), "times": 2})
        if len(row.get("cells", ())) != len(annex["columns"]):
            params = {"number": row.get("number"), "found": len(row.get("cells", ())), "wanted": len(annex["columns"])}
            yield TextProblem("row_width", *at, params)
        seen.add(row.get("number"))
