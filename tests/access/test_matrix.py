"""Every read by every role: nothing is shown that is not the reader's to see, and what is theirs is there.

The reads are found by looking through the modules, so that one without a reader, or one that these tests cannot
call, fails here.
"""

from __future__ import annotations

import inspect
import json
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any, get_args, get_type_hints
from zipfile import ZipFile

import pytest
from pydantic import BaseModel
from sqlalchemy import select

import casework
import casework.views
from access import policy, visible_cases
from access.policy import POLICY, Read, Scope
from access.reader import Reader
from casework.errors import NotFound, NotPermitted
from casework.readers import reader_of
from messages.answers import Answer
from states.engine.case import Role
from states.engine.serving import Served
from states.inspection import serving
from states.inspection.procedures import PROCEDURES
from storage.cases.case_rows import CASES
from tests.access.marks import CASES_OF, MAY_MEET, OPERATOR, PEOPLE, district
from tests.casework.office import BACHUAN, COORDINATOR, NANCHENG, OFFICERS, TUQIAO, Office
from tests.jurisdiction_samples import CODE

MODULES = [
    *(module.name for module in pkgutil.iter_modules(casework.views.__path__, "casework.views.")),
    "casework.administration.account_administration",
    "casework.administration.reading_grants",
    "casework.administration.holiday_notices",
    "casework.campaign.board",
    "casework.campaign.indicators",
    "casework.inspection.unit_load",
    "operations.bundles.export",
]
Call = tuple[str, dict[str, Any]]
Answers = dict[str, list[Any]]

WHAT_ELSE: Mapping[str, list[dict[str, Any]]] = {
    "list_cases": [{"procedure": [name]} for name in PROCEDURES] + [{"unit": code} for code in (BACHUAN, TUQIAO)],
    "overdue_deadlines": [{"every": True}],
    "account_history": [{"jurisdiction": "TL"}, {"jurisdiction": CODE}],
}
"""What is asked for beyond what a read cannot do without."""
NOT_TRIED = {"propose": "takes a holiday notice: tests/casework/test_holidays.py tries it as five readers"}
NOT_READS = {
    "sweep": "the night's work, done by the operator or the service",
    "follow_up": "follows acts up, as the operator or the service",
    "pending": "says which acts wait for a worker",
    "send_queued": "counts what was mailed",
    "set_day": "sets the day of a practice database, as the operator",
    "open_duties": "what an account still has to do, for the administrator who closes it",
    "show_day": "the day of a practice database, which is no secret",
    "enter": "enters a jurisdiction, as the operator",
    "migrate": "moves the cases of the acting account's jurisdiction, or tries it; the offices that may, see them all",
    "list_jurisdictions": "the jurisdictions, which are no secret",
    "show_jurisdiction": "the offices of a jurisdiction, which are no secret",
}
"""Functions that answer without a reader, and why."""


def reads() -> dict[str, Callable[..., Any]]:
    """Every function that answers from the database and does not act on it, by name."""
    found: dict[str, Callable[..., Any]] = {}
    for name in MODULES:
        module = import_module(name)
        for function in vars(module).values():
            if inspect.isfunction(function) and function.__module__ == name and not function.__name__.startswith("_"):
                params = inspect.signature(function).parameters
                if "session" in params and not {"asked", "actor", "root"} & required(function):
                    found[function.__name__] = function
    return found


def required(function: Callable[..., Any]) -> set[str]:
    params = inspect.signature(function).parameters.values()
    return {param.name for param in params if param.default is inspect.Parameter.empty}


def test_every_read_takes_a_reader() -> None:
    found = reads()
    assert len(found) >= 12
    without = [name for name, one in found.items() if inspect.signature(one).parameters.get("reader") is None]
    assert without == []


