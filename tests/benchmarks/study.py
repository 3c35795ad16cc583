"""Reads the study's plans (JSON in the shared data folder) as our Level and Programme, under their own lengths or a profile's.

The study names lengths by short words in `programme.defaults`. Where it gives none (islands, seats for wheelchairs, rooms'
fronts) its text does: a 2 m desk and a 2 m queue for the reception, fronts of 1.5 m, a gangway of 1.5 m, setbacks 0/1.2/2.4 m.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Any

from shapely.geometry import Polygon, box
from shapely.geometry.polygon import orient

from layouts.catalogue import fitting
from layouts.plan import Column, Door, Level, Obstacle, Ring
from layouts.programme import BankRequirement, Flow, IslandRequirement, LayoutRules, Programme, RoomRequirement
from layouts.standards import for_planning, profile
from solvers.placement.changes import changes_of
from solvers.placement.problem import PlacementProblem
from solvers.programme import WITHIN_FIRST, layout_rules

ROOM_KINDS = {"WC": "toilets", "PRAY": "prayer_room_men", "NURS": "nursing_room", "OFF": "back_office"}

OFFICE_DEPTHS_MM = (4000, 5000, 6000, 7500, 10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the placement study reported for a plan: solver seconds to the first layout, gap, flow figures.

    Its objectives have other terms than ours and are left out; gaps and flow figures compare.
    """

    first_s: float
    gap: float
    index: float
    walk_m: float | None
    crossing: float | None


TOLD = {
    "p1_rect": Told(first_s=2.4, gap=0.09, index=80.9, walk_m=36.1, crossing=0.77),
    "p2_L": Told(first_s=0.5, gap=0.08, index=80.1, walk_m=48.5, crossing=0.41),
    "p3_slant": Told(first_s=10.0, gap=0.0, index=52.0, walk_m=None, crossing=None),
    "p4_long": Told(first_s=0.3, gap=0.014, index=97.7, walk_m=None, crossing=0.0),
}


def study_folder() -> Path | None:
    """The folder of the study's plans: under CENTRELINE_DATA, else in `shared/data` beside the checkout or a folder above."""
    said = os.environ.get("CENTRELINE_DATA")
    if said:
        places = [Path(said), Path(said) / "layout"]
    else:
        places = [up / "shared" / "data" / "layout" for up in Path(__file__).resolve().parents]
    return next((p for p in places if (p / "p1_rect.json").is_file()), None)


def study_problem(name: str, lengths: str) -> PlacementProblem:
    """One study plan as a question; `lengths` is "study" for its own or the id of an access profile."""
    folder = study_folder()
    if folder is None:
        raise FileNotFoundError(f"{name}: no study data; set CENTRELINE_DATA to the folder that holds layout/")
    data = json.loads((folder / f"{name}.json").read_text("utf-8"))
    rules = _own_rules(data["programme"]["defaults"]) if lengths == "study" else layout_rules(profile(lengths))
    return PlacementProblem(level=_level(data), programme=_programme(data, rules, lengths), egress=profile("ibc-2021"))


def eased(name: str, problem: PlacementProblem) -> tuple[str, PlacementProblem] | None:
    """A plan that does not hold its programme at a profile's lengths, with what is told to relax it; None for the others."""
    kinds = {"p1_rect": ("staff_zone",), "p5_core": ("staff_zone", "toilets"), "p5_large": ("toilets",)}.get(name)
    if kinds is None:
        return None
    told = []
    for kind in kinds:
        change = next(c for c in changes_of(problem) if c.kind == kind)
        problem = change.make(problem)
        told.append(f"{kind} {' '.join(map(str, change.values.values()))}")
    return ", ".join(told), problem


def _own_rules(lengths: dict[str, int]) -> LayoutRules:
    return LayoutRules(
        profile="study", counter_width_mm=lengths["counter_w"], accessible_counter_width_mm=lengths["counter_acc_w"],
        desk_depth_mm=lengths["desk_d"], staff_zone_mm=lengths["staff_d"], customer_zone_mm=lengths["cust_d"],
        approach_aisle_mm=lengths["aisle"], seat_width_mm=lengths["seat_w"], row_pitch_mm=lengths["row_pitch"],
        gangway_mm=1500, spine_widths_mm=(2400, lengths["spine_w"]), clear_width_mm=lengths["clear_w"],
        turning_mm=lengths["turn_d"], staff_corridor_mm=lengths["staff_corr"], room_front_mm=1500,
        wheelchair_bay_mm=(900, 1400),
        toilet_distance_mm=200_000, setbacks_mm=(0, 1200, 2400),  # the study had no rule on toilets
    )  # fmt: skip


