"""From the capacity plan to the programme: banks, islands, rooms, flows and nearness that a floor must hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import Protocol

from layouts.catalogue import Fitting, fitting
from layouts.compartments import COMBINED
from layouts.findings import BadInput
from layouts.programme import (
    BankRequirement,
    Flow,
    IslandRequirement,
    LayoutRules,
    Nearness,
    Programme,
    RoomRequirement,
)
from layouts.standards import Profile, for_planning
from solvers.capacity import BEHIND_THE_SCENES, BankCapacity, CapacityPlan
from solvers.nearness import starter_nearness
from solvers.room_sizes import Users, forms_mm, room_m2

LONGEST_BANK = 10
"""More counters than this make two modules: a longer desk line fits few walls and no eye."""
SPINE_WIDTHS_MM = (1800, 2400, 3000)
WITHIN_FIRST = {"security": 0.15, "reception": 0.35, "document_check": 0.4, "ticket_kiosk": 0.4}
"""How far along the spine, from the entrance, a fitting may stand (default): who comes in meets them in this order."""
AREA_STEP_M2 = 0.5


class RoomWish(Protocol):
    """A room that the project asks for; area 0 means from the standards."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def area_m2(self) -> float: ...
    @property
    def count(self) -> int: ...


def draw_up_programme(
    capacity: CapacityPlan,
    wishes: Sequence[RoomWish],
    profile: Profile,
    *,
    nearness: Sequence[Nearness] = (),
    main_aisle_mm: int = 0,
    staff_zone_mm: int = 0,
) -> Programme:
    """All that must be placed. A bank becomes counters, an island or rooms by the category of its catalogue kind.

    Toilets are drawn whether wished for or not; the project's nearness goes before the starter ratings. The main aisle is
    `main_aisle_mm` wide and the floor behind counters `staff_zone_mm` deep where that is told.
    """
    users = users_of(capacity)
    modules = {each.bank.id: _modules_of(each, users) for each in capacity.banks if _is_placed(each)}
    flat = [module for found in modules.values() for module in found] + _wished(wishes, users)
    if not any(isinstance(module, RoomRequirement) and module.kind == "toilets" for module in flat):
        flat.append(_room("toilets", "Toilets", "toilets", 0.0, users))
    _refuse_doubles([module.id for module in flat])
    banks = tuple(module for module in flat if isinstance(module, BankRequirement))
    rooms = tuple(module for module in flat if isinstance(module, RoomRequirement))
    islands = tuple(module for module in flat if isinstance(module, IslandRequirement))
    nearness = _of_parts(nearness, modules)
    _check_nearness(nearness, {module.id for module in flat})
    rules = layout_rules(profile)
    if main_aisle_mm:
        rules = replace(rules, spine_widths_mm=(main_aisle_mm,))
    if staff_zone_mm:
        rules = replace(rules, staff_zone_mm=staff_zone_mm)
    return Programme(
        banks=banks,
        rooms=rooms,
        islands=islands,
        flows=_flows(capacity, modules),
        rules=rules,
        nearness=starter_nearness(banks, rooms, islands, tuple(nearness)),
    )


Module = BankRequirement | RoomRequirement | IslandRequirement


def users_of(capacity: CapacityPlan) -> Users:
    """People in the hall at its peak, and staff on duty and in the back office at once, on the design day."""
    intervals = range(len(capacity.starts_min))
    staffed = [each for each in capacity.banks if each.bank.staffed]
    return Users(
        hall=capacity.occupancy.peak,
        on_duty=max(sum(each.day.open[i] for each in staffed) for i in intervals),
        back_office=sum(each.positions for each in capacity.banks if each.bank.kind == "back_office"),
    )


