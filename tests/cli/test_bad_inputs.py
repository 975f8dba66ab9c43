"""Bad inputs: more than 200 of them, none a crash, each refused with its place, and the database as it was."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from storage.sqlite_driver import open_file
from tests.cli.bad import days, files, forms, names
from tests.cli.bad.entry import Bad
from tests.cli.conftest import Ducha

BAD: list[Bad] = [*days.BAD, *names.BAD, *forms.BAD, *files.BAD]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MOST_WORDS = 6000
"""However long the input: nobody reads a message longer than this."""


@pytest.fixture(scope="module")
def desk(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one inspection in it."""
    from cli.main import main

    path = Path(shutil.copy(founded, tmp_path_factory.mktemp("desk") / "ducha.db"))
    opening = "inspection open --kind special --year 2026 --title 督察 --on 2026-03-02 --target"
    lines = [
        f"{opening} 500151001 500151002 --problem 困人 --domain 电梯 --as 联席办协调员甲",
        f"{opening} 500151003 --problem 掺假 --domain 粮油 --as 联席办协调员甲",
        "inspection submit TL-2026-X02 --set contents=9(1) --on 2026-03-03 --as 联席办协调员甲",
        "inspection approve TL-2026-X02 --note 同意 --on 2026-03-03 --as 区委区政府",
    ]
    assert [main([*line.split(), "--db", str(path), "--json"]) for line in lines] == [0] * len(lines)
    # The first anchor gives the database its identity.
    with pytest.MonkeyPatch.context() as environ:
        environ.setenv("DUCHA_ANCHOR_DIR", str(path.parent / "anchors"))
        assert main(["journal", "anchor", "--db", str(path), "--json"]) == 0
    return path


@pytest.fixture
def handed_in(bare: Ducha, desk: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Ducha]:
    """``ducha`` on that database, which is the same afterwards."""
    monkeypatch.setenv("DUCHA_DATABASE_URL", str(desk))
    # Elsewhere, so that what a command leaves in its folder can be compared.
    monkeypatch.setenv("DUCHA_LOG_DIR", str(desk.parent / "log"))
    before = contents(desk)
    yield bare
    assert contents(desk) == before


def contents(database: Path) -> dict[str, bytes]:
    """A digest of every table but the record of who read what, which a refused read is entered in as well."""
    connection = open_file(database)
    tables = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ]
    rows = {name: repr(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in tables}
    connection.close()
    assert "access_record" in rows and "journal" in rows
    return {name: sha256(text.encode()).digest() for name, text in rows.items() if name != "access_record"}


def laid_out(bad: Bad, folder: Path) -> set[Path]:
    for name, content in bad.files.items():
        path = folder / name
        if callable(content):
            content(path)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return set(folder.iterdir())


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name.encode("ascii", "backslashreplace").decode())
def test_a_bad_input_is_refused_with_its_place_in_both_languages(
    handed_in: Ducha, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, bad: Bad
) -> None:
    there = laid_out(bad, tmp_path)
    for name, value in bad.environ.items():
        monkeypatch.setenv(name, value)
    for language in ("zh", "en"):
        answer = handed_in("--lang", language, *bad.line, stdin=bad.stdin)
        assert answer.code == bad.code, answer
        said = answer.out if bad.reported else answer.err
        assert bad.reported or answer.out == "", answer
        assert bad.place in said and "Traceback" not in said and len(said) < MOST_WORDS, answer
        assert said.startswith(("Error", "Not", "Usage")) or CHINESE.search(said) or language == "en", answer
    assert set(tmp_path.iterdir()) == there


def test_there_are_many_of_them_and_no_two_are_alike() -> None:
    told = {(bad.line, tuple(map(str, bad.files.values())), bad.stdin, tuple(bad.environ.items())) for bad in BAD}
    assert len(told) == len(BAD) >= 200
