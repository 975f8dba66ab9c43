"""Documents written out once each come to the same bytes: the chain of the journal rests on them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.engine.case import Case
from storage import canonical
from storage.journal import journal
from tests.storage.samples import a_case

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
DOSSIERS = st.dictionaries(st.text(max_size=6), VALUES, max_size=5)
ACTORS = st.dictionaries(st.text(max_size=3), st.lists(st.text(max_size=2), min_size=1, max_size=3).map(tuple))


@given(DOSSIERS)
def test_documents_are_written_as_one_value_is(documents: dict[str, Any]) -> None:
    assert canonical.dumps_documents(documents) == canonical.dumps(documents)
    assert canonical.dumps_documents(documents) == canonical.dumps(documents)


def test_what_json_does_not_have_is_refused() -> None:
    for value in (object(), float("nan"), {1}):
        with pytest.raises((TypeError, ValueError)):
            canonical.dumps_documents({"document": value})


@given(DOSSIERS, DOSSIERS, ACTORS, ACTORS, st.sampled_from((None, "special")), st.booleans())
def test_the_journal_keeps_what_two_states_of_a_case_differ_in(
    before: dict[str, Any],
    after: dict[str, Any],
    hands_before: dict[str, tuple[str, ...]],
    hands_after: dict[str, tuple[str, ...]],
    kind: str | None,
    suspended: bool,
) -> None:
    old = a_case(dossier=before, actors_by_act=hands_before, kind="special")
    new = old.changed(dossier={**before, **after}, actors_by_act=hands_after, kind=kind, suspended=suspended)
    for pair in ((old, new), (new, old), (old, old)):
        assert journal._differences(*pair) == whole_differences(*pair)


def whole_differences(before: Case, after: Case) -> tuple[dict[str, Any], dict[str, Any]]:
    """By writing both states out whole."""
    return journal.changes(journal._changing(before), journal._changing(after))
