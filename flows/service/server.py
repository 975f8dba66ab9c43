"""Prefect's server, for uvicorn, with a database configuration that waits for other writers.

Prefect opens its SQLite transactions deferred: one that reads first and writes then fails at once with "database is
locked" when anybody else has written in between (SQLITE_BUSY_SNAPSHOT), however long its busy timeout. The server
answers 503 and the client sleeps two seconds. Begun immediate, a transaction waits its turn instead, some milliseconds.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI
from prefect.server.api import server
from prefect.server.database.configurations import AioSqliteConfiguration
from prefect.server.database.dependencies import MODELS_DEPENDENCIES
from prefect.settings import PREFECT_API_DATABASE_CONNECTION_URL

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession, AsyncSessionTransaction


class ImmediateSqlite(AioSqliteConfiguration):
    """SQLite as Prefect sets it up, every transaction begun immediate."""

    @asynccontextmanager
    async def begin_transaction(
        self, session: AsyncSession, with_for_update: bool = False
    ) -> AsyncGenerator[AsyncSessionTransaction, None]:
        """A transaction that holds the write lock from its beginning, whether or not that was asked for."""
        async with super().begin_transaction(session, with_for_update=True) as transaction:
            yield transaction


def create_app() -> FastAPI:
    """Prefect's API, pages and background services over such a database."""
    MODELS_DEPENDENCIES["database_config"] = ImmediateSqlite(PREFECT_API_DATABASE_CONNECTION_URL.value())
    return server.create_app(final=True)
