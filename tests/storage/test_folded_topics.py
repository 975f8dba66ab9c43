"""Migration 0007: topics that differ in signs only become one, and the guards see all of their uses."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text

from states.engine.frequency import Key, normalised_topic
from storage import migrate
from storage.cases import frequency
from storage.engine import connect
from tests.storage.samples import a_case, opened
from tests.storage.test_migrations import _upgrade_to


def test_topics_in_use_are_folded_as_new_ones_are(database_url: str) -> None:
    written = ["电梯安全", "电梯安全。", "电梯—安全", "食品/添加剂", "。"]
    database = connect(database_url, create=True)
    with database.writing() as session:
        _upgrade_to(session, "0006")
        for number, topic in enumerate(written, start=1):
            case = opened(session, a_case(f"TL-2026-X{number:02d}")).case.id
            session.execute(
                text(
                    "INSERT INTO frequency_use"
                    " (jurisdiction, key_kind, key_value, case_id, since, until, exception, fenced)"
                    " VALUES ('TL', 'problem', :topic, :of_case, '2026-01-02', '2027-01-02', false, true)"
                ),
                {"topic": topic, "of_case": case},
            )
    migrate.upgrade(database)
    with database.reading() as session:
        found = frequency.uses(session, "TL", [Key("problem", normalised_topic("电梯安全"))], besides="")
        assert [use.case for use in found] == ["TL-2026-X01", "TL-2026-X02", "TL-2026-X03"]
        assert found[0].until == date(2027, 1, 2)
        [other] = frequency.uses(session, "TL", [Key("problem", "食品添加剂")], besides="")
        assert other.case == "TL-2026-X04"
    database.close()
