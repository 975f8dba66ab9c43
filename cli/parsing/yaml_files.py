"""YAML read event by event: texts as they are written, no anchors, no repeated keys, no depth that crashes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, Final

import yaml
from yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
)

DEEPEST: Final = 40
"""Layers of nesting; the forms need six."""
_FULL_WIDTH: Final = (
    re.compile(r"\s*(?:-\s+)?[A-Za-z_]\w*\s*(：)", re.ASCII),
    re.compile(r"\s*([－　])"),
    re.compile(r"[^#'\"]*:\s*([［｛])"),
    re.compile(r"[^#'\"]*:\s*[\[{][^'\"\]}]*([，：])"),
)
BLANK: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain values that stand for nothing."""

Refused = Callable[..., Exception]
"""Makes the refusal of this file from a code and its params."""


def read_yaml(text: str, refused: Refused) -> Any:
    """The one document in a text, None when there is none. Raises what ``refused`` makes.

    Nodes would be built by recursion in C, which deep nesting crashes; events come one after the other.
    """
    events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    reading = _Reading(events, refused)
    try:
        found = [reading.value(next(events)) for event in events if isinstance(event, DocumentStartEvent)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise refused("form_broken", line=line, column=column, detail=error.problem or error.context) from None
    except yaml.reader.ReaderError as error:
        line, column = text.count("\n", 0, error.position) + 1, error.position - text.rfind("\n", 0, error.position)
        raise refused("form_broken", line=line, column=column, detail=error.reason) from None
    if len(found) > 1:
        raise refused("form_several", count=len(found))
    return found[0] if found else None


def full_width_sign(text: str) -> dict[str, Any] | None:
    """The first full-width sign where YAML has a plain one: after a field, before an entry, as a bracket, as a blank.

    Its place, the sign, and what to write instead.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        for pattern in _FULL_WIDTH:
            if found := pattern.match(line):
                sign = found[1]
                written = unicodedata.normalize("NFKC", sign)
                return {"line": number, "column": found.start(1) + 1, "sign": sign, "instead": written}
    return None


class _Reading:
    """One pass over the events of one file."""

    def __init__(self, events: Iterator[Event], refused: Refused) -> None:
        self.events, self.refused = events, refused

    def value(self, event: Event, depth: int = 0) -> Any:
        """What begins with this event."""
        if isinstance(event, NodeEvent) and event.anchor is not None:
            raise self.refused("form_anchor", **_place(event))
        if (tag := getattr(event, "tag", None)) is not None:
            raise self.refused("form_tag", tag=tag, **_place(event))
        if depth > DEEPEST:
            raise self.refused("form_too_deep")
        if isinstance(event, ScalarEvent):
            return None if event.implicit[0] and event.value in BLANK else event.value
        return self.mapping(depth + 1) if isinstance(event, MappingStartEvent) else self.sequence(depth + 1)

    def sequence(self, depth: int) -> list[Any]:
        found = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            found.append(self.value(event, depth))
        return found

    def mapping(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(key := next(self.events), MappingEndEvent):
            if not isinstance(key, ScalarEvent):
                raise self.refused("form_bad_key", **_place(key))
            if key.value in found:
                raise self.refused("form_repeated_key_at", key=key.value, **_place(key))
            found[key.value] = self.value(next(self.events), depth)
        return found


def _place(event: Event) -> dict[str, int]:
    mark = event.start_mark
    return {"line": mark.line + 1, "column": mark.column + 1} if mark else {}
