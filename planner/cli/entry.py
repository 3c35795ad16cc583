"""From the words typed to an exit code: what goes wrong becomes one sentence, never a traceback."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from typing import Any

import typer

from layouts.findings import BadInput
from planner.cli import (
    commands,
    demand_commands,
    document_commands,
    import_command,
    open_command,
    package_commands,
    planning_commands,
    simulation_commands,
)
from planner.cli.codes import BAD_INPUT, BROKEN, CANCELLED, DONE
from planner.cli.options import app
from planner.cli.output import print_bad_input, tell

# the base of what typer raises for mistyped words; typer gives it no name of its own
UsageError: Any = typer.BadParameter.__mro__[1]
COMMANDS = (  # each adds its own to the app
    commands,
    demand_commands,
    document_commands,
    import_command,
    open_command,
    planning_commands,
    package_commands,
    simulation_commands,
)


def run(words: Sequence[str]) -> int:
    """Run `centreline WORDS…` and give its exit code."""
    as_json = "--json" in words
    try:
        code = app(args=list(words), standalone_mode=False, prog_name="centreline")
    except BadInput as error:
        print_bad_input(error, as_json=as_json)
        return BAD_INPUT
    except UsageError as error:
        reason = error.format_message().rstrip(".")
        print_bad_input(BadInput("command.usage", reason=reason), as_json=as_json)
        return BAD_INPUT
    except (KeyboardInterrupt, typer.Abort):
        tell("command.stopped")
        return CANCELLED
    except Exception:  # a fault of ours: where it lies, then a sentence and an exit code of its own
        traceback.print_exc()
        tell("command.broken")
        return BROKEN
    return code if isinstance(code, int) else DONE
