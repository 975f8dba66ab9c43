"""A text is imported, decided, checked and added at the command line; a jurisdiction is made for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ducha
from tests.regulations.text_samples import SAMPLE

NEW = (
    *("jurisdiction", "new", "--code", "QS", "--name", "青山县", "--division-code", "539901", "--region", "CN-YN"),
    *(
        "--regulation",
        "qingshan-cli",
        "--unit",
        "QS-T-01,柳河镇,镇（街道）",
        "--unit",
        "QS-D-01,县市场监管局，有关部门",
    ),
)


def lengthened(file: Path) -> None:
    """Another term in a text."""
    text = file.read_text(encoding="utf-8")
    assert "length = 10" in text
    file.write_text(text.replace("length = 10", "length = 30"), encoding="utf-8")


def prepared(bare: Ducha) -> None:
    """The sample, imported, confirmed and added."""
    assert bare("regulation", "import", SAMPLE, "--id", "qingshan-cli", "--into", "q").code == 0
    assert bare("regulation", "confirm", "q", "1-66").code == 0
    assert bare("regulation", "add", "q").code == 0


def test_a_dry_run_writes_nothing(bare: Ducha, tmp_path: Path) -> None:
    answer = bare("regulation", "import", SAMPLE, "--id", "qingshan-cli", "--dry-run")
    assert (answer.code, list(tmp_path.iterdir())) == (0, [])
    assert "10(2)1 听取工作汇报；" in answer.out
    assert "原文：被督察单位应当自督察通报之日起10个工作日内" in answer.out


@pytest.mark.parametrize("id", ["青山", "Q", "../x", "-a"])
def test_an_id_that_is_none_is_refused(bare: Ducha, id: str, tmp_path: Path) -> None:
    assert bare("regulation", "import", SAMPLE, "--id", id, "--into", "q", "--json").code in (2, 5)
    assert list(tmp_path.iterdir()) == []


def test_a_30_mb_file_is_refused(bare: Ducha, tmp_path: Path) -> None:
    (tmp_path / "big.docx").write_bytes(b"PK\x03\x04" + b"0" * 30_000_000)
    answer = bare("regulation", "import", "big.docx", "--id", "big", "--json")
    assert (answer.code, answer.codes) == (5, ["form_too_big"])
    assert not (tmp_path / "big").exists()


def test_what_is_refused_says_where_and_what_to_do(bare: Ducha, tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace("第三条", "第二条", 1)
    (tmp_path / "x.txt").write_bytes(text.encode("gb18030"))
    answer = bare("regulation", "import", "x.txt", "--id", "twice")
    assert answer.code == 5
    assert "第 9 行" in answer.err
    assert "请核对并改正编号" in answer.err
    english = bare("regulation", "import", "x.txt", "--id", "twice", "--lang", "en")
    assert "line 9" in english.err


def test_proposals_are_asked_about_one_by_one(bare: Ducha, monkeypatch: pytest.MonkeyPatch) -> None:
    bare("regulation", "import", SAMPLE, "--id", "qingshan-cli", "--into", "q")

    said = iter(["y", "value=2026-04-01", "y", "n", "s", "length=20", "y", "q"])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(said))
    from cli.administration import regulation_import_commands as commands

    monkeypatch.setattr(commands, "sys", type("Sys", (), {"stdin": type("In", (), {"isatty": lambda: True})}))
    answer = bare("regulation", "confirm", "q")
    assert (answer.code, list(said)) == (0, [])
    listed = bare("regulation", "confirm", "q", "--json").data["proposals"]
    assert [one["verdict"] for one in listed[:6]] == ["adopted", "adopted", "declined", "open", "adopted", "open"]
    assert (listed[1]["values"]["value"], listed[4]["values"]["length"]) == ("2026-04-01", "20")


def test_a_number_that_is_none_decides_nothing(bare: Ducha) -> None:
    bare("regulation", "import", SAMPLE, "--id", "qingshan-cli", "--into", "q")
    assert bare("regulation", "confirm", "q", "1-67", "--json").codes == ["text_no_proposal"]
    assert bare("regulation", "confirm", "q", "--json").data["left"] == 66
    assert bare("regulation", "confirm", "q", "x").code == 2
    assert bare("regulation", "confirm", "q", "1", "2", "--set", "value=x").code == 2
    assert bare("regulation", "check", "nowhere").code == 5


def test_a_text_that_was_added_cannot_be_changed(bare: Ducha, tmp_path: Path) -> None:
    prepared(bare)
    assert bare("regulation", "add", "q", "--json").data["unchanged"] is True
    regulation = tmp_path / "q" / "regulation.toml"
    regulation.write_text(
        regulation.read_text(encoding="utf-8").replace("length = 10", "length = 30"), encoding="utf-8"
    )
    assert bare("regulation", "add", "q", "--json").codes == ["text_version_exists"]
    kept = next((tmp_path / "var" / "regulations").iterdir()) / "regulation.toml"
    lengthened(kept)
    (tmp_path / "var" / "regulations" / "touched").mkdir()
    assert (
        bare("regulation", "show", "17", "--regulation", "qingshan-cli", "--json").data["error"] == "own_text_changed"
    )


def test_a_jurisdiction_is_made_with_the_offices_of_its_text(bare: Ducha, tmp_path: Path) -> None:
    prepared(bare)
    made = bare(*NEW, "--office", "auditor=县审计局", "--account", "组长甲=group_leader@QS-D-01", "--json")
    assert (made.code, made.data["units"], made.data["accounts"]) == (0, 2, 12)
    offices = bare("jurisdiction", "show", "QS", "--json").data["offices"]
    assert offices["coordinator"] == "县质量强县工作领导小组办公室"
    assert offices["auditor"] == "县审计局"
    assert (tmp_path / "QS.toml").exists()
    assert bare(*NEW).code == 2, "the file is not written over"


def test_what_is_wrong_with_a_jurisdiction_leaves_no_file(bare: Ducha, tmp_path: Path) -> None:
    prepared(bare)
    assert bare(*NEW, "--account", "甲=mayor").code == 5
    assert bare(*NEW, "--account", "甲").code == 2
    assert bare(*NEW, "--unit", "QS-T-09,三江镇,别的").code == 5
    assert bare(*NEW[:2], "--code", "QS").code == 2
    assert not (tmp_path / "QS.toml").exists()
