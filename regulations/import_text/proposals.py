"""What a text seems to lay down: each proposal with its clause and the words it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from regulations.clauses import Clause

SENTENCE: Final = re.compile(r"[^。；\n]+[。；]?")
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that a clause seems to lay down.

    ``sort`` is the entry it becomes in regulation.toml (``term``, ``limit``, ``kind`` …), or ``noted`` for what no rule
    of the product takes. ``code`` names the entry, ``values`` fill it, ``quote`` are the words of clause ``ref``.
    """

    sort: str
    code: str
    ref: str
    quote: str
    values: Values


def sentences(clauses: Sequence[Clause]) -> Iterator[tuple[Clause, str]]:
    """Every sentence with the smallest clause it stands in."""
    for clause in clauses:
        held = {line for other in clauses if _is_under(other.ref, clause.ref) for line in other.text.splitlines()}
        for line in clause.text.splitlines():
            own = re.sub(r"^([（(][一二三四五六七八九十]+[）)]|\d+[.．、])\s*", "", line)
            if own in held or line in held:
                continue
            for found in SENTENCE.findall(line):
                yield clause, found.strip()


def _is_under(ref: str, above: str) -> bool:
    """Whether a clause stands in another: 11(2)3 in 11(2), and 11(2) in 11, but not 112 in 11."""
    rest = ref.removeprefix(above)
    return rest not in ("", ref) and (above.endswith(")") or not rest[0].isdecimal())


def quoted(clause: Clause, *words: str) -> str:
    """The first sentence of a clause with one of these words (regular expressions); its first sentence for none."""
    listed: list[str] = [one.strip() for one in SENTENCE.findall(clause.text)]
    for word in words:
        for one in listed:
            if re.search(word, one):
                return one
    return listed[0] if listed else clause.text
