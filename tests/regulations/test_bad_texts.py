"""Texts and folders that cannot be taken: each fault with its line and what to do, and nothing half taken."""

from __future__ import annotations

import io
import shutil
import zipfile
import zlib
from pathlib import Path

import pytest

from regulations.import_text import files, skeleton
from regulations.import_text.decisions import ProposedText
from regulations.import_text.errors import TextRefused
from regulations.import_text.folder_check import check_folder
from regulations.import_text.reading import read_text
from regulations.import_text.skeleton import write_folder
from tests.regulations import text_samples

SAMPLE = text_samples.SAMPLE.read_text(encoding="utf-8")


def faults(content: bytes | str, name: str = "x") -> list[tuple[str, int]]:
    """The faults of a text, each with its line."""
    with pytest.raises(TextRefused) as refused:
        read_text(content if isinstance(content, bytes) else content.encode(), name)
    problems = refused.value.problems
    assert problems
    assert all(one.fact and one.cure for one in problems)
    return [(one.fault, one.line) for one in problems]


def zipped(**parts: bytes) -> bytes:
    """A zip of these parts; two underscores are a slash, a single one is a dot."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_", "."), content)
    return written.getvalue()


def changed_docx(old: bytes, new: bytes) -> bytes:
    """The sample in Word with something else in its main part."""
    written = io.BytesIO()
    sample = io.BytesIO(text_samples.docx(text_samples.lines()))
    with zipfile.ZipFile(sample) as file, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as out:
        for one in file.infolist():
            content = file.read(one)
            if one.filename == "word/document.xml":
                assert old in content
                content = content.replace(old, new, 1)
            out.writestr(one, content)
    return written.getvalue()


def test_a_clause_twice_is_named_with_both_lines() -> None:
    lines = SAMPLE.splitlines()
    again = lines.index("第七条　综合督察内容包括：")
    lines[again] = "第六条　综合督察内容包括："
    assert faults("\n".join(lines)) == [("clause_twice", again + 1)]
    item = lines.index("（二）群众反映强烈的质量问题；")
    lines[item] = "（一）群众反映强烈的质量问题；"
    assert faults("\n".join(lines)) == [("clause_twice", again + 1), ("item_twice", item + 1)]


def test_parts_that_print_a_number_twice_are_kept_only_when_told_so() -> None:
    text = "某县方案\n一、目标\n做好质量工作。\n二、任务\n（一）整改。\n二、保障\n（一）领导。\n"
    assert faults(text) == [("clause_twice", 6)]
    kept = read_text(text.encode(), "x", as_printed=True).structure.clauses()
    assert [(one.ref, one.number) for one in kept if one.top] == [("1", "1"), ("2", "2"), ("3", "2")]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (text_samples.docx(["关于质量工作的讲话", "同志们：", "质量是生命。"]), "no_structure"),
        ("没有结构的一段话。", "no_structure"),
        (b"", "no_words"),
        (b"PK\x03\x04 broken", "broken_docx"),
        (zipped(hello_txt=b"x"), "is_no_docx"),
        (zipped(word__document_xml=b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'), "docx_doctype"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "is_doc"),
        (b"{\\rtf1 x}", "is_rtf"),
        (b"\xff\xd8\xff\xe0 jpeg", "is_picture"),
        (b"%PDF-1.4 broken", "broken_pdf"),
        (text_samples.pdf([]), "pdf_scanned"),
        (text_samples.pdf(["", ""]), "pdf_scanned"),
        ("第一条 质".encode() + b"\xe8\xb4" + "第二条 质量督察工作".encode(), "not_text"),
        (changed_docx(b"<w:p>", b'<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>x</w:t></w:r></w:ins>'), "docx_tracked"),
    ],
    ids=lambda one: one if isinstance(one, str) and one.isascii() else "",
)
def test_a_file_that_cannot_be_read_is_refused(content: bytes | str, fault: str) -> None:
    assert [one for one, _ in faults(content)] == [fault]


def test_a_big_file_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def parsed(*_: object) -> None:
        raise AssertionError("it was parsed")

    monkeypatch.setattr(files, "_read", parsed)
    assert faults(b"PK\x03\x04" + b"0" * 30_000_000) == [("too_big", 0)]


def test_a_zip_or_pdf_that_unpacks_to_gigabytes_is_refused() -> None:
    zeros = b"0" * 70_000_000
    assert faults(zipped(word__document_xml=zeros)) == [("zip_too_big", 0)]
    stream = zlib.compress(b"0" * 110_000_000)
    pdf = b"%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + stream + b"\nendstream\nendobj\n"
    assert faults(pdf) == [("zip_too_big", 0)]


@pytest.fixture(scope="module")
def confirmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample, every proposal confirmed."""
    text = read_text(SAMPLE.encode(), "x.txt")
    made = tmp_path_factory.mktemp("text") / "qingshan"
    write_folder(made, text, "qingshan", "2026-03-01", "x.txt", "0" * 64)
    proposed = ProposedText(made)
    for one in proposed.decisions():
        proposed.decide(one.number, confirm=True)
    return made


@pytest.fixture
def folder(confirmed: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(confirmed, tmp_path / "qingshan"))


def folder_faults(folder: Path) -> list[tuple[str, str, str, int]]:
    with pytest.raises(TextRefused) as refused:
        check_folder(folder)
    assert all(one.fact and one.cure for one in refused.value.problems)
    return [(one.fault, one.file, one.row, one.line) for one in refused.value.problems]


