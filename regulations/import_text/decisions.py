"""Deciding the proposals of a folder: a confirmed one is written into regulation.toml and coverage.toml."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from regulations.import_text.errors import refused
from regulations.import_text.skeleton import ADOPTED, COVERAGE, DECLINED, OPEN, PROPOSALS, REGULATION
from regulations.topics import model, topics

_NAMED: Final = ("term", "limit")
"""Entries that are known by ``name``; the others have a ``code``."""
_LISTS: Final = {
    "method": "methods",
    "plan_item": "plan_items",
    "target_category": "target_categories",
    "core_body": "core_bodies",
    "invited_body": "invited_bodies",
    "result_receiver": "result_receivers",
    "referral_destination": "referral_destinations",
    "referral_ground": "referral_grounds",
}
_YES_NO: Final = {"true": True, "false": False, "是": True, "否": False}


@dataclass(frozen=True, slots=True)
class Decision:
    """A proposal of a folder and the verdict on it: ``open``, ``adopted`` or ``declined``."""

    number: int
    sort: str
    code: str
    ref: str
    quote: str
    values: Mapping[str, Any]
    verdict: str


class ProposedText:
    """The folder of a text whose proposals are decided; its files are read once and written after each decision."""

    def __init__(self, folder: Path) -> None:
        """Read the folder. Raises TextRefused."""
        self.folder = folder
        self._proposals = _read(folder, PROPOSALS)
        self._regulation, self._coverage = _read(folder, REGULATION), _read(folder, COVERAGE)

    def decisions(self) -> list[Decision]:
        """Every proposal and what was decided on it."""
        return [_decision(one) for one in self._proposals.get("proposal", [])]

    def check_numbers(self, numbers: Iterable[int]) -> None:
        """Raises TextRefused for a number that no proposal has."""
        known = [one["number"] for one in self._proposals.get("proposal", [])]
        for number in numbers:
            if number not in known:
                raise refused(str(self.folder / PROPOSALS), "no_proposal", number=number, most=len(known))

    def decide(self, number: int, *, confirm: bool, changed: Mapping[str, str] | None = None) -> Decision:
        """Confirm or reject a proposal, with values changed by whoever decides. Raises TextRefused.

        Each file is replaced whole, the proposals last: broken off in between, it can be decided again.
        """
        self.check_numbers([number])
        entry = next(one for one in self._proposals["proposal"] if one["number"] == number)
        if entry["verdict"] == ADOPTED and not confirm:
            raise refused(str(self.folder / PROPOSALS), "written_already", number=number)
        for key, value in (changed or {}).items():
            _change(self.folder, entry, key, value)
        entry["verdict"] = ADOPTED if confirm else DECLINED
        found = _decision(entry)
        if confirm:
            _enter(self._regulation, found)
            _cover(self._coverage, found)
            _write(self.folder, REGULATION, self._regulation)
            _write(self.folder, COVERAGE, self._coverage)
        _write(self.folder, PROPOSALS, self._proposals)
        return found


def _decision(entry: Any) -> Decision:
    plain: dict[str, Any] = entry.unwrap()
    return Decision(**{"values": {}, "verdict": OPEN} | plain)


def _change(folder: Path, entry: Any, key: str, written: str) -> None:
    """Set a value as somebody wrote it; it keeps the type that was proposed."""
    if key == "ref":
        entry["ref"] = written
        return
    if key not in entry["values"]:
        known = "、".join(["ref", *entry["values"]])
        raise refused(str(folder / PROPOSALS), "no_such_value", key=key, known=known)
    before = entry["values"][key]
    try:
        entry["values"][key] = _typed(written, before)
    except ValueError:
        raise refused(str(folder / PROPOSALS), "bad_value", key=key, found=written, before=before) from None


def _typed(written: str, before: object) -> object:
    if isinstance(before, bool):
        if written.lower() not in _YES_NO:
            raise ValueError(written)
        return _YES_NO[written.lower()]
    if isinstance(before, int):
        return int(written)
    if isinstance(before, date):
        return date.fromisoformat(written)
    if isinstance(before, list):
        return [one.strip() for one in written.replace("，", ",").split(",") if one.strip()]
    return written


def _enter(regulation: Any, found: Decision) -> None:
    """Write a confirmed proposal into regulation.toml; an entry of its name is replaced."""
    import tomlkit

    if found.sort == "noted":
        return
    if found.sort == "head":
        regulation[found.code] = found.values["value"]
    elif found.sort == "ways":
        regulation[found.code] = found.ref
    elif found.sort == "office":
        regulation["offices"][found.code] = found.values["name"]
    elif found.sort == "topic":
        regulation["topics"][found.code] = found.ref
        if rule := next((one.in_principle for one in topics() if one.code == found.code), ""):
            regulation["articles"]["in_principle"][rule] = found.ref
    else:
        key = "name" if found.sort in _NAMED else "code"
        values = {key: found.code, **found.values, "article": found.ref}
        listed = regulation.setdefault(found.sort, tomlkit.aot())
        entry = next((one for one in listed if one[key] == found.code), None)
        if entry is None:
            entry = tomlkit.table()
            entry.comment(f"{found.ref}：{found.quote.splitlines()[0][:60]}")
            listed.append(entry)
        for name, value in values.items():
            entry[name] = value


def _cover(coverage: Any, found: Decision) -> None:
    """Say in the row of the clause which rule holds it."""
    refs, by = {found.ref}, _by(found)
    if found.sort == "kind":
        contents = str(found.values["contents_article"])
        refs = {contents, *(row["ref"] for row in coverage["clause"] if row["ref"].startswith(f"{contents}("))}
    if not by:
        return
    for row in coverage["clause"]:
        if row["ref"] in refs:
            before = [] if row["how"] == "stated" else list(row["by"])
            row["how"] = "enforced"
            row["by"] = list(dict.fromkeys([*before, *by]))
            row["why"] = f"由已确认的建议写入（{found.sort} {found.code}）" if not before else row["why"]


def _by(found: Decision) -> list[str]:
    if found.sort in _NAMED:
        return [f"{found.sort}:{found.code}"]
    if found.sort == "kind":
        return ["guard:contents_are_of_this_kind", "list:contents"]
    if found.sort == "ways":
        return ["guard:ways_are_lawful", "list:ways"]
    if found.sort == "office":
        return [f"role:{found.code}"]
    if found.sort == "topic":
        return _rules_of(found.code)
    return [f"list:{_LISTS[found.sort]}"] if found.sort in _LISTS else []


def _rules_of(code: str) -> list[str]:
    """The guards, or else the acts and procedures, that rest on a topic."""
    from regulations.library import by_key

    topic = next((one for one in topics() if one.code == code), None)
    if topic is None:
        return []
    keys = [key for key, ref in by_key(model()).articles.items() if ref in topic.refs] + list(topic.keys)
    guards = [f"guard:{key.removeprefix('guard.')}" for key in keys if key.startswith("guard.")]
    procedures = [f"procedure:{key.removeprefix('procedure.')}" for key in keys if key.startswith("procedure.")]
    return guards or procedures or [f"procedure:{key.partition('.')[0]}" for key in keys[:1]]


def _read(folder: Path, name: str) -> Any:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        return tomlkit.parse((folder / name).read_text(encoding="utf-8"))
    except OSError:
        raise refused(str(folder / name), "file_not_there", name=name) from None
    except UnicodeDecodeError as error:
        raise refused(str(folder / name), "not_text", byte=error.start + 1) from None
    except TOMLKitError as error:
        raise refused(str(folder / name), "not_toml", getattr(error, "line", 0), detail=str(error)) from None


def _write(folder: Path, name: str, document: Any) -> None:
    import tomlkit

    made = folder / f".{name}.new"
    made.write_text(tomlkit.dumps(document), encoding="utf-8")
    os.replace(made, folder / name)
