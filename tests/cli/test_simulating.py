"""``ducha simulate``: what it says, what it leaves behind, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulation import invariants
from simulation.violations import Violation
from tests.cli.conftest import Ducha

SMALL = ("simulate", "--units", 2, "--years", 1, "--steps", 6)


def test_a_district_that_holds_is_summed_up_and_leaves_nothing_behind(bare: Ducha, tmp_path: Path) -> None:
    told = bare(*SMALL)
    assert told.code == 0, told
    assert "2 个单位，种子 7" in told.out and "没有违反" in told.out
    assert "办理" in told.err
    assert list(tmp_path.iterdir()) == []
    assert bare(*SMALL, "--json").data["breach"] is None


def test_a_breach_is_told_and_written_down_to_be_played_again(
    bare: Ducha, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(
            invariants, "followed_up_later", lambda _session, case, _version: iter([Violation("outbox", case)])
        )
        told = bare(*SMALL, "--lang", "en")
        assert told.code == 1
        assert "does not wait to be followed up" in told.out
        assert "ducha simulate --replay simulation-7.json" in told.out
        again = bare("simulate", "--replay", "simulation-7.json", "--json")
        assert (again.code, again.data["breach"]["breach"]) == (1, "outbox")
        assert again.data["script"] == json.loads((tmp_path / "simulation-7.json").read_text())
    assert bare("simulate", "--replay", "simulation-7.json").code == 0


def test_a_script_that_cannot_be_written_does_not_hide_the_breach(bare: Ducha, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        invariants, "followed_up_later", lambda _session, case, _version: iter([Violation("outbox", case)])
    )
    told = bare(*SMALL, "--script", "none/script.json")
    assert told.code == 1 and "待跟进" in told.out and "none/script.json" in told.err


def test_it_is_never_played_where_people_work(ducha: Ducha, tmp_path: Path) -> None:
    assert ducha(*SMALL).code == 0
    refused = ducha(*SMALL, "--db", tmp_path / "ducha.db", "--json")
    assert (refused.code, refused.data["error"]) == (1, "not_empty")
    kept = ducha(*SMALL, "--db", tmp_path / "own.db")
    assert kept.code == 0 and (tmp_path / "own.db").exists()


def test_what_is_no_script_is_refused(bare: Ducha, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('{"simulation": 1}')
    refused = bare("simulate", "--replay", "other.json", "--json")
    assert (refused.code, refused.data["error"]) == (5, "no_script")
    assert bare("simulate", "--replay", "none.json").code == 3
