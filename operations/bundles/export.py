"""Handing an inspection over: everything it rests on in one file that can be checked where there is no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import messages
import regulations
from access.policy import Read
from access.reader import Reader
from calendars import Calendar, Notice
from calendars.bundled_notices import texts
from calendars.holiday_text.parser import parse_file
from calendars.regions import rows
from casework.acts.request_context import case_of
from casework.errors import UpkeepFailed
from casework.readers import visible_case
from operations.atomic_files import os_error_text, write_atomically
from operations.bundles import bundle_format
from operations.bundles.bundle_format import Files, text
from operations.bundles.bundle_models import BundleView
from regulations import Regulation
from states.engine.case import Case
from storage import canonical, schema
from storage.calendar import holiday_notices
from storage.cases import cases, deadlines
from storage.cases.deadlines import Tracked
from storage.engine import Session
from storage.journal import bundle_rows, verification
from storage.messages import documents
from storage.people import successions


def write(session: Session, reader: Reader, case_id: str, path: Path) -> BundleView:
    """Write the bundle of an inspection; of a part, that of the inspection it belongs to.

    Raises NotFound for a case there is not, UpkeepFailed for a journal that does not hold or a file that is there.
    """
    asked_for = visible_case(session, reader, Read.BUNDLE, case_id).case
    root = case_of(session, asked_for.family)
    files = collected(session, root)
    try:
        with write_atomically(path) as part:
            part.write_bytes(bundle_format.pack(files))
    except FileExistsError as error:
        raise UpkeepFailed("file_exists", file=str(path)) from error
    except OSError as error:
        raise UpkeepFailed("file_unwritten", file=str(path), detail=os_error_text(error)) from error
    return BundleView(case=root.id, file=str(path), files=len(files), size=path.stat().st_size)


def collected(session: Session, root: Case) -> Files:
    """The files of the bundle, manifest and all."""
    family = [root, *sorted(cases.find(session, root=root.id), key=lambda case: case.id)]
    for case in family:
        found = verification.verify(session, case.id)
        if found is not None:
            raise UpkeepFailed("bundle_of_broken", case=found.case_id, seq=found.seq)
    tracked = [one for case in family for one in deadlines.of_case(session, case.id)]
    calendar = holiday_notices.calendar(session, root.region)
    stand = bundle_rows.cases(session, root.id)
    files = {
        "README.txt": "\n".join(
            messages.text("upkeep.bundle_readme", language) for language in messages.LANGUAGES
        ).encode(),
        "events.jsonl": "".join(
            f"{canonical.dumps(entry)}\n" for entry in bundle_rows.entries(session, root.id)
        ).encode(),
        "cases.json": text(stand),
        "units.json": text(_units(session, root, family)),
        "deadlines.json": text([_deadline(one) for one in tracked]),
        **_regulations(family),
        **_calendar(session, calendar, root.region, tracked),
        **_documents(session, family),
    }
    said = {
        "product": version("ducha"),
        "schema": schema.REVISIONS[-1],
        "case": root.id,
        "title": root.title,
        "jurisdiction": root.jurisdiction,
        "regulations": sorted({case.regulation for case in family}),
        "calendar": calendar.version,
        "heads": [{"case": one["case"], "seq": one["version"], "hash": one["head"]} for one in stand],
    }
    return {**files, bundle_format.MANIFEST: bundle_format.manifest(files, said)}


def _units(session: Session, root: Case, family: Iterable[Case]) -> dict[str, str]:
    """The units of the family as they were called on the day of the last act on the inspection."""
    named = {code for case in family for code in (*case.targets, case.unit) if code}
    called = successions.names_on(session, root.jurisdiction, root.acted_on)
    return {code: name for code, name in called.items() if code in named}


def _deadline(tracked: Tracked) -> dict[str, Any]:
    said = {**asdict(tracked.deadline), "id": tracked.deadline.id}
    said |= {name: getattr(tracked, name) for name in ("due_status", "due_on", "latest_on", "calendar_version")}
    plain: dict[str, Any] = _plain(said)
    return plain


def _plain(value: Any) -> Any:
    """Days as texts."""
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _regulations(family: Iterable[Case]) -> Files:
    """Every version that a case has pinned, and the national regulation above it, word for word."""
    pinned = [regulations.by_key(key) for key in sorted({case.regulation for case in family})]
    above = [one.national for one in pinned if one.national is not None]
    return {f"regulations/{one.key}.json": text(_regulation(one)) for one in (*pinned, *above)}


def _regulation(found: Regulation) -> dict[str, Any]:
    names = ("key", "title", "issuer", "source", "status", "applies_from", "applies_note")
    articles = [
        {"article": one.ref, "heading": one.heading, "text": one.text} for one in found.clauses if "(" not in one.ref
    ]
    return {**_plain({name: getattr(found, name) for name in names}), "articles": articles}


def _calendar(session: Session, calendar: Calendar, region: str, tracked: Iterable[Tracked]) -> Files:
    """The notices the calendar rests on, which of them each deadline was counted under, and the region's own days."""
    carried = {parse_file(notice).notice.document: (name, notice) for name, notice in texts().items()}
    taken_in = {
        one.document: (f"taken-in-{one.sha256[:16]}.txt", one.text) for one in holiday_notices.accepted(session)
    }
    sources = {notice.document: (taken_in | carried)[notice.document] for notice in calendar.notices}
    versions = sorted({calendar.version, *(one.calendar_version for one in tracked if one.calendar_version)})
    said = {
        "region": region,
        "version": calendar.version,
        "rests_on": {one: resting_on(calendar, one) for one in versions},
        "notices": [{**_notice(one), "file": f"calendar/{sources[one.document][0]}"} for one in calendar.notices],
        "regional": [_plain(asdict(row)) for row in rows() if row.code == region],
    }
    return {f"calendar/{name}": notice.encode() for name, notice in sources.values()} | {"calendar.json": text(said)}


def resting_on(calendar: Calendar, version: str) -> list[str] | None:
    """The documents that a version of the calendar rests on; None when it is not one of this calendar's."""
    document, _, count = version.partition("/")[0].rpartition("+")
    first = [notice.document for notice in calendar.notices[: int(count) if count.isdecimal() else 0]]
    return first if first and first[-1] == document else None


def _notice(notice: Notice) -> dict[str, Any]:
    names = ("document", "title", "year", "standing", "signed", "published", "source")
    return {name: _plain(getattr(notice, name)) for name in names}


def _documents(session: Session, family: Iterable[Case]) -> Files:
    files: Files = {}
    listed = []
    for case in family:
        for made in documents.of_case(session, case.id):
            name = f"documents/{made.case_id}-{made.seq}-{made.name}.{'md' if made.media == 'text/markdown' else 'txt'}"
            files[name] = made.text.encode()
            said = {one: _plain(getattr(made, one)) for one in made.__slots__ if one != "text"}
            listed.append({**said, "file": name})
    return {**files, "documents.json": text(listed)}
