"""What helps when nothing fits: a reason of the placement becomes a change of the project that one click makes. Pure.

First come changes with which a layout was found, then those that ease what a reason names, by as much as it says at least;
whether something fits then, the search that follows tells.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from typing import Any

from layouts.findings import BadInput
from layouts.standards import for_planning, profile
from planner.editing import apply
from planner.editing.commands import AddDoor
from planner.project import Project, RoomWish
from planner.squaring import squared_project, turn_to_square
from planner.stretching import stretched

# Where people go for what no single change of the project settles.
PAGES = {
    "placement.no_staff_door": "plan", "placement.one_staff_door": "plan", "placement.frontage": "plan",
    "placement.columns_in_the_way": "plan", "placement.larger_than_floor": "demand", "placement.ask_for_less": "demand",
    "programme.larger_than_floor": "demand",
    "placement.fits_nowhere": "plan", "placement.too_shallow": "plan", "placement.one_side_only": "plan",
    "placement.left_out": "demand", "placement.fuller_than_drawn": "demand", "placement.no_spine": "plan",
    "placement.no_room_at_door": "plan",
    "placement.rooms_kept_apart": "plan", "placement.hall_kept_small": "plan",
    "placement.floor_in_pieces": "plan", "placement.way_too_narrow": "plan",
    "placement.columns_in_the_aisle": "plan", "placement.turned": "plan",
    "placement.staff_door_off_wall": "plan", "placement.staff_door_on_no_arc": "plan",
    "placement.staff_door_serves_no_hall": "plan",
    "placement.relax_leaving": "demand", "placement.left_out_many": "demand", "placement.fits_nowhere_many": "plan",
    "placement.no_layout_keeps_egress": "plan", "placement.no_layout_keeps_access": "plan",
}  # fmt: skip
WITHOUT_PLACE = (
    "placement.fits_nowhere", "placement.left_out", "placement.fits_nowhere_many", "placement.left_out_many",
)  # fmt: skip
LARGER = ("placement.larger_than_floor", "programme.larger_than_floor")
MORE_DOORS = (
    "placement.one_staff_door", "placement.one_side_only", "placement.no_staff_door", "placement.staff_door_on_no_arc",
    "placement.staff_door_off_wall", "placement.staff_door_serves_no_hall", "placement.frontage",
)  # fmt: skip
LESS_ASKED = (
    *LARGER, *WITHOUT_PLACE, "placement.ask_for_less", "placement.frontage",
    "placement.too_shallow", "placement.fuller_than_drawn",
)  # fmt: skip
TRIED = "placement.relax_"  # what so begins tells of a layout that was found
HALF_A_METRE_MM = 500
FEWER_SEATS = 20  # percent
AISLE_STEP_MM = 100
SHORTEST_SPLIT = 4  # positions: a line of three or fewer is not parted
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One change. `code` and `values` say it to people; `make` gives the changed project.

    `tried`: a layout was found with it.
    """

    code: str
    values: Values
    make: Callable[[Project], Project]
    tried: bool = False


def remedies(project: Project, reasons: Sequence[Mapping[str, Any]]) -> tuple[Remedy, ...]:
    """Those of all reasons, each once: first those with which a layout was found, then in the order in which the reasons name
    them: a clash is told before what helped, and of what clashes one thing may be seen to be enough."""
    found: dict[tuple[str, str], Remedy] = {}
    told = [(reason["code"], reason["values"]) for reason in reasons]
    trials = [each for each in told if each[0].startswith(TRIED)]
    helped = (replace(r, tried=True) for code, values in trials for r in _of(project, code, values))
    easing = _easing(project, told)
    if any(code == "programme.larger_than_floor" for code, _ in told):  # what leaves it larger helps nobody
        easing = (remedy for remedy in easing if _has_floor(remedy.make(project)))
    for remedy in (*helped, *(r for code, values in told for r in _of(project, code, values)), *easing):
        found.setdefault((remedy.code, str(sorted(remedy.values.items()))), remedy)
    return tuple(found.values())


