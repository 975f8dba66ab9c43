"""In whose name a command reads or acts."""

from __future__ import annotations

from typing import Final

from cli.parsing.commands import option

ACCOUNT_VARIABLE: Final = "DUCHA_AS"
"""The account that reads and acts where a command names none."""

reader_option = option("--as", "reader", envvar=ACCOUNT_VARIABLE, metavar="NAME", help="console.opt_reader")
"""Who reads; without an account it is the machine's operator."""

actor_option = option("--as", "actor", envvar=ACCOUNT_VARIABLE, required=True, metavar="NAME", help="console.opt_as")
"""Who acts."""
