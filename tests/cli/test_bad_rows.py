"""Rubbish in a row: it is named, the rest is shown, and nothing ends in an unexpected error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import row_checks
from storage.engine import open_database
from storage.sqlite_driver import open_file
from tests.casework.conftest import founded_sqlite, office, office_url, shared_postgresql
from tests.casework.office import Office
from tests.cli.conftest import Ducha

__all__ = ["founded_sqlite", "office", "office_url", "shared_postgresql"]

SPOIL: list[tuple[str, str, str]] = [
    ("UPDATE case_file SET kind = 'grand' WHERE id = 'TL-2026-X01'", "case_file TL-2026-X01", "kind"),
    ("UPDATE case_file SET state = '?' WHERE id = 'TL-2026-X01'", "case_file TL-2026-X01", "state"),
    ("UPDATE case_file SET procedure = '?' WHERE id = 'TL-2026-X01'", "case_file TL-2026-X01", "procedure"),
    ("UPDATE case_file SET regulation = 'no@1' WHERE id = 'TL-2026-X01'", "case_file TL-2026-X01", "regulation"),
    ("UPDATE case_file SET jurisdiction = 'ZZ' WHERE id = 'TL-2026-X01'", "case_file TL-2026-X01", "jurisdiction"),
    ("UPDATE case_file SET opened_on = '2026-13-77' WHERE id = 'TL-2026-X01'", "case_file TL-2026-X01", "opened_on"),
    ("UPDATE case_file SET year = 'x' WHERE id = 'TL-2026-X01'", "case_file TL-2026-X01", "year"),
    ("UPDATE case_file SET dossier = '{' WHERE id = 'TL-2026-X01'", "case_file TL-2026-X01", "dossier"),
    ("UPDATE case_file SET targets = '7' WHERE id = 'TL-2026-X01'", "case_file TL-2026-X01", "targets"),
    ("UPDATE case_file SET title = CAST(X'ff' AS TEXT) WHERE id = 'TL-2026-X01'", "case_file TL-2026-X01", "title"),
    ("UPDATE case_file SET id = CAST(X'ff' AS TEXT) WHERE id = 'TL-2026-X01'", r"case_file \xff", "id"),
    ("UPDATE journal SET after = '[' WHERE case_id = 'TL-2026-X01'", "journal TL-2026-X01 1", "after"),
    ("UPDATE journal SET recorded_at = 'noon' WHERE case_id = 'TL-2026-X01'", "journal TL-2026-X01 1", "recorded_at"),
    ("UPDATE deadline SET start = 'x' WHERE case_id = 'TL-2026-X01'", "deadline", "start"),
    ("UPDATE deadline SET name = '?' WHERE case_id = 'TL-2026-X01'", "deadline", "name"),
    ("UPDATE deadline SET pauses = '{' WHERE case_id = 'TL-2026-X01'", "deadline", "pauses"),
    ("UPDATE account_role SET role = 'emperor' WHERE account_id = 1", "account_role 1", "role"),
    ("UPDATE account SET unit = CAST(X'fe' AS TEXT) WHERE id = 1", "account 1", "unit"),
    ("UPDATE account_change SET after = '' WHERE seq = 1", "account_change TL 1", "after"),
    ("UPDATE account_change SET recorded_at = '' WHERE seq = 1", "account_change TL 1", "recorded_at"),
]
READS: list[list[str]] = [
    ["case", "list"],
    ["case", "show", "TL-2026-X02"],
    ["case", "show", "TL-2026-X01"],
    ["overdue", "--all"],
    ["account", "list"],
    ["account", "history"],
    ["notice", "list"],
    ["journal", "verify"],
    ["case", "list", "--as", "联席办协调员乙"],
]


@pytest.fixture
def two(ducha: Ducha, opened: str, file: Callable[[str, str], Path]) -> Ducha:
    """Two inspections; the first has a deadline."""
    for number in ("500151003", "500151004"):
        answer = ducha(
            *("inspection", "open", "--kind", "special", "--year", 2026, "--title", "另一次督察", "--target", number),
            *("--problem", f"无证经营{number}", "--as", "联席办协调员甲", "--on", "2026-03-02"),
        )
        assert answer.code == 0, answer
    connection = open_file(Path("ducha.db"))
    assert connection.execute("SELECT count(*) FROM case_file").fetchone()[0] >= 3
    connection.execute(
        "INSERT INTO deadline (id, case_id, name, round, jurisdiction, article, start, fixed, extension, pauses, "
        "due_status, due_on, latest_on) "
        "VALUES ('TL-2026-X01:x:1', 'TL-2026-X01', 'rectification_report', 1, 'TL', '14', '2026-03-02', "
        "'2026-03-20', 0, '[]', 'final', '2026-03-20', '2026-03-20')"
    )
    connection.close()
    return ducha


def spoil(statement: str) -> None:
    """Change the database as another program would."""
    connection = open_file(Path("ducha.db"))
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(("statement", "key", "column"), SPOIL)
def test_a_row_that_cannot_be_read_is_named_and_the_rest_is_shown(
    two: Ducha, statement: str, key: str, column: str
) -> None:
    spoil(statement)
    named = 0
    for command in READS:
        answer = two(*command)
        assert "程序出现意外" not in answer.out + answer.err, (command, answer)
        if "读不出来" in answer.err:
            assert (key in answer.err, column in answer.err, answer.code) == (True, True, 1), answer
            named += 1
        if command[:2] == ["case", "list"] or command[-1] == "TL-2026-X02":
            assert "TL-2026-X02" in answer.out, (command, answer)
    assert named, "no command came across it"


def test_scripts_get_the_rest_as_json(two: Ducha) -> None:
    spoil(SPOIL[0][0])
    answer = two("case", "list", "--json")
    assert answer.code == 1 and [one["case"] for one in answer.data] == ["TL-2026-X02", "TL-2026-X03"]
    assert "TL-2026-X01" in answer.err


def test_an_act_that_comes_across_such_a_row_names_it_and_changes_nothing(two: Ducha) -> None:
    spoil("UPDATE case_file SET dossier = '{' WHERE id = 'TL-2026-X01'")
    answer = two("act", "TL-2026-X01", "cancel", "--as", "区政府", "--set", "note=终止")
    assert answer.code == 1 and "case_file TL-2026-X01" in answer.err and "程序出现意外" not in answer.err


def test_an_error_with_another_cause_is_reported_as_before(two: Ducha, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.views.case_lists.list_cases", None)
    answer = two("case", "list")
    assert answer.code == 1 and "程序出现意外" in answer.err


def test_rows_are_hidden_with_what_belongs_to_their_case(office: Office, office_url: str) -> None:
    first, second = office.special(to="staffed"), office.special(to="drafted")
    with office.writing() as session:
        session.execute(text("UPDATE case_file SET kind = 'grand' WHERE id = :id"), {"id": first})
    with office.reading() as session:
        [found] = row_checks.bad_rows(session)
    assert (found.table, found.key, found.column, found.value) == ("case_file", first, "kind", "grand")
    database = open_database(office_url)
    row_checks.hide(database, [found])
    with database.reading() as session:
        assert set(session.execute(text("SELECT id FROM case_file WHERE root IS NULL")).scalars()) == {second}
        assert set(session.execute(text("SELECT case_id FROM journal")).scalars()) >= {second}
        assert first not in set(session.execute(text("SELECT case_id FROM journal")).scalars())
    database.close()
    database = open_database(office_url)
    with database.reading() as session:
        assert first in set(session.execute(text("SELECT id FROM case_file")).scalars())
    database.close()
