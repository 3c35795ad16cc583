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


def test_the_call_is_the_way_from_the_seats_of_the_bank():
    items = (
        an_item("c1", "counter", 0, "desk"), an_item("c2", "counter_accessible", 2000, "desk"),
        an_item("s1", "seat", 6000, "desk"), an_item("s2", "seat", 30_000, "other"),
    )  # fmt: skip
    assert calls_from_seats(a_layout(*items), ["desk", "cash"]) == pytest.approx({"desk": STAND_UP_MIN + 5.0 / 60})
    elsewhere = calls_from_seats(a_layout(*items[:2], items[3]), ["desk"])
    assert elsewhere["desk"] == pytest.approx(STAND_UP_MIN + 29.0 / 60), "else from the seats there are"
