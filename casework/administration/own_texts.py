"""The texts of a district: a folder is checked with the rules it would have, and added to the directory of texts."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from casework.administration.own_text_models import AddedText, TextCheck
from casework.clock import Clock
from regulations import Regulation, load
from regulations.import_text.errors import TextProblem, TextRefused, refused
from regulations.import_text.folder_check import check_folder
from regulations.import_text.skeleton import PROPOSALS, REGULATION, toml_value
from regulations.text_seal import FILES, SEAL, digest_of
from states.engine.forms.template import templates
from states.engine.pack import Pack
from states.engine.table import BadTable
from states.packs import INSTRUMENTS


def check(folder: Path) -> TextCheck:
    """What a folder lays down, if it is whole. Raises TextRefused, with every fault."""
    found = check_folder(folder)
    _build(folder, found)
    how = [row.how for row in found.coverage]
    return TextCheck(
        folder=str(folder),
        regulation=found.key,
        title=found.title,
        applies_from=found.applies_from,
        clauses=len(found.clauses),
        kinds=tuple(kind.name for kind in found.kinds),
        terms={term.name: f"{term.length} {term.unit}" for term in found.terms},
        limits={limit.name: f"{limit.most}/{limit.years}" for limit in found.limits},
        rules=sum(ref != "house" for ref in found.articles.values()),
        enforced=how.count("enforced"),
        tracked=how.count("tracked"),
        stated=how.count("stated"),
    )


def add(folder: Path, directory: Path, clock: Clock, by: str, *, dry: bool = False) -> AddedText:
    """Copy a checked folder into the directory of texts, whole or not at all. Raises TextRefused.

    The same files again change nothing; other files under the same id and version are refused: a change is a version.
    """
    checked = check(folder)
    target, digest = directory / checked.regulation.replace("@", "-"), digest_of(folder)
    id, _, version = checked.regulation.partition("@")
    unchanged = target.is_dir() and digest_of(target) == digest
    if not unchanged and _is_known(id, version):
        raise refused(str(folder), "version_exists", regulation=checked.regulation)
    if not unchanged and not dry:
        _copy(folder, target, digest, clock, by)
    return AddedText(**dict(checked), directory=str(target), sha256=digest, dry_run=dry, unchanged=unchanged)


def _is_known(id: str, version: str) -> bool:
    from regulations import UnknownRegulation

    try:
        load(id, version)
    except UnknownRegulation:
        return False
    return True


def _copy(folder: Path, target: Path, digest: str, clock: Clock, by: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for name in (*FILES, PROPOSALS):
            if (folder / name).exists():
                shutil.copyfile(folder / name, made / name)
        at = clock.now().isoformat(timespec="seconds")
        seal = {"sha256": digest, "added_at": at, "added_by": by, "added_from": folder.name}
        written = "".join(f"{key} = {toml_value(value)}\n" for key, value in seal.items())
        (made / SEAL).write_text(written, encoding="utf-8")
        made.chmod(0o755)
        os.rename(made, target)
    except OSError:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _build(folder: Path, regulation: Regulation) -> None:
    """Build the procedures of a text and the templates of their forms. Raises TextRefused."""
    try:
        pack = Pack(regulation, tuple(INSTRUMENTS[name](regulation) for name in regulation.instruments))
        if pack.instruments:
            templates((pack,))
    except (BadTable, KeyError, IndexError) as error:
        detail = str(error)[:200]
        raise TextRefused(str(folder), (TextProblem("no_rules", 0, REGULATION, params={"detail": detail}),)) from None
