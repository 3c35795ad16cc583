"""`python -m tests.fuzz.run --runs 20000 --seed 1 --keep DIR`: mutants read one after another, and what came of them."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from layouts.findings import BadInput
from layouts.readers.fenced import read_fenced
from layouts.readers.imported import Recipe
from tests.fuzz.seeds import Seed, seeds
from tests.fuzz.worker import made, work

FAILED = ("broken", "hung", "fenced")
HANGS_S = 60.0  # of wall time, on a busy machine; the fence gives a drawing 120


@dataclass(slots=True)
class Outcome:
    """How many mutants ended how; every failure that was no sentence; the slowest."""

    counts: Counter[str] = field(default_factory=Counter)
    by_kind: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_level: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    slowest: str = ""


class _Worker:
    """A reading process and the line to it."""

    def __init__(self, found: list[Seed], folder: Path) -> None:
        self.found = found
        spawn = multiprocessing.get_context("spawn")
        self.line, there = spawn.Pipe()
        self.process = spawn.Process(target=work, args=(there, found, str(folder)), daemon=True)
        self.process.start()
        there.close()

    def ask(self, job: tuple[int, int], seconds: float) -> tuple[str, str, str, str]:
        """(outcome, what, kind of file, level); `hung` and `died` where no answer came."""
        self.line.send(job)
        try:
            if not self.line.poll(seconds):
                return "hung", "", *self.told(job)
            ended: tuple[str, str, str, str] = self.line.recv()
            return ended
        except EOFError:
            self.process.join(5)
            return "died", f"exit code {self.process.exitcode}", *self.told(job)

    def told(self, job: tuple[int, int]) -> tuple[str, str]:
        """Kind and level of a mutant of which no word came back."""
        chosen, level, _, _ = made(self.found, *job)
        return chosen.suffix, level

    def end(self) -> None:
        self.line.close()
        self.process.kill()
        self.process.join()


def fuzz(found: list[Seed], runs: int, seed: int, *, keep: Path | None = None, tell: Any = None) -> Outcome:
    """Read `runs` mutants; each must end as a plan or as one sentence."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as folder:
        worker = _Worker(found, Path(folder))
        try:
            for run in range(runs):
                begun = time.monotonic()
                ended, what, kind, level = worker.ask((seed, run), HANGS_S)
                took = time.monotonic() - begun
                if ended in ("hung", "died"):
                    worker.end()
                    worker = _Worker(found, Path(folder))
                if ended in ("died", "memory"):
                    ended, what = _behind_the_fence(found, seed, run, Path(folder), what)
                _count(outcome, (kind, level), (seed, run), ended, what, took)
                if ended in FAILED:
                    _note(outcome, found, seed, run, ended, what, keep)
                if tell and (run + 1) % 200 == 0:
                    tell(run + 1, outcome)
        finally:
            worker.end()
    return outcome


def _behind_the_fence(found: list[Seed], seed: int, run: int, folder: Path, what: str) -> tuple[str, str]:
    """What kills or fills a process, read again as a person's import reads it: it must end in a sentence there."""
    chosen, _, body, _ = made(found, seed, run)
    path = folder / f"deadly{chosen.suffix}"
    path.write_bytes(body)
    try:
        read_fenced(path, recipe=Recipe(scale_to_mm=chosen.scale_to_mm), seconds=HANGS_S)
    except BadInput as refused:
        return "fenced", f"{what} {refused.code}"
    return "fenced", f"{what} read"


def _count(
    outcome: Outcome, told: tuple[str, str], job: tuple[int, int], ended: str, what: str, took: float
) -> None:
    kind, level = told
    outcome.counts[ended] += 1
    outcome.by_kind[kind, ended] += 1
    outcome.by_level[level] += 1
    if ended == "refused":
        outcome.codes[what] += 1
    if took > outcome.slowest_s:
        outcome.slowest_s, outcome.slowest = took, f"{kind} run {job[1]} seed {job[0]}"


def _note(outcome: Outcome, found: list[Seed], seed: int, run: int, ended: str, what: str, keep: Path | None) -> None:
    """Write down, and keep, what broke a reader."""
    chosen, level, body, _ = made(found, seed, run)
    outcome.failures.append(f"{ended} {chosen.name} {level} run {run} seed {seed}: {what}")
    if keep:
        (keep / f"{ended}-{seed}-{run}{chosen.suffix}").write_bytes(body)


def report(outcome: Outcome) -> str:
    """The outcome as the lines of a table."""
    ends = ("read", "refused", "fenced", "hung", "broken")
    lines = ["| kind | mutants | " + " | ".join(ends) + " |", "|---|---|" + "---|" * len(ends)]
    kinds = sorted({kind for kind, _ in outcome.by_kind})
    for kind in kinds:
        row = [outcome.by_kind[kind, end] for end in ends]
        lines.append(f"| {kind[1:]} | {sum(row)} | " + " | ".join(map(str, row)) + " |")
    row = [outcome.counts[end] for end in ends]
    lines.append(f"| all | {sum(row)} | " + " | ".join(map(str, row)) + " |")
    lines.append("")
    lines.append("levels: " + ", ".join(f"{level} {count}" for level, count in outcome.by_level.most_common()))
    lines.append("sentences: " + ", ".join(f"{code} {count}" for code, count in outcome.codes.most_common()))
    lines.append(f"slowest: {outcome.slowest_s:.1f} s ({outcome.slowest})")
    return "\n".join([*lines, *outcome.failures])


def main() -> int:
    """The long run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for mutants that broke a reader")
    given = parser.parse_args()
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
    found = seeds()
    print(f"{len(found)} seeds: {', '.join(s.name for s in found)}", flush=True)

    def tell(run: int, outcome: Outcome) -> None:
        print(
            f"{run}: {dict(outcome.counts)}; slowest {outcome.slowest_s:.1f} s", *outcome.failures[-3:], sep="\n  ", flush=True
        )

    outcome = fuzz(found, given.runs, given.seed, keep=given.keep, tell=tell)
    print(report(outcome))
    return 1 if outcome.counts["broken"] or outcome.counts["hung"] else 0


if __name__ == "__main__":
    sys.exit(main())