def unsettled(reasons: Sequence[Mapping[str, Any]], project: Project, found: Sequence[Remedy]) -> tuple[int, ...]:
    """Which of the reasons none of the remedies that were found is for."""
    codes = {remedy.code for remedy in found}
    less = {"remedy.no_growth", "remedy.fewer_years", "remedy.fewer_positions", "remedy.room", "remedy.fewer_rooms"}
    easing = less | {"remedy.seats", "remedy.longer", "remedy.deeper"}

    def settled(code: str, values: Values) -> bool:
        if next(_of(project, code, values), None) is not None or next(_larger(project, code, values), None) is not None:
            return True
        return bool((code in MORE_DOORS and "remedy.staff_door" in codes) or (code in LESS_ASKED and codes & easing))

    return tuple(n for n, reason in enumerate(reasons) if not settled(reason["code"], reason["values"]))


def pages_to_see(reasons: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Pages where people can mend what has no remedy of one click."""
    return tuple(dict.fromkeys(PAGES[r["code"]] for r in reasons if r["code"] in PAGES))


def _of(project: Project, code: str, values: Values) -> Iterator[Remedy]:
    if code == "placement.turned":
        if turn_to_square(project):
            yield Remedy(code="remedy.square", values={"degrees": values["degrees"]}, make=squared_project)
    elif code == "placement.relax_wish":
        yield from _without(project, [str(values["wish"])])
    elif code in ("placement.relax_pin", "pin.does_not_fit"):
        yield from _without(project, [str(values.get("module", values.get("given", "")))])
    elif code == "placement.relax_together":
        yield from _together(project, _listed(values))
    elif code.startswith("placement.clash"):
        yield from _without(project, _listed(values))
    elif code == "placement.relax_staff_door" and project.plan is not None:
        near = round(1000 * float(values["x_m"])), round(1000 * float(values["y_m"]))
        yield Remedy(code="remedy.staff_door", values={"x_m": values["x_m"], "y_m": values["y_m"]}, make=_staff_door(near))
    elif code == "placement.relax_seats":
        share = 1 - float(values["percent"]) / 100
        yield Remedy(code="remedy.seats", values={"percent": values["percent"]}, make=_fewer_seats(share))
    elif code == "placement.relax_spine":
        yield from _aisle(project, int(values["width_mm"]))
    elif code == "placement.relax_staff_zone":
        yield from _staff_zone(project, int(values["depth_mm"]))
    elif code in ("placement.relax_toilets", "placement.one_toilet_place"):
        yield from _more_toilets(project, str(values["module"]))
    elif code in ("placement.relax_longer", "placement.relax_deeper"):
        yield from _longer(project, float(values["metres"]), deeper=code == "placement.relax_deeper")
    elif code == "placement.relax_growth":
        yield _fewer_years(project, int(values["years"]))
    elif code == "placement.relax_leaving":
        for room in project.rooms:
            if less := _as_many_less(room, _names(values)):
                yield _without_room(room, less)
    elif code == "placement.relax_pair":
        yield from _both(project, values["one"], values["other"])
    elif code == "placement.way_too_narrow":
        yield from _aisle(project, int(values["width_mm"]) // AISLE_STEP_MM * AISLE_STEP_MM)
    elif code == "placement.relax_split":
        yield from _in_lines(project, str(values["bank"]))
    elif code == "placement.columns_in_the_way":
        for name in _names(values):
            yield from _in_lines(project, name)
    elif code == "placement.pins_overlap":
        yield from _without(project, [str(values["one"]), str(values["other"])])


def _easing(project: Project, told: Sequence[tuple[str, Values]]) -> Iterator[Remedy]:
    """A larger hall, another staff door, less to place."""
    from solvers.placement.changes import another_staff_door  # brings the solvers with it, and is only wanted here
    from solvers.placement.prepare import TOILETS

    codes = {code for code, _ in told}
    for code, values in told:
        yield from _larger(project, code, values)
    if codes & set(MORE_DOORS) and project.plan is not None and "placement.relax_staff_door" not in codes:
        door = another_staff_door(project.plan.levels[0])
        if door is not None:
            x, y = (round((a + b) / 2000, 1) for a, b in zip(door.p, door.q))
            near = round(1000 * x), round(1000 * y)
            yield Remedy(code="remedy.staff_door", values={"x_m": x, "y_m": y}, make=_staff_door(near))
    if not codes & set(LESS_ASKED):
        return
    growth = project.growth
    if growth.per_year > 0 and growth.years > 0:
        yield _fewer_years(project, 0)
    yield from _fewer_counters(project, _named(told))
    for room in project.rooms:
        if (less := _as_many_less(room, _named(told))) and room.kind not in TOILETS:
            yield _without_room(room, less)
    if any(b.waiting == "seats" for b in project.banks) and project.planning.seated_share > 0:
        yield Remedy(code="remedy.seats", values={"percent": FEWER_SEATS}, make=_fewer_seats(1 - FEWER_SEATS / 100))


def _fewer_years(project: Project, years: int) -> Remedy:
    """The project planned for fewer years of growth, and the phases after them left out."""
    growth = project.growth
    percent = round(100 * ((1 + growth.per_year) ** growth.years - 1))
    values = {"percent": percent, "years": growth.years} if not years else {"years": years}

    def make(p: Project) -> Project:
        return replace(p, growth=replace(p.growth, years=years), phases=tuple(x for x in p.phases if x.year <= years))

    return Remedy(code="remedy.fewer_years" if years else "remedy.no_growth", values=values, make=make)


def _as_many_less(room: RoomWish, named: Collection[str]) -> int:
    """How many rooms of a wish are named: its own name is all of them, else they are numbered."""
    return room.count if room.id in named else sum(f"{room.id}-{n}" in named for n in range(1, room.count + 1))


def _without_room(room: RoomWish, less: int) -> Remedy:
    """Without the rooms of a wish, or with fewer of them."""
    left = room.count - less
    if not left:
        return Remedy(code="remedy.room", values={"module": room.id}, make=lambda p: without_room(p, room.id))

    def make(p: Project) -> Project:
        return replace(p, rooms=tuple(replace(r, count=left) if r.id == room.id else r for r in p.rooms))

    return Remedy(code="remedy.fewer_rooms", values={"module": room.id, "count": left}, make=make)


def _aisle(project: Project, width_mm: int) -> Iterator[Remedy]:
    """A main aisle of so much, if wheelchairs still pass one another's way on it; said so where the profile asks for more."""
    access = for_planning(profile(project.planning.access_profile))
    if width_mm < access.mm("clear_route_mm") or width_mm == project.planning.main_aisle_mm:
        return
    asked = access.mm("main_aisle_mm")
    values = {"width_mm": width_mm} | ({"required_mm": asked} if width_mm < asked else {})
    yield Remedy(
        code="remedy.aisle_below" if width_mm < asked else "remedy.aisle", values=values,
        make=lambda p: replace(p, planning=replace(p.planning, main_aisle_mm=width_mm)),
    )  # fmt: skip


def _staff_zone(project: Project, depth_mm: int) -> Iterator[Remedy]:
    """Less floor behind the counters than the profile has it."""
    asked = project.planning.staff_zone_mm or for_planning(profile(project.planning.access_profile)).mm("staff_zone_mm")
    if depth_mm < asked:
        yield Remedy(
            code="remedy.staff_zone", values={"depth_mm": depth_mm, "required_mm": asked},
            make=lambda p: replace(p, planning=replace(p.planning, staff_zone_mm=depth_mm)),
        )  # fmt: skip


def _more_toilets(project: Project, module: str) -> Iterator[Remedy]:
    """The toilets in one place more; those that nobody wished for are drawn anyway, and are wished for now."""
    wished = next((r for r in project.rooms if r.id == module), None)

    def make(p: Project) -> Project:
        if wished is None:
            return replace(p, rooms=(*p.rooms, RoomWish(id=module, name="", kind="toilets", count=2)))
        count = wished.count + 1
        parted = replace(wished, count=count, area_m2=wished.area_m2 * wished.count / count)
        return replace(p, rooms=tuple(parted if r.id == module else r for r in p.rooms))

    yield Remedy(code="remedy.toilets", values={"module": module}, make=make)


def _longer(project: Project, metres: float, *, deeper: bool = False) -> Iterator[Remedy]:
    """The hall longer along its longer side, or deeper along the other."""
    outline = project.plan.levels[0].outline if project.plan is not None and project.plan.levels else ()
    if not outline:
        return
    sides = [max(p[axis] for p in outline) - min(p[axis] for p in outline) for axis in (0, 1)]
    along, by_mm = sides.index(max(sides)), round(1000 * metres)
    axis, code = (1 - along, "remedy.deeper") if deeper else (along, "remedy.longer")
    if stretched(project, axis, by_mm) is not None:
        yield Remedy(code=code, values={"metres": metres}, make=lambda p: stretched(p, axis, by_mm) or p)


def _both(project: Project, one: Values, other: Values) -> Iterator[Remedy]:
    """Two changes as one step, where each can be made."""

    def of(part: Values, on: Project) -> Remedy | None:
        return next(_of(on, part["code"].replace(".with_", ".relax_"), part["values"]), None)

    first = of(one, project)
    second = of(other, first.make(project)) if first is not None else None
    if first is not None and second is not None:
        makes = first.make, second.make
        yield Remedy(code="remedy.pair", values={"one": one, "other": other}, make=lambda p: makes[1](makes[0](p)))


def _in_lines(project: Project, module: str) -> Iterator[Remedy]:
    """A bank, or the line of it that is named, in lines half as long."""
    planned = _positions(project)
    bank = next((b.id for b in project.banks if b.id in (module, module.rpartition("-")[0])), "")
    held = {p.id for p in project.pins} | {m for w in project.wishes for m in w.modules()}
    if planned.get(module, 0) >= SHORTEST_SPLIT and not {bank, module} & ({""} | held):
        count = ceil(planned[module] / 2)
        yield Remedy(
            code="remedy.split", values={"module": bank, "count": count},
            make=lambda p: replace(p, banks=tuple(replace(b, most_in_a_row=count) if b.id == bank else b for b in p.banks)),
        )  # fmt: skip


def _named(told: Sequence[tuple[str, Values]]) -> set[str]:
    """Modules that reasons say have no place."""
    return {name for code, values in told if code in WITHOUT_PLACE for name in _names(values)}


def _names(values: Values) -> list[str]:
    """The modules that a reason names."""
    return [name.strip() for name in str(values["modules"]).split(",")]


def _larger(project: Project, code: str, values: Values) -> Iterator[Remedy]:
    """The hall deeper or longer by what is missing, in half metres."""
    outline = project.plan.levels[0].outline if project.plan is not None and project.plan.levels else ()
    if not outline:
        return
    sides = [max(p[axis] for p in outline) - min(p[axis] for p in outline) for axis in (0, 1)]
    short = sides.index(min(sides))
    if code == "placement.too_shallow":
        if abs(1000 * float(values["offered_m"]) - sides[short]) > HALF_A_METRE_MM:
            return  # the hall lies across the axes
        axis, name, lacking = short, "deeper", 1000 * (float(values["need_m"]) - float(values["offered_m"]))
    elif code in LARGER:
        need = float(values.get("with_circulation_m2") or values.get("need_m2") or values["measured"])
        floor = float(values["required"] if "required" in values else values["floor_m2"])
        axis, name, lacking = 1 - short, "longer", 1e6 * (need - floor) / sides[short]
    elif code == "placement.frontage":
        axis, name, lacking = 1 - short, "longer", 500 * (float(values["need_m"]) - float(values["offered_m"]))
    else:
        return
    by_mm = HALF_A_METRE_MM * ceil(max(lacking, 1) / HALF_A_METRE_MM)
    if stretched(project, axis, by_mm) is not None:
        yield Remedy(code=f"remedy.{name}", values={"metres": by_mm / 1000}, make=lambda p: stretched(p, axis, by_mm) or p)


def _fewer_counters(project: Project, named: set[str]) -> Iterator[Remedy]:
    """One position less at a bank that finds no place, where it has several: waits grow, and Capacity says by how much."""
    banks = [b for b in project.banks if b.id in named]
    planned = _positions(project) if banks else {}
    for bank in banks:
        count = planned.get(bank.id, 0) - 1
        if count >= 1:
            yield Remedy(
                code="remedy.fewer_positions", values={"module": bank.id, "count": count},
                make=partial(at_most, bank=bank.id, positions=count),
            )  # fmt: skip


def _has_floor(project: Project) -> bool:
    """Do the programme's net areas find floor, if nothing else?"""
    from planner.chain.asked import ask

    try:
        return ask(project).area.status != "fail"
    except BadInput:
        return False


def _positions(project: Project) -> dict[str, int]:
    """Of every line of counters that is asked for, on all storeys."""
    from planner.chain.asked import ask

    try:
        return {each.id: each.positions for each in ask(project).whole().banks}
    except BadInput:  # no programme of this demand, which the search itself tells: nothing to take away from
        return {}


def at_most(project: Project, bank: str, positions: int) -> Project:
    """The project with no more positions at a bank than so many."""
    banks = tuple(replace(b, most_positions=positions) if b.id == bank else b for b in project.banks)
    return replace(project, banks=banks)


def without_room(project: Project, ident: str) -> Project:
    """The project without a room, and without pins and wishes about it."""
    rooms = tuple(r for r in project.rooms if r.id != ident)
    wishes = tuple(w for w in project.wishes if ident not in w.modules())
    return unpinned(replace(project, rooms=rooms, wishes=wishes), ident)


def _without(project: Project, names: Sequence[str]) -> Iterator[Remedy]:
    """Wishes and pinned modules of these names, each left out."""
    wishes = {w.id for w in project.wishes}
    pinned = {module_of(project, p.id) for p in project.pins}
    for name in names:
        if name in wishes:
            yield Remedy(code="remedy.wish", values={"wish": name}, make=partial(without_wish, ident=name))
        elif name in pinned:
            yield Remedy(code="remedy.pin", values={"module": name}, make=partial(unpinned, module=name))


def _listed(values: Values) -> list[str]:
    """The wishes and pinned modules that a reason lists."""
    return [name.strip() for name in str(values["wishes"]).split(",")]


def _together(project: Project, names: Sequence[str]) -> Iterator[Remedy]:
    """Wishes and pins of these names left out in one step."""
    each = tuple(_without(project, names))
    if each:

        def make(changed: Project) -> Project:
            for one in each:
                changed = one.make(changed)
            return changed

        yield Remedy(code="remedy.together", values={"wishes": ", ".join(names)}, make=make)


def without_wish(project: Project, ident: str) -> Project:
    """The project without a wish."""
    return replace(project, wishes=tuple(w for w in project.wishes if w.id != ident))


def unpinned(project: Project, module: str) -> Project:
    """The project without the pins on a module and on the things that belong to it."""
    return replace(project, pins=tuple(p for p in project.pins if module_of(project, p.id) != module))


def module_of(project: Project, ident: str) -> str:
    """The module that a pin's id names, itself or by one of its things in the accepted layout."""
    levels = project.accepted.layout.levels if project.accepted else ()
    return next((item.bank or ident for level in levels for item in level.items if item.id == ident), ident)


def _staff_door(near: tuple[int, int]) -> Callable[[Project], Project]:
    def make(project: Project) -> Project:
        assert project.plan is not None
        return apply(project, AddDoor(level=project.plan.levels[0].id, near=near, use="staff"))

    return make


def _fewer_seats(share: float) -> Callable[[Project], Project]:
    def make(project: Project) -> Project:
        planning = project.planning
        return replace(project, planning=replace(planning, seated_share=round(planning.seated_share * share, 3)))

    return make
