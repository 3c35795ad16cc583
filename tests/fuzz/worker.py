"""The process that reads mutants: it may run out of memory, hang or die; the parent then starts another."""

from __future__ import annotations

import json
import random
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from layouts.findings import BadInput
from layouts.readers.fenced import limit_memory
from layouts.readers.imported import Recipe
from layouts.readers.preview import preview_svg
from layouts.readers.read import read_plan
from planner.cli.output import say_bad_input
from planner.drawing_source import import_summary
from tests.fuzz.mutate import mutant
from tests.fuzz.seeds import Seed, weights

MOST_BYTES = 3_000_000_000


def made(found: list[Seed], seed: int, run: int) -> tuple[Seed, str, bytes, random.Random]:
    """The mutant of a run: the same numbers give the same mutant."""
    dice = random.Random(f"{seed}-{run}")
    chosen = dice.choices(found, weights(found))[0]
    level, body = mutant(chosen.body, chosen.suffix, dice.choice(found).body, dice)
    return chosen, level, body, dice


def read_one(path: Path, scale_to_mm: float, unit: str | None) -> tuple[str, str]:
    """(read | refused, code): reading, the answer as JSON, the sentence and the picture, as `centreline import` does."""
    try:
        read = read_plan(path, unit=unit, recipe=Recipe(scale_to_mm=0.0 if unit else scale_to_mm))
    except BadInput as refused:
        sentence = say_bad_input(refused)
        sentence.encode()
        if not refused.file or "{" in sentence:
            return "broken", f"sentence without its values: {refused.code}"
        return "refused", refused.code
    json.dumps(import_summary(read), ensure_ascii=False, allow_nan=False).encode()
    preview_svg(read).encode()
    return "read", ""


def work(jobs: Connection, found: list[Seed], folder: str) -> None:
    """Take (seed, run) until None comes; answer (outcome, code or error, kind of file, level)."""
    if sys.platform != "win32":
        limit_memory(MOST_BYTES)
    while (job := jobs.recv()) is not None:
        chosen, level, body, dice = made(found, *job)
        path = Path(folder) / f"mutant{chosen.suffix}"
        path.write_bytes(body)
        unit = dice.choice((None, None, None, "mm")) if chosen.suffix == ".dxf" else None
        try:
            outcome, what = read_one(path, chosen.scale_to_mm if dice.randrange(4) else 0.0, unit)
        except MemoryError:
            outcome, what = "memory", ""  # the fence says it in a sentence
        except Exception as failure:
            import traceback

            place = traceback.extract_tb(failure.__traceback__)[-1]
            outcome, what = "broken", f"{type(failure).__name__} at {Path(place.filename).name}:{place.lineno}: {failure}"[:300]
        jobs.send((outcome, what, chosen.suffix, level))