def _level(data: dict[str, Any]) -> Level:
    """Obstacles that touch the outline become part of it, as in the study: their faces are walls."""
    outline = Polygon(data["outline"])
    inner = []
    for x, y, w, h in data["obstacles"]:
        block = box(x, y, x + w, y + h)
        if outline.boundary.intersection(block).length > 0:
            outline = outline.difference(block)
        else:
            inner.append(_box(x, y, w, h))
    return Level(
        id="0", name=data["name"], elevation_mm=0, outline=_ring(outline),
        doors=tuple(_door(n, each) for n, each in enumerate(data["doors"])),
        columns=tuple(Column(id=f"C{n}", outline=_box(*each)) for n, each in enumerate(data["columns"])),
        obstacles=tuple(Obstacle(id=f"O{n}", kind="shaft", outline=ring) for n, ring in enumerate(inner)),
    )  # fmt: skip


def _ring(shape: Polygon) -> Ring:
    points = [(round(x), round(y)) for x, y in orient(shape).exterior.coords]
    return tuple(a for a, b in pairwise(points) if a != b)


def _box(x: int, y: int, w: int, h: int) -> Ring:
    return ((x, y), (x + w, y), (x + w, y + h), (x, y + h))


def _door(number: int, each: dict[str, Any]) -> Door:
    p, q = (each["p"][0], each["p"][1]), (each["q"][0], each["q"][1])
    return Door(id=f"{each['kind']}{number}", use=each["kind"], p=p, q=q, clear_mm=round(((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2) ** 0.5))  # fmt: skip # noqa: E501


def _programme(data: dict[str, Any], rules: LayoutRules, lengths: str) -> Programme:
    asked = data["programme"]
    visits = {s: tuple(x["id"] for x in data["services"] if s in x["steps"]) for s in _stops(data)}
    banks = [_bank(g["id"], g["label"], "counter", visits.get(g["id"], ()), g["counters"], g["seats"], lengths) for g in asked["groups"]]  # fmt: skip # noqa: E501
    for kind in ("cashier", "collection"):
        banks.append(_bank(kind, kind, kind, visits.get(kind, ()), asked[kind], 0, lengths))
    return Programme(
        banks=tuple(banks), rooms=tuple(_room(r) for r in asked["rooms"]),
        islands=tuple(replace(i, services=visits.get(i.id, ())) for i in _islands(asked, lengths)),
        flows=tuple(Flow(service=s["id"], visitors_per_day=s["volume"], stops=tuple(s["steps"])) for s in data["services"]),
        rules=rules,
    )  # fmt: skip


def _stops(data: dict[str, Any]) -> list[str]:
    return sorted({step for service in data["services"] for step in service["steps"]})


def _bank(
    id: str, label: str, kind: str, services: tuple[str, ...], positions: int, seats: int, lengths: str
) -> BankRequirement:
    """The study knows no wheelchair bays; under a profile a bank with seats has the profile's share of them."""
    bays = 0 if lengths == "study" or not seats else ceil(seats * for_planning(profile(lengths)).value("wheelchair_bay_share"))
    return BankRequirement(
        id=id, label=label, kind=kind, services=services, positions=positions, accessible_positions=1, seats=seats,
        wheelchair_bays=bays,
    )  # fmt: skip


def _room(each: dict[str, Any]) -> RoomRequirement:
    kind = next(kind for start, kind in ROOM_KINDS.items() if each["id"].startswith(start))
    if "area" in each:
        area, width, depths = each["area"] / 1e6, 2000, OFFICE_DEPTHS_MM
    else:
        area, width, depths = each["w"] * each["d"] / 1e6, min(each["w"], each["d"]), (each["d"],)
    return RoomRequirement(
        id=each["id"], label=each["label"], kind=kind, area_m2=area, min_width_mm=width, side=each["side"], depths_mm=depths
    )


def _islands(asked: dict[str, Any], lengths: str) -> list[IslandRequirement]:
    wanted = (
        ("reception", "reception", asked["reception"]["desks"], (1600, 2000, 2000), True),
        ("doc_check", "document_check", asked["doc_check"]["desks"], (1600, 1600, 1500), True),
        ("kiosks", "self_service_kiosk", asked["kiosks"], (900, 600, 1500), False),
        ("photo", "photo_bay", asked["photo_booths"], (1500, 1500, 1500), False),
    )
    return [
        _island(id, kind, count, own if lengths == "study" else _of_catalogue(kind), staffed=staffed)
        for id, kind, count, own, staffed in wanted
        if count
    ]


def _of_catalogue(kind: str) -> tuple[int, int, int]:
    """Width of one position, depth with the staff place behind it, clear front: from the catalogue."""
    found = fitting(kind)
    front = max((c.depth_mm for c in found.clearances if c.side == "front"), default=0)
    behind = max((c.depth_mm for c in found.clearances if c.side == "back"), default=0)
    return found.pitch_mm or found.width_mm, found.depth_mm + behind, front


def _island(id: str, kind: str, count: int, size: tuple[int, int, int], *, staffed: bool) -> IslandRequirement:
    width, depth, front = size
    return IslandRequirement(
        id=id, label=id, kind=kind, services=(), positions=count, accessible_positions=1, width_mm=width * count,
        depth_mm=depth, front_mm=front, within_first=WITHIN_FIRST.get(kind, 1.0), staffed=staffed,
    )  # fmt: skip
