"""Wishes that cannot hold together: the smallest set of them, and what would let them.

Deletion filter (Chinneck 1991): leave one wish out after another; what still does not fit without it was not needed for the
clash. What remains is minimal: leave any one out and a layout exists. Tests are solves of little effort, so a wish whose
test ended without an answer stays in the set, and the set is then not called proven.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from layouts.plan import Door, Level
from layouts.programme import BankRequirement
from solvers.effort import Cancel, Effort, Progress
from solvers.placement.baselines import outline_point, perimeter, staff_arcs, walls_of
from solvers.placement.problem import DM, PlacementProblem
from solvers.placement.solve import solve

DOOR_MM = 1000
SEATS_KEPT = 0.8
TEST_SECONDS = 5.0  # for one solve without an answer; most have one at once
Fits = Callable[[PlacementProblem, float], bool | None]
Reason = tuple[str, dict[str, str | int | float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Wishes and pins (module ids) that cannot all hold. `proven`: every test of the filter had an answer."""

    wishes: tuple[str, ...]
    pins: tuple[str, ...]
    proven: bool


def fits(problem: PlacementProblem, seconds: float) -> bool | None:
    """Whether a layout exists; None when a solve of so many seconds did not tell."""
    enough = Cancel()

    def told(progress: Progress) -> None:
        if progress.stage == "layout":  # one layout answers the question
            enough.set()

    answer = solve(problem, Effort(seconds=seconds), report=told, cancel=enough)
    if answer.layout is not None:
        return True
    return False if answer.record.status == "infeasible" else None


def smallest_clash(
    problem: PlacementProblem, *, seconds: float, cancel: Cancel | None = None, test: Fits = fits
) -> Clash | None:
    """A smallest set of wishes and pins that cannot hold together; None where the programme does not fit even without."""
    end = time.monotonic() + seconds
    asked = [("wish", w.id) for w in problem.wishes] + [("pin", p.element) for p in problem.pins]
    if not asked or test(_with(problem, []), min(TEST_SECONDS, seconds)) is not True:
        return None
    kept, proven = list(asked), True
    for one in asked:
        left = end - time.monotonic()
        if left <= 0 or cancel:
            proven = False
            break
        fewer = [k for k in kept if k != one]
        answer = test(_with(problem, fewer), min(TEST_SECONDS, left))
        if answer is False:
            kept = fewer
        proven = proven and answer is not None
    return Clash(
        wishes=tuple(name for kind, name in kept if kind == "wish"),
        pins=tuple(name for kind, name in kept if kind == "pin"),
        proven=proven,
    )


def _with(problem: PlacementProblem, kept: list[tuple[str, str]]) -> PlacementProblem:
    """The problem with these wishes and pins alone."""
    return replace(
        problem,
        wishes=tuple(w for w in problem.wishes if ("wish", w.id) in kept),
        pins=tuple(p for p in problem.pins if ("pin", p.element) in kept),
    )


def what_would_relax(
    problem: PlacementProblem, *, seconds: float, cancel: Cancel | None = None, test: Fits = fits
) -> tuple[Reason, ...]:
    """Changes, one at a time, with which a layout was found: each is tried, none is guessed."""
    end = time.monotonic() + seconds
    found: list[Reason] = []
    for reason, changed in _changes(problem):
        left = end - time.monotonic()
        if left <= 0 or cancel:
            break
        if test(changed, min(TEST_SECONDS, left)):
            found.append(reason)
    return tuple(found)


def _changes(problem: PlacementProblem) -> Iterator[tuple[Reason, PlacementProblem]]:
    """Each wish or pin left out; another staff door; a narrower aisle; the largest bank in two; fewer seats."""
    for wish in problem.wishes:
        others = tuple(w for w in problem.wishes if w.id != wish.id)
        yield ("placement.relax_wish", {"wish": wish.id}), replace(problem, wishes=others)
    for pin in problem.pins:
        rest = tuple(p for p in problem.pins if p.element != pin.element)
        yield ("placement.relax_pin", {"module": pin.element}), replace(problem, pins=rest)
    if (door := another_staff_door(problem.level)) is not None:
        level = replace(problem.level, doors=(*problem.level.doors, door))
        x, y = (round((a + b) / 2000, 1) for a, b in zip(door.p, door.q))
        yield ("placement.relax_staff_door", {"x_m": x, "y_m": y}), replace(problem, level=level)
    programme = problem.programme
    narrow = programme.rules.clear_width_mm
    if narrow < min(programme.rules.spine_widths_mm):
        rules = replace(programme.rules, spine_widths_mm=(narrow,))
        changed = replace(problem, programme=replace(programme, rules=rules))
        yield ("placement.relax_spine", {"width_mm": narrow}), changed
    if (halves := _halves(problem)) is not None:
        bank, parts = halves
        flows = tuple(replace(f, stops=tuple(parts[0].id if s == bank.id else s for s in f.stops)) for f in programme.flows)
        banks = tuple(p for b in programme.banks for p in (parts if b.id == bank.id else (b,)))
        changed = replace(problem, programme=replace(programme, banks=banks, flows=flows))
        yield ("placement.relax_split", {"bank": bank.id}), changed
    if any(b.seats for b in programme.banks):
        fewer = tuple(replace(b, seats=int(b.seats * SEATS_KEPT)) for b in programme.banks)
        changed = replace(problem, programme=replace(programme, banks=fewer))
        yield ("placement.relax_seats", {"percent": round(100 * (1 - SEATS_KEPT))}), changed


def _halves(problem: PlacementProblem) -> tuple[BankRequirement, tuple[BankRequirement, BankRequirement]] | None:
    """The largest bank that nobody pinned or wished about, and its two halves; the first keeps what does not divide."""
    named = {m for w in problem.wishes for m in w.modules()} | {p.element for p in problem.pins}
    banks = [b for b in problem.programme.banks if b.positions >= 4 and b.id not in named]
    if not banks:
        return None
    bank = max(banks, key=lambda b: (b.positions, b.id))

    def part(name: str, share: Callable[[int], int]) -> BankRequirement:
        return replace(
            bank, id=name, positions=share(bank.positions), accessible_positions=share(bank.accessible_positions),
            seats=share(bank.seats), wheelchair_bays=share(bank.wheelchair_bays),
        )  # fmt: skip

    return bank, (part(bank.id, lambda n: n - n // 2), part(f"{bank.id}-2", lambda n: n // 2))


def another_staff_door(level: Level) -> Door | None:
    """A staff door in the middle of the longest stretch of straight wall that no staff door serves yet."""
    walls = walls_of(level)
    arcs = staff_arcs(level, walls)
    whole = perimeter(walls)

    def served(sigma: float) -> bool:
        return any(a.low <= sigma + turn * whole <= a.high for a in arcs for turn in (-1, 0, 1))

    free = [w for w in walls if w.axis() is not None and not served((w.sigma0 + w.sigma1) / 2)]
    if not free:
        return None
    wall = max(free, key=lambda w: w.sigma1 - w.sigma0)
    x, y, nx, ny = outline_point(walls, (wall.sigma0 + wall.sigma1) / 2)
    half = DOOR_MM / 2
    p, q = ((round(x * DM + s * ny * half), round(y * DM - s * nx * half)) for s in (-1, 1))
    return Door(id="another-staff-door", use="staff", p=p, q=q, clear_mm=DOOR_MM)
