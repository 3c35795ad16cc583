"""Queues, the tactile way and signs lead people over floor that is free."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from sample_layout import hall_level, item, sample_layout, sample_plan

from exports.drawing import Line, Polyline, Text
from exports.floor_drawing import draw_floor
from exports.floor_guidance import draw_guidance, ground_of, queued_floor, tactile_way
from exports.room_shells import room_doors
from layouts.layout import ClearZone, Layout, LevelLayout, Route, Spine
from layouts.plan import Polygon
from layouts.reserve import reserves


def marks(layout: LevelLayout) -> list:
    return draw_guidance(hall_level(), layout, "en")


def a_hall(*items) -> LevelLayout:
    floor = (Polygon(outer=((200, 200), (22000, 200), (22000, 19800), (200, 19800))),)
    return LevelLayout(level="ground", items=items, public=floor, staff=())


DESK = item("reception", "reception", (8000, 13000), 0, 3000, 1400, label="Reception")


def test_people_queue_before_the_welcome_desk_on_free_floor():
    lines = [s for s in marks(a_hall(DESK)) if isinstance(s, Line) and s.kind == "queue"]
    assert len(lines) == 3
    assert {round(p[1]) for line in lines for p in (line.a, line.b)} == {12000, 12000 - 4 * 600}


def test_no_queue_runs_through_what_stands():
    planter = item("x", "planter", (8000, 11000), 0, 3000, 500)
    lines = [s for s in marks(a_hall(DESK, planter)) if isinstance(s, Line) and s.kind == "queue"]
    solid = shapely.Polygon(planter.polygon)
    assert lines
    assert not any(shapely.LineString([s.a, s.b]).intersects(solid) for s in lines)


def test_nobody_waits_where_people_come_in_or_where_leaves_swing():
    entrance = next(d for d in hall_level().doors if d.use == "entrance")
    inside = shapely.Polygon([entrance.p, entrance.q, (1500, entrance.q[1]), (1500, entrance.p[1])])
    desk = item("reception", "reception", (2000, 12_500), 0, 3000, 1400, label="Reception")
    people = [s for s in marks(a_hall(desk)) if s.kind == "queue_place"]
    assert people
    assert not any(shapely.Point(p.centre).buffer(p.radius).intersects(inside) for p in people)


def test_belts_keep_clear_of_seats():
    """A row of seats stands right where the line beside the desk would end."""
    alone, _ = beside_an_aisle(AT_AISLE)
    end = min(s.centre[0] for s in alone if s.kind == "queue_post")
    seat = item("s", "seat", (round(end) - 30, 13_000), 90, 1650, 550)
    found, _ = beside_an_aisle(AT_AISLE, seat)
    posts = [shapely.Point(s.centre).buffer(s.radius) for s in found if s.kind == "queue_post"]
    assert posts
    assert min(post.distance(shapely.Polygon(seat.polygon)) for post in posts) >= 30


def test_desks_of_one_module_have_one_line():
    desks = [replace(DESK, id=f"r{n}", bank="reception", insert_mm=(7250 + 1500 * n, 13000)) for n in (0, 1)]
    places = [s for s in marks(a_hall(*desks)) if s.kind == "queue_place"]
    assert len(places) == 4
    assert {s.id for s in places} == {"reception"}


def beside_an_aisle(*items, routes=(), width=3000) -> tuple[list, shapely.Polygon]:
    """What is marked where desks look straight into a main aisle, and the aisle."""
    middle = ((2000, 13_000 - width // 2), (20_000, 13_000 - width // 2))
    layout = replace(a_hall(*items), spine=Spine(centreline=middle, width_mm=width), routes=routes)
    return marks(layout), shapely.box(2000, 13_000 - width, 20_000, 13_000)


BEFORE_IT = ((6500, 13_000), (6500, 11_200), (9500, 11_200), (9500, 13_000))
AT_AISLE = replace(DESK, clear_zones=(ClearZone(use="front", polygon=BEFORE_IT),))


def test_people_queue_beside_a_desk_at_the_main_aisle_and_not_in_it():
    found, aisle = beside_an_aisle(AT_AISLE)
    people = [s for s in found if s.kind == "queue_place"]
    assert len(people) >= 2
    assert not any(shapely.Point(p.centre).buffer(p.radius).intersects(aisle.buffer(-10)) for p in people)
    assert all(p.centre[0] < 6500 for p in people), "on the side where people come from"


def test_the_head_of_a_line_is_near_the_desk_it_leads_to():
    bays = [item(f"b{n}", "wheelchair_bay", (x, 13_000), 0, 1800, 2400, solid=False) for n, x in enumerate((5500, 10_500))]
    lines = [s for s in beside_an_aisle(AT_AISLE, *bays)[0] if s.kind == "queue"]
    front = shapely.LineString([(6500, 13_000), (9500, 13_000)])
    assert lines
    assert shapely.LineString([lines[0].a, lines[0].b]).distance(front) < 1700


def test_no_line_stands_on_the_way_of_others():
    lines = ((3000, 12_000), (6000, 18_000)), ((4500, 12_000), (5500, 15_000))
    told = {"from_id": "door", "to_id": "cash", "visitors_per_day": 9, "length_mm": 1, "clear_width_mm": 1500}
    ways = [Route(centreline=line, narrowest=line[0], **told) for line in lines]
    people = [s for s in beside_an_aisle(AT_AISLE, routes=tuple(ways))[0] if s.kind == "queue_place"]
    assert people
    for way in ways:
        assert not any(shapely.LineString(way.centreline).distance(shapely.Point(p.centre)) < 600 for p in people)


def test_a_line_leaves_the_ways_beside_it_as_wide_as_they_are_told_clear_where_there_is_room():
    """Half a metre from a way, with empty floor beside it, a line narrowed that for all who walked there."""
    line = ((6400, 2000), (6400, 19_000))
    told = {"from_id": "door", "to_id": "cash", "visitors_per_day": 9, "length_mm": 1, "clear_width_mm": 1500}
    found, _ = beside_an_aisle(AT_AISLE, routes=(Route(centreline=line, narrowest=line[0], **told),))
    belts = [shapely.LineString([s.a, s.b]) for s in found if isinstance(s, Line) and s.kind == "queue"]
    assert sum(s.kind == "queue_place" for s in found) >= 2
    assert min(shapely.LineString(line).distance(belt) for belt in belts) >= 744


def ends_of_lines(found) -> dict[str, shapely.LineString]:
    """By module, the way onto the end of its line: behind the one who waits last."""
    people: dict[str, list[tuple[float, float]]] = {}
    for one in (s for s in found if s.kind == "queue_place"):
        people.setdefault(one.id, []).append(one.centre)
    ways = {}
    for id, places in people.items():
        (ax, ay), (bx, by) = places[-2:]
        ways[id] = shapely.LineString([(bx, by), (bx + (bx - ax) * 1.6, by + (by - ay) * 1.6)])
    return ways


def beside_a_way(id: str, kind: str, low: int, high: int, back: int, front: int, *more: ClearZone):
    """A desk that looks right over its front to the way at x = 11 500."""
    ring = ((back, low), (front, low), (front, high), (back, high))
    zone = ClearZone(use="front", polygon=((front, low), (11_500, low), (11_500, high), (front, high)))
    made = item(id, kind, (front, (low + high) // 2), 90.0, high - low, front - back, bank=kind)
    return replace(made, polygon=ring, clear_zones=(zone, *more))


def test_the_end_of_a_line_is_open_whatever_line_stands_beside_it():
    """Desks and kiosks on one side of the main aisle with a room behind them: the desks' line ended at the kiosks' belt."""
    entry = ClearZone(use="access", polygon=((7700, 14_500), (9700, 14_500), (9700, 15_400), (7700, 15_400)))
    things = (
        beside_a_way("d1", "document_check", 10_900, 12_700, 7700, 9700),
        beside_a_way("d2", "document_check", 12_700, 14_500, 7700, 9700, entry),
        beside_a_way("k1", "self_service_kiosk", 15_400, 16_600, 9400, 10_000),
        beside_a_way("k2", "self_service_kiosk", 16_600, 17_800, 9400, 10_000),
        item("room", "partition", (4200, 13_800), 0, 6000, 5100),
        item("before", "planter", (9600, 6000), 0, 3800, 4900),
    )
    told = {"visitors_per_day": 9, "length_mm": 1, "clear_width_mm": 1500}
    lines = {("check", "a"): ((10_450, 11_800), (11_149, 19_700)), ("kiosks", "b"): ((10_750, 16_000), (11_135, 19_654))}
    ways = tuple(Route(from_id=a, to_id=b, centreline=line, narrowest=line[0], **told) for (a, b), line in lines.items())
    spine = Spine(centreline=((13_000, 2000), (13_000, 19_000)), width_mm=3000)
    found = marks(replace(a_hall(*things), spine=spine, routes=ways))
    belts = [s for s in found if isinstance(s, Line) and s.kind == "queue"]
    ends = ends_of_lines(found)
    assert ends
    for id, way in ends.items():
        others = [shapely.LineString([s.a, s.b]) for s in belts if s.id != id]
        assert all(way.distance(belt) > 300 for belt in others)


def test_a_single_person_waits_beside_the_desk_rather_than_in_the_main_aisle():
    things = [
        item("west", "planter", (5000, 13_000), 0, 1000, 3000), item("east", "planter", (11_000, 13_000), 0, 1000, 3000),
        item("behind", "planter", (8000, 14_500), 0, 7000, 1000),
    ]  # fmt: skip
    found, aisle = beside_an_aisle(AT_AISLE, *things)
    (person,) = [s for s in found if s.kind == "queue_place"]
    assert not shapely.Point(person.centre).buffer(person.radius).intersects(aisle.buffer(-10))
    assert not any(shapely.Point(person.centre).within(shapely.Polygon(t.polygon)) for t in things)


BESIDE_IT = [item(f"w{x}", "planter", (x, 13_000), 0, 3000, 4000) for x in (4990, 11_010)]


def test_where_nothing_is_free_beside_the_desk_the_line_keeps_to_the_aisle_s_edge():
    posts = [s.centre for s in beside_an_aisle(AT_AISLE, *BESIDE_IT)[0] if s.kind == "queue_post"]
    assert shapely.MultiPoint(posts).bounds == (5300, 12_100, 6500, 13_000), "2.1 m of the aisle stay free"


def test_a_line_along_the_aisle_s_edge_keeps_off_gates_and_lines_across_it():
    bypass = replace(item("SB01", "security_bypass", (5000, 11_500), 270, 1500, 100), solid=False)
    posts = [s.centre for s in beside_an_aisle(AT_AISLE, *BESIDE_IT, bypass)[0] if s.kind == "queue_post"]
    assert min(x for x, _ in posts) >= 9500, "at the desk's other end"
    across = replace(AT_AISLE, id="other", bank="other", insert_mm=(8000, 10_000), rotation_deg=180.0, polygon=(
        (6500, 8600), (9500, 8600), (9500, 10_000), (6500, 10_000)), clear_zones=(ClearZone(use="front", polygon=(
            (6500, 10_000), (9500, 10_000), (9500, 11_200), (6500, 11_200))),))  # fmt: skip
    walls = [item(f"o{x}", "planter", (x, 10_000), 180, 3000, 4000) for x in (4990, 11_010)]
    lines = [s for s in beside_an_aisle(AT_AISLE, *BESIDE_IT, across, *walls)[0] if s.kind == "queue_post"]
    of = {id: shapely.MultiPoint([s.centre for s in lines if s.id == id]).envelope for id in {s.id for s in lines}}
    assert len(of) == 2 and of["reception"].distance(of["other"]) >= 1499


def test_where_that_would_leave_too_narrow_an_aisle_the_line_keeps_to_its_own_front():
    people = [s for s in beside_an_aisle(AT_AISLE, *BESIDE_IT, width=2300)[0] if s.kind == "queue_place"]
    assert len(people) == 1
    assert shapely.Polygon(BEFORE_IT).buffer(1).covers(shapely.Point(people[0].centre).buffer(200))


@pytest.mark.parametrize("blocked", [False, True])
def test_the_tactile_way_keeps_clear_or_is_not_drawn(blocked):
    wall = item("wall", "partition", (3000, 200), 0, 100, 19600)
    layout = a_hall(DESK, wall) if blocked else a_hall(DESK)
    ways = [s for s in marks(layout) if s.kind == "tactile_way"]
    assert len(ways) == (0 if blocked else 1)
    if ways:
        solid = shapely.Polygon(DESK.polygon)
        assert shapely.LineString(ways[0].points).distance(solid) == pytest.approx(600, abs=1)


def test_the_tactile_way_leads_past_wheelchair_bays():
    """It ran straight over one, where whoever follows it with a stick walks into somebody who waits."""
    (alone,) = [s for s in marks(a_hall(DESK)) if s.kind == "tactile_way"]
    (x, y) = alone.points[1]
    bay = item("b", "wheelchair_bay", (round(x), round(y) - 700), 0, 900, 1400, solid=False)
    (past,) = [s for s in marks(a_hall(DESK, bay)) if s.kind == "tactile_way"]
    assert shapely.LineString(alone.points).distance(shapely.Polygon(bay.polygon)) == 0
    assert shapely.LineString(past.points).distance(shapely.Polygon(bay.polygon)) >= 594


def test_a_tactile_way_leads_from_every_entrance():
    first = next(d for d in hall_level().doors if d.use == "entrance")
    second = replace(first, id="second", p=(first.p[0], first.p[1] + 5000), q=(first.q[0], first.q[1] + 5000))
    level = replace(hall_level(), doors=(*hall_level().doors, second))
    ways = [s for s in draw_guidance(level, a_hall(DESK), "en") if s.kind == "tactile_way"]
    assert len(ways) == 2
    for door, way in zip((first, second), ways):
        middle = shapely.Point((door.p[0] + door.q[0]) / 2, (door.p[1] + door.q[1]) / 2)
        assert shapely.Point(way.points[0]).distance(middle) < 1000


def test_the_tactile_way_leads_past_those_who_queue():
    """The way in lies straight before the desk's middle, where its queue stands: the strip ends beside that."""
    found = marks(a_hall(item("r", "reception", (9000, 10_000), 270, 3000, 1400)))
    (way,) = [s for s in found if s.kind == "tactile_way"]
    people = [s for s in found if s.kind == "queue_place"]
    assert people
    strip = shapely.LineString(way.points).buffer(150)
    assert not any(strip.intersects(shapely.Point(p.centre).buffer(p.radius)) for p in people)


