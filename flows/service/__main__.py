"""``python -m flows.service``: what ``ducha serve`` becomes. Exit code 3 says that something stands in the way."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from argparse import ArgumentParser
from pathlib import Path

import words
from flows.service import founding
from flows.service.environment import environment
from flows.service.places import Places
from flows.service.running import Wanted, require_free, serve
from flows.service.troubles import ServiceTrouble
from storage.trouble import DatabaseTrouble

STANDS_IN_THE_WAY = 3


def main() -> int:
    """Run the service until it is told to stop."""
    parser = ArgumentParser(prog="ducha serve")
    parser.add_argument("--port", type=int, default=4200)
    parser.add_argument("--lang", choices=words.LANGUAGES, default="zh")
    parser.add_argument("--db", default=str(Path("var", "ducha.db")))
    parser.add_argument("--no-clock", action="store_true")
    parser.add_argument("--no-worker", action="store_true")
    given = parser.parse_args()
    words.use(given.lang)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    places = Places(Path("var").absolute())
    try:
        places.prepare()
        with places.taken():
            require_free(given.port)
            url = founding.database_url(given.db)
            if founding.found(url):
                tell(words.say("service.founded"))
            os.environ.update(environment(os.environ, places, given.port, url))
            wanted = Wanted(given.port, clock=not given.no_clock, worker=not given.no_worker)
            asyncio.run(serve(places, wanted, dict(os.environ), tell))
    except (ServiceTrouble, DatabaseTrouble) as trouble:
        tell(str(trouble))
        return STANDS_IN_THE_WAY
    return 0


def tell(text: str) -> None:
    """Say something to whoever started the service."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
