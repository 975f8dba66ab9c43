"""Two versions side by side: each case is judged, cited and shown by the one it was opened under."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import messages
import regulations
from access.reader import operator
from casework.nightly.follow_ups import follow_up
from casework.nightly.sweeping import sweep
from casework.views.case_models import CaseView
from casework.views.overdue_deadlines import overdue_deadlines
from flows import artifacts
from messages.answers import RefusalView
from states.engine.refusals import ActRefused
from states.packs import pack_of
from storage.messages import documents
from tests import second_version
from tests.casework.office import (
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    LEADERS,
    Office,
    groups,
    number_of,
)

FIRST = "tongliang@2023-08-16"
ARTICLE = messages.text("flows.column_article", "zh")


class Pair(NamedTuple):
    """A case of each version."""

    old: str
    new: str


@pytest.fixture
def versions(tmp_path: Path) -> Iterator[None]:
    """Both versions are registered."""
    with second_version.registered(tmp_path / "texts"):
        yield


@pytest.fixture
def pair(versions: None, office: Office) -> Pair:
    """One inspection opened under each version, both with their plans filed."""
    old = office.on("2026-05-28").special([BACHUAN], "filed", problem="电动自行车", year=2026)
    office.on("2026-06-02")
    new = office.special([DONGCHENG], "filed", problem="燃气灶具", year=2026)
    return Pair(old, new)


def own_unit(office: Office, case: str) -> dict[str, Any]:
    """Groups in which a member comes from the unit that is inspected."""
    [unit] = office.case(case).targets
    [first] = groups([unit], LEADERS[:1])
    return {"groups": [{**first, "members": [{**first["members"][0], "unit": unit}]}]}


def refusal_of(office: Office, who: str, act: str, case: str, data: Any = None) -> tuple[RefusalView, ...]:
    """The reasons of a refusal as a run shows them."""
    with pytest.raises(ActRefused) as refused:
        office.does(who, act, case, data)
    return refused.value.refusal_views()


def test_a_case_pins_the_version_in_force_on_the_day_it_is_opened(office: Office, pair: Pair) -> None:
    assert [office.case(case).regulation for case in pair] == [FIRST, second_version.KEY]
    assert regulations.load("tongliang").key == second_version.KEY


def test_each_version_has_tables_of_its_own(versions: None) -> None:
    old, new = pack_of(FIRST), pack_of(second_version.KEY)
    names = [
        {guard.__name__ for one in pack.procedures.values() for step in one.steps for guard in step.guards}
        for pack in (old, new)
    ]
    assert names[0] - names[1] == {second_version.LEFT_OUT}
    assert old.procedures["inspection"] is not new.procedures["inspection"]


def test_the_guard_that_the_new_version_leaves_out_still_judges_the_old_case(office: Office, pair: Pair) -> None:
    assert set(office.refused(COORDINATOR, "staff", pair.old, own_unit(office, pair.old))) == {"own_unit"}
    assert office.does(COORDINATOR, "staff", pair.new, own_unit(office, pair.new))["state"] == "staffed"


def published(office: Office, pair: Pair) -> list[dict[str, Any]]:
    """What came of the publication of each case, on the same day."""
    for case in pair:
        office.advance(case, "consented")
    office.on("2026-07-06")
    return [office.does(COORDINATOR, "publish", case, {"number": number_of(office, case)}) for case in pair]


def test_acts_and_terms_are_cited_and_counted_by_the_version_of_the_case(office: Office, pair: Pair) -> None:
    old, new = published(office, pair)
    assert [one["citation"] for one in (old, new)] == ["第十三条第（五）项", "第十三条第（六）项"]
    assert [(one["article"], one["citation"], one["due"]) for one in (*old["deadlines"], *new["deadlines"])] == [
        ("14", "第十四条", "2026-07-27"),
        ("15", "第十五条", "2026-08-03"),
    ]


def test_refusals_are_cited_by_the_version_of_the_case(office: Office, pair: Pair) -> None:
    refused = [refusal_of(office, COORDINATOR, "publish", case, {"number": number_of(office, case)}) for case in pair]
    assert [[one.citation for one in found] for found in refused] == [["第十三条第（五）项"], ["第十三条第（六）项"]]
    suspend = [next(one for one in office.shown(case)["now"] if one["act"] == "suspend") for case in pair]
    assert [one["citation"] for one in suspend] == ["内部规则", "内部规则"]


def test_a_case_is_shown_with_the_citations_of_its_version(office: Office, pair: Pair) -> None:
    published(office, pair)
    for case, bulletin, rectification in (
        (pair.old, "第十三条第（五）项", "第十四条"),
        (pair.new, "第十三条第（六）项", "第十五条"),
    ):
        shown = office.shown(case)
        cited = {entry["act"]: entry["citation"] for entry in shown["timeline"] if entry["case"] == case}
        assert (cited["publish"], cited["plan"]) == (bulletin, "第十三条第（二）项")
        assert [one["citation"] for one in shown["deadlines"]] == [rectification]
        rows, _ = artifacts.timeline(CaseView.model_validate(shown))
        assert {bulletin, rectification} <= {row[ARTICLE] for row in rows}


def test_documents_and_notices_name_the_version_of_the_case(office: Office, pair: Pair) -> None:
    published(office, pair)
    for _ in range(60):
        if not follow_up(office.database, office.clock, "test"):
            break
    with office.reading() as session:
        texts = {case: [made.text for made in documents.of_case(session, case)] for case in pair}
    first, second = (regulations.by_key(key).title for key in (FIRST, second_version.KEY))
    assert all(f"依据：《{first}》" in text for text in texts[pair.old])
    assert all(f"依据：《{second}》" in text for text in texts[pair.new])
    told = sweep(office.database, office.on("2026-08-04").clock)
    said = {case: " ".join(one.text for one in told.notices if one.root == case) for case in pair}
    assert "第十四条" in said[pair.old] and "第十五条" not in said[pair.old]
    assert "第十五条" in said[pair.new] and "第十四条" not in said[pair.new]


def test_the_overdue_table_cites_each_case_by_its_version(office: Office, pair: Pair) -> None:
    published(office, pair)
    with office.reading() as session:
        table = overdue_deadlines(session, office.on("2026-08-20").clock, operator())
    rows, _ = artifacts.overdue(table, "2026-08-20 09:00")
    assert {(row.root, row.citation) for row in table.rows} == {
        (pair.old, "第十四条"),
        (pair.new, "第十五条"),
    }
    assert {row[ARTICLE] for row in rows} == {"第十四条", "第十五条"}
