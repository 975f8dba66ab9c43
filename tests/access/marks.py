"""A district with cases in several states, each matter marked by a word of its own, and who may come across it."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import update

from casework.nightly import follow_ups
from regulations import Unit
from states.engine.case import Actor, Role
from storage.cases.cases import CASES
from storage.cases.deadlines import DEADLINES
from storage.cases.frequency import USES
from storage.messages.notices import NOTICES
from storage.people import account_journal, units
from tests.casework.office import (
    ADMINISTRATOR,
    APPRAISAL,
    AUDITOR,
    AUTHORITY,
    BACHUAN,
    COORDINATOR,
    DONGCHENG,
    EVIDENCE,
    LEADERS,
    MEMBERS,
    NANCHENG,
    OFFICERS,
    RESPONSIBLE_LEADER,
    SUPERVISION_OFFICE,
    TUQIAO,
    Office,
    groups,
)

OPERATOR: Final = "the operator"
FOREIGN: Final = "YJ"
FOREIGN_PEOPLE: Final = {
    "外区协调员": Role.COORDINATOR,
    "外区审计员": Role.AUDITOR,
    "外区管理员": Role.ADMINISTRATOR,
    "外区联络员": Role.TARGET_OFFICER,
}
"""The officer's unit has the code of a unit of Tongliang."""
PEOPLE: Final = (
    OPERATOR, COORDINATOR, AUTHORITY, RESPONSIBLE_LEADER, SUPERVISION_OFFICE, LEADERS[0], MEMBERS[2],
    OFFICERS[BACHUAN], OFFICERS[TUQIAO], OFFICERS[DONGCHENG], APPRAISAL, AUDITOR, ADMINISTRATOR, *FOREIGN_PEOPLE,
)  # fmt: skip

OFFICES: Final = frozenset({OPERATOR, COORDINATOR, AUTHORITY, RESPONSIBLE_LEADER, SUPERVISION_OFFICE})
FIRST_GROUPS: Final = frozenset({LEADERS[0]})
SECOND_GROUPS: Final = frozenset({MEMBERS[2]})
WITH_AUDITOR: Final = OFFICES | {AUDITOR}
"""The auditor reads every journal of Tongliang, with the forms in it."""

MAY_MEET: Final = {
    # drafted: nobody outside the offices was told
    "MARK-DRAFT": WITH_AUDITOR,
    # under way: the notice is served, a finding is recorded at Bachuan and another one told to Tuqiao
    "MARK-STARTED": WITH_AUDITOR | SECOND_GROUPS | {OFFICERS[BACHUAN], OFFICERS[TUQIAO]},
    "MARK-VISIT-RECORD": WITH_AUDITOR | SECOND_GROUPS,
    "MARK-UNTOLD": WITH_AUDITOR | SECOND_GROUPS,
    "MARK-TOLD": WITH_AUDITOR | SECOND_GROUPS | {OFFICERS[TUQIAO]},
    # published
    "MARK-PUBLISHED": WITH_AUDITOR | FIRST_GROUPS | {OFFICERS[BACHUAN], OFFICERS[TUQIAO], APPRAISAL},
    "MARK-REASON": WITH_AUDITOR | FIRST_GROUPS,
    "MARK-PLAN-BACHUAN": WITH_AUDITOR | FIRST_GROUPS | {OFFICERS[BACHUAN]},
    "MARK-PLAN-TUQIAO": WITH_AUDITOR | FIRST_GROUPS | {OFFICERS[TUQIAO]},
    "MARK-REVIEW": WITH_AUDITOR | FIRST_GROUPS | {OFFICERS[BACHUAN]},
    "MARK-REFERRAL": WITH_AUDITOR | FIRST_GROUPS,
    "MARK-MATTER": WITH_AUDITOR | FIRST_GROUPS,
    "MARK-RESULT": WITH_AUDITOR | FIRST_GROUPS | {APPRAISAL},
    "MARK-PERSONNEL": WITH_AUDITOR | FIRST_GROUPS,
    # published in another jurisdiction, of a unit with the same code as one of Tongliang
    "MARK-FOREIGN": frozenset({OPERATOR, "外区协调员", "外区审计员", "外区联络员"}),
}
"""Each word, and who may come across it in any read. Titles go further than what is under them."""

