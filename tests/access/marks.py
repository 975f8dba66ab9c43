"""A district with cases in several states, each matter marked by a word of its own, and who may come across it."""

from __future__ import annotations

from datetime import date
from typing import Final

from casework.administration import jurisdiction_entry
from casework.nightly import follow_ups
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
from tests.jurisdiction_samples import CODE, second_jurisdiction

OPERATOR: Final = "the operator"
FOREIGN_PEOPLE: Final = tuple(
    f"{CODE}:{name}" for name in (COORDINATOR, AUDITOR, ADMINISTRATOR, OFFICERS[BACHUAN], LEADERS[0])
)
"""People of the second jurisdiction, who are called like those of Tongliang and come from units of the same codes."""
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
    "MARK-FOREIGN": frozenset({OPERATOR, *FOREIGN_PEOPLE} - {f"{CODE}:{ADMINISTRATOR}"}),
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
    """Bring about the cases of ``MAY_MEET``, one of them in a second jurisdiction, and follow them up."""
    office.on("2026-03-02")
    _published(office)
    _started(office)
    office.special([BACHUAN], to="drafted", title="MARK-DRAFT", problem="甲")
    with office.writing() as session:
        jurisdiction_entry.enter(session, office.clock, "操作员", second_jurisdiction(), f"{CODE}.toml")
    there = Office(office.database, office.day, office.seconds, home=CODE)
    there.special([BACHUAN], title="MARK-FOREIGN", problem="乙", reason="外区")
    assert {word: office.case(case).title for word, case in CASES_OF.items()} == {word: word for word in CASES_OF}
    office.on(date(2026, 11, 20))
    while follow_ups.follow_up(office.database, office.clock, "tests", limit=100):
        pass


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
    office.does(LEADERS[2], "record_finding", first, {"text": "MARK-UNTOLD", "content": "8(1)"})
    office.does(LEADERS[3], "record_finding", second, {"text": "MARK-TOLD", "content": "8(1)"})
    office.does(LEADERS[3], "feed_back", second, {"advice": "限期整改"})
