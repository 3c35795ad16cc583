"""What commands share: the program itself, its common options, and what they mean."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from solvers.effort import Effort

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Plans one-stop-shop public service centres: capacity, layout, drawings and rosters.",
)


class EffortLevel(StrEnum):
    """How long each optimiser may work."""

    quick = "quick"
    standard = "standard"
    thorough = "thorough"


SECONDS = {EffortLevel.quick: 10.0, EffortLevel.standard: 30.0, EffortLevel.thorough: 120.0}

ProjectArg = Annotated[Path, typer.Argument(metavar="PROJECT", help="A .centreline file or an unpacked folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout and nothing else.")]
Level = Annotated[EffortLevel, typer.Option("--effort", help="About 10, 30 or 120 s for each optimiser.")]
Seconds = Annotated[float | None, typer.Option("--seconds", min=0.1, max=86_400, help="Wall time instead of --effort.")]
Reproducible = Annotated[bool, typer.Option("--reproducible", help="Deterministic work in place of wall time.")]
Seed = Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="Seed of every random choice.")]


def allowed(level: EffortLevel, seconds: float | None, reproducible: bool, seed: int) -> Effort:
    """The work that the options allow to each optimiser."""
    return Effort(seconds=seconds or SECONDS[level], reproducible=reproducible, seed=seed)
