"""The seam in Prefect's server that lets its transactions wait: it must still be where we found it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from prefect.server.database.configurations import AioSqliteConfiguration
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from flows.service.server import ImmediateSqlite

DEFERRED, IMMEDIATE = AioSqliteConfiguration, ImmediateSqlite


async def overtaken(kind: type[AioSqliteConfiguration], path: Path) -> list[str]:
    """Two transactions that read and then write, the second begun before the first has ended; says how each began."""
    configuration = kind(f"sqlite+aiosqlite:///{path}")
    engine = await configuration.engine()
    began: list[str] = []
    event.listen(
        engine.sync_engine,
        "before_cursor_execute",
        lambda _c, _cur, statement, *_: began.append(statement) if statement.startswith("BEGIN") else None,
    )
    async with engine.connect() as connection:
        await connection.execute(text("CREATE TABLE t (n INTEGER)"))
        await connection.commit()

    async def read_and_write(pause: float) -> None:
        async with (
            await configuration.session(engine) as session,
            configuration.begin_transaction(session),
        ):
            await session.execute(text("SELECT count(*) FROM t"))
            await asyncio.sleep(pause)
            await session.execute(text("INSERT INTO t VALUES (1)"))

    await asyncio.gather(read_and_write(0.2), read_and_write(0.4))
    return began


def test_transactions_that_read_before_they_write_wait_for_each_other(tmp_path: Path) -> None:
    assert asyncio.run(overtaken(IMMEDIATE, tmp_path / "immediate.db")) == ["BEGIN IMMEDIATE"] * 2


def test_as_prefect_ships_it_the_second_is_turned_away_at_once(tmp_path: Path) -> None:
    with pytest.raises(OperationalError, match="locked"):
        asyncio.run(overtaken(DEFERRED, tmp_path / "deferred.db"))


def test_the_service_sets_its_environment_before_prefect_is_imported() -> None:
    """Prefect reads its environment when it is imported: too early, and it would start a server of its own."""
    program = "import sys, flows.service.__main__; print('prefect' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
