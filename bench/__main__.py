"""Run every measurement, or those named: ``python -m bench [NAME …]``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SUPPORT = {
    "__init__", "__main__", "results", "databases", "coordinators", "counting", "filling", "machines", "rehearsal",
}  # fmt: skip


def main() -> int:
    """Each measurement in a process of its own, so that none warms another up."""
    here = Path(__file__).parent
    known = sorted(file.stem for file in here.glob("*.py") if file.stem not in SUPPORT)
    wanted = sys.argv[1:] or known
    unknown = [name for name in wanted if name not in known]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    failed = [
        name for name in wanted if subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode
    ]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
