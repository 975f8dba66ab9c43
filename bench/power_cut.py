"""Power cuts on SQLite, simulated: what is left of acknowledged commits under each journal mode.

``python -m bench.power_cut [CUTS]``: a process commits under strace; its writes and syncs are replayed up to a random
moment; what was not synced is kept, dropped or torn at random; then SQLite opens what is left. A directory keeps the
order of its changes, as a journalling file system does.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType

from bench.results import record, table
from storage.sqlite_driver import PREFERRED, driver

MODES = [
    ("wal", "FULL"), ("persist", "EXTRA"), ("delete", "EXTRA"), ("truncate", "EXTRA"),
    ("wal", "NORMAL"), ("delete", "FULL"), ("persist", "OFF"),
]  # fmt: skip
FALLBACK = [("persist", "EXTRA"), ("persist", "OFF")]
"""With Python's own library: the mode it is used in, and a control."""
COMMITS = 200
SECTOR = 512
CALL = re.compile(r"(\w+)\((.*)\)\s+= (\d+)")
BYTES = re.compile(r'"((?:\\x..)*)"')
SEEN = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,close"


@dataclass(frozen=True)
class Op:
    """One thing asked of the disk; ``mark`` is a line the process wrote to standard error."""

    kind: str
    path: str = ""
    at: int = 0
    data: bytes = b""


@dataclass
class Inode:
    """What is surely on the disk, and what was written since the last sync."""

    data: bytearray = field(default_factory=bytearray)
    pending: list[Op] = field(default_factory=list)

    def settle(self) -> None:
        """Everything written so far is surely there."""
        for op in self.pending:
            _apply(self.data, op)
        self.pending.clear()

    def survivor(self, chance: random.Random) -> bytearray:
        """What might be found after a cut."""
        data, luck = bytearray(self.data), chance.choice([0.0, 0.5, 0.5, 1.0])
        for op in self.pending:
            if chance.random() >= luck:
                continue
            torn = op.kind == "pwrite64" and luck < 1 and len(op.data) > SECTOR and chance.random() < 0.3
            keep = SECTOR * chance.randint(0, len(op.data) // SECTOR) if torn else len(op.data)
            _apply(data, Op(op.kind, op.path, op.at, op.data[:keep]))
        return data


class Disk:
    """A directory as a process leaves it, and as a power cut might."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.names: dict[str, Inode] = {}
        self.settled: dict[str, Inode] = {}
        self.moves: list[tuple[str, Inode | None]] = []

    def do(self, op: Op) -> None:
        """Take one call into account."""
        if op.kind == "openat" and op.path not in self.names:
            self.names[op.path] = Inode()
            self.moves.append((op.path, self.names[op.path]))
        elif op.kind == "unlink":
            del self.names[op.path]
            self.moves.append((op.path, None))
        elif op.kind in ("pwrite64", "ftruncate"):
            self.names[op.path].pending.append(op)
        elif op.kind in ("fsync", "fdatasync") and op.path == self.home:
            self.settled = dict(self.names)
            self.moves.clear()
        elif op.kind in ("fsync", "fdatasync"):
            self.names[op.path].settle()

    def settle(self) -> None:
        """Everything so far is surely there."""
        self.settled = dict(self.names)
        self.moves.clear()
        for inode in self.names.values():
            inode.settle()

    def cut(self, into: Path, chance: random.Random) -> None:
        """Write down what might be found after a cut at this moment."""
        left = dict(self.settled)
        for path, inode in self.moves[: chance.randint(0, len(self.moves))]:
            if inode is None:
                left.pop(path, None)
            else:
                left[path] = inode
        for path, inode in left.items():
            (into / Path(path).name).write_bytes(inode.survivor(chance))


def main() -> None:
    """Cut each mode's run at many moments and record what was lost."""
    if len(sys.argv) == 6 and sys.argv[1] == "commit":
        commit(*sys.argv[2:])
        return
    if shutil.which("strace") is None:
        print("strace is not installed: power cuts not measured", file=sys.stderr)
        return
    cuts = int(sys.argv[1]) if len(sys.argv) > 1 else 1500
    fallback = import_module(PREFERRED[-1])
    wanted = [(driver(), *mode) for mode in MODES]
    wanted += [(fallback, *mode) for mode in FALLBACK] if fallback is not driver() else []
    rows = [
        (f"{library.sqlite_version} {mode} + {synchronous}", cuts, *_measured(library, mode, synchronous, cuts))
        for library, mode, synchronous in wanted
    ]
    record(
        "Power cuts on SQLite, simulated",
        f"{COMMITS} commits, cut at random moments. The product uses the first mode, and the persistent journal with\n"
        "EXTRA where SQLite is older than 3.51.3 (decision 0130). The modes that lose something are the control.\n\n"
        + table(("SQLite and mode", "cuts", "acknowledged commit lost", "half a commit", "damaged"), rows),
    )


def commit(library: str, mode: str, synchronous: str, path: str) -> None:
    """Commit again and again, small and now and then large, saying so after each."""
    connection = import_module(library).connect(path, isolation_level=None)
    connection.execute(f"PRAGMA journal_mode={mode}")
    connection.execute(f"PRAGMA synchronous={synchronous}")
    connection.execute("PRAGMA journal_size_limit=65536")
    connection.execute("PRAGMA wal_autocheckpoint=20")
    connection.execute("CREATE TABLE entry (number INTEGER, body TEXT)")
    connection.execute("CREATE INDEX entry_body ON entry (body)")
    connection.execute("CREATE TABLE head (number INTEGER)")
    connection.execute("INSERT INTO head VALUES (0)")
    os.write(2, b"0\n")
    for number in range(1, COMMITS + 1):
        connection.execute("BEGIN IMMEDIATE")
        for _ in range(60 if number % 40 == 0 else 1):
            connection.execute("INSERT INTO entry VALUES (?, ?)", (number, os.urandom(150).hex()))
        connection.execute("UPDATE head SET number = ?", (number,))
        connection.execute("COMMIT")
        os.write(2, f"{number}\n".encode())
    # As a process that is cut off: nothing is tidied up.
    os._exit(0)


def _measured(library: ModuleType, mode: str, synchronous: str, cuts: int) -> tuple[int, int, int]:
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder).resolve() / "database"
        home.mkdir()
        ops = list(_traced(library, mode, synchronous, home))
        begun = ops.index(Op("mark", data=b"0\n"))
        moments = sorted(chance.choices(range(begun + 1, len(ops)), k=cuts), reverse=True)
        disk, acknowledged, found = Disk(str(home)), 0, {"lost": 0, "torn": 0, "damaged": 0, "whole": 0}
        for moment, op in enumerate(ops):
            disk.do(op)
            if op.kind == "mark":
                acknowledged = int(op.data)
            if moment == begun:
                disk.settle()
            while moments and moments[-1] == moment:
                moments.pop()
                with tempfile.TemporaryDirectory() as left:
                    disk.cut(Path(left), chance)
                    found[_judged(library, Path(left) / "bench.db", acknowledged)] += 1
    return found["lost"], found["torn"], found["damaged"]


