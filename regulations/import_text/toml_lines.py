"""Where something stands in a TOML file: tomllib tells the values and not their lines."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from regulations.import_text.errors import TextProblem


class TomlLines:
    """A TOML file with its lines. ``problem`` is set where it cannot be read; ``data`` is empty then."""

    def __init__(self, folder: Path, name: str) -> None:
        """Read a file of a folder."""
        self.name = name
        self.data: dict[str, Any] = {}
        self.problem: TextProblem | None = None
        self._lines: list[str] = []
        try:
            text = (folder / name).read_text(encoding="utf-8-sig")
            self._lines = text.splitlines()
            self.data = tomllib.loads(text)
        except OSError:
            self.problem = TextProblem("file_not_there", file=name, params={"name": name})
        except UnicodeDecodeError as error:
            self.problem = TextProblem("not_text", file=name, params={"byte": error.start + 1})
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            at = re.search(r"line (\d+)", str(error))
            self.problem = TextProblem("not_toml", int(at[1]) if at else 0, name, params={"detail": str(error)})

    def line_of(self, table: str, number: int = 0, key: str = "") -> int:
        """The line of a key in a table (``head`` for the keys above all), or of the table; 0 where it has none.

        ``number`` counts the entries of an array from 1: ``[[term]]``, or the ``{ … }`` of ``clause``.
        """
        first = self._table(table, number)
        if not key:
            return first
        for at, line in enumerate(self._lines[first:], start=first + 1):
            if re.match(rf"\s*{re.escape(key)}\s*=", line):
                return at
            if line.startswith("["):
                break
        return first

    def _table(self, table: str, number: int) -> int:
        if table == "head":
            return 0
        pattern = rf"\s*\[\[{re.escape(table)}\]\]" if number else rf"\s*\[{re.escape(table)}\]"
        if table == "clause":
            pattern = r"\s*\{"
        found = [at for at, line in enumerate(self._lines, start=1) if re.match(pattern, line)]
        return found[max(number, 1) - 1] if len(found) >= max(number, 1) else 0