def layout_rules(profile: Profile) -> LayoutRules:
    """The lengths that shape modules, from the access profile and, where it has none, from the planning default."""
    profile = for_planning(profile)
    return LayoutRules(
        profile=profile.id,
        counter_width_mm=profile.mm("counter_width_mm"),
        accessible_counter_width_mm=profile.mm("accessible_counter_width_mm"),
        desk_depth_mm=profile.mm("desk_depth_mm"),
        staff_zone_mm=profile.mm("staff_zone_mm"),
        customer_zone_mm=profile.mm("customer_zone_mm"),
        approach_aisle_mm=profile.mm("approach_aisle_mm"),
        seat_width_mm=profile.mm("seat_width_mm"),
        row_pitch_mm=profile.mm("row_pitch_mm"),
        gangway_mm=max(profile.mm("gangway_mm"), profile.mm("clear_route_mm")),  # visitors' ways lead through gangways
        spine_widths_mm=tuple(w for w in SPINE_WIDTHS_MM if w >= profile.mm("main_aisle_mm")),
        clear_width_mm=profile.mm("clear_route_mm"),
        turning_mm=profile.mm("turning_circle_mm"),
        staff_corridor_mm=profile.mm("staff_corridor_mm"),
        room_front_mm=profile.mm("room_front_mm"),
        wheelchair_bay_mm=(profile.mm("wheelchair_bay_width_mm"), profile.mm("wheelchair_bay_depth_mm")),
        toilet_distance_mm=round(profile.value("accessible_toilet_distance_m") * 1000),
    )


def _is_placed(each: BankCapacity) -> bool:
    """Back-office work has no place of its own: its people size the back office. A bank nobody visits is not built."""
    return each.positions > 0 and each.bank.kind not in BEHIND_THE_SCENES


def _modules_of(each: BankCapacity, users: Users) -> tuple[Module, ...]:
    category = fitting(each.bank.kind).category
    if category == "counter":
        return _counters(each)
    if category == "island":
        return (_island_of_bank(each),)
    if category in ("room_public", "room_staff"):
        return _rooms(each.bank.id, each.bank.name, each.bank.kind, 0.0, each.positions, users)
    raise BadInput("programme.not_a_bank_kind", place=f"banks[id={each.bank.id}].kind", kind=each.bank.kind)


def _counters(each: BankCapacity) -> tuple[BankRequirement, ...]:
    """One module, or as many equal ones as it takes to stay within the longest bank."""
    parts = ceil(each.positions / (each.bank.most_in_a_row or LONGEST_BANK))
    return tuple(
        BankRequirement(
            id=each.bank.id if parts == 1 else f"{each.bank.id}-{part + 1}",
            label=each.bank.name if parts == 1 else f"{each.bank.name} {part + 1}",
            kind=each.bank.kind,
            services=each.services,
            positions=_share(each.positions, parts, part),
            accessible_positions=_accessible(each, parts, part),
            seats=_share(each.seats, parts, part),
            wheelchair_bays=max(1 if each.seats else 0, _share(each.wheelchair_bays, parts, part)),
        )
        for part in range(parts)
    )


def _accessible(each: BankCapacity, parts: int, part: int) -> int:
    """As capacity asks, one in each module at the least; all where the catalogue's desk is accessible anyway."""
    if fitting(each.bank.kind).accessible:
        return _share(each.positions, parts, part)
    return max(1, _share(each.accessible_positions, parts, part))


def _share(whole: int, parts: int, part: int) -> int:
    """`whole` dealt out evenly, the first parts taking what is over."""
    return whole // parts + (part < whole % parts)


def _island_of_bank(each: BankCapacity) -> IslandRequirement:
    return _island(
        each.bank.id, each.bank.name, fitting(each.bank.kind), each.positions, each.bank.staffed, each.services,
        each.accessible_positions,
    )  # fmt: skip


def _island(
    id_: str, label: str, kind: Fitting, positions: int, staffed: bool, services: tuple[str, ...], accessible: int
) -> IslandRequirement:
    """Positions side by side at the catalogue's pitch; a staffed one is deeper by the staff place behind its desk."""
    pitch = kind.pitch_mm or kind.width_mm
    front = max((c.depth_mm for c in kind.clearances if c.side == "front"), default=0)
    behind = max((c.depth_mm for c in kind.clearances if c.side == "back"), default=0)
    return IslandRequirement(
        id=id_,
        label=label,
        kind=kind.id,
        services=services,
        positions=positions,
        accessible_positions=accessible,
        width_mm=pitch * positions,
        depth_mm=kind.depth_mm + behind,
        front_mm=front,
        within_first=WITHIN_FIRST.get(kind.id, 1.0),
        staffed=staffed,
    )


