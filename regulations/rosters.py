"""Rosters of the units that may be inspected, read from CSV and refused whole, with every fault named."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import messages
from messages.errors import HOUSE, house_rule
from messages.names import fold_name, lookalike_key, refused_character
from messages.text_encoding import NotText, decoded
from regulations.errors import DataFileRefused
from regulations.regulation import Regulation

if TYPE_CHECKING:
    from messages.answers import RefusalView

COLUMNS = ("code", "name", "category", "parent")
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""With one of these a spreadsheet takes a name for something to be computed."""
LONGEST = {"code": 32, "name": 100, "category": 50, "parent": 100, "source": 200, "note": 200}
MOST_UNITS = 20_000
_Row = tuple[int, list[str]]
_CODE = r"[0-9A-Za-z-]+"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit on a roster. ``category`` is as the roster writes it, ``source`` where the unit is named and, after it,
    what the roster notes: who does its work today."""

    code: str
    name: str
    category: str
    parent: str
    source: str = ""


OFFICER = "联络员"
"""Each unit has a liaison officer, 巴川街道联络员."""
LONGEST_FULL_NAME = 60

Roster = tuple[Unit, ...]
"""The units of a roster in its order."""


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """One fault of a roster file: ``row`` is its line (0: the file itself), ``field`` its column."""

    row: int
    field: str
    fault: str
    params: Mapping[str, object]

    @property
    def fact(self) -> str:
        """Where the fault is and what it is, in the current language."""
        where = "file" if not self.row else "field" if self.field else "row"
        at = messages.text(f"regulations.roster_at_{where}", row=self.row, field=self.field)
        what = messages.text(f"regulations.roster_{self.fault}", None, **self.params)
        return messages.text("regulations.roster_problem", at=at, what=what)

    @property
    def cure(self) -> str:
        """What to do about it, in the language spoken."""
        return messages.text(f"regulations.roster_{self.fault}_cure", None, **self.params)

    def view(self) -> RefusalView:
        """The fault in the form that every refusal has, with row and column."""
        from messages.answers import RowRefusalView

        return RowRefusalView(
            code=f"roster_{self.fault}",
            article=HOUSE,
            citation=house_rule(),
            fact=self.fact,
            cure=self.cure,
            row=self.row,
            field=self.field,
        )


def officer_names(roster: Iterable[Unit]) -> dict[str, str]:
    """The name of the account of each unit's liaison officer (联络员), by code.

    Units of one name, or of names that look alike, are told apart by the body above them, and where that is one as
    well, by their codes.
    """
    listed = list(roster)
    plain = Counter(lookalike_key(unit.name) for unit in listed)
    full = Counter(lookalike_key(_full_name(unit)) for unit in listed)
    return {
        unit.code: unit.name + OFFICER
        if plain[lookalike_key(unit.name)] == 1
        else officer_name(unit, by_code=full[lookalike_key(_full_name(unit))] > 1)
        for unit in listed
    }


def officer_name(unit: Unit, *, by_code: bool = False) -> str:
    """The name of an officer's account that no unit of the same name elsewhere has."""
    full = _full_name(unit) + OFFICER
    return f"{unit.name}（{unit.code}）{OFFICER}" if by_code or len(full) > LONGEST_FULL_NAME else full


def _full_name(unit: Unit) -> str:
    """The unit under the name of the body above it, which a roster writes after its code: 500151 重庆市铜梁区."""
    return unit.parent.lstrip("0123456789 ") + unit.name


class RosterRefused(DataFileRefused[RosterProblem]):
    """A roster cannot be taken."""

    stable_code = "roster_refused"


def read_roster(content: str | bytes, name: str, regulation: Regulation | None = None) -> Roster:
    """The units of a roster CSV with the columns code, name, category, parent and, if wanted, source and note.

    Bytes are UTF-8, UTF-16 or GB18030; codes are kept in their NFKC form, names in their
    plain form. With a regulation the
    category must be one of its own. Raises RosterRefused.
    """
    text = content if isinstance(content, str) else _decoded(content, name)
    reading = _Reading(regulation)
    units = reading.units(text.removeprefix("\ufeff"))
    if reading.problems:
        raise RosterRefused(name, tuple(reading.problems))
    return tuple(units)


