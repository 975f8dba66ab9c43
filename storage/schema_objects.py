"""What a file of SQLite is made of, compared with what the migrations make: tables, indexes, triggers, views."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from storage import migrate
from storage.engine import Database, connect

_OBJECTS: Final = "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
_COLUMNS: Final = 'SELECT name, type, "notnull", pk FROM pragma_table_info(?) ORDER BY name'
_KEYS: Final = 'SELECT "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY 1, 2'
_ACTING: Final = ("trigger", "view")
"""What may not be there unless a migration makes it; an index of somebody's own does no harm."""


def differences(database: Database) -> list[str]:
    """What is missing, other than the migrations make it, or acts unasked, such as ``trigger ex_frequency_use``."""
    found, wanted = _objects(database), _fresh()
    missing = [name for name in wanted if found.get(name) != wanted[name]]
    added = [name for name in found if name not in wanted and name.startswith(_ACTING)]
    return sorted(missing + added)


def _fresh() -> dict[str, str]:
    with TemporaryDirectory(prefix="ducha-") as folder:
        database = connect(str(Path(folder) / "fresh.db"), create=True)
        try:
            migrate.upgrade(database)
            return _objects(database)
        finally:
            database.close()


def _objects(database: Database) -> dict[str, str]:
    """What defines each object, by its kind and name."""
    with database.reading() as session:
        rows = session.exec_driver_sql(_OBJECTS).all()
        return {
            f"{kind} {name}": repr(
                [session.exec_driver_sql(query, (name,)).all() for query in (_COLUMNS, _KEYS)]
                if kind == "table"
                else " ".join(sql.split())
            )
            for kind, name, sql in rows
        }
