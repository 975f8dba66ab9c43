"""Prefect's server, for uvicorn: its transactions wait for other writers, its pages ask nobody else.

Prefect opens its SQLite transactions deferred: one that reads first and writes then fails at once with "database is
locked" when anybody else has written in between (SQLITE_BUSY_SNAPSHOT), however long its busy timeout. The server
answers 503 and the client sleeps two seconds. Begun immediate, a transaction waits its turn instead, some milliseconds.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response
from prefect.server.api import server
from prefect.server.database.configurations import AioSqliteConfiguration
from prefect.server.database.dependencies import MODELS_DEPENDENCIES
from prefect.settings import PREFECT_API_DATABASE_CONNECTION_URL, PREFECT_SERVER_API_PORT

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
    app = server.create_app(final=True)
    policy = _policy(PREFECT_SERVER_API_PORT.value())

    @app.middleware("http")
    async def keep_here(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers["Content-Security-Policy"] = policy
        return response

    return app


def _policy(port: int) -> str:
    """What a page may load and whom it may ask: this server, and nobody else."""
    here = [f"{scheme}://{host}:{port}" for scheme in ("http", "ws") for host in ("127.0.0.1", "localhost")]
    own = "'self' data: blob: 'unsafe-inline' 'unsafe-eval'"
    return f"default-src {own}; connect-src 'self' data: blob: {' '.join(here)}; frame-ancestors 'none'"
