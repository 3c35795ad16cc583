"""Cuts are tried by brute force: of all layouts of a small hall, none that passes the check may be forbidden by any cut."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product

import pytest
import shapely
from ortools.sat.python import cp_model
from shapely.geometry import Polygon

from layouts.layout import Item
from solvers.effort import Effort
from solvers.placement import detail
from solvers.placement.detail import Drawn, Fault, draw_layout
from solvers.placement.model import Cut, build, read_back
from solvers.placement.modes import Mode
from solvers.placement.prepare import Prepared, prepare
from solvers.placement.problem import PlacementProblem, Pose
from solvers.placement.repair import _corridors, cuts_for
from solvers.placement.solve import solve
from tests.builders_placement import a_problem, bank, box, flow, room, small_placement, straight_hall

# positions (dm) on the walls they are tried on; the long room's top lies its length higher, the pier's foot at 118
POSITIONS = {"long": (29, 40, 50, 60, 66, 70, 74, 80), "low": (0, 12, 24, 90, 100), "third": (30, 45, 56)}
WALLS = {"long": ("y", 0), "low": ("x", 150), "third": ("x", 150)}  # the left wall; the head wall on both sides of the pier


@cache
def the_hall() -> tuple[PlacementProblem, Prepared]:
    """A pier hangs from the head wall; a long room on the left wall, slid up to it, walls in the pocket behind the pier."""
    problem = a_problem(
        room("long", 20.4, depth=7400), room("low", 3.4), room("third", 3.4), bank("A"), flows=(flow("A"),), spines=1,
        level=straight_hall(13_000, 15_000, way_x=11_000, obstacles=(box(7800, 11_800, 8600, 15_000),)),
    )  # fmt: skip
    return problem, prepare(problem)


def chosen_mode(ready: Prepared, element: str, u: int) -> tuple[int, Mode] | None:
    """The module's mode on its wall that stands at u, if it may stand there at all."""
    modes = ready.questions[0].modes[element]
    here = ((k, m) for k, m in enumerate(modes) if (m.axis, m.back) == WALLS[element])
    return next(((k, m) for k, m in here if any(run.lo <= u <= run.hi for run in m.runs)), None)


def layouts() -> tuple[tuple[tuple[Pose, ...], Drawn], ...]:
    """All layouts of the hall, on a coarse grid of positions, that the rules allow: drawn."""
    return tuple((poses, drawn) for poses, _, drawn in with_arcs())


@cache
def with_arcs() -> tuple[tuple[tuple[Pose, ...], tuple[tuple[str, int, int], ...], Drawn], ...]:
    """The same with the stretches of wall that staff use."""
    problem, ready = the_hall()
    found = []
    for places in product(*POSITIONS.values()):
        chosen = [chosen_mode(ready, element, u) for element, u in zip(POSITIONS, places)]
        if not all(chosen):
            continue
        built = build(ready.questions[0], problem.programme.rules, problem.weights)
        v = built.variables
        for element, u, (k, mode) in zip(POSITIONS, places, chosen):
            built.model.add(v.x[element, k] == 1)
            built.model.add(v.u[element, mode.axis] == u)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        if solver.solve(built.model) != cp_model.OPTIMAL:
            continue
        poses, arcs = read_back(built, tuple(solver.response_proto.solution))
        found.append((poses, arcs, draw_layout(problem, ready, ready.spines[0], poses, arcs)))
    return tuple(found)


def forbids(cut: Cut, poses: tuple[Pose, ...]) -> bool:
    """Are all of the cut's modules where it says they may not all be?"""
    by_element = {p.element: p for p in poses}
    return all(
        replace(by_element[e], u_dm=0) == replace(pose, u_dm=0) and low <= by_element[e].u_dm <= high
        for e, pose, low, high in cut.parts
    )


def cuts_of_all() -> list[tuple[tuple[Pose, ...], list[Cut]]]:
    problem, ready = the_hall()
    return [(p, cuts_for(problem, ready, ready.spines[0], p, d)) for p, d in layouts() if d.faults]


def test_the_hall_has_layouts_that_pass_and_layouts_that_fail() -> None:
    failing = [d for _, d in layouts() if d.faults]
    assert len(failing) >= 5 and len(layouts()) - len(failing) >= 10
    assert {f.kind for d in failing for f in d.faults} >= {"unreached"}