def _decoded(content: bytes, name: str) -> str:
    try:
        return decoded(content)
    except NotText as error:
        row = content.count(b"\n", 0, error.byte - 1) + 1
        raise RosterRefused(name, (RosterProblem(row, "", "not_utf8", {"byte": error.byte}),)) from None


def _rows(text: str) -> Iterator[_Row]:
    """The rows that are not blank, each with the line it ends on, its cells without blanks around."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, [cell.strip() for cell in cells]


def unit_code(written: str) -> str | None:
    """The code in its NFKC form; None for one that no unit can have."""
    code = unicodedata.normalize("NFKC", written).strip()
    return code if re.fullmatch(_CODE, code) and len(code) <= LONGEST["code"] else None


class _Reading:
    """One pass over a roster, collecting the problems on the way."""

    def __init__(self, regulation: Regulation | None) -> None:
        self.categories = {one.label for one in regulation.target_categories} if regulation else None
        self.problems: list[RosterProblem] = []
        self.seen: dict[str, tuple[int, str]] = {}

    def problem(self, row: int, field: str, fault: str, **params: object) -> None:
        self.problems.append(RosterProblem(row, field, fault, params))

    def units(self, text: str) -> list[Unit]:
        rows, units = _rows(text), list[Unit]()
        try:
            row, header = next(rows, (0, []))
            if not header:
                self.problem(row, "", "empty")
            elif self.header_serves(row, header):
                units = [self.unit(*of) for of in self.fitting(rows, header)]
                if not units and not self.problems:
                    self.problem(0, "", "no_units")
        except csv.Error as error:
            self.problem(0, "", "not_csv", error=error)
        if len(units) > MOST_UNITS:
            self.problem(0, "", "too_many_units", found=len(units), most=MOST_UNITS)
        return units

    def header_serves(self, row: int, header: list[str]) -> bool:
        for column in COLUMNS:
            if column not in header:
                self.problem(row, column, "missing_column", columns=",".join(COLUMNS))
        for column in LONGEST:
            if header.count(column) > 1:
                self.problem(row, column, "repeated_column")
        return set(header) >= set(COLUMNS)

    def fitting(self, rows: Iterator[_Row], header: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
        for row, cells in rows:
            if len(cells) == len(header):
                yield row, dict(zip(header, cells, strict=True))
            else:
                self.problem(row, "", "wrong_width", found=len(cells), wanted=len(header))

    def unit(self, row: int, cells: Mapping[str, str]) -> Unit:
        plain = {field: fold_name(cells[field]) for field in ("name", "parent")}
        unreadable = {field: refused_character(cells.get(field, "")) for field in LONGEST}
        cells = {**cells, **plain}
        for field, longest in LONGEST.items():
            value = cells.get(field, "")
            if len(value) > longest:
                self.problem(row, field, "too_long", found=len(value), longest=longest)
            if character := unreadable[field]:
                self.problem(row, field, "unprintable", character=character)
            if value.startswith(FORMULA):
                self.problem(row, field, "formula", found=value[0])
        for field in ("name", "category"):
            if not cells[field]:
                self.problem(row, field, "blank")
        if cells["category"] and self.categories is not None and cells["category"] not in self.categories:
            known = "、".join(sorted(self.categories))
            self.problem(row, "category", "unknown_category", found=cells["category"], known=known)
        code = self.code(row, cells["code"])
        source = "；".join(filter(None, (cells.get("source", ""), cells.get("note", ""))))
        return Unit(code, cells["name"], cells["category"], cells["parent"], source)

    def code(self, row: int, written: str) -> str:
        code = unicodedata.normalize("NFKC", written)
        if not written:
            self.problem(row, "code", "blank")
        elif not re.fullmatch(_CODE, code):
            self.problem(row, "code", "bad_code", found=written)
        elif code in self.seen:
            first, earlier = self.seen[code]
            fault = "duplicate_code" if earlier == written else "colliding_code"
            self.problem(row, "code", fault, found=written, first=first, earlier=earlier)
        else:
            self.seen[code] = row, written
        return code
