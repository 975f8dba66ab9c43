"""``python -m flows.service``: what ``ducha serve`` becomes. Exit code 3 says that something stands in the way."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from argparse import ArgumentParser
from pathlib import Path

import messages
import telemetry
from flows.runtime import log, settings
from flows.service import first_start
from flows.service.environment import environment
from flows.service.errors import ServiceError
from flows.service.paths import ServicePaths
from flows.service.service import ServiceOptions, require_free, serve
from operations.running_service import running_service
from settings import SettingRefused
from storage.errors import DatabaseError

STANDS_IN_THE_WAY = 3


def main() -> int:
    """Run the service until it is told to stop."""
    parser = ArgumentParser(prog="ducha serve")
    parser.add_argument("--port", type=int, default=4200)
    parser.add_argument("--metrics-port", type=int)
    parser.add_argument("--lang", choices=messages.LANGUAGES, default="zh")
    parser.add_argument("--db")
    parser.add_argument("--no-clock", action="store_true")
    parser.add_argument("--no-worker", action="store_true")
    given = parser.parse_args()
    messages.set_language(given.lang)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    places = ServicePaths(Path("var").absolute())
    try:
        places.prepare()
        if (other := running_service(places.root)) is not None:
            raise ServiceError("running_at", url=other.url, where=str(places.root))
        with places.taken():
            metrics_port = given.metrics_port or given.port + 1
            require_free(given.port)
            require_free(metrics_port, "metrics_port_taken")
            first = not places.has_served
            url = first_start.database_url(given.db or settings().database_url)
            first_start.clean_up(url)
            if first_start.found(url, settings().busy_seconds):
                tell(messages.text("service.founded"))
            os.environ.update(environment(os.environ, places, given.port, url))
            telemetry.open_log(log("service"))
            wanted = ServiceOptions(
                given.port, metrics_port, clock=not given.no_clock, worker=not given.no_worker, shows_password=first
            )
            asyncio.run(serve(places, wanted, dict(os.environ), tell))
    except SettingRefused as refused:
        tell("\n".join(messages.text(text, None, **refused.params) for text in (refused.text, refused.cure_text)))
        return STANDS_IN_THE_WAY
    except (ServiceError, DatabaseError) as trouble:
        tell(trouble.explanation)
        return STANDS_IN_THE_WAY
    return 0


def tell(text: str) -> None:
    """Print a text for the person who started the service."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
