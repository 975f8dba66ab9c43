"""Data files, YAML or JSON, read whole or refused with the place where they break.

In YAML every value is a text (a code stays 001, a day stays as written), which the form then reads; a blank value
counts as not filled in. Anchors and repeated keys are refused: what is meant must be what is written.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import messages
from messages.errors import HOUSE, DuchaError, Outcome, house_rule
from messages.text_encoding import NotText, decoded

if TYPE_CHECKING:
    from messages.answers import RefusalView

LARGEST: Final = 2_000_000
"""Bytes."""
STANDARD_INPUT: Final = "-"

Data = dict[str, Any] | list[dict[str, Any]]


class FileMissing(DuchaError):
    """A file that cannot be opened."""

    area = "console"
    outcome = Outcome.NOT_FOUND

    def __init__(self, name: str, reason: str) -> None:
        super().__init__("file_missing", file=name, reason=reason)


class FileRefused(DuchaError):
    """A file that cannot be read as data."""

    area = "console"
    outcome = Outcome.REFUSED
    heading = "file_refused"

    def __init__(self, name: str, code: str, params: Mapping[str, object]) -> None:
        super().__init__(code, **params)
        self.name = name

    @property
    def heading_params(self) -> Mapping[str, object]:
        """The file."""
        return {"file": self.name}

    def refusal_views(self) -> tuple[RefusalView, ...]:
        """The fault with its place, where there is one."""
        from messages.answers import PlaceRefusalView

        place = {name: self.params[name] for name in ("line", "column", "byte") if name in self.params}
        said = {"code": self.code, "fact": self.fact, "cure": self.cure}
        return (PlaceRefusalView(article=HOUSE, citation=house_rule(), **said, **place),)


def read_data(name: str) -> Data:
    """The fields in a data file, or a list of such; ``-`` is standard input. Raises FileMissing, FileRefused."""
    piped = name == STANDARD_INPUT
    return _Reading(messages.text("console.standard_input") if piped else name, piped).data(read_bytes(name))


def read_bytes(name: str, most: int = LARGEST) -> bytes:
    """The content of a file of sensible size: ``most`` bytes. Raises FileMissing, FileRefused."""
    try:
        if name == STANDARD_INPUT:
            return _limited(sys.stdin.buffer, name, most)
        with Path(name).open("rb") as file:
            return _limited(file, name, most)
    except OSError as error:
        raise FileMissing(name, _reason(error)) from error
    except ValueError as error:
        raise FileMissing(name, str(error)) from error


def _limited(file: BinaryIO, name: str, most: int) -> bytes:
    content = file.read(most + 1)
    if len(content) > most:
        raise FileRefused(name, "form_too_big", {"most": most // 1_000_000})
    return content


def _reason(error: OSError) -> str:
    known = {FileNotFoundError: "not_there", IsADirectoryError: "is_directory", PermissionError: "no_permission"}
    code = known.get(type(error))
    return messages.text(f"console.file_{code}") if code else error.strerror or str(error)


class _Reading:
    """One pass over one file."""

    def __init__(self, name: str, piped: bool) -> None:
        self.name, self.piped = name, piped

    def refused(self, code: str, **params: object) -> FileRefused:
        return FileRefused(self.name, code, params)

    def data(self, content: bytes) -> Data:
        from cli.parsing.yaml_files import full_width_sign

        text = self.text(content)
        try:
            value = _filled_in(self.json(text) if self.is_json(text) else self.yaml(text))
            if isinstance(value, str) and (sign := full_width_sign(text)):
                raise self.refused("form_full_width", **sign)
        except RecursionError:
            raise self.refused("form_too_deep") from None
        if value is None:
            raise self.refused("form_empty")
        if isinstance(value, dict):
            return value
        if isinstance(value, list) and value and all(isinstance(entry, dict) for entry in value):
            return value
        raise self.refused("form_wrong_type")

    def is_json(self, text: str) -> bool:
        """By the name of the file; what comes through a pipe has none and is known by its first character."""
        return self.name.endswith(".json") or (self.piped and text.lstrip()[:1] in ("{", "["))

    def text(self, content: bytes) -> str:
        try:
            return decoded(content)
        except NotText as error:
            line = content.count(b"\n", 0, error.byte - 1) + 1
            raise self.refused("form_not_utf8", byte=error.byte, line=line) from None

    def json(self, text: str) -> Any:
        try:
            return json.loads(text, object_pairs_hook=self.pairs, parse_constant=self.constant)
        except json.JSONDecodeError as error:
            raise self.refused("form_broken", line=error.lineno, column=error.colno, detail=error.msg) from None
        except ValueError as error:
            raise self.refused("form_broken", line=1, column=1, detail=str(error)) from None

    def yaml(self, text: str) -> Any:
        from cli.parsing.yaml_files import full_width_sign, read_yaml

        try:
            return read_yaml(text, self.refused)
        except FileRefused as refused:
            if refused.code == "form_broken" and (sign := full_width_sign(text)):
                raise self.refused("form_full_width", **sign) from None
            raise

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            raise self.refused("form_repeated_key", key=next(name for name in names if names.count(name) > 1))
        return found

    def constant(self, written: str) -> None:
        raise ValueError(written)


def _filled_in(value: Any) -> Any:
    """What was filled in: blank fields are left out."""
    if isinstance(value, dict):
        return {name: _filled_in(entry) for name, entry in value.items() if entry is not None}
    return [_filled_in(entry) for entry in value] if isinstance(value, list) else value
