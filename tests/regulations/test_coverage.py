"""Every clause has a row that says what the product does about it, and every row a clause."""

import re

import pytest

import regulations

SORTS = {"guard", "act", "term", "limit", "role", "document", "procedure", "list"}
ALL = [regulations.load(id) for id in regulations.ids()]
ROWS = [(regulation, row) for regulation in ALL for row in regulation.coverage]


@pytest.mark.parametrize("regulation", ALL, ids=lambda regulation: regulation.key)
def test_clauses_and_rows_are_the_same_in_the_same_order(regulation: regulations.Regulation) -> None:
    assert [row.ref for row in regulation.coverage] == [clause.ref for clause in regulation.clauses]


@pytest.mark.parametrize(("regulation", "row"), ROWS, ids=[f"{one.id}:{row.ref}" for one, row in ROWS])
def test_a_row_says_how_by_what_and_why(regulation: regulations.Regulation, row: regulations.Coverage) -> None:
    assert row.how in {"enforced", "tracked", "stated"}
    assert bool(row.by) == (row.how != "stated")
    assert all(re.fullmatch(rf"({'|'.join(SORTS)}):[a-z_]+", entry) for entry in row.by)
    assert row.why


def test_terms_limits_and_lists_that_rows_name_exist() -> None:
    tongliang = regulations.load("tongliang")
    for _, row in ROWS:
        for name in row.named("term"):
            tongliang.term(name)
        for name in row.named("limit"):
            tongliang.limit(name)
        for name in row.named("list"):
            assert getattr(tongliang, name)


def test_roles_that_rows_name_are_held_by_an_office() -> None:
    offices = regulations.jurisdiction("TL").offices
    assert {name for _, row in ROWS for name in row.named("role")} <= offices.keys()
