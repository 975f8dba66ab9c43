"""From the bytes of a text to its structure and every proposal."""

from __future__ import annotations

from dataclasses import dataclass

from regulations.import_text.files import read_blocks
from regulations.import_text.proposals import Proposal
from regulations.import_text.read_figures import read_limits, read_recurring, read_terms
from regulations.import_text.read_head import read_head
from regulations.import_text.read_lists import read_lists
from regulations.import_text.structure import TextStructure, read_structure


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text that was read: its structure and what it seems to lay down."""

    structure: TextStructure
    proposals: tuple[Proposal, ...]


def read_text(content: bytes, name: str, *, as_printed: bool = False) -> ReadText:
    """Read a text. Raises TextRefused, with every fault."""
    structure = read_structure(read_blocks(content, name), name, as_printed=as_printed)
    clauses = structure.clauses()
    found = [
        *read_head(structure),
        *read_terms(clauses),
        *read_limits(clauses),
        *read_recurring(clauses),
        *read_lists(clauses),
    ]
    once = {(one.sort, one.code, one.ref, one.quote, str(one.values)): one for one in found}
    return ReadText(structure, tuple(once.values()))
