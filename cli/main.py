"""The ``ducha`` command: parse the command line, run one command, and turn errors into exit codes.

Heavy modules are imported only after the command is known.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

import messages
import telemetry
from cli.command_table import root
from cli.output import bad_rows
from cli.output.error_output import FAILED, failure_of, report
from cli.output.usage_errors import readable
from cli.parsing.options import Options, preparse
from settings import SettingRefused
from settings.own_texts import use_own_texts

INTERRUPTED = 130
"""Exit code of a command stopped with Ctrl-C (128 + SIGINT)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code.

    0 done, 1 failed, 2 usage, 3 not found or environment, 4 not permitted, 5 refused by a rule.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    _tolerate_any_terminal()
    settings = preparse(given, os.environ)
    messages.set_language(settings.language)
    if settings.environment.failpoint:
        _arm(*settings.environment.failpoint)
    try:
        with telemetry.request(), telemetry.logging_to(settings.log()):
            return _run(given, settings)
    except SettingRefused as error:
        # The log settings in the environment are invalid, so the log cannot be opened.
        return report(failure_of(error), settings, error)


def _run(given: list[str], settings: Options) -> int:
    """Run a command and return its exit code; no exception leaves this function."""
    try:
        use_own_texts(settings.environment.regulations_dir)
        readable(given)
        done = root.main(given, prog_name="ducha", standalone_mode=False, obj=settings)
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        click.echo(messages.text("console.interrupted"), err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader closed the pipe. Flushing the rest at exit would fail again, so discard it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        found = bad_rows.behind(settings, error)
        if found and settings.only_reads and not settings.bad_rows:
            settings.bad_rows = found
            return _run(given, settings)
        error = bad_rows.error_of(found) if found else error
        return report(failure_of(error), settings, error)
    if settings.bad_rows:
        bad_rows.warn(settings.bad_rows)
        return FAILED
    return done if isinstance(done, int) else 0


def _arm(name: str, count: int) -> None:
    from storage import failpoints

    failpoints.arm(name, count)


def _tolerate_any_terminal() -> None:
    """Print escapes instead of failing on a terminal that cannot show Chinese."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
