"""The answers of a sound package, and ways of tampering with them, each beside the check that is there for it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from typing import Any

from planner.verify import (
    counts,
    ground,
    optimum,
    reach,
    roster,
    screening,
    sums,
)
from planner.verify.package import Check
from tests.planner.a_package import (
    duty,
    the_answers,
)

Answers = dict[str, Any]


@cache
def _answers_once() -> str:
    return json.dumps(the_answers())


def answers() -> Answers:
    return copy.deepcopy(json.loads(_answers_once()))


def item(a: Answers, id: str) -> Any:
    return next(i for i in a["layout"]["levels"][0]["items"] if i["id"] == id)


def move(thing: Any, dx: int, dy: int) -> None:
    """Move an item with its clear zones."""
    for polygon in (thing["polygon"], *(z["polygon"] for z in thing["clear_zones"])):
        for point in polygon:
            point[0] += dx
            point[1] += dy
    thing["insert_mm"] = [thing["insert_mm"][0] + dx, thing["insert_mm"][1] + dy]


def add_block(a: Answers, x0: int, y0: int, x1: int, y1: int, **more: Any) -> None:
    block = copy.deepcopy(item(a, "p1"))
    ring = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]
    block.update(id="block", polygon=ring, insert_mm=[x0, y0], **more)
    a["layout"]["levels"][0]["items"].append(block)


def drop(a: Answers, id: str) -> None:
    level = a["layout"]["levels"][0]
    level["items"] = [i for i in level["items"] if i["id"] != id]


def same_id_twice(a: Answers) -> None:
    item(a, "n1")["id"] = "n2"


def counter_on_its_neighbour(a: Answers) -> None:
    move(item(a, "n1"), 200, 0)


def seat_outside(a: Answers) -> None:
    move(item(a, "s0-0"), 0, -3300)


def reception_on_a_column(a: Answers) -> None:
    move(item(a, "r1"), 11_500, 0)


def block_before_a_counter(a: Answers) -> None:
    add_block(a, 6500, 11_000, 6900, 11_400)


def bay_before_a_counter(a: Answers) -> None:
    item(a, "b1")["polygon"] = [[6500, 10_800], [7400, 10_800], [7400, 12_000], [6500, 12_000]]


def bays_round_the_toilet_s_front(a: Answers) -> None:
    """Three of them across the whole way to its door, one beside the other."""
    bay = copy.deepcopy(item(a, "b1"))
    for n, (x0, y0, x1, y1) in enumerate(((14_000, 0, 14_900, 5200), (17_000, 0, 17_900, 5200), (14_900, 4300, 17_000, 5200))):
        more = {**bay, "id": f"x{n}", "polygon": [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]}
        a["layout"]["levels"][0]["items"].append(more)


def bay_on_a_route(a: Answers) -> None:
    (x, y), *_ = a["layout"]["levels"][0]["routes"][1]["centreline"][1:]
    item(a, "b1")["polygon"] = [[x - 450, y - 700], [x + 450, y - 700], [x + 450, y + 700], [x - 450, y + 700]]


def staff_area_into_the_hall(a: Answers) -> None:
    a["layout"]["levels"][0]["staff"][0]["outer"][0][1] -= 500


def counter_without_staff_floor(a: Answers) -> None:
    a["layout"]["levels"][0]["staff"][0]["outer"] = [[0, 12_000], [6000, 12_000], [6000, 16_000], [0, 16_000]]


def weaker_rules(a: Answers) -> None:
    a["programme"]["rules"]["clear_width_mm"] = 1200


def toilet_walled_in(a: Answers) -> None:
    add_block(a, 14_000, 3000, 18_000, 3050)
    level = a["layout"]["levels"][0]
    level["floor"]["columns"] += [
        [[14_000, 0], [14_050, 0], [14_050, 3000], [14_000, 3000]],
        [[18_000, 0], [18_050, 0], [18_050, 3000], [18_000, 3000]],
    ]


def no_room_to_turn(a: Answers) -> None:
    add_block(a, 9000, 10_600, 11_300, 10_700)


def route_through_seats(a: Answers) -> None:
    route = a["layout"]["levels"][0]["routes"][0]
    route["centreline"].insert(1, [7000, 3200])


def route_shorter_than_it_is(a: Answers) -> None:
    a["layout"]["levels"][0]["routes"][1]["length_mm"] -= 300


def route_to_another_stop(a: Answers) -> None:
    a["layout"]["levels"][0]["routes"][1]["to"] = "wc"


def fewer_visitors_on_a_route(a: Answers) -> None:
    a["layout"]["levels"][0]["routes"][1]["visitors_per_day"] = 40


def programme_with_fewer_seats_than_capacity(a: Answers) -> None:
    a["capacity"]["banks"][0]["seats"] = 25


def seat_deleted(a: Answers) -> None:
    drop(a, "s1-3")


def room_that_does_not_stand(a: Answers) -> None:
    item(a, "wc")["space"] = "a room of another building"


def toilet_forgotten(a: Answers) -> None:
    drop(a, "wc")


def no_accessible_counter(a: Answers) -> None:
    item(a, "n3")["accessible"] = False


def lie_about_the_gap(a: Answers) -> None:
    a["solution"]["gap"] = 0.01


def bound_above_objective(a: Answers) -> None:
    a["solution"]["bound"], a["solution"]["gap"] = a["solution"]["objective"] * 1.01, -0.01


def roster_terms_do_not_sum(a: Answers) -> None:
    a["roster"]["solution"]["terms"]["walking"] += 1


def long_duty(a: Answers) -> None:
    a["roster"]["assignments"][0] = duty("p1", "2026-03-01", 480, 1080)


def break_forgotten(a: Answers) -> None:
    a["roster"]["assignments"][0].update(break_min=0, break_start_min=None)


def two_duties_at_once(a: Answers) -> None:
    a["roster"]["assignments"].append(duty("p1", "2026-03-01", 480, 900))


def works_through_the_break(a: Answers) -> None:
    a["roster"]["assignments"][0]["segments"][0]["end_min"] += 30


def short_rest(a: Answers) -> None:
    a["roster"]["assignments"][0] = duty("p1", "2026-03-01", 960, 1380)


def eight_days_in_a_row(a: Answers) -> None:
    a["roster"]["rules"]["max_days_per_week"] = 7
    a["roster"]["assignments"] = [duty("p1", f"2026-03-{d:02}") for d in range(1, 9)]


def too_many_hours(a: Answers) -> None:
    a["roster"]["rules"]["max_hours_per_week"] = 12.0


def cover_that_is_not_there(a: Answers) -> None:
    a["roster"]["cover"][1].update(rostered=2)
    a["roster"]["shortages"] = []


def hidden_shortage(a: Answers) -> None:
    a["roster"]["shortages"] = []


def hours_of_a_person_changed(a: Answers) -> None:
    a["roster"]["fairness"]["persons"][0]["worked_min"] = 800


def skill_not_held(a: Answers) -> None:
    a["roster"]["people"][1]["skills"] = ["archivist"]


def shorter_walk_told(a: Answers) -> None:
    a["measures"]["walk_m_per_visit"] -= 2


def impossible_measure(a: Answers) -> None:
    a["measures"]["linearity_index"] = 104.0


def finding_passes_though_short(a: Answers) -> None:
    found = next(f for f in a["findings"] if f["code"] == "access.turning_circle")
    found["measured"] = 1200


def gate_to_walk_round(a: Answers) -> None:
    x, y = a["layout"]["levels"][0]["spine"]["centreline"][0]
    add_block(a, x + 2000, y - 500, x + 2100, y + 500, kind="security_bypass", solid=False)


IN_ANSWERS: tuple[tuple[Check, Callable[[Answers], None]], ...] = (
    (ground.shapes_are_sound, same_id_twice),
    (ground.solids_never_overlap, counter_on_its_neighbour),
    (ground.everything_lies_inside, seat_outside),
    (ground.nothing_stands_on_a_column, reception_on_a_column),
    (ground.standing_rooms_are_what_they_are_taken_for, room_that_does_not_stand),
    (ground.clear_floor_is_free, block_before_a_counter),
    (ground.clear_floor_is_free, bay_before_a_counter),
    (ground.staff_and_public_share_no_floor, staff_area_into_the_hall),
    (ground.counters_stand_at_the_border, counter_without_staff_floor),
    (reach.the_rules_are_the_profile_s, weaker_rules),
    (reach.everything_public_is_reached, toilet_walled_in),
    (reach.everything_public_is_reached, bays_round_the_toilet_s_front),
    (reach.turning_circles_fit, no_room_to_turn),
    (reach.routes_are_walked_on_free_floor, route_through_seats),
    (reach.routes_are_walked_on_free_floor, bay_on_a_route),
    (reach.routes_say_what_they_are, route_shorter_than_it_is),
    (reach.routes_lead_from_stop_to_stop, route_to_another_stop),
    (reach.routes_lead_from_stop_to_stop, fewer_visitors_on_a_route),
    (screening.nobody_comes_in_unscreened, gate_to_walk_round),
    (counts.programme_follows_capacity, programme_with_fewer_seats_than_capacity),
    (counts.banks_hold_what_capacity_asks, seat_deleted),
    (counts.rooms_and_islands_are_placed, toilet_forgotten),
    (counts.every_service_has_an_accessible_counter, no_accessible_counter),
    (optimum.the_layout_s_bound_holds, lie_about_the_gap),
    (optimum.the_layout_s_bound_holds, bound_above_objective),
    (optimum.the_roster_s_bound_holds, roster_terms_do_not_sum),
    (roster.duties_are_lawful, long_duty),
    (roster.duties_are_lawful, break_forgotten),
    (roster.duties_are_lawful, two_duties_at_once),
    (roster.duties_are_lawful, works_through_the_break),
    (roster.people_rest_and_keep_their_hours, short_rest),
    (roster.people_rest_and_keep_their_hours, eight_days_in_a_row),
    (roster.people_rest_and_keep_their_hours, too_many_hours),
    (roster.cover_is_what_the_duties_give, cover_that_is_not_there),
    (roster.shortages_are_named, hidden_shortage),
    (roster.sums_per_person_are_right, hours_of_a_person_changed),
    (roster.people_use_skills_they_hold, skill_not_held),
    (sums.walking_is_the_routes_sum, shorter_walk_told),
    (sums.measures_lie_in_their_ranges, impossible_measure),
    (sums.findings_are_not_silent, finding_passes_though_short),
)
