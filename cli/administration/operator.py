"""Who sits at the machine, where nobody has an account yet."""

from __future__ import annotations

import getpass


def operator() -> str:
    """The operating-system user; empty if unknown."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