def _judged(library: ModuleType, path: Path, acknowledged: int) -> str:
    connection = library.connect(path, isolation_level=None)
    try:
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            return "damaged"
        head = connection.execute("SELECT number FROM head").fetchone()[0]
        last, numbers = connection.execute("SELECT max(number), count(DISTINCT number) FROM entry").fetchone()
    except library.DatabaseError:
        return "damaged"
    finally:
        connection.close()
    if (last or 0, numbers) != (head, head):
        return "torn"
    return "lost" if head < acknowledged else "whole"


def _traced(library: ModuleType, mode: str, synchronous: str, home: Path) -> Iterator[Op]:
    """The calls of one run on the files of its directory, in order."""
    trace = home.with_suffix(".trace")
    committing = ["commit", library.__name__, mode, synchronous, str(home / "bench.db")]
    child = [sys.executable, "-m", "bench.power_cut", *committing]
    command = ["strace", "-o", str(trace), "-xx", "-s", "1000000", "-e", f"trace={SEEN}", *child]
    subprocess.run(command, stderr=subprocess.DEVNULL, check=True)
    opened: dict[str, str] = {}
    for line in trace.read_text().splitlines():
        call = CALL.match(line)
        if call is None:
            continue
        kind, given, answer = call.groups()
        quoted = BYTES.search(given)
        data = bytes.fromhex(quoted[1].replace("\\x", "")) if quoted else b""
        first, last = given.split(",")[0], given.rsplit(" ", 1)[-1]
        if kind in ("openat", "unlink"):
            path = data.decode(errors="replace")
            ours = path.startswith(str(home))
            if kind == "openat":
                opened[answer] = path if ours else ""
            if ours and (kind == "unlink" or "O_CREAT" in given):
                yield Op(kind, path)
        elif kind == "write" and first == "2":
            yield Op("mark", data=data)
        elif opened.get(first):
            yield Op(kind, opened[first], int(last) if kind in ("pwrite64", "ftruncate") else 0, data)


def _apply(data: bytearray, op: Op) -> None:
    end = op.at + len(op.data) if op.kind == "pwrite64" else op.at
    if len(data) < end:
        data.extend(bytes(end - len(data)))
    if op.kind == "pwrite64":
        data[op.at : end] = op.data
    else:
        del data[op.at :]


if __name__ == "__main__":
    main()
