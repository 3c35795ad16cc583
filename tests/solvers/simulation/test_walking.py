"""Walking times from a layout."""

import pytest

from layouts.layout import Item, Layout, LevelLayout, Route
from solvers.simulation.walking import STAND_UP_MIN, calls_from_seats, walks_between_banks

SQUARE = ((0, 0), (1, 0), (1, 1), (0, 1))


def a_route(start: str, end: str, metres: int, visitors: int) -> Route:
    return Route(
        from_id=start, to_id=end, visitors_per_day=visitors, centreline=((0, 0), (metres * 1000, 0)),
        length_mm=metres * 1000, clear_width_mm=1500, narrowest=(0, 0),
    )  # fmt: skip


def an_item(name: str, kind: str, x: int, bank: str | None = None) -> Item:
    return Item(id=name, kind=kind, polygon=SQUARE, insert_mm=(x, 0), rotation_deg=0.0, bank=bank)


def a_layout(*items: Item, routes: tuple[Route, ...] = ()) -> Layout:
    return Layout(levels=(LevelLayout(level="0", items=items, public=(), staff=(), routes=routes),))


def test_walks_follow_the_routes_weighted_by_who_walks_them():
    routes = (a_route("door", "desk", 30, 30), a_route("side door", "desk", 60, 10), a_route("desk", "cash", 12, 5))
    walks = walks_between_banks(a_layout(routes=(*routes, a_route("cash", "door", 40, 9))), ["desk", "cash"])
    assert walks == pytest.approx({("", "desk"): 37.5 / 60, ("desk", "cash"): 0.2})


def test_a_walk_to_another_floor_leads_to_its_lift_and_on_from_there_to_the_stop() -> None:
    """Below: in > desk > lift, and back from it to the cash; above: lift > judge > lift. The ride takes no time."""
    below = (a_route("door", "desk", 30, 9), a_route("desk", "lift 0", 12, 9), a_route("door", "lift 0", 42, 3),
             a_route("lift 0", "cash", 6, 9), a_route("cash", "door", 24, 9))  # fmt: skip
    above = (a_route("lift 1", "judge", 18, 12), a_route("judge", "lift 1", 18, 12))
    levels = tuple(LevelLayout(level=n, items=(), public=(), staff=(), routes=r) for n, r in (("0", below), ("1", above)))
    lifts = {"0": ("lift 0",), "1": ("lift 1",)}
    walks = walks_between_banks(Layout(levels=levels), ["desk", "cash", "judge"], upwards=lifts)
    assert walks == pytest.approx({
        ("", "desk"): 0.5, ("desk", "judge"): 0.5, ("", "judge"): 1.0, ("judge", "cash"): 0.4,
    })  # fmt: skip


def test_the_call_is_the_way_from_the_seats_of_the_bank():
    items = (
        an_item("c1", "counter", 0, "desk"), an_item("c2", "counter_accessible", 2000, "desk"),
        an_item("s1", "seat", 6000, "desk"), an_item("s2", "seat", 30_000, "other"),
    )  # fmt: skip
    assert calls_from_seats(a_layout(*items), ["desk", "cash"]) == pytest.approx({"desk": STAND_UP_MIN + 5.0 / 60})
    elsewhere = calls_from_seats(a_layout(*items[:2], items[3]), ["desk"])
    assert elsewhere["desk"] == pytest.approx(STAND_UP_MIN + 29.0 / 60), "else from the seats there are"
