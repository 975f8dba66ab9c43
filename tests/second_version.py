"""A second version of the Tongliang measures, made from the first: other articles, another term, one guard less."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from pathlib import Path

from regulations import library
from states.packs import pack_of

KEY = "tongliang@2026-06-01"
APPLIES_FROM = date(2026, 6, 1)
TITLE = "重庆市铜梁区质量督察工作办法"
DAYS = 20
"""Working days in which the second version has rectification reported; the first has 15."""
LEFT_OUT = "nobody_inspects_their_own_unit"
MOVED = {"13(5)": "13(6)", "14": "15", "15": "14"}
"""The bulletin moves to another item; rectification and political discipline change places."""


def write(folder: Path) -> None:
    """The texts of the second version, in a directory of this folder."""
    first = files("regulations").joinpath("texts", "tongliang-2023")
    made = folder / "tongliang-2026"
    made.mkdir(parents=True)
    for name in ("regulation.toml", "articles.toml", "coverage.toml"):
        text = first.joinpath(name).read_text(encoding="utf-8")
        (made / name).write_text(CHANGES[name](text), encoding="utf-8")


def _regulation(text: str) -> str:
    head = {
        r'version = "2023-08-16"': 'version = "2026-06-01"',
        r'title = "重庆[^"]*"': f'title = "{TITLE}"',
        r'title_en = "[^"]*"': 'title_en = "Tongliang Quality Inspection Measures"',
        r"applies_from = .*": f'applies_from = {APPLIES_FROM}\nguards_left_out = ["{LEFT_OUT}"]',
        r"length = 15": f"length = {DAYS}",
    }
    for pattern, changed in head.items():
        text, count = re.subn(pattern, changed, text, count=1)
        assert count == 1, pattern
    return _moved(text)


def _articles(text: str) -> str:
    text = text.replace("number = 14", "number = 0").replace("number = 15", "number = 14")
    text = text.replace("number = 0", "number = 15")
    assert "\n（五）督察通报" in text
    return text.replace("\n（五）督察通报", "\n（五）听取意见。通报前听取被督察单位意见。\n（六）督察通报")


def _coverage(text: str) -> str:
    opinions = '  { ref = "13(5)", how = "stated", by = [], why = "听取意见由督察组自行安排" },\n'
    rows = [_moved(line) for line in text.splitlines(keepends=True)]
    at = next(number for number, row in enumerate(rows) if '"13(6)"' in row)
    return "".join([*rows[:at], opinions, *rows[at:]])


def _moved(text: str) -> str:
    return re.sub(r'"([0-9()]+)"', lambda ref: f'"{MOVED.get(ref[1], ref[1])}"', text)


CHANGES = {"regulation.toml": _regulation, "articles.toml": _articles, "coverage.toml": _coverage}


@contextmanager
def registered(folder: Path) -> Iterator[None]:
    """The second version beside the first."""
    write(folder)
    library.FOLDERS.append(folder)
    try:
        _forget()
        yield
    finally:
        library.FOLDERS.remove(folder)
        _forget()


def _forget() -> None:
    library._directories.cache_clear()
    library._versions.cache_clear()
    pack_of.cache_clear()