def test_nothing_else_in_the_casework_answers_from_the_database_without_a_reader_or_an_acting_account() -> None:
    """Wherever it is: an answer is a model, so a function that returns one is a read, an act, or named above."""
    found = set()
    for module in pkgutil.walk_packages(casework.__path__, "casework."):
        for function in vars(import_module(module.name)).values():
            if inspect.isfunction(function) and function.__module__ == module.name:
                params = inspect.signature(function).parameters
                if {"session", "database"} & set(params) and not {"reader", "asked"} & set(params):
                    found |= {function.__name__} if answers_with_a_model(function) else set()
    assert {name for name in found if not name.startswith("_")} == set(NOT_READS)


def answers_with_a_model(function: Callable[..., Any]) -> bool:
    answer = get_type_hints(function).get("return")
    kinds = [answer, *get_args(answer), *(inner for one in get_args(answer) for inner in get_args(one))]
    return any(inspect.isclass(kind) and issubclass(kind, Answer) for kind in kinds)


def test_every_kind_of_read_is_granted_to_some_role_and_recorded_by_some_read() -> None:
    granted = {read for row in POLICY.values() for read in row}
    sources = "".join(inspect.getsource(import_module(name)) for name in (*MODULES, "casework.readers"))
    noted = set(re.findall(r"Read\.([A-Z_]+)", sources))
    assert granted == set(Read) and noted == {read.name for read in Read}


# calling every read as everybody


def everything(office: Office, person: str, path: Path) -> tuple[Answers, set[tuple[str, str]]]:
    """What a person is shown by every read, with what each call was put on record as."""
    answers: Answers = {}
    noted: set[tuple[str, str]] = set()
    with office.reading() as session:
        reader = reader_of(session, written(person))
        every = session.execute(select(CASES.c.id)).scalars().all()
        known = known_arguments(every, path)
        for name, arguments in calls(known):
            call = {"session": session, "clock": office.clock, "reader": reader, **arguments}
            function = reads()[name]
            taken = {key: value for key, value in call.items() if key in inspect.signature(function).parameters}
            reader.events.clear()
            answers.setdefault(name, []).extend(answered(function, taken))
            assert reader.events, f"{name} leaves no record"
            noted |= {(name, event.read.value) for event in reader.events}
    return answers, noted


def written(person: str) -> str | None:
    """A name as it is written where another jurisdiction has the same."""
    return None if person == OPERATOR else person if ":" in person else f"TL:{person}"


def known_arguments(cases: Any, path: Path) -> dict[str, list[Any]]:
    return {
        "case_id": list(cases),
        "act": ["close", "confirm", "file_plan"],
        "name": ["notice_of_inspection", "bulletin", "rectification_notice", "district_report"],
        "indicator": ["awareness"],
        "jurisdiction": ["TL", CODE],
        "year": [2026],
        "path": [path],
    }


def calls(known: Mapping[str, list[Any]]) -> Iterator[Call]:
    for name, function in reads().items():
        if name in NOT_TRIED:
            continue
        missing = [one for one in required(function) if one not in ("session", "clock", "reader")]
        for values in product(*(known[one] for one in missing)):
            given = dict(zip(missing, values, strict=True))
            if name == "write" and given["case_id"] not in CASES_OF.values():
                continue  # The bundle of a part is that of its inspection.
            for more in ({}, *WHAT_ELSE.get(name, [])):
                yield name, {**given, **more}


def answered(function: Callable[..., Any], call: Mapping[str, Any]) -> list[Any]:
    """The answer as plain values, without what was empty; nothing where it was refused or not found."""
    try:
        answer = function(**call)
    except (NotFound, NotPermitted):
        return []
    if path := call.get("path"):
        with ZipFile(path) as bundle:
            answer = [answer, *(bundle.read(name).decode() for name in bundle.namelist())]
        path.unlink()
    plain = json.loads(json.dumps(answer, default=_plain, ensure_ascii=False))
    rows = plain["rows"] if isinstance(plain, dict) and "rows" in plain else plain
    return [plain] if rows else []


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)


def text_of(answers: Answers) -> str:
    return json.dumps(answers, ensure_ascii=False)