def test_the_tactile_way_bends_at_right_angles_and_as_little_as_it_can():
    door = next(d for d in hall_level().doors if d.use == "entrance")
    ahead = item("r", "reception", (9000, 10000), 270, 3000, 1400)
    floor = shapely.box(200, 200, 22000, 19800).difference(shapely.Polygon(ahead.polygon)).buffer(1)
    straight = tactile_way(door, hall_level(), ahead, floor)
    assert straight is not None
    assert len(straight.coords) == 2
    around = shapely.box(200, 200, 22000, 19800).difference(shapely.Polygon(DESK.polygon)).buffer(1)
    bent = tactile_way(door, hall_level(), DESK, around)
    assert bent is not None
    (ax, ay), (bx, by), (cx, cy) = bent.coords[:3]
    assert (bx - ax) * (cx - bx) + (by - ay) * (cy - by) == pytest.approx(0, abs=1)


def test_the_tactile_way_leads_through_a_screening_s_bypass_however_it_lies():
    """Two bends before the gate and two behind it: more than it may have where there is none."""
    door = next(d for d in hall_level().doors if d.use == "entrance")
    gate = item("SB01", "security_bypass", (4000, 14_000), 270, 1500, 100)
    desk = item("r", "reception", (12_000, 6000), 0, 3000, 1400)
    screen = shapely.box(4000, 200, 4100, 19_800).difference(shapely.Polygon(gate.polygon).buffer(1))
    floor = shapely.box(200, 200, 22_000, 19_800).difference(shapely.union_all([screen, shapely.Polygon(desk.polygon)]))
    assert tactile_way(door, hall_level(), desk, floor.buffer(1)) is None
    way = tactile_way(door, hall_level(), desk, floor.buffer(1), gates=[gate])
    assert way is not None
    assert way.intersects(shapely.Polygon(gate.polygon))
    assert way.distance(screen) >= 595


