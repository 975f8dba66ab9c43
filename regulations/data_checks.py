"""The duties of a text are checked when the text is read: every fault with its file, line and row, and what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin, get_type_hints

import messages
from messages.errors import HOUSE, house_rule
from regulations.duties import OFFICE
from regulations.errors import DataFileRefused

if TYPE_CHECKING:
    from messages.answers import RefusalView
    from regulations.regulation import Regulation

FILE: Final = "regulation.toml"
_ROSTER_CODE: Final = r"[0-9A-Za-z-]*[0-9A-Z-][0-9A-Za-z-]*"
_AGAINST_A_VALUE: Final = (">=", ">", "=", "<=", "<", "count")
_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DataProblem:
    """One fault of the data of a text: row ``number`` of the table ``entry``, which begins on ``line``."""

    entry: str
    number: int
    field: str
    line: int
    fault: str
    params: Mapping[str, object]

    @property
    def place(self) -> str:
        """The key of the fault: ``task[3].units``."""
        return f"{self.entry}[{self.number}]" + (f".{self.field}" if self.field else "")

    @property
    def fact(self) -> str:
        """Where the fault is and what it is, in the current language."""
        at = messages.text("regulations.data_at", line=self.line, place=self.place)
        what = messages.text(f"regulations.data_{self.fault}", None, **self.params)
        return messages.text("regulations.roster_problem", at=at, what=what)

    @property
    def cure(self) -> str:
        """What to do about it, in the current language."""
        return messages.text(f"regulations.data_{self.fault}_cure", None, **self.params)

    def view(self) -> RefusalView:
        """The fault in the form that every refusal has, with its key."""
        from messages.answers import KeyRefusalView

        return KeyRefusalView(
            code=f"data_{self.fault}",
            article=HOUSE,
            citation=house_rule(),
            fact=self.fact,
            cure=self.cure,
            place=self.place,
        )


class RegulationRefused(DataFileRefused[DataProblem]):
    """The data of a text cannot be taken."""

    stable_code = "regulation_refused"


class Rows:
    """The rows of the tables of one regulation.toml, and the problems found with them."""

    def __init__(self, text: str, data: Mapping[str, Any]) -> None:
        self.text, self.data = text, data
        self.problems: list[DataProblem] = []

    def of(self, entry: str) -> list[_Row]:
        """The rows of a table, such as ``task``."""
        return list(self.data.get(entry, ()))

    def problem(self, entry: str, number: int, field: str, fault: str, **params: object) -> None:
        """Note a fault of a row (counted from 1)."""
        self.problems.append(DataProblem(entry, number, field, self._line(entry, number), fault, params))

    def _line(self, entry: str, number: int) -> int:
        heads = re.finditer(rf"^\[\[{entry}\]\]", self.text, re.MULTILINE)
        for count, head in enumerate(heads, start=1):
            if count == number:
                return self.text.count("\n", 0, head.start()) + 1
        return 1


def check_shape(rows: Rows, entries: Mapping[str, type]) -> None:
    """Every row has the keys of its value, of the right types, and no others."""
    for entry, made in entries.items():
        hints = _hints(made)
        wanted = {field.name for field in fields(made) if field.default is MISSING}
        for number, row in enumerate(rows.of(entry), start=1):
            own = {"from_" if key == "from" else key: value for key, value in row.items()}
            for key in sorted(wanted - own.keys()):
                rows.problem(entry, number, key.rstrip("_"), "missing_key", key=key.rstrip("_"))
            for key, value in own.items():
                if key not in hints:
                    rows.problem(entry, number, key, "unknown_key", known="、".join(one.rstrip("_") for one in hints))
                elif allowed := _mismatch(value, hints[key]):
                    rows.problem(entry, number, key.rstrip("_"), "wrong_value", found=value, allowed=allowed)


@cache
def _hints(made: type) -> dict[str, Any]:
    return get_type_hints(made)


def _mismatch(value: object, hint: Any) -> str:
    """What is allowed instead of a value that does not fit; empty where it fits."""
    if get_origin(hint) is Literal:
        return "" if value in get_args(hint) else "、".join(map(str, get_args(hint)))
    if get_origin(hint) is tuple:
        fits = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return "" if fits else messages.text("regulations.data_type_list")
    if hint is date or hint is str:
        return "" if isinstance(value, hint) else messages.text(f"regulations.data_type_{hint.__name__}")
    number = isinstance(value, int) and not isinstance(value, bool)
    if hint is bool:
        return "" if isinstance(value, bool) else messages.text("regulations.jurisdiction_type_boolean")
    return "" if number else messages.text("regulations.data_type_int")


def check_duties(rows: Rows, regulation: Regulation) -> None:
    """The duties name clauses, words, units and each other as the text has them. The shape was checked before."""
    checks = _Duties(rows, regulation)
    checks.run()


class _Duties:
    """The cross-checks of one text."""

    def __init__(self, rows: Rows, regulation: Regulation) -> None:
        self.rows, self.regulation = rows, regulation
        self.texts = {one.ref: f"{one.heading}\n{one.text}" for one in regulation.clauses}
        self.texts |= {"preamble": regulation.preamble, "closing": regulation.closing, HOUSE: ""}
        self.collectives = {one.code for one in regulation.collectives}
        self.tasks = {one.key for one in regulation.tasks}

    def run(self) -> None:
        """Every check."""
        for entry in ("collective", "phase", "indicator", "obligation", "veto"):
            self._unique(entry, [str(row["code"]) for row in self.rows.of(entry)])
        self._unique("task", [one.key for one in self.regulation.tasks])
        self._clauses()
        self._units()
        self._figures()
        self._days()
        self._scheme()

    def _unique(self, entry: str, codes: Iterable[str]) -> None:
        seen = Counter[str]()
        for number, code in enumerate(codes, start=1):
            seen[code] += 1
            if seen[code] == 2:
                self.rows.problem(entry, number, "code", "twice", found=code)

    def _clauses(self) -> None:
        keys = {
            "reading": "ref", "collective": "article", "phase": "article", "task": "ref", "indicator": "ref",
            "obligation": "ref", "score_section": "article", "criterion_group": "ref", "criterion": "ref",
            "grade": "article", "veto": "ref",
        }  # fmt: skip
        quoted = {"reading": "words", "indicator": "words", "obligation": "words", "task": "title"}
        for entry, key in keys.items():
            for number, row in enumerate(self.rows.of(entry), start=1):
                ref, words = str(row[key]), str(row.get(quoted.get(entry, ""), ""))
                if not ref and entry == "reading":
                    continue
                if ref not in self.texts:
                    self.rows.problem(entry, number, key, "unknown_clause", found=ref)
                elif words not in self.texts[ref]:
                    self.rows.problem(entry, number, quoted[entry], "not_its_words", ref=ref, found=words)
        for entry in ("task", "criterion"):
            for number, row in enumerate(self.rows.of(entry), start=1):
                if row["group"] not in self.texts:
                    self.rows.problem(entry, number, "group", "unknown_clause", found=row["group"])

    def _units(self) -> None:
        categories = {one.code for one in self.regulation.target_categories}
        for number, one in enumerate(self.regulation.collectives, start=1):
            for category in sorted(set(one.categories) - categories):
                params = {"found": category, "known": "、".join(sorted(categories))}
                self.rows.problem("collective", number, "categories", "unknown_category", **params)
        for number, task in enumerate(self.regulation.tasks, start=1):
            for unit in task.units:
                self._unit("task", number, "units", unit)
        for number, duty in enumerate(self.regulation.obligations, start=1):
            if duty.bearer != OFFICE:
                self._unit("obligation", number, "bearer", duty.bearer)
            if duty.per == "each_unit" and duty.bearer not in self.collectives:
                self.rows.problem("obligation", number, "bearer", "no_collective", found=duty.bearer)

    def _unit(self, entry: str, number: int, field: str, unit: str) -> None:
        if unit not in self.collectives and not re.fullmatch(_ROSTER_CODE, unit):
            known = "、".join(sorted(self.collectives))
            self.rows.problem(entry, number, field, "unknown_unit", found=unit, known=known)

    def _figures(self) -> None:
        for number, one in enumerate(self.regulation.indicators, start=1):
            if one.task and one.task not in self.tasks:
                self.rows.problem("indicator", number, "task", "unknown_task", found=one.task)
            if one.value and not _is_decimal(one.value):
                self.rows.problem("indicator", number, "value", "no_decimal", found=one.value)
            needs = one.comparator in _AGAINST_A_VALUE and one.against == "number"
            if needs != bool(one.value):
                self.rows.problem("indicator", number, "value", "value_missing" if needs else "value_unused")
            if one.value and not one.unit:
                self.rows.problem("indicator", number, "unit", "missing_key", key="unit")

    def _days(self) -> None:
        for number, one in enumerate(self.regulation.phases, start=1):
            if one.to < one.from_:
                self.rows.problem("phase", number, "to", "ends_before", begins=one.from_, ends=one.to)
        for number, duty in enumerate(self.regulation.obligations, start=1):
            if duty.task and duty.task not in self.tasks:
                self.rows.problem("obligation", number, "task", "unknown_task", found=duty.task)
            if duty.n < 1:
                self.rows.problem("obligation", number, "n", "wrong_value", found=duty.n, allowed="1, 2, 3 …")
            if (duty.rule == "date") != (duty.month is not None and duty.day is not None):
                self.rows.problem(
                    "obligation", number, "month", "date_missing" if duty.rule == "date" else "date_unused"
                )
            elif duty.month and duty.day and not _is_day(duty.year or 2024, duty.month, duty.day):
                self.rows.problem("obligation", number, "day", "no_such_day", month=duty.month, day=duty.day)

    def _scheme(self) -> None:
        groups = {one.ref: one.section for one in self.regulation.criterion_groups}
        for number, one in enumerate(self.regulation.criteria, start=1):
            if one.group not in groups:
                self.rows.problem("criterion", number, "group", "unknown_clause", found=one.group)
        self._unique("criterion", [one.points_key for one in self.regulation.criteria])
        total = sum(one.points for one in self.regulation.score_sections)
        if self.regulation.score_sections and total != 100:
            self.rows.problem("score_section", 1, "points", "points_sum", total=total)
        bands = sorted(enumerate(self.regulation.grades, start=1), key=lambda one: one[1].lowest)
        for (_, below), (number, above) in pairwise(bands):
            if above.lowest <= below.highest:
                params = {"grade": above.code, "other": below.code, "points": above.lowest}
                self.rows.problem("grade", number, "lowest", "grades_overlap", **params)
            elif above.lowest > below.highest + 1:
                params = {"grade": above.code, "other": below.code, "points": below.highest + 1}
                self.rows.problem("grade", number, "lowest", "grades_hole", **params)


def _is_decimal(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def refuse(name: str, rows: Rows) -> None:
    """Raises RegulationRefused where problems were found."""
    if rows.problems:
        raise RegulationRefused(name, tuple(rows.problems))
