"""The service as one: everything started in order, watched while it runs, and ended together."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass

import messages
import telemetry
from flows.runtime import database, settings
from flows.service.child_process import Child
from flows.service.environment import HOST, WORK_POOL
from flows.service.errors import ServiceError
from flows.service.health import answers_within
from flows.service.health_checks import checks
from flows.service.metrics import ServiceMetrics, exposition
from flows.service.paths import ServicePaths, home
from flows.service.status_server import status_server
from operations.running_service import RunningService, run_file
from telemetry.totals import LogReader

START_SECONDS = 180.0
"""The first start makes Prefect's tables, which a slow machine takes its time for."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ServiceOptions:
    """What of the service is wanted. ``shows_password``: the first start, which tells the password made for it."""

    port: int
    metrics_port: int
    clock: bool
    worker: bool
    shows_password: bool = False

    @property
    def url(self) -> str:
        """Where Prefect's pages are."""
        return f"http://{HOST}:{self.port}"

    @property
    def metrics_url(self) -> str:
        """Where health and metrics are."""
        return f"http://{HOST}:{self.metrics_port}"


async def serve(places: ServicePaths, wanted: ServiceOptions, environ: Mapping[str, str], tell: Tell) -> None:
    """Run until SIGINT or SIGTERM. Raises ServiceTrouble when something does not start."""
    serving = asyncio.create_task(_serve(places, wanted, environ, tell))

    def stop() -> None:
        tell(messages.text("service.stopping"))
        serving.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    with suppress(asyncio.CancelledError):
        await serving
    tell(messages.text("service.stopped"))


async def _serve(places: ServicePaths, wanted: ServiceOptions, environ: Mapping[str, str], tell: Tell) -> None:
    tell(messages.text("service.starting"))
    async with AsyncExitStack() as stack:
        stack.enter_context(_status(wanted.metrics_port))
        server = await stack.enter_async_context(_running(_server(places, environ, wanted.port)))
        _, deployed = await asyncio.gather(_until_answering(server), asyncio.to_thread(_is_deployed, places))
        await _deploy(places, wanted, environ, tell, deployed)
        if wanted.worker:
            await stack.enter_async_context(_running(_worker(places, environ)))
        if wanted.clock:
            await stack.enter_async_context(_clock())
        service = RunningService(os.getpid(), wanted.port, wanted.url, wanted.metrics_url, database().where)
        stack.enter_context(run_file(places.root, service))
        tell(_where_to_look(places, wanted))
        await asyncio.Event().wait()


def require_free(port: int, trouble: str = "port_taken") -> None:
    """Raises this ServiceTrouble when something else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            raise ServiceError(trouble, port=port, other=port + 100) from None


def _server(places: ServicePaths, environ: Mapping[str, str], port: int) -> Child:
    arguments = ["uvicorn", "--factory", "flows.service.server:create_app", "--host", HOST, "--port", str(port)]
    return _child("server", [*arguments, "--log-level", "warning"], places, environ)


def _worker(places: ServicePaths, environ: Mapping[str, str]) -> Child:
    arguments = ["prefect", "worker", "start", "--pool", WORK_POOL, "--type", "process", "--name", "ducha"]
    return _child("worker", [*arguments, "--limit", "2"], places, environ)


def _child(name: str, module: list[str], places: ServicePaths, environ: Mapping[str, str]) -> Child:
    output = places.log(name)
    if output.exists():
        output.replace(output.with_suffix(".log.1"))
    return Child(name, module, environ, home(), output)


@asynccontextmanager
async def _running(child: Child) -> AsyncIterator[Child]:
    await child.start()
    watching = asyncio.create_task(child.watch())
    try:
        yield child
    finally:
        await child.stop()
        watching.cancel()


async def _until_answering(server: Child) -> None:
    if not await answers_within(START_SECONDS):
        raise ServiceError("no_answer", output=server.last_words(), log=str(server.output))


def _is_deployed(places: ServicePaths) -> bool:
    # Loading every flow takes about as long as the server takes to start.
    from flows.service.deploying import is_deployed

    return is_deployed(places)


async def _deploy(
    places: ServicePaths, wanted: ServiceOptions, environ: Mapping[str, str], tell: Tell, deployed: bool
) -> None:
    from flows.service import deploying

    if not deployed:
        tell(messages.text("service.deploying", count=len(deploying.deployments())))
        await deploying.deploy(places, environ)
    await deploying.set_fallback_schedules(not wanted.clock)


@contextmanager
def _status(port: int) -> Iterator[None]:
    directory = telemetry.log_directory(settings().database_url, settings().log_dir)
    collector = ServiceMetrics(LogReader(directory) if directory else None)
    with status_server(port, checks, lambda: exposition(collector)):
        yield


@asynccontextmanager
async def _clock() -> AsyncIterator[None]:
    from flows.service.clock import scheduler, switch_mail, watch_clock, wind_down
    from flows.service.clock_jumps import ClockWatch

    await asyncio.to_thread(switch_mail)
    watch = ClockWatch()
    ticking = scheduler(watch)
    ticking.start()
    watching = asyncio.create_task(watch_clock(ticking, watch))
    try:
        yield
    finally:
        watching.cancel()
        await wind_down(ticking)


def _where_to_look(places: ServicePaths, wanted: ServiceOptions) -> str:
    lines = [
        messages.text("service.ready", url=wanted.url),
        _how_to_log_in(places, wanted),
        messages.text("service.status", url=wanted.metrics_url),
        messages.text("service.data", root=os.path.relpath(places.root), database=database().where),
    ]
    lines += [] if wanted.worker else [messages.text("service.no_worker")]
    lines += [] if wanted.clock else [messages.text("service.no_clock")]
    return "\n".join([*lines, messages.text("service.how_to_stop")])


def _how_to_log_in(places: ServicePaths, wanted: ServiceOptions) -> str:
    """The password at the first start, later where it lies: what the service says is kept in the system's log."""
    if wanted.shows_password:
        return messages.text("service.password", auth=places.auth_string())
    return messages.text("service.password_lies", file=os.path.relpath(places.auth))