def test_entrance_exit_toilets_and_banks_have_signs():
    drawing = draw_floor(sample_plan(), sample_layout())
    signs = {s.id: s.lines[0] for s in drawing.shapes if isinstance(s, Text) and s.kind == "sign"}
    assert signs["main"] == "i"
    assert signs["out"] == "EXIT"
    assert signs["wc"] == "WC"
    assert len({signs[b] for b in ("registration", "cashier", "collection", "assessment")}) == 4
    boards = [s for s in drawing.shapes if isinstance(s, Polyline) and s.kind == "sign_board"]
    assert len(boards) == len(signs)


@pytest.mark.parametrize(("width", "depth"), [(4400, 5800), (8000, 4200)])
def test_the_sign_at_the_toilets_hangs_clear_of_leaves_that_open_to_the_hall(width, depth):
    block = item("wc", "toilets", (12_000, 12_000), 0, width, depth)
    (sign,) = [s for s in marks(a_hall(block)) if s.kind == "sign_board" and s.id == "wc"]
    leaves = [
        shapely.box(12_000 + d.middle[0] - d.clear_mm / 2, 12_000 - d.clear_mm, 12_000 + d.middle[0] + d.clear_mm / 2, 12_000)
        for d in room_doors(block) if d.out
    ]  # fmt: skip
    assert leaves
    board = shapely.Polygon(sign.points)
    assert not any(board.intersects(leaf) for leaf in leaves)
    assert board.bounds[0] >= 12_000 - width / 2 and board.bounds[2] <= 12_000 + width / 2


def test_floor_on_which_people_stand_in_line_is_no_reserve():
    queued = queued_floor(hall_level(), a_hall(DESK))
    drawn = draw_floor(sample_plan(), Layout(levels=(a_hall(DESK),))).shapes
    kept = [shapely.Polygon(s.points) for s in drawn if isinstance(s, Polyline) and s.kind == "reserve"]
    assert queued.area > 1e6 and kept
    assert all(reserve.distance(queued) > 500 for reserve in kept)
    assert any(shapely.Polygon(r.polygon).intersects(queued) for r in reserves(hall_level(), a_hall(DESK)))  # without knowing


def test_what_is_drawn_in_no_line_is_no_floor_that_people_queue_on():
    assert ground_of([s for s in marks(a_hall(DESK)) if s.kind != "queue" and not s.kind.startswith("queue_")]).is_empty
    assert ground_of(marks(a_hall(DESK))).equals(queued_floor(hall_level(), a_hall(DESK)))
