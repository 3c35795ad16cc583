"""A bank moved two metres and pinned: seconds to the first sound layout, and until it costs 2 % more than the last at most.

    python -m pytest -s tests/benchmarks/test_repin_speed.py

The hall was solved before in the same process, as on the page. Processor seconds stand beside wall time: a busy machine shows.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest

from planner.folder import read_folder
from solvers.effort import Effort, Progress
from solvers.placement.check import breaches
from solvers.placement.model import same_mode
from solvers.placement.prepare import prepare_on
from solvers.placement.problem import Pinned, Placement, PlacementProblem
from solvers.placement.solve import solve
from solvers.placement.typologies import as_built
from tests.benchmarks.study import study_folder, study_problem
from tests.benchmarks.test_placement_examples import problem_of

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
BASE_SECONDS, SECONDS, MOVED_DM, PINNED = 20.0, 6.0, 20, 2
NEAR = 1.02
STUDY = ("p1_rect", "p2_L") if study_folder() is not None else ()


@pytest.mark.parametrize("name", ["dahuk", "justice", *STUDY])
def test_a_solve_again_with_a_pin_is_soon_there(name: str) -> None:
    problem = study_problem(name, "study") if name in STUDY else problem_of(read_folder(EXAMPLES / name))
    base = solve(problem, Effort(seconds=BASE_SECONDS, seed=1))
    assert base.layout is not None
    pinned = moved(problem, base)
    assert len(pinned) >= PINNED, f"{name}: of {len(pinned)} banks alone there is another place on their own wall"
    runs = [times for one in pinned if (times := again(name, one, base)) is not None]
    assert len(runs) >= PINNED, f"{name}: {len(runs)} pins alone leave a layout"
    print(f"{name}: median first {median(r[0] for r in runs):.2f} s, within 2 % {median(r[1] for r in runs):.2f} s")


def moved(problem: PlacementProblem, base: Placement) -> list[PlacementProblem]:
    """The question with one bank after the other pinned about two metres from where it stood, on its own wall, which the
    typology may have built."""
    (question,) = prepare_on(as_built(problem, base.blocks), base.spine).questions
    poses = {p.element: p for p in base.poses}
    found = []
    for bank in problem.programme.banks:
        pose = poses[bank.id]
        runs = [run for mode in question.modes[bank.id] if same_mode(mode, pose) for run in mode.runs]
        places = [u for run in runs for u in range(run.lo, run.hi + 1) if u != pose.u_dm]
        if places:
            u = min(places, key=lambda u: abs(abs(u - pose.u_dm) - MOVED_DM))
            found.append(replace(problem, pins=(Pinned(element=bank.id, pose=replace(pose, u_dm=u)),)))
    return found


def again(name: str, problem: PlacementProblem, base: Placement) -> tuple[float, float] | None:
    """Solve with the pin, print how it went, and give the two times; none where it is proven that nothing fits with it."""
    seen: list[tuple[float, float, float]] = []
    wall, used = time.perf_counter(), time.process_time()

    def report(told: Progress) -> None:
        if told.answer is not None and told.objective is not None:
            seen.append((time.perf_counter() - wall, time.process_time() - used, told.objective))

    found = solve(problem, Effort(seconds=SECONDS, seed=1), hint=base.poses, report=report)
    assert found.layout is None or not breaches(problem, found)
    if not seen:
        print(f"\n{name}, {problem.pins[0].element}: {found.record.status}")
        return None if found.record.status == "infeasible" else (float("inf"), float("inf"))
    last = min(objective for *_, objective in seen)
    near = next(s for s in seen if s[2] <= NEAR * last)
    print(
        f"\n{name}, {problem.pins[0].element}: first {seen[0][0]:.2f} s ({seen[0][1]:.2f} s of processor), {seen[0][2]:,.0f}; "
        f"within 2 % {near[0]:.2f} s ({near[1]:.2f}); last {last:,.0f}"
    )
    return seen[0][0], near[0]
