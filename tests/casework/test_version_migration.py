"""Open cases are migrated to another version: on record, each with its parts, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import regulations
from access.reader import operator
from casework.administration import version_migration
from casework.administration.migration_checks import MigrationRefused
from casework.administration.version_models import VersionMigration
from casework.errors import NotFound, NotPermitted
from casework.nightly.sweeping import sweep
from casework.views import case_records
from states.packs import pack_of
from storage.cases import frequency
from storage.messages import notices
from tests import second_version
from tests.casework.office import (
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    EVIDENCE,
    LEADERS,
    OFFICERS,
    SERVICE,
    Office,
    dump,
    number_of,
)

FIRST, SECOND = "tongliang@2023-08-16", second_version.KEY
NOTE = "区政府第12次常务会议决定"


@pytest.fixture
def versions(tmp_path: Path) -> Iterator[Path]:
    """Both versions are registered."""
    with second_version.registered(tmp_path / "texts"):
        yield tmp_path / "texts"


def migrated(
    office: Office, *chosen: str, to: str = SECOND, who: str = COORDINATOR, note: str = NOTE, dry: bool = False
) -> VersionMigration:
    with office.writing() as session:
        return version_migration.migrate(session, office.clock, who, to, note, chosen, jurisdiction="TL", dry=dry)


def against(office: Office, *chosen: str, **how: Any) -> list[str]:
    """The codes of why nothing was migrated; nothing has changed."""
    before = dump(office.database)
    with pytest.raises(MigrationRefused) as refused:
        migrated(office, *chosen, **how)
    assert dump(office.database) == before
    assert all(one.fact and one.cure for one in refused.value.refusal_views())
    return [one.code for one in refused.value.refusal_views()]


@pytest.fixture
def published(office: Office, versions: Path) -> str:
    """An inspection of the first version with its bulletin out: 15 working days run."""
    case = office.on("2026-05-28").special([BACHUAN], "consented")
    office.on("2026-07-06").does(COORDINATOR, "publish", case, {"number": number_of(office, case)})
    return case


def rectification(office: Office, case: str) -> str:
    return office.parts(case, "rectification")[0].id


def test_a_trial_shows_what_would_change_and_changes_nothing(office: Office, published: str) -> None:
    before = dump(office.database)
    [found] = migrated(office, dry=True).cases
    assert dump(office.database) == before
    assert (found.case, found.from_, found.to, found.refusals) == (published, FIRST, SECOND, ())
    assert [(one.term, str(one.was), str(one.due), one.article_before, one.article_after) for one in found.terms] == [
        ("rectification_report", "2026-07-27", "2026-08-03", "14", "15")
    ]


def test_what_is_done_is_what_the_trial_showed(office: Office, published: str) -> None:
    shown = migrated(office, dry=True)
    assert migrated(office) == shown.model_copy(update={"dry_run": False})
    assert {office.case(published).regulation, office.case(rectification(office, published)).regulation} == {SECOND}
    assert office.deadline(rectification(office, published)).deadline.article == "15"
    assert str(office.deadline(rectification(office, published)).due_on) == "2026-08-03"
    assert office.breaks() == []
    assert migrated(office).cases == ()


def test_it_is_on_record_by_whom_and_by_which_decision(office: Office, published: str) -> None:
    migrated(office, who=AUTHORITY)
    with office.reading() as session:
        entries = case_records.entries(session, operator(), published)
    moved = [one for one in entries if one.act == "migrate"]
    assert {one.case for one in moved} >= {published, rectification(office, published)}
    assert {(one.actor, one.reason, one.form["from"], one.form["to"]) for one in moved} == {
        (AUTHORITY, NOTE, FIRST, SECOND)
    }


def test_what_was_done_before_is_cited_by_the_version_it_was_done_under(office: Office, published: str) -> None:
    before = {(one["case"], one["seq"]): one["citation"] for one in office.shown(published)["timeline"]}
    migrated(office)
    after = {(one["case"], one["seq"]): one["citation"] for one in office.shown(published)["timeline"]}
    assert {key: after[key] for key in before} == before
    assert [one["citation"] for one in office.shown(published)["deadlines"]] == ["第十五条"]


def test_a_deadline_that_was_met_stays_as_it_was(office: Office, published: str) -> None:
    part = rectification(office, published)
    [finding] = office.parts(published, "finding")
    measure = {"finding": finding.id, "measure": "补台账", "responsible": "刘洋", "by": "2026-07-10"}
    office.on("2026-07-08").does(OFFICERS[BACHUAN], "file_plan", part, {"measures": [measure]})
    office.does(OFFICERS[BACHUAN], "report", part, {"summary": "已整改", "evidence": EVIDENCE})
    office.on("2026-07-09")
    before = office.deadline(part)
    assert str(before.deadline.met_on) == "2026-07-08"
    [shown] = migrated(office).cases
    assert (shown.terms, office.deadline(part)) == ((), before)
    assert [one["citation"] for one in office.shown(published)["deadlines"]] == ["第十四条"]
    assert office.breaks() == []


def test_who_is_bound_and_the_office_learn_of_the_new_day(office: Office, published: str) -> None:
    sweep(office.database, office.on("2026-07-24").clock)
    with office.reading() as session:
        reminded = notices.find(session, root=published, kind="deadline")
    assert reminded
    migrated(office)
    with office.reading() as session:
        told = notices.find(session, root=published, kind="moved")
        left = notices.find(session, root=published, kind="deadline")
    assert [(one.recipient, "第十五条" in one.text, "2026-08-03" in one.text) for one in told] == [
        (BACHUAN, True, True)
    ]
    assert left == [], "the reminder of the old day stands no longer"


def test_acts_are_judged_by_the_new_version_from_then_on(office: Office, versions: Path) -> None:
    case = office.on("2026-05-28").special([BACHUAN], "filed")
    office.on("2026-06-02")
    own = {
        "groups": [
            {
                "name": "第一组",
                "leader": {"name": LEADERS[0], "body": "区市场监管局"},
                "members": [{"name": "督察组员一", "body": "区委办公室", "unit": BACHUAN}],
                "targets": [BACHUAN],
            }
        ]
    }
    assert set(office.refused(COORDINATOR, "staff", case, own)) == {"own_unit"}
    migrated(office, case)
    assert office.does(COORDINATOR, "staff", case, own)["regulation"] == SECOND
    assert office.breaks() == []


def test_who_may_not_migrate_is_told(office: Office, published: str) -> None:
    for who in (SERVICE, LEADERS[0]):
        with pytest.raises(NotPermitted):
            migrated(office, who=who)
    with pytest.raises(NotFound):
        migrated(office, "TL-2026-X99")
    assert against(office, note="  ") == ["migrate_unexplained"]


def test_what_stands_against_it_is_named(office: Office, published: str) -> None:
    assert against(office, published, to=FIRST) == ["migrate_same"]
    assert against(office, published, to="decree-733@2020-12-26") == ["migrate_other_text"]
    other = office.special([DONGCHENG], "approved", problem="燃气灶具")
    office.on("2026-07-07").does(AUTHORITY, "suspend", other, {"note": "汛期"})
    migrated(office, published)
    assert office.case(other).regulation == SECOND
    assert against(office, other, to=FIRST) == ["migrate_suspended"]


def test_a_version_that_does_not_apply_yet_is_refused(office: Office, versions: Path) -> None:
    case = office.on("2026-05-20").special([BACHUAN], "filed")
    office.on("2026-05-31")
    assert against(office, case) == ["migrate_too_early"]
    [shown] = migrated(office, case, dry=True).cases
    assert [one.code for one in shown.refusals] == ["migrate_too_early"]


def _rewritten(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / "tongliang-2026" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    regulations.library._version.cache_clear()
    regulations.library._versions.cache_clear()
    pack_of.cache_clear()


def test_contents_that_mean_something_else_there_are_not_moved(office: Office, versions: Path) -> None:
    _rewritten(versions, "articles.toml", regulations.by_key(FIRST).article("9(3)").text[:8], "其他重大事项")
    case = office.on("2026-05-28").special([BACHUAN], "filed")
    office.on("2026-06-02")
    assert "migrate_other_words" in against(office, case)


def test_a_limit_that_changed_is_counted_anew(office: Office, versions: Path) -> None:
    _rewritten(versions, "regulation.toml", 'window = "rolling"', 'window = "calendar-year"')
    case = office.on("2026-05-28").special([BACHUAN], "approved")
    office.on("2026-06-02")
    [found] = migrated(office, case).cases
    assert {one.after for one in found.keys} == {"2026-01-01 – 2026-12-31"}
    with office.reading() as session:
        uses = frequency.standing(session, case)
    assert {(str(one.since), str(one.until)) for one in uses} == {("2026-01-01", "2026-12-31")}
    assert office.breaks() == []