def leaks(person: str, answers: Answers) -> set[str]:
    """The marks that a person came across and may not; a row about an inspection is as much as its title.

    An application may name another inspection in its own words, so a number in a text is none.
    """
    text = text_of(answers)
    rows = {mark for mark, case in CASES_OF.items() if re.search(rf'"(case|root|parent)": "{case}', text)}
    shown = set(re.findall(r"MARK-[A-Z-]+", text)) | rows
    assert shown <= MAY_MEET.keys()
    return {mark for mark in shown if person not in MAY_MEET[mark]}


@pytest.fixture
def marked(office: Office) -> Office:
    district(office)
    return office


def test_nobody_is_shown_what_is_not_theirs_and_everybody_what_is(marked: Office, tmp_path: Path) -> None:
    told: dict[str, set[str]] = {}
    leaked: dict[str, set[str]] = {}
    for person in PEOPLE:
        answers, noted = everything(marked, person, tmp_path / "bundle.zip")
        leaked[person] = leaks(person, answers)
        told[person] = {mark for mark in MAY_MEET if mark in text_of(answers)}
        by_policy(marked, person, answers, noted)
        if person in (OFFICERS[BACHUAN], OFFICERS[TUQIAO]):
            leaked[person] |= other_units(person, answers)
    assert {person: found for person, found in leaked.items() if found} == {}
    assert told == {person: {mark for mark, may in MAY_MEET.items() if person in may} for person in PEOPLE}


def by_policy(office: Office, person: str, answers: Answers, noted: set[tuple[str, str]]) -> None:
    """A read that the policy grants to none of a person's roles shows them nothing at all."""
    if person == OPERATOR:
        return
    with office.reading() as session:
        reader = reader_of(session, written(person))
    for name, kind in noted:
        if not reader.scopes(Read(kind)):
            assert answers[name] == [], (person, name)


PUBLIC = ("list_units", "unit_history", "document")
"""Reads that name every unit: the roster, what became of it, and the notice served on all targets."""


def other_units(person: str, answers: Answers) -> set[str]:
    """Codes of other units that an officer came across in reads that do not name all."""
    content = {name: found for name, found in answers.items() if name not in PUBLIC}
    own = BACHUAN if person == OFFICERS[BACHUAN] else TUQIAO
    return {code for code in (BACHUAN, TUQIAO, NANCHENG) if code != own and code in text_of(content)}


# controls: a policy that is broken is found


def test_an_officer_with_the_scope_of_an_office_is_found(
    marked: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(policy.POLICY, Role.TARGET_OFFICER, POLICY[Role.COORDINATOR])
    answers, _ = everything(marked, OFFICERS[BACHUAN], tmp_path / "bundle.zip")
    assert {"MARK-DRAFT", "MARK-UNTOLD", "MARK-PLAN-TUQIAO", "MARK-REFERRAL"} <= leaks(OFFICERS[BACHUAN], answers)


@pytest.fixture
def conditions_made_anew() -> Iterator[None]:
    """The conditions are kept from one read to the next; with another rule they are made anew."""
    visible_cases._conditions_of.cache_clear()
    yield
    visible_cases._conditions_of.cache_clear()


@pytest.mark.usefixtures("conditions_made_anew")
def test_findings_served_when_they_are_recorded_are_found(
    marked: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(serving.ON_UNIT, "finding", Served())
    answers, _ = everything(marked, OFFICERS[BACHUAN], tmp_path / "bundle.zip")
    assert leaks(OFFICERS[BACHUAN], answers) == {"MARK-UNTOLD"}


def test_a_read_that_forgets_the_jurisdiction_is_found(
    marked: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def blind(reader: Reader, read: Read, jurisdiction: str) -> bool:
        return reader.account is None or Scope.JURISDICTION in reader.scopes(read)

    monkeypatch.setattr(Reader, "sees_jurisdiction", blind)
    answers, _ = everything(marked, COORDINATOR, tmp_path / "bundle.zip")
    assert leaks(COORDINATOR, answers) == {"MARK-FOREIGN"}
