"""Something for a person to look at while a command takes long: on standard error, in a terminal, nowhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

import click

import messages

SOON: Final = 1.0
"""Seconds within which a command that ends needs nothing to look at."""


@contextmanager
def progress_line(label: str) -> Iterator[Callable[[int, int], None]]:
    """Somebody to be told how much is done of how much; ``label`` names the work in the catalogue."""
    with ExitStack() as stack:
        began, bars = time.monotonic(), list[Any]()

        def tell(done: int, of: int) -> None:
            if not bars and time.monotonic() > began + SOON:
                bars.append(
                    stack.enter_context(click.progressbar(length=of, label=messages.text(label), file=sys.stderr))
                )
            for bar in bars:
                bar.update(done - bar.pos)

        yield tell if sys.stderr.isatty() else lambda done, of: None
