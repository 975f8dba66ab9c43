"""The format of a bundle: a zip of plain files with a manifest, the same bytes for the same content.

Nothing is compressed, ordered or dated by chance, so that a bundle can be rebuilt from its files and compared byte for
byte: whatever a zip can hide (other entries, folders, links, comments, bombs) is then no bundle.
"""

from __future__ import annotations

import json
import re
import struct
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from casework.errors import NotFound, UpkeepFailed
from operations.atomic_files import os_error_text

FORMAT: Final = "ducha-bundle-1"
MANIFEST: Final = "manifest.json"
LARGEST: Final = 256 * 1024 * 1024
"""Bytes. The papers of the largest inspection come to a few megabytes."""
_NAME: Final = re.compile(r"(?:[a-z]+/)?[A-Za-z0-9][A-Za-z0-9@._-]{0,120}")
_DATED: Final = (1980, 1, 1, 0, 0, 0)
_BAD_ZIP = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OverflowError, struct.error)

Files = dict[str, bytes]


class Missing(UpkeepFailed, NotFound):
    """There is no such file."""


def text(value: object) -> bytes:
    """A value as a file that people and programs can read."""
    return f"{json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)}\n".encode()


def manifest(files: Mapping[str, bytes], said: Mapping[str, Any]) -> bytes:
    """What is in the bundle, and the size and SHA-256 of each file."""
    listed = [
        {"name": name, "size": len(content), "sha256": sha256(content).hexdigest()}
        for name, content in sorted(files.items())
    ]
    return text({**said, "format": FORMAT, "files": listed})


def pack(files: Mapping[str, bytes]) -> bytes:
    """The zip of these files. Raises ValueError for a name that is none of ours."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(files.items()):
            if not _NAME.fullmatch(name):
                raise ValueError(f"no name for a file of a bundle: {name!r}")
            entry = zipfile.ZipInfo(name, _DATED)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def unpack(path: Path) -> Files:
    """The files of a bundle. Raises Missing, and UpkeepFailed for whatever is not a bundle of ours."""
    content = _content(path)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse_strange(path, entries, len(content))
            files = {entry.filename: archive.read(entry) for entry in entries}
    except _BAD_ZIP as error:
        raise UpkeepFailed("bundle_unreadable", file=str(path), detail=str(error)) from error
    if MANIFEST not in files:
        raise UpkeepFailed("bundle_no_manifest", file=str(path))
    if pack(files) != content:
        raise UpkeepFailed("bundle_repacked", file=str(path))
    return files


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Missing("file_unreadable", file=str(path), detail=os_error_text(error)) from error
    if len(content) > LARGEST:
        raise UpkeepFailed("bundle_too_large", file=str(path), most=LARGEST // 1024 // 1024)
    return content


def _refuse_strange(path: Path, entries: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse, before anything is read, names that lead elsewhere and entries that would grow."""
    for entry in entries:
        if not _NAME.fullmatch(entry.orig_filename):
            raise UpkeepFailed("bundle_strange_name", file=str(path), name=ascii(entry.orig_filename))
        if entry.compress_type != zipfile.ZIP_STORED or entry.file_size != entry.compress_size:
            raise UpkeepFailed("bundle_compressed", file=str(path), name=entry.filename)
    if sum(entry.file_size for entry in entries) > size:
        raise UpkeepFailed("bundle_overlapping", file=str(path))
    if len({entry.filename for entry in entries}) < len(entries):
        raise UpkeepFailed("bundle_repacked", file=str(path))
