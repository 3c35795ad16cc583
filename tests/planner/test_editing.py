"""What each edit does to a plan known by heart: a hall of 12 m x 8 m with walls outside its faces, a partition, fittings."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from exports.words import catalogue
from layouts.findings import BadInput
from layouts.plan import Column, Door, FloorPlan, Level, Obstacle, Polygon, Space, Wall, Window
from layouts.soundness import check_plan
from planner.editing import apply, apply_all, commands, label, read_command
from planner.editing.apply import HANDLERS, OF_THE_PROJECT
from planner.editing.commands import ALL, OPS
from planner.entrances import shares_of
from planner.project import Project
from solvers.placement.wish import Wish
from tests.planner.builders import a_project

PLANTER = ((6_000, 6_000), (7_000, 6_000), (7_000, 7_000), (6_000, 7_000))
OUTLINE = ((0, 0), (12_000, 0), (12_000, 8_000), (0, 8_000))


def a_hall() -> FloorPlan:
    """Four outer walls of 300 mm, a partition from wall to wall at x = 8 m with a door in it, an entrance, a window."""
    corners = [(-150, -150), (12_150, -150), (12_150, 8_150), (-150, 8_150)]
    outer = [Wall(id=f"w{i}", a=corners[i], b=corners[(i + 1) % 4], thickness_mm=300) for i in range(4)]
    walls = (*outer, Wall(id="mid", a=(8_000, 0), b=(8_000, 8_000), thickness_mm=100, structural=False))
    level = Level(
        id="l0", name="Ground", elevation_mm=0, outline=OUTLINE, walls=walls,
        doors=(
            Door(id="in", use="entrance_exit", p=(1_000, 0), q=(3_000, 0), clear_mm=1_900, wall="w0"),
            Door(id="inner", use="internal", p=(8_000, 3_000), q=(8_000, 4_000), clear_mm=900, wall="mid"),
        ),
        windows=(Window(id="win", p=(12_000, 2_000), q=(12_000, 4_000)),),
        columns=(Column(id="col", outline=((4_000, 4_000), (4_400, 4_000), (4_400, 4_400), (4_000, 4_400))),),
        obstacles=(Obstacle(id="planter", kind="planter", outline=PLANTER),),
        spaces=(Space(id="hall", name="Hall", kind="hall", outline=Polygon(outer=OUTLINE)),),
    )  # fmt: skip
    return FloorPlan(levels=(level,))


@pytest.fixture
def project() -> Project:
    drawn = a_project(plan=a_hall())
    for kind, at in (("counter", (2_000, 6_000)), ("counter", (4_000, 6_000)), ("seat", (5_000, 2_000))):
        drawn = done(drawn, "add_item", kind=kind, at=at)
    return drawn


def done(project: Project, op: str, **values: Any) -> Project:
    return apply(project, read_command({"op": op, "level": "l0", **values}))


def level(project: Project) -> Level:
    assert project.plan is not None
    return project.plan.levels[0]


def part(project: Project, ident: str) -> Any:
    lv = level(project)
    items = project.accepted.layout.levels[0].items if project.accepted else ()
    return next(p for p in (*lv.walls, *lv.doors, *lv.windows, *lv.columns, *lv.obstacles, *lv.spaces, *items) if p.id == ident)


def refused(project: Project, op: str, **values: Any) -> BadInput:
    with pytest.raises(BadInput) as told:
        done(project, op, **values)
    return told.value


def test_the_hall_is_sound() -> None:
    check_plan(a_hall())


def test_every_command_has_a_handler_and_a_name_in_the_history() -> None:
    assert HANDLERS.keys() | OF_THE_PROJECT.keys() == set(ALL) == set(OPS.values())
    assert all(f"edit.step.{op}" in catalogue("en") for op in OPS)
    assert label(commands.Move(level="l0", keys=(), dx_mm=0, dy_mm=0)) == "edit.step.move"


def test_a_moved_item_takes_its_clear_floor_along(project: Project) -> None:
    before = part(project, "counter-1")
    after = part(done(project, "move", keys=["item:counter-1"], dx_mm=250, dy_mm=-40), "counter-1")
    assert after.insert_mm == (before.insert_mm[0] + 250, before.insert_mm[1] - 40)
    assert after.polygon == tuple((x + 250, y - 40) for x, y in before.polygon)
    assert after.clear_zones[0].polygon == tuple((x + 250, y - 40) for x, y in before.clear_zones[0].polygon)


def test_a_moved_wall_takes_doors_windows_corners_and_joined_walls_along(project: Project) -> None:
    moved = done(project, "move", keys=["wall:w1"], dx_mm=1_000, dy_mm=0)
    assert part(moved, "win").p == (13_000, 2_000)
    assert level(moved).outline == ((0, 0), (13_000, 0), (13_000, 8_000), (0, 8_000))
    assert part(moved, "w0").b == (13_150, -150)
    assert part(moved, "w2").a == (13_150, 8_150)
    assert part(moved, "hall").outline.outer == level(moved).outline
    assert part(moved, "in") == part(project, "in")


def test_a_wall_moved_alone_leaves_its_neighbours(project: Project) -> None:
    moved = done(project, "move", keys=["wall:mid"], dx_mm=500, dy_mm=0, alone=True)
    assert part(moved, "inner").p == (8_500, 3_000)
    assert level(moved).outline == OUTLINE


def test_a_door_slides_along_its_wall_and_no_farther_than_its_end(project: Project) -> None:
    slid = done(project, "move", keys=["door:in"], dx_mm=500, dy_mm=700)
    assert (part(slid, "in").p, part(slid, "in").q) == ((1_500, 0), (3_500, 0))
    far = done(project, "place_opening", key="door:in", near=[11_900, 20])
    assert (part(far, "in").p, part(far, "in").q) == ((10_000, 0), (12_000, 0))


def test_a_door_goes_to_another_wall_and_names_it(project: Project) -> None:
    there = part(done(project, "place_opening", key="door:in", near=[6_000, 7_900]), "in")
    assert {there.p, there.q} == {(5_000, 8_000), (7_000, 8_000)}
    assert there.wall == "w2"


def test_a_shortened_wall_keeps_its_door_or_is_refused(project: Project) -> None:
    shorter = done(project, "set_length", key="wall:mid", length_mm=3_500)
    assert part(shorter, "inner").q == (8_000, 3_500)
    assert refused(project, "set_length", key="wall:mid", length_mm=800).code == "edit.wall_too_short"


def test_typed_length_and_angle_are_exact(project: Project) -> None:
    wall = part(done(project, "set_length", key="wall:mid", length_mm=7_250), "mid")
    assert math.dist(wall.a, wall.b) == 7_250
    wall = part(done(done(project, "delete", keys=["door:inner"]), "set_angle", key="wall:mid", degrees=45.0), "mid")
    assert abs(math.degrees(math.atan2(wall.b[1] - wall.a[1], wall.b[0] - wall.a[0])) - 45) < 0.01


def test_the_doors_of_a_deleted_wall_go_with_it(project: Project) -> None:
    gone = done(project, "delete", keys=["wall:mid"])
    assert [d.id for d in level(gone).doors] == ["in"]


def test_walls_drawn_as_a_closed_chain_make_the_outline_of_an_empty_project() -> None:
    blank = a_project(plan=None)
    drawn = done(blank, "add_walls", points=[[0, 0], [10_000, 0], [10_000, 6_000], [0, 6_000]], thickness_mm=200, closed=True)
    assert set(level(drawn).outline) == {(100, 100), (9_900, 100), (9_900, 5_900), (100, 5_900)}
    drawn = done(drawn, "add_door", near=[5_000, 0], use="entrance_exit", width_mm=1_200)
    assert drawn.plan is not None
    check_plan(drawn.plan)
    assert level(drawn).doors[0].wall == "wall-1"


def test_an_array_stands_in_rows_with_its_gaps(project: Project) -> None:
    made = done(project, "array", keys=["item:seat-1"], columns=3, rows=2, gap_x_mm=50, gap_y_mm=-900)
    seats = [i for i in made.accepted.layout.levels[0].items if i.kind == "seat"]
    assert sorted(s.insert_mm for s in seats) == [(x, y) for x in (5_000, 5_600, 6_200) for y in (550, 2_000)]
    assert len({s.id for s in seats}) == 6


def test_parts_align_and_spread_evenly(project: Project) -> None:
    three = done(project, "duplicate", keys=["item:counter-2"], dx_mm=4_100, dy_mm=-300)
    keys = ["item:counter-1", "item:counter-2", "item:counter-3"]
    level_ = done(three, "align", keys=keys, to="bottom")
    assert {part(level_, k[5:]).insert_mm[1] for k in keys} == {5_700}
    even = done(level_, "distribute", keys=keys, axis="x")
    assert [part(even, k[5:]).insert_mm[0] for k in keys] == [2_000, 5_050, 8_100]


def test_four_quarter_turns_and_a_hundred_crooked_ones_leave_an_item_as_it_was(project: Project) -> None:
    key, turned = "item:counter-1", project
    for _ in range(4):
        turned = done(turned, "rotate", keys=[key], degrees=90)
    assert part(turned, "counter-1") == part(project, "counter-1")
    for step in [17.0] * 50 + [-17.0] * 50:
        turned = done(turned, "rotate", keys=[key], degrees=step, about=[2_000, 6_000])
    square = part(turned, "counter-1")
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = square.polygon
    assert (x0, y0, x1, y2) == (x3, y1, x2, y3), "still a rectangle"
    assert abs(x1 - x0 - 1_500) <= 2
    assert abs(y2 - y1 - 800) <= 2


def test_a_doors_hand_swing_and_use_change(project: Project) -> None:
    door = part(done(done(project, "flip_door", key="door:in"), "flip_door", key="door:in", what="swing"), "in")
    assert (door.hinge, door.swing) == ("q", "out")
    assert part(done(project, "retype_door", key="door:in", use="entrance"), "in").use == "entrance"


def test_an_item_of_another_size_keeps_its_front_and_the_depth_of_its_clear_floor(project: Project) -> None:
    wide = part(done(project, "set_size", key="item:counter-1", width_mm=1_800, depth_mm=700), "counter-1")
    assert wide.insert_mm == (2_000, 6_000)
    assert wide.polygon == ((1_100, 6_000), (2_900, 6_000), (2_900, 6_700), (1_100, 6_700))
    customer = next(z for z in wide.clear_zones if z.use == "customer")
    assert customer.polygon == ((1_100, 4_200), (2_900, 4_200), (2_900, 6_000), (1_100, 6_000))


def test_pins_are_kept_in_the_project_and_shown_on_the_items(project: Project) -> None:
    pinned = done(project, "set_pinned", keys=["item:seat-1"], pinned=True)
    assert [p.id for p in pinned.pins] == ["seat-1"]
    assert part(pinned, "seat-1").pinned
    assert done(pinned, "set_pinned", keys=["item:seat-1"], pinned=False) == project
    assert done(pinned, "delete", keys=["item:seat-1"]).pins == ()


def test_corners_of_the_outline_move_with_the_openings_on_their_edges(project: Project) -> None:
    cut = done(project, "move_corner", key="outline:", index=1, to=[12_000, 1_000])
    assert part(cut, "in").p[1] > 0
    more = done(project, "insert_corner", key="outline:", index=0, to=[6_000, 0])
    assert len(level(more).outline) == 5
    assert level(done(more, "remove_corner", key="outline:", index=1)).outline == OUTLINE


def test_an_unsound_plan_is_refused_and_the_fault_named(project: Project) -> None:
    told = refused(project, "move_corner", key="outline:", index=2, to=[6_000, -9_000])
    assert (told.code, told.place.partition(" ")[0]) == ("plan.outline_crosses_itself", "l0/outline")
    assert refused(project, "move", keys=["column:col"], dx_mm=90_000, dy_mm=0).code == "plan.column_outside"


def test_an_old_fault_does_not_forbid_other_edits(project: Project) -> None:
    astray = replace(level(project), doors=(replace(level(project).doors[0], wall=None, p=(1_000, 500), q=(2_000, 500)),))
    ill = replace(project, plan=FloorPlan(levels=(astray,)))
    assert part(done(ill, "move", keys=["column:col"], dx_mm=100, dy_mm=0), "col").outline[0] == (4_100, 4_000)


def test_a_placed_fitting_takes_its_floor_from_the_public_and_gives_it_back(project: Project) -> None:
    def areas(p: Project) -> float:
        return sum(_area(a) for a in p.accepted.layout.levels[0].public)  # type: ignore[union-attr]

    without = done(project, "delete", keys=["item:counter-1"])
    assert areas(without) - areas(project) >= 1_500 * 800 - 1
    moved = done(project, "move", keys=["item:seat-1"], dx_mm=-300, dy_mm=400)
    assert abs(areas(moved) - areas(project)) < 1


def _area(polygon: Polygon) -> float:
    from layouts.geometry import polygon_shape

    return polygon_shape(polygon).area


@pytest.mark.parametrize(
    ("op", "values", "code"),
    [
        ("explode", {}, "edit.unknown_command"),
        ("move", {"keys": [], "dx_mm": 1, "dy_mm": 1}, "edit.nothing_selected"),
        ("move", {"keys": ["wall:none"], "dx_mm": 1, "dy_mm": 1}, "edit.unknown_part"),
        ("move", {"keys": ["wall:w0"], "dx_mm": 1.5, "dy_mm": 1}, "document.not_whole"),
        ("move", {"keys": ["wall:w0"], "dx_mm": 10**12, "dy_mm": 1}, "edit.too_far"),
        ("move", {"keys": ["wall:w0"], "dx": 1, "dy_mm": 1}, "document.unknown_field"),
        ("add_door", {"near": [6_000, 4_000], "use": "entrance"}, "edit.no_wall_near"),
        ("add_door", {"near": [6_000, 0], "use": "hatch"}, "edit.not_one_of"),
        ("add_item", {"kind": "jacuzzi", "at": [0, 0]}, "catalogue.unknown_kind"),
        ("set_size", {"key": "item:counter-1", "width_mm": 0, "depth_mm": 5}, "edit.bad_size"),
        ("array", {"keys": ["item:seat-1"], "columns": 900, "rows": 900, "gap_x_mm": 0, "gap_y_mm": 0}, "edit.bad_array"),
        ("rename", {"key": "space:hall", "name": "two\nlines"}, "edit.bad_name"),
        ("rotate", {"keys": ["item:seat-1"], "degrees": float("nan")}, "document.not_number"),
        ("move_corner", {"key": "outline:", "index": 9, "to": [0, 0]}, "edit.unknown_corner"),
        ("add_walls", {"points": [[0, 0]]}, "edit.too_few"),
        ("set_thickness", {"key": "wall:w0", "thickness_mm": 5}, "edit.bad_thickness"),
        ("distribute", {"keys": ["item:seat-1"], "axis": "x"}, "edit.too_few"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_with_a_code(project: Project, op: str, values: dict[str, Any], code: str) -> None:
    assert refused(project, op, **values).code == code


def test_a_level_that_is_not_there_is_named(project: Project) -> None:
    with pytest.raises(BadInput) as told:
        apply(project, commands.Delete(level="attic", keys=("wall:w0",)))
    assert (told.value.code, told.value.place) == ("edit.unknown_level", "attic")


def test_several_commands_are_one_step(project: Project) -> None:
    steps = [read_command({"op": "move", "level": "l0", "keys": ["item:seat-1"], "dx_mm": d, "dy_mm": 0}) for d in (5, -5)]
    assert part(apply_all(project, steps), "seat-1") == part(project, "seat-1")


def test_a_wall_is_marked_as_one_that_stays_and_left_to_its_thickness_again(project: Project) -> None:
    kept = done(project, "set_structural", key="wall:mid", structural=True)
    assert part(kept, "mid").structural is True
    assert part(done(kept, "set_structural", key="wall:mid"), "mid").structural is None
    assert refused(project, "set_structural", key="door:in", structural=True).code.startswith("edit.")


def test_a_fitting_without_a_size_of_its_own_is_refused(project: Project) -> None:
    with pytest.raises(BadInput, match=r"edit\.no_size_of_its_own"):
        done(project, "add_item", kind="void", at=[2_000, 6_000])


def test_floor_to_keep_free_is_a_wish_that_moves_turns_and_multiplies_like_any_part(project: Project) -> None:
    made = done(project, "add_free", outline=[[1_000, 1_000], [1_000, 2_000], [3_000, 2_000], [3_000, 1_000]])
    (wish,) = made.wishes
    assert (wish.kind, wish.level, wish.module) == ("keep_out", "l0", "")
    assert level(made) == level(project)  # nobody walks round it
    made = done(made, "move", keys=["free:free-1"], dx_mm=500, dy_mm=0)
    assert min(made.wishes[0].area) == (1_500, 1_000)
    made = done(made, "duplicate", keys=["free:free-1"], dx_mm=0, dy_mm=3_000)
    assert [w.id for w in made.wishes] == ["free-1", "free-2"]
    made = done(made, "move_corner", key="free:free-2", index=0, to=[1_600, 4_100])
    assert (1_600, 4_100) in made.wishes[1].area
    made = done(made, "delete", keys=["free:free-1"])
    assert [w.id for w in made.wishes] == ["free-2"]


def test_floor_to_keep_free_that_crosses_itself_is_refused(project: Project) -> None:
    with pytest.raises(BadInput) as told:
        done(project, "add_free", outline=[[0, 0], [1_000, 1_000], [1_000, 0], [0, 1_000]])
    assert told.value.code == "edit.no_area"


def test_other_wishes_and_those_of_other_storeys_are_left_alone(project: Project) -> None:
    near = Wish(id="free-1", kind="near_entrance", module="cash", within_m=5)
    above = Wish(id="k", kind="keep_out", area=((0, 0), (1_000, 0), (0, 1_000)), level="l1")
    made = done(replace(project, wishes=(near, above)), "add_free", outline=[[0, 0], [1_000, 0], [0, 1_000]])
    assert made.wishes[:2] == (near, above)
    assert made.wishes[2].id == "free-2"
    assert done(made, "delete", keys=["free:free-2"]).wishes == (near, above)


def test_an_entrance_takes_its_share_and_the_others_what_is_left_as_they_did():
    one = a_project(plan=a_hall())
    project = done(one, "add_door", near=(5_500, 0), use="entrance", width_mm=1_000)
    clear = {door.id: door.clear_mm for door in project.plan.levels[0].doors if door.use != "internal"}
    assert shares_of(project) == {d: mm / sum(clear.values()) for d, mm in clear.items()}  # until somebody says
    told = done(project, "set_entrance_share", key="door:door-1", share=0.2)
    assert {e.door: e.share for e in told.entrances} == {"in": 0.8, "door-1": 0.2}
    all_of_it = done(told, "set_entrance_share", key="door:door-1", share=1.0)
    assert [e.door for e in all_of_it.entrances] == ["door-1"]
    back = done(all_of_it, "set_entrance_share", key="door:door-1", share=0.5)
    assert {e.door: e.share for e in back.entrances} == {"door-1": 0.5, "in": 0.5}
    assert refused(project, "set_entrance_share", key="door:door-1", share=1.5).code == "edit.bad_share"
    for key in ("door:inner", "wall:mid"):
        assert refused(project, "set_entrance_share", key=key, share=0.5).code in ("edit.no_share", "edit.unknown_part")
    assert refused(one, "set_entrance_share", key="door:in", share=0.5).code == "edit.no_share"
