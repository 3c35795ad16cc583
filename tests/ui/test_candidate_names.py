"""What candidates are called: their kind, then what sets them apart from an earlier one; each its own, in both languages."""

from __future__ import annotations

from itertools import permutations

from planner.ui.variants.naming import Sort, named
from planner.ui.words import Words
from solvers.placement.alternatives import Kind

BANKS = {"a": "Archive", "b": "Permits", "c": "Cashier"}
STRAIGHT = ((0, 0), (200, 0))


def sort(order: str = "abc", *, spine=STRAIGHT, typology: str = "perimeter", across: str = "") -> Sort:
    sides = tuple((bank, -1 if bank in across else 1) for bank in sorted(order))
    return Sort(typology=typology, storeys=(Kind(spine=spine, sides=sides, order=tuple(order)),))


def test_candidates_are_called_by_their_kind_and_by_what_differs():
    bent = ((0, 0), (100, 0), (100, 80))
    sorts = [sort(), sort("acb"), sort(across="b"), sort(spine=((0, 9), (200, 9))), sort(typology="core"), sort(spine=bent)]
    names = named([(str(n), each) for n, each in enumerate([*sorts, sort("acb"), None])], BANKS, Words("en"))
    assert list(names.values()) == [
        "Straight aisle", "Straight aisle · Cashier sooner", "Straight aisle · Permits across", "Straight aisle · elsewhere",
        "Built core, straight aisle", "Aisle with one bend", "Straight aisle · Cashier sooner · 2", "7",
    ]  # fmt: skip


def test_each_has_a_name_of_its_own_that_later_ones_do_not_change():
    sorts = [(f"{n}", sort("".join(order))) for n, order in enumerate([*permutations("abc"), *permutations("abc")])]
    for language in ("en", "ar"):
        whole = named(sorts, BANKS, Words(language))
        assert len(set(whole.values())) == len(sorts)
        assert named(sorts[:4], BANKS, Words(language)) == dict(list(whole.items())[:4])
