"""A programme on several floors: dealt out by what people say, then by the flows; each level has its share."""

from __future__ import annotations

from dataclasses import replace

from layouts.programme import Nearness
from solvers.floors import FloorShare, deal, joined, need_m2, split
from tests.builders_placement import bank, flow, island, programme, room

WHOLE = programme(
    bank("deeds-1", 8, seats=20), bank("deeds-2", 8, seats=20), bank("permits", 6, seats=12), bank("cash", 2, kind="cashier"),
    island("welcome", within=0.3), room("toilets", 20.0, kind="toilets"), room("archive", 30.0, side="staff", kind="archive"),
    flows=(
        flow("welcome", "deeds-1", "cash", visitors=200), replace(flow("welcome", "permits", visitors=80), service="p"),
    ),
)  # fmt: skip


def floors(low: float = 1000.0, high: float = 1000.0, *, up: tuple[str, ...] = (), down: tuple[str, ...] = ()):
    return (FloorShare(level="L0", area_m2=low, modules=down), FloorShare(level="L1", area_m2=high, modules=up))


def test_what_people_say_goes_first_and_parts_of_a_bank_go_with_it() -> None:
    home = deal(WHOLE, floors(up=("deeds",)))
    assert home["deeds-1"] == home["deeds-2"] == "L1"


def test_all_modules_get_a_level_and_the_lowest_is_filled_first() -> None:
    home = deal(WHOLE, floors())
    assert set(home) == {"deeds-1", "deeds-2", "permits", "cash", "welcome", "toilets", "archive"}
    assert {m for m in home if home[m] == "L0"} >= {"welcome", "deeds-1", "cash", "permits"}


def test_busy_services_come_before_others_and_keep_together() -> None:
    modules = (*WHOLE.banks, *WHOLE.islands)
    busy = sum(need_m2(m) for m in modules if m.id in ("deeds-1", "cash", "welcome"))
    home = deal(WHOLE, floors(low=busy + 1.0))
    assert home["deeds-1"] == home["cash"] == "L0" and home["permits"] == "L1"


def test_what_visitors_meet_first_stays_below_and_staff_rooms_go_up() -> None:
    home = deal(WHOLE, floors(low=1.0))
    assert home["welcome"] == "L0" and home["archive"] == "L1"


def test_each_level_has_its_stops_in_order_and_persons_are_kept() -> None:
    parts = split(WHOLE, deal(WHOLE, floors(up=("cash", "permits"))), ("L0", "L1"))
    assert [(f.stops, f.visitors_per_day) for f in parts["L0"].flows] == [(("welcome", "deeds-1"), 200), (("welcome",), 80)]
    assert [(f.stops, f.visitors_per_day) for f in parts["L1"].flows] == [(("cash",), 200), (("permits",), 80)]


def test_a_level_that_visitors_come_to_has_toilets() -> None:
    parts = split(WHOLE, deal(WHOLE, floors(up=("cash",), down=("toilets",))), ("L0", "L1"))
    assert [r.id for r in parts["L1"].rooms if r.kind == "toilets"] == ["toilets@L1"]
    assert [r.id for r in parts["L0"].rooms if r.kind == "toilets"] == ["toilets"]


def test_a_level_of_staff_rooms_needs_none() -> None:
    only_staff = split(WHOLE, {**deal(WHOLE, floors(low=5000.0)), "archive": "L1"}, ("L0", "L1"))["L1"]
    assert [r.id for r in only_staff.rooms] == ["archive"] and only_staff.flows == ()


def test_nearness_is_kept_on_its_level_and_the_whole_holds_every_module_once() -> None:
    pairs = (Nearness(a="welcome", b="deeds-1", rating="A"), Nearness(a="welcome", b="cash", rating="E"))
    near = replace(WHOLE, nearness=pairs)
    parts = split(near, deal(near, floors(up=("cash",))), ("L0", "L1"))
    assert [n.b for n in parts["L0"].nearness] == ["deeds-1"] and parts["L1"].nearness == ()
    whole = joined([parts["L0"], parts["L1"]])
    assert sorted(b.id for b in whole.banks) == sorted(b.id for b in WHOLE.banks)
