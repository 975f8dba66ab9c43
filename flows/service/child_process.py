"""The processes of the service: started in a group of their own, watched, started again, and ended whole."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import telemetry

PATIENCE: Final = 10.0
"""Seconds a process is given to end by itself."""
LONGEST_PAUSE: Final = 60.0
"""Seconds between two starts of a process that keeps ending, at most."""

log = logging.getLogger(__name__)


@dataclass
class Child:
    """A module run in a process and a process group of its own, its output kept in a file."""

    name: str
    module: Sequence[str]
    environ: Mapping[str, str]
    directory: Path
    output: Path
    _process: asyncio.subprocess.Process | None = field(default=None, repr=False)
    _stopping: bool = False

    async def start(self) -> None:
        """Start the process."""
        with self.output.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "flows.service.exit_with_parent",
                *self.module,
                stdin=asyncio.subprocess.PIPE,
                stdout=output,
                stderr=output,
                env=dict(self.environ),
                cwd=self.directory,
                start_new_session=True,
            )

    @property
    def ended(self) -> bool:
        """Whether the process has ended."""
        return self._process is None or self._process.returncode is not None

    def last_words(self, lines: int = 12) -> str:
        """The end of what it printed."""
        return "\n".join(self.output.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    async def watch(self) -> None:
        """Start the process again whenever it ends, after a pause that grows; until it is stopped."""
        pause = 1.0
        while self._process is not None:
            code = await self._process.wait()
            if self._stopping:
                return
            log.warning("%s ended with %s; started again in %.0f s, see %s", self.name, code, pause, self.output)
            telemetry.emit("failure", "error", result="failed", codes=["process_ended"], child=self.name, exit=code)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            if not self._stopping:
                await self.start()

    async def stop(self) -> None:
        """End the process and everything it started."""
        self._stopping = True
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.terminate()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), PATIENCE)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()
