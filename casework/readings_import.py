"""Readings from a CSV file: each row is checked, and all are recorded by one act or none."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import messages
from casework import do_act
from casework.acts.act_models import ActRequest
from casework.acts.request_context import case_of
from casework.campaign.campaign_models import ReadingsImport
from casework.clock import Clock
from casework.errors import NotFound
from messages.answers import RefusalView, RowRefusalView
from messages.errors import HOUSE, house_rule
from messages.text_encoding import NotText, decoded
from regulations.errors import DataFileRefused
from states.campaign.forms.readings import RecordReadings
from states.engine.refusals import ActRefused, Refusal
from states.packs import procedure_of
from storage.engine import Session

COLUMNS: Final = ("indicator", "period", "value", "unit", "body", "source", "evidence")
NEEDED: Final = ("indicator", "period", "value", "source", "evidence")
MOST_ROWS: Final = 5_000


@dataclass(frozen=True, slots=True)
class ReadingProblem:
    """One fault of a file of readings: ``row`` is its line (0: the file itself), ``field`` its column."""

    row: int
    field: str
    code: str
    wrong: str
    cure: str

    @property
    def fact(self) -> str:
        """Where the fault is and what it is, in the current language."""
        return messages.text("casework.readings_row", row=self.row, wrong=self.wrong) if self.row else self.wrong

    def view(self) -> RefusalView:
        """The fault in the form that every refusal has, with row and column."""
        return RowRefusalView(
            code=self.code,
            article=HOUSE,
            citation=house_rule(),
            fact=self.fact,
            cure=self.cure,
            row=self.row,
            field=self.field,
        )


class ReadingsRefused(DataFileRefused[ReadingProblem]):
    """A file of readings cannot be taken."""

    area: ClassVar[str] = "casework"
    stable_code = "readings_refused"


def import_readings(
    session: Session,
    clock: Clock,
    asked: ActRequest,
    case: str,
    content: bytes,
    name: str,
    *,
    note: str = "",
    dry: bool = False,
) -> ReadingsImport:
    """Record the readings of a CSV file on a campaign, all or none; ``dry`` changes nothing.

    Raises ReadingsRefused with every row at fault, ActRefused, NotFound, NotPermitted.
    """
    act = procedure_of(case_of(session, case)).act_with(RecordReadings)
    if act is None:
        raise NotFound("no_campaign", case=case)
    lines, entries = _entries(content, name)
    data = {"readings": entries, "note": note}
    with session.begin_nested() as savepoint:
        try:
            do_act.do_act(session, clock, asked, case, act, data)
        except ActRefused as refused:
            if problems := _by_row(refused.refusals, lines):
                raise ReadingsRefused(name, problems) from None
            raise
        if dry:
            savepoint.rollback()
    return ReadingsImport(case=case, file=name, readings=len(entries), dry_run=dry)


def _by_row(refusals: tuple[Refusal, ...], lines: list[int]) -> tuple[ReadingProblem, ...]:
    """The refusals by the rows they are about; none where one of them is about no row."""
    found = []
    for one in refusals:
        number = one.params.get("number")
        if not isinstance(number, int):
            return ()
        found.append(ReadingProblem(lines[number - 1], "", one.code, one.fact, one.cure))
    return tuple(found)


def _entries(content: bytes, name: str) -> tuple[list[int], list[dict[str, Any]]]:
    """The lines and readings of a file. Raises ReadingsRefused with everything that makes it no file of readings."""
    try:
        text = decoded(content).removeprefix("\ufeff")
    except NotText as error:
        raise _refused(name, "not_text", byte=error.byte) from None
    problems: list[ReadingProblem] = []
    lines: list[int] = []
    entries: list[dict[str, Any]] = []
    try:
        for line, row in _rows(text, name):
            missing = [column for column in NEEDED if not row.get(column)]
            problems += [_problem(line, column, "blank", column=column) for column in missing]
            lines.append(line)
            entries.append(_entry(row))
    except csv.Error as error:
        raise _refused(name, "not_csv", error=error) from None
    if not entries:
        raise _refused(name, "no_rows")
    if len(entries) > MOST_ROWS:
        raise _refused(name, "too_many", found=len(entries), most=MOST_ROWS)
    if problems:
        raise ReadingsRefused(name, tuple(problems))
    return lines, entries


def _rows(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [cell.strip() for cell in next(reader, [])]
    if missing := [column for column in COLUMNS if column not in header]:
        raise _refused(name, "columns", missing="、".join(missing), columns=",".join(COLUMNS))
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            problem = _problem(reader.line_num, "", "width", found=len(cells), wanted=len(header))
            raise ReadingsRefused(name, (problem,))
        yield reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=True))


def _entry(row: dict[str, str]) -> dict[str, Any]:
    given: dict[str, Any] = {name: row[name] for name in ("indicator", "period", "value", "source")}
    given["measure"] = row["unit"]
    given["evidence"] = [{"title": row["evidence"]}]
    return given | ({"body": row["body"]} if row["body"] else {})


def _problem(row: int, field: str, fault: str, **params: object) -> ReadingProblem:
    code = f"readings_{fault}"
    wrong, cure = messages.text(f"casework.{code}", **params), messages.text(f"casework.{code}_cure", **params)
    return ReadingProblem(row, field, code, wrong, cure)


def _refused(name: str, fault: str, **params: object) -> ReadingsRefused:
    return ReadingsRefused(name, (_problem(0, "", fault, **params),))