def test_a_layout_that_fails_is_forbidden_by_its_own_cuts() -> None:
    for poses, cuts in cuts_of_all():
        assert any(forbids(cut, poses) for cut in cuts)


def test_no_cut_forbids_a_layout_that_passes() -> None:
    passing = [poses for poses, drawn in layouts() if not drawn.faults]
    for _, cuts in cuts_of_all():
        for cut in cuts:
            assert not [p for p in passing if forbids(cut, p)]


def test_a_cut_forbids_more_than_one_layout_where_only_a_few_modules_are_to_blame() -> None:
    assert max(sum(forbids(cut, p) for p, _ in layouts()) for _, cuts in cuts_of_all() for cut in cuts) > 1


def test_corridors_that_a_cut_counts_on_are_nobody_s_way_in_any_layout_with_these_modules_near_there() -> None:
    problem, ready = the_hall()
    question, near, met = ready.questions[0], 5, 0
    for poses, _ in layouts()[::4]:
        laid = shapely.union_all(_corridors(problem, ready, question, list(poses), near))
        own = {p.element: p for p in poses}
        for others, drawn in layouts():
            alike = all(replace(p, u_dm=0) == replace(own[p.element], u_dm=0) for p in others)
            if alike and all(abs(p.u_dm - own[p.element].u_dm) <= near for p in others):
                met += 1
                assert not laid.is_empty and laid.intersection(drawn.floors.public).area < 1
    assert met > len(layouts()) // 4  # others than itself too


# -- seats, which stand elsewhere with another gangway ----------------------------------------------------------------


def walled_in(kind: str) -> tuple[tuple[Pose, ...], Cut]:
    """The small centre with its prayer room's front behind a wall of bank A's things, told as a fault: poses and the cut."""
    problem, placement = small_placement()
    ready = prepare(problem)
    spine = next(s for s in ready.spines if s == placement.spine)
    drawn = draw_layout(problem, ready, spine, placement.poses, placement.arcs)
    level = drawn.layout.levels[0]
    (front,) = next(i.clear_zones for i in level.items if i.id == "prayer")
    x0, y0, x1, y1 = Polygon(front.polygon).bounds
    ring = box(round(x0) - 700, round(y0) - 700, round(x1) + 700, round(y1) + 700)
    lid = Item(id="A-lid", kind=kind, bank="A", polygon=ring, insert_mm=ring[0], rotation_deg=0)
    layout = replace(drawn.layout, levels=(replace(level, items=(*level.items, lid)),))
    faulty = replace(drawn, layout=layout, faults=(Fault("unreached", "prayer"),))
    (cut,) = cuts_for(problem, ready, spine, placement.poses, faulty)
    return placement.poses, cut


def test_a_cut_blames_no_seats() -> None:
    poses, cut = walled_in("seat")
    assert {e for e, *_ in cut.parts} == {p.element for p in poses}  # nobody is to blame: this one layout is forbidden
    assert all(low == high for _, _, low, high in cut.parts)


def test_a_cut_blames_the_counters_of_a_bank() -> None:
    _, cut = walled_in("counter")
    assert {e for e, *_ in cut.parts} == {"A", "prayer"}


def test_another_gangway_is_never_taken_at_the_price_of_a_bank_without_seats(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, placement = small_placement()
    ready = prepare(problem)
    spine = next(s for s in ready.spines if s == placement.spine)
    plain = draw_layout(problem, ready, spine, placement.poses, placement.arcs)
    told = {(2, False): (Fault("unseated", "A"),), (3, False): (Fault("unreached", "prayer"),)}  # by the gangway tried

    def drawn(*args: object, **_: object) -> Drawn:
        both = (Fault("unreached", "A"), Fault("unreached", "prayer"))
        return replace(plain, faults=told.get(args[5].get("A"), both))

    monkeypatch.setattr(detail, "_draw", drawn)
    assert draw_layout(problem, ready, spine, placement.poses, placement.arcs).faults == told[3, False]


def test_what_the_solver_keeps_has_no_faults() -> None:
    problem, ready = the_hall()
    placement = solve(problem, Effort(seconds=3), prepared=ready)
    assert placement.layout is not None
    spine = next(s for s in ready.spines if s == placement.spine)
    assert draw_layout(problem, ready, spine, placement.poses, placement.arcs).faults == ()
