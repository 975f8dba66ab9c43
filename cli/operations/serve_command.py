"""Starting the service: this process becomes it, so that signals reach it and nothing of Prefect is loaded here."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

import messages
from cli.parsing.commands import Command, option
from cli.parsing.options import Options
from cli.parsing.param_types import Number
from settings import Settings as Environment


@click.command("serve", cls=Command, help="console.serve")
@option("--port", type=Number(1, 65535), default=4200, help="console.opt_port")
@option("--metrics-port", type=Number(1, 65535), help="console.opt_metrics_port")
@option("--no-clock", is_flag=True, help="console.opt_no_clock")
@option("--no-worker", is_flag=True, help="console.opt_no_worker")
@click.pass_obj
def serve(settings: Options, port: int, metrics_port: int | None, no_clock: bool, no_worker: bool) -> NoReturn:
    """Become the service until it is told to stop."""
    switches = [name for name, given in (("--no-clock", no_clock), ("--no-worker", no_worker)) if given]
    switches += [] if metrics_port is None else ["--metrics-port", str(metrics_port)]
    told = ["--port", str(port), "--lang", messages.current_language(), *switches]
    sys.stdout.flush()
    # By the environment: the address of the database may hold a password, and arguments are seen by everybody.
    environ = {**os.environ, Environment.database_url.name: settings.url}
    os.execve(sys.executable, [sys.executable, "-m", "flows.service", *told], environ)