CASES_OF: Final = {
    "MARK-PUBLISHED": "TL-2026-X01",
    "MARK-STARTED": "TL-2026-Z01",
    "MARK-DRAFT": "TL-2026-X02",
    "MARK-FOREIGN": "TL-2026-X03",
}
"""The inspections that bear the words as their titles."""


def district(office: Office) -> None:
    """Bring about the cases of ``MAY_MEET``, follow them up, and move one inspection to the other jurisdiction."""
    office.on("2026-03-02")
    _published(office)
    _started(office)
    office.special([BACHUAN], to="drafted", title="MARK-DRAFT", problem="甲")
    foreign = office.special([DONGCHENG], title="MARK-FOREIGN", problem="乙", reason="外区")
    assert {word: office.case(case).title for word, case in CASES_OF.items()} == {word: word for word in CASES_OF}
    office.on(date(2026, 11, 20))
    while follow_ups.follow_up(office.database, office.clock, "tests", limit=100):
        pass
    with office.writing() as session:
        for table in (CASES, DEADLINES, NOTICES, USES):
            of_case = table.c.id if table is CASES else table.c.case_id
            session.execute(update(table).where(of_case.startswith(foreign)).values(jurisdiction=FOREIGN))
        units.put(session, FOREIGN, [Unit(DONGCHENG, "外区某镇", "镇（街道）", "")])
        people = [Actor(name, frozenset({role}), FOREIGN, DONGCHENG) for name, role in FOREIGN_PEOPLE.items()]
        account_journal.enter(session, people, "", office.clock.now())


def _published(office: Office) -> None:
    case = office.special([BACHUAN, TUQIAO], title="MARK-PUBLISHED", reason="MARK-REASON", problem="丙")
    for unit, word in ((BACHUAN, "MARK-PLAN-BACHUAN"), (TUQIAO, "MARK-PLAN-TUQIAO")):
        rectification = office.part(case, "rectification", unit)
        findings = office.case(rectification).dossier["order"]["findings"]
        measures = [{"finding": one, "measure": word, "responsible": "王五", "by": "2026-12-01"} for one in findings]
        office.does(OFFICERS[unit], "file_plan", rectification, {"measures": measures})
    office.does(OFFICERS[BACHUAN], "apply_for_review", case, {"grounds": "MARK-REVIEW", "evidence": EVIDENCE})
    office.does(
        COORDINATOR,
        "refer",
        case,
        {
            "ground": "lead",
            "destination": "discipline_inspection",
            "subject": "某人",
            "facts": "MARK-REFERRAL",
        },
    )
    office.does(LEADERS[0], "raise_matter", case, {"matter": "重要情况", "facts": "MARK-MATTER"})
    for receiver, word in (("appraisal_office", "MARK-RESULT"), ("organisation_department", "MARK-PERSONNEL")):
        office.does(COORDINATOR, "pass_on", case, {"receiver": receiver, "summary": word})


def _started(office: Office) -> None:
    case = office.inspection("comprehensive", [BACHUAN, TUQIAO, NANCHENG], "filed", title="MARK-STARTED")
    staffed = [
        {**group, "members": [{"name": MEMBERS[number], "body": "区委办公室"}]}
        for number, group in enumerate(groups([BACHUAN, TUQIAO], LEADERS[2:4]), start=2)
    ]
    staffed[0]["targets"] = [BACHUAN, NANCHENG]
    office.does(COORDINATOR, "staff", case, {"groups": staffed})
    office.later().advance(case, "under_way")
    first, second = office.part(case, "visit", BACHUAN), office.part(case, "visit", TUQIAO)
    for leader, visit in ((LEADERS[2], first), (LEADERS[3], second)):
        office.does(leader, "visit_on_site", visit, {"ways": ["11(2)2"], "record": "MARK-VISIT-RECORD"})
    office.does(LEADERS[2], "record_finding", first, {"text": "MARK-UNTOLD"})
    office.does(LEADERS[3], "record_finding", second, {"text": "MARK-TOLD"})
    office.does(LEADERS[3], "feed_back", second, {"advice": "限期整改"})