def line_of(folder: Path, name: str, words: str) -> int:
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return next(at for at, line in enumerate(lines, start=1) if words in line)


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_confirmed_folder_is_whole(folder: Path) -> None:
    found = check_folder(folder)
    assert (found.key, found.term("rectification_report").length, found.limit("special").most) == (
        "qingshan@2026-03-01", 10, 2,
    )  # fmt: skip
    assert found.articles["guard.is_no_duplicate"] == "decree-733:15"
    assert found.articles["rectification.report"] == "17"
    assert found.cite("17") == "《青山县质量督察工作办法》第十七条"


@pytest.mark.parametrize(
    ("name", "old", "new", "fault", "row"),
    [
        ("regulation.toml", 'article = "17"', 'article = "99"', "no_such_article", "term[1]"),
        ("regulation.toml", "length = 10", "length = 0", "bad_term", "term[1]"),
        ("regulation.toml", 'unit = "working_days"', 'unit = "weeks"', "bad_choice", "term[1]"),
        ("regulation.toml", "most = 2", "most = 0", "bad_limit", "limit[2]"),
        ("regulation.toml", "most = 2", "mots = 2", "missing_key", "limit[2]"),
        ("regulation.toml", "applies_from = 2026-03-01", 'applies_from = "2026"', "wrong_type", "applies_from"),
        ("regulation.toml", 'plan = "13"', 'plann = "13"', "unknown_topic", "topics.plann"),
        ("regulation.toml", 'approver = "authority"', 'approver = "mayor"', "bad_choice", "kind[1]"),
        ("regulation.toml", 'letter = "X"', 'letter = "Z"', "bad_letter", "kind[1]"),
        ("regulation.toml", 'contents_article = "7"', 'contents_article = "3"', "no_items", "kind[1]"),
        ("regulation.toml", 'ways_article = "10(2)"', 'ways_article = "3"', "no_items", "ways_article"),
        ("regulation.toml", 'instruments = ["inspection"]', 'instruments = ["x"]', "unknown_instrument", "instruments"),
        ("articles.toml", "number = 18", "number = 17", "clause_twice", "article[18]"),
        ("articles.toml", "（二）群众", "（一）群众", "item_twice", "article[8]"),
        ("articles.toml", 'cells = ["建筑工程质量", ', "cells = [", "row_width", "annex[1]"),
        ("coverage.toml", 'ref = "18"', 'ref = "99"', "no_such_article", "clause[39]"),
        ("coverage.toml", 'how = "stated"', 'how = "enforced"', "bad_row", "clause[1]"),
    ],
)
def test_a_fault_of_a_folder_is_named_with_its_row_and_line(
    folder: Path, name: str, old: str, new: str, fault: str, row: str
) -> None:
    change(folder, name, old, new)
    found = folder_faults(folder)
    assert (fault, name, row) in [one[:3] for one in found]
    line = next(line for one, _, where, line in found if (one, where) == (fault, row))
    assert line


def test_a_limit_without_article_is_refused(folder: Path) -> None:
    text = (folder / "regulation.toml").read_text(encoding="utf-8")
    begins = text.index("[[limit]]")
    at = text.index('article = "11"\n', begins)
    (folder / "regulation.toml").write_text(text[:at] + text[at + len('article = "11"\n') :], encoding="utf-8")
    line = line_of(folder, "regulation.toml", "[[limit]]")
    assert folder_faults(folder) == [("limit_without_article", "regulation.toml", "limit[1]", line)]


def test_a_broken_file_is_named_with_its_line(folder: Path) -> None:
    change(folder, "regulation.toml", 'plan = "13"', "plan = 十三")
    at = line_of(folder, "regulation.toml", "plan = 十三")
    assert folder_faults(folder) == [("not_toml", "regulation.toml", "", at)]


def test_an_undecided_proposal_keeps_the_folder_back(folder: Path) -> None:
    change(folder, "proposals.toml", 'verdict = "adopted"', 'verdict = "open"')
    assert folder_faults(folder) == [("undecided", "proposals.toml", "proposal[1]", 5)]


def test_a_folder_is_not_written_over(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(TextRefused):
        write_folder(folder, read_text(SAMPLE.encode(), "x"), "qingshan", "2026-03-01", "x", "0")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_nothing_is_left_of_a_folder_that_could_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> str:
        raise OSError("disk full")

    monkeypatch.setattr(skeleton, "_proposals", full)
    with pytest.raises(OSError, match="disk full"):
        write_folder(tmp_path / "q", read_text(SAMPLE.encode(), "x"), "qingshan", "2026-03-01", "x", "0")
    assert list(tmp_path.iterdir()) == []


def test_a_value_is_corrected_on_confirming_and_keeps_its_type(folder: Path) -> None:
    shutil.rmtree(folder)
    write_folder(folder, read_text(SAMPLE.encode(), "x"), "qingshan", "2026-03-01", "x", "0")
    text = ProposedText(folder)
    term = next(one.number for one in text.decisions() if one.code == "rectification_report")
    with pytest.raises(TextRefused):
        text.decide(term, confirm=True, changed={"length": "十"})
    assert ProposedText(folder).decisions()[term - 1].verdict == "open"
    text.decide(term, confirm=True, changed={"length": "20", "rollover": "false"})
    assert "length = 20" in (folder / "regulation.toml").read_text(encoding="utf-8")
    assert "# 以下是系统必有的项目" in (folder / "regulation.toml").read_text(encoding="utf-8")
