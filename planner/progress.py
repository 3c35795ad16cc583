"""Signs of life on the screen: one bar per stage on stderr, never on stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from solvers.effort import Progress, Report


@contextmanager
def shown_progress() -> Iterator[Report]:
    """A `Report` that draws bars where stderr is a screen, and otherwise writes one line when a stage begins."""
    if sys.stderr.isatty():
        with _bars() as report:
            yield report
    else:
        yield _lines()


def _lines() -> Report:
    seen: set[str] = set()

    def report(progress: Progress) -> None:
        if progress.stage not in seen:
            seen.add(progress.stage)
            print(f"{progress.stage} …", file=sys.stderr, flush=True)

    return report


@contextmanager
def _bars() -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TextColumn("{task.fields[found]}"))
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, object] = {}

        def report(progress: Progress) -> None:
            if progress.stage not in tasks:
                for task in bars.tasks:
                    bars.update(task.id, total=1, completed=1)
                tasks[progress.stage] = bars.add_task(progress.stage, total=None, found="")
            total = None if progress.done is None else 1
            bars.update(tasks[progress.stage], total=total, completed=progress.done or 0, found=_found(progress))  # type: ignore[arg-type]

        yield report


def _found(progress: Progress) -> str:
    """Objective and bound where known."""
    if progress.objective is None:
        return ""
    bound = "" if progress.bound is None else f" ≥ {progress.bound:,.0f}"
    return f"{progress.objective:,.0f}{bound}"
