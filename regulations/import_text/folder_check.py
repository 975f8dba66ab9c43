"""The check of a folder: every fault with its file, row and line, never only the first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from regulations.import_text.check_articles import article_problems, clauses_in
from regulations.import_text.check_provisions import head_problems, provision_problems
from regulations.import_text.errors import TextProblem, TextRefused
from regulations.import_text.skeleton import ARTICLES, COVERAGE, OPEN, PROPOSALS, REGULATION
from regulations.import_text.toml_lines import TomlLines
from regulations.library import read
from regulations.regulation import Regulation

_COVERED = {"enforced", "tracked", "stated"}


def check_folder(folder: Path) -> Regulation:
    """The regulation of a folder that is whole. Raises TextRefused, with every fault."""
    files = {name: TomlLines(folder, name) for name in (REGULATION, ARTICLES, COVERAGE)}
    problems = [one.problem for one in files.values() if one.problem]
    if not problems and (folder / PROPOSALS).exists():
        problems = list(_undecided(TomlLines(folder, PROPOSALS)))
    if not problems:
        problems = list(_problems(files))
    if problems:
        raise TextRefused(str(folder), tuple(problems))
    return read(folder)


def _problems(files: dict[str, TomlLines]) -> Iterator[TextProblem]:
    articles = list(article_problems(files[ARTICLES]))
    yield from articles
    yield from head_problems(files[REGULATION])
    if not articles:
        clauses = clauses_in(files[ARTICLES])
        yield from provision_problems(files[REGULATION], clauses)
        yield from _coverage(files[COVERAGE], [one.ref for one in clauses])


def _coverage(file: TomlLines, refs: list[str]) -> Iterator[TextProblem]:
    rows = file.data.get("clause")
    if not isinstance(rows, list):
        yield TextProblem("missing_key", file=file.name, params={"key": "clause"})
        return
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        at = (file.line_of("clause", number), file.name, f"clause[{number}]")
        missing = next(
            (key for key in ("ref", "how", "by", "why") if not isinstance(row, dict) or key not in row), None
        )
        if missing:
            yield TextProblem("missing_key", *at, {"key": missing})
            continue
        if row["ref"] not in refs:
            yield TextProblem("no_such_article", *at, {"ref": row["ref"]})
        if row["ref"] in seen:
            yield TextProblem("covered_twice", *at, {"ref": row["ref"]})
        if row["how"] not in _COVERED or bool(row["by"]) == (row["how"] == "stated") or not row["why"]:
            yield TextProblem("bad_row", *at, {"ref": row["ref"], "how": row["how"]})
        seen.add(row["ref"])
    for ref in refs:
        if ref not in seen:
            yield TextProblem("not_covered", file=file.name, params={"ref": ref})


def _undecided(file: TomlLines) -> Iterator[TextProblem]:
    if file.problem:
        yield file.problem
        return
    for number, row in enumerate(file.data.get("proposal", []), start=1):
        if row.get("verdict") == OPEN:
            left = sum(one.get("verdict") == OPEN for one in file.data["proposal"])
            params = {"count": left, "number": row.get("number"), "quote": str(row.get("quote"))[:30]}
            yield TextProblem("undecided", file.line_of("proposal", number), file.name, f"proposal[{number}]", params)
            return
