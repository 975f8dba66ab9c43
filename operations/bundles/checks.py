"""Checking a bundle where there is no database: files against the manifest, chains against themselves, all of it
against an anchor if there is one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import messages
from casework.errors import UpkeepFailed
from operations.anchors import anchor_files
from operations.anchors.anchor_files import Anchor, AnchorBroken, AnchorSettings
from operations.anchors.anchor_models import BreakView, FileBreakView
from operations.anchors.anchoring import anchor_view, break_view
from operations.bundles import bundle_format
from operations.bundles.bundle_format import Files
from operations.bundles.bundle_models import BundleVerification
from storage.journal import bundle_rows
from storage.journal.verification import ChainBreak


def check(path: Path, where: AnchorSettings, *, anchor: Path | None = None) -> BundleVerification:
    """Whether a bundle is consistent; reports every break.

    Whoever holds the bundle can forge a consistent one; comparison with an anchor prevents that. Raises UpkeepFailed
    for a file that is no bundle, and for an anchor that proves nothing.
    """
    files = bundle_format.unpack(path)
    try:
        said = json.loads(files[bundle_format.MANIFEST])
        if said["format"] != bundle_format.FORMAT:
            raise UpkeepFailed("bundle_of_another_format", file=str(path), format=str(said["format"])[:40])
        broken: list[BreakView] = list(_changed_files(files, said["files"]))
        if not broken:
            broken = list(_broken_content(files, said))
        held = _anchor(anchor, where) if anchor is not None else None
        if held is not None:
            broken += [break_view(one) for one in _against(held, files, said["case"])]
        return BundleVerification(
            **{name: said[name] for name in ("case", "title", "product", "regulations", "calendar", "heads")},
            file=str(path),
            events=files["events.jsonl"].count(b"\n"),
            documents=len(_json(files, "documents.json")),
            whole=not broken,
            breaks=tuple(broken),
            anchor=anchor_view(held) if held else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UpkeepFailed("bundle_nonsense", file=str(path), detail=repr(error)) from error


def _changed_files(files: Files, listed: list[dict[str, Any]]) -> Iterator[BreakView]:
    known = {str(one["name"]): str(one["sha256"]) for one in listed}
    for name in sorted(known.keys() | files.keys() - {bundle_format.MANIFEST}):
        if name not in files:
            yield _flaw("file_absent", name)
        elif name not in known:
            yield _flaw("file_unlisted", name)
        elif sha256(files[name]).hexdigest() != known[name]:
            yield _flaw("file_changed", name)


def _broken_content(files: Files, said: dict[str, Any]) -> Iterator[BreakView]:
    stand = _json(files, "cases.json")
    yield from (break_view(one) for one in bundle_rows.breaks(_events(files), stand))
    if said["heads"] != [{"case": one["case"], "seq": one["version"], "hash": one["head"]} for one in stand]:
        yield _flaw("heads_differ", bundle_format.MANIFEST)
    for made in _json(files, "documents.json"):
        if made["file"] not in files:
            yield _flaw("file_absent", made["file"])
        elif sha256(files[made["file"]]).hexdigest() != made["sha256"]:
            yield _flaw("document_changed", made["file"])
    for key in said["regulations"]:
        if f"regulations/{key}.json" not in files:
            yield _flaw("file_absent", f"regulations/{key}.json")
    for notice in _json(files, "calendar.json")["notices"]:
        if notice["file"] not in files:
            yield _flaw("file_absent", notice["file"])


def _against(held: Anchor, files: Files, root: str) -> Iterator[ChainBreak]:
    """The anchored entries of the family that are others here, or are not here."""
    hashes = {(entry["case_id"], entry["seq"]): entry["hash"] for entry in _events(files)}
    lengths = dict(sorted(hashes))
    for head in held.heads():
        if head.case_id == root or head.case_id.startswith(f"{root}-"):
            last = lengths.get(head.case_id, 0)
            if last < head.seq:
                yield ChainBreak(head.case_id, last + 1, "cut" if last else "removed")
            elif hashes[head.case_id, head.seq] != head.hash:
                yield ChainBreak(head.case_id, head.seq, "rewritten")


def _anchor(file: Path, where: AnchorSettings) -> Anchor:
    try:
        return anchor_files.read(file, where.key())
    except AnchorBroken as error:
        raise UpkeepFailed("anchor_useless", file=str(file)) from error


def _events(files: Files) -> list[dict[str, Any]]:
    return [json.loads(line) for line in files["events.jsonl"].splitlines()]


def _json(files: Files, name: str) -> Any:
    return json.loads(files[name])


def _flaw(flaw: str, file: str) -> FileBreakView:
    fact = messages.text(f"upkeep.flaw_{flaw}", file=file)
    return FileBreakView(case=None, seq=None, flaw=flaw, file=file, fact=fact)
