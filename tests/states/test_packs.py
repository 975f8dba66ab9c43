"""A pack is checked against the data of its version when it is built."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import regulations
from states.engine.pack import Pack
from states.engine.table import BadTable
from states.inspection.pack import inspection
from states.packs import newest_packs, pack_of, root_procedures
from tests.states.world import TONGLIANG

NOWHERE: Any = "plan"
KINDS = (replace(TONGLIANG.kinds[0], procedure="visit"), *TONGLIANG.kinds[1:])


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"limits": (replace(TONGLIANG.limits[0], keys=("street",)),)}, "limit comprehensive names street"),
        ({"limits": (replace(TONGLIANG.limits[0], counts_from=NOWHERE),)}, "limit comprehensive names plan"),
        ({"reminders": {"due": ("coordinator",)}}, "nobody is reminded at soon_5"),
        ({"kinds": KINDS}, "kinds follow visit, which is no root"),
        ({"guards_left_out": frozenset({"nobody_is_there"})}, "no guard or procedure nobody_is_there"),
    ],
)
def test_data_that_the_tables_do_not_know_are_refused(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BadTable, match=complaint):
        changed = replace(TONGLIANG, **changes)
        Pack(changed, (inspection(changed),))


def test_a_pack_is_built_once_for_a_version() -> None:
    assert pack_of(TONGLIANG.key) is pack_of(TONGLIANG.key) in newest_packs()


def test_a_version_that_does_not_exist_has_no_pack() -> None:
    with pytest.raises(regulations.UnknownRegulation):
        pack_of("tongliang@2020-01-01")


def test_the_roots_stand_by_themselves_and_the_openings_belong_to_them() -> None:
    pack = pack_of(TONGLIANG.key)
    assert pack.roots == ("inspection", "look_back")
    assert {*pack.roots} <= {*root_procedures()}
    assert all(procedure.letter and not procedure.root for procedure in pack.openings.values())
