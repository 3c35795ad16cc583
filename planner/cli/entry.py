"""From the words typed to an exit code: what goes wrong becomes one sentence, never a traceback."""

from __future__ import annotations

import traceback
from collections.abc import Sequence

import typer

from layouts.findings import BadInput
from planner.cli.codes import BAD_INPUT, BROKEN, CANCELLED, DONE
from planner.cli.commands import app
from planner.cli.output import print_bad_input, tell

UsageError = typer.BadParameter.__base__
assert UsageError is not None


def run(words: Sequence[str]) -> int:
    """Run `centreline WORDS…` and give its exit code."""
    as_json = "--json" in words
    try:
        code = app(args=list(words), standalone_mode=False, prog_name="centreline")
    except BadInput as error:
        print_bad_input(error, as_json=as_json)
        return BAD_INPUT
    except UsageError as error:
        print_bad_input(BadInput("command.usage", reason=error.format_message().rstrip(".")), as_json=as_json)
        return BAD_INPUT
    except (KeyboardInterrupt, typer.Abort):
        tell("command.stopped")
        return CANCELLED
    except Exception:
        traceback.print_exc()
        tell("command.broken")
        return BROKEN
    return code if isinstance(code, int) else DONE
