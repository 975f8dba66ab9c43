"""A text that is imported: its tree, what has no place, its proposals, and the folder written from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import messages
from casework.administration.own_text_models import (
    ClauseRow,
    DecidedProposals,
    ImportedText,
    ProposalRow,
    UnplacedRow,
)
from regulations.import_text.check_provisions import ID
from regulations.import_text.decisions import Decision, ProposedText
from regulations.import_text.errors import refused
from regulations.import_text.reading import ReadText, read_text
from regulations.import_text.skeleton import OPEN, write_folder
from regulations.import_text.structure import TextStructure

_SHOWN = 40
"""Characters of a clause in the tree."""


def import_text(
    content: bytes, name: str, id: str, version: str | None, folder: Path | None, *, as_printed: bool = False
) -> ImportedText:
    """Read a text and write its folder; without a folder nothing is written. Raises TextRefused."""
    if not re.fullmatch(ID, id):
        raise refused(name, "bad_id", found=id)
    text = read_text(content, name, as_printed=as_printed)
    digest = sha256(content).hexdigest()
    if folder is not None:
        write_folder(folder, text, id, version or _first_day(text, name), Path(name).name, digest)
    return ImportedText(
        file=name,
        sha256=digest,
        title=text.structure.title,
        division=text.structure.division,
        tree=tuple(_tree(text.structure)),
        unplaced=tuple(
            UnplacedRow(line=one.line, why=one.why, text=one.text, reason=_reason(one.why, one.text))
            for one in text.structure.unplaced
        ),
        proposals=tuple(
            _row(Decision(number, one.sort, one.code, one.ref, one.quote, one.values, OPEN))
            for number, one in enumerate(text.proposals, start=1)
        ),
        folder=None if folder is None else str(folder),
    )


def decide(
    folder: Path, numbers: Sequence[int], *, confirm: bool, changed: Mapping[str, str] | None = None
) -> DecidedProposals:
    """Decide proposals of a folder by their numbers; none lists them. Raises TextRefused."""
    text = ProposedText(folder)
    text.check_numbers(numbers)
    done = [text.decide(number, confirm=confirm, changed=changed) for number in numbers]
    return answer_of(text, done)


def answer_of(text: ProposedText, done: Sequence[Decision] = ()) -> DecidedProposals:
    """The proposals of a folder, and what was decided now."""
    every = text.decisions()
    return DecidedProposals(
        folder=str(text.folder),
        decided=tuple(map(_row, done)),
        proposals=tuple(map(_row, every)),
        left=sum(one.verdict == OPEN for one in every),
    )


def _first_day(text: ReadText, name: str) -> str:
    day = next((one.values["value"] for one in text.proposals if one.code == "applies_from"), None)
    if not isinstance(day, date):
        raise refused(name, "no_version")
    return day.isoformat()


def _reason(why: str, text: str) -> str:
    return messages.text(f"own_text.why_{why}", None, text=text)


def _row(one: Decision) -> ProposalRow:
    values = {key: _shown(value) for key, value in one.values.items()}
    return ProposalRow(
        number=one.number,
        sort=one.sort,
        code=one.code,
        ref=one.ref,
        quote=one.quote,
        values=values,
        verdict=one.verdict,
    )


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _tree(text: TextStructure) -> Iterator[ClauseRow]:
    """Chapters, articles with their items, annexes with their rows."""
    under: tuple[str, ...] = ()
    lines = {str(one.number): one for one in text.articles}
    for clause in text.clauses():
        article = lines.get(clause.ref)
        if article is not None:
            for level, heading in enumerate(article.under):
                if under[: level + 1] != article.under[: level + 1]:
                    yield ClauseRow(level=level, sort="chapter", ref="", text=heading, line=0)
            under = article.under
        annex = clause.ref.startswith("A")
        depth = 0 if annex else len(under)
        level = depth + len(clause.ref.replace(")", "").split("(")) - 1 + (clause.ref[-1] != ")" and "(" in clause.ref)
        shown = clause.heading if clause.top and clause.heading else clause.text.partition("\n")[0]
        line = article.line if article else next((one.line for one in text.annexes if annex and clause.top), 0)
        yield ClauseRow(
            level=level, sort="annex" if annex else "clause", ref=clause.ref, text=shown[:_SHOWN], line=line
        )
