"""One question solved from three seeds: the medians that the benchmarks print, and what must hold of every answer."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from layouts.flow import measure_flow
from solvers.effort import Effort
from solvers.placement.check import breaches
from solvers.placement.problem import Placement, PlacementProblem
from solvers.placement.solve import solve

SECONDS = 30.0
SEEDS = (1, 2, 3)
HEAD = (
    "status", "first s", "objective", "bound", "gap %", "to relaxation %", "FLI", "of at most", "walk m", "crossing",
    "typology", "freedom", "check", "load",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Runs:
    """The answers of all seeds, and the faults that the solver-free check found in them."""

    problem: PlacementProblem
    placements: tuple[Placement, ...]
    faults: tuple[str, ...]
    load: float

    def found(self) -> tuple[Placement, ...]:
        return tuple(p for p in self.placements if p.layout is not None)

    def row(self) -> tuple[str, ...]:
        """Medians over the seeds that gave a layout, in the order of HEAD."""
        records = [p.record for p in self.found()]
        if not records:
            return (self.placements[0].record.status, *("–",) * 11, "explained", f"{self.load:.1f}")
        flows = [measure_flow(self.problem.level, p.layout.levels[0], self.problem.programme) for p in self.found()]
        return (
            " ".join(dict.fromkeys(r.status for r in records)), _middle([r.seconds_to_first for r in records], 1),
            _middle([r.objective for r in records], 0), _middle([r.bound for r in records], 0),
            _middle([100 * r.gap for r in records], 1),
            _middle([100 * (1 - r.relaxation_bound / r.objective) for r in records], 1),
            _middle([f.linearity_index for f in flows], 1), _middle([f.linearity_of_bound for f in flows], 1),
            _middle([f.walk_m_per_visit for f in flows], 1), _middle([f.crossing_persons for f in flows], 2),
            " ".join(dict.fromkeys(str(r.freedom["typology"]) for r in records)), freedom_of(self.found()[0]),
            "ok" if not self.faults else f"{len(self.faults)} faults", f"{self.load:.1f}",
        )  # fmt: skip


def freedom_of(placement: Placement) -> str:
    """What the bound holds for, in short."""
    free = placement.record.freedom
    setbacks = "/".join(f"{s / 1000:g}" for s in free["setbacks_mm"])
    return f"{len(free['spines'])} spines, {' '.join(free['typologies'])}, setbacks {setbacks} m, {free['position_step_mm']} mm"


def run_seeds(problem: PlacementProblem, seconds: float = SECONDS, seeds: Sequence[int] = SEEDS) -> Runs:
    """Solve from every seed; CENTRELINE_SEEDS (a number) makes them fewer."""
    seeds = seeds[: int(os.environ.get("CENTRELINE_SEEDS", len(seeds)))]
    placements = tuple(solve(problem, Effort(seconds=seconds, seed=seed)) for seed in seeds)
    faults = tuple(f"{f.code} {f.where} {f.measured} {f.required}" for p in placements for f in breaches(problem, p))
    return Runs(problem, placements, faults, os.getloadavg()[0])


def shown(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def _middle(values: Sequence[float | None], digits: int) -> str:
    known = [v for v in values if v is not None]
    return shown(median(known) if known else None, digits)


def printed(rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown; the first row is its head."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])
