"""A unit whose code reads like the number of a part is that unit."""

from __future__ import annotations

from casework.acts.names_in_data import with_codes
from regulations import Unit
from storage.people import units
from tests.casework.office import BACHUAN, Office


def test_a_unit_whose_code_reads_like_the_number_of_a_part_is_that_unit(office: Office) -> None:
    case = office.special([BACHUAN], to="fed_back")
    with office.writing() as session:
        units.put(session, "TL", [Unit("M001", "某公司", "其他单位", "铜梁区")])
        data = {"targets": ["M001", "M002"], "finding": "F01"}
        found = with_codes(session, "TL", data, office.case(case))
    assert found == {"targets": ["M001", f"{case}-M002"], "finding": f"{case}-F01"}


def test_a_body_that_somebody_is_of_stays_a_name(office: Office) -> None:
    """Another instrument has a field of that name which holds a code."""
    case = office.special([BACHUAN], to="drafted")
    data = {"groups": [{"members": [{"name": "周建国", "body": "安居镇"}], "targets": ["安居镇"]}]}
    with office.reading() as session:
        [group] = with_codes(session, "TL", data, office.case(case))["groups"]
    assert group["members"] == [{"name": "周建国", "body": "安居镇"}]
    assert group["targets"] != ["安居镇"]