def _wished(wishes: Sequence[RoomWish], users: Users) -> list[Module]:
    modules: list[Module] = []
    for wish in wishes:
        kind = fitting(wish.kind)
        if wish.count < 1 or wish.area_m2 < 0:
            raise BadInput("programme.bad_room_wish", place=f"rooms[id={wish.id}]", count=wish.count, area_m2=wish.area_m2)
        if kind.category == "island":
            modules.append(_island(wish.id, wish.name, kind, wish.count, False, (), wish.count if kind.accessible else 0))
        elif kind.category in ("room_public", "room_staff"):
            modules.extend(_rooms(wish.id, wish.name, wish.kind, wish.area_m2, wish.count, users))
        else:
            raise BadInput("programme.not_a_room_kind", place=f"rooms[id={wish.id}].kind", kind=wish.kind)
    return modules


def _rooms(id_: str, label: str, kind: str, area_m2: float, count: int, users: Users) -> tuple[RoomRequirement, ...]:
    """`count` rooms of a kind. Toilets in several places serve the hall's people together: each is sized for its share."""
    if count == 1:
        return (_room(id_, label, kind, area_m2, users),)
    if kind == "toilets":
        users = replace(users, hall=ceil(users.hall / count))
    return tuple(_room(f"{id_}-{n}", f"{label} {n}", kind, area_m2, users) for n in range(1, count + 1))


def _room(id_: str, label: str, kind: str, wished_m2: float, users: Users) -> RoomRequirement:
    """The wished area, else the standards', rounded up to half a square metre."""
    area = ceil((wished_m2 or room_m2(kind, users)) / AREA_STEP_M2 - 1e-9) * AREA_STEP_M2
    found = fitting(kind)
    return RoomRequirement(
        id=id_,
        label=label,
        kind=kind,
        area_m2=area,
        min_width_mm=found.min_width_mm,
        side="staff" if found.category == "room_staff" else "public",
        depths_mm=forms_mm(kind, area, found.min_width_mm),
        shares=tuple(room_m2(part, users) for part in COMBINED.get(kind, ())),
    )


def _flows(capacity: CapacityPlan, modules: dict[str, tuple[Module, ...]]) -> tuple[Flow, ...]:
    """Who walks where, per service. Where not all take a step, the walk splits.

    A bank of several modules is dealt out by their positions; parts are rounded so that they add up to the visitors.
    """
    flows: list[Flow] = []
    for outcome in capacity.services:
        walks: list[tuple[tuple[str, ...], float]] = [((), 1.0)]
        for bank, probability in outcome.route:
            if bank not in modules:
                continue
            walks = [grown for walk in walks for grown in _take_step(walk, modules[bank], probability)]
        flows.extend(_rounded(outcome.id, outcome.visitors_per_day, walks))
    return tuple(flows)


def _take_step(
    walk: tuple[tuple[str, ...], float], parts: tuple[Module, ...], probability: float
) -> list[tuple[tuple[str, ...], float]]:
    stops, share = walk
    sizes = [getattr(part, "positions", 1) for part in parts]
    taken = [((*stops, part.id), share * probability * size / sum(sizes)) for part, size in zip(parts, sizes)]
    return taken if probability >= 1.0 else [*taken, (stops, share * (1.0 - probability))]


def _rounded(service: str, visitors: float, walks: list[tuple[tuple[str, ...], float]]) -> list[Flow]:
    """Running totals rounded, so that the parts add up to the rounded whole; walks without stops are left out."""
    flows, before, running = [], 0, 0.0
    for stops, share in walks:
        running += visitors * share
        upto = round(running)
        if stops and upto > before:
            flows.append(Flow(service=service, visitors_per_day=upto - before, stops=stops))
        before = upto
    return flows


def _of_parts(nearness: Sequence[Nearness], modules: dict[str, tuple[Module, ...]]) -> tuple[Nearness, ...]:
    """What is rated of a bank is rated of each of its parts."""
    ends = {bank: [part.id for part in parts] for bank, parts in modules.items()}
    return tuple(replace(n, a=a, b=b) for n in nearness for a in ends.get(n.a, [n.a]) for b in ends.get(n.b, [n.b]))


def _check_nearness(nearness: Sequence[Nearness], known: set[str]) -> None:
    for number, each in enumerate(nearness):
        for end in (each.a, each.b):
            if end not in known:
                raise BadInput("programme.unknown_module", place=f"nearness[{number}]", module=end)
        if each.rating not in ("A", "E", "I", "O", "U", "X"):
            raise BadInput("programme.unknown_rating", place=f"nearness[{number}].rating", rating=each.rating)


def _refuse_doubles(ids: list[str]) -> None:
    for id_ in ids:
        if ids.count(id_) > 1:
            raise BadInput("programme.id_twice", place="rooms", id=id_)
