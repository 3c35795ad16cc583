"""Zones, aisles, routes, labels and dimensions: what explains the layout over and under its things."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import shapely
from shapely.ops import unary_union

from exports.blocks import is_counter
from exports.drawing import Circle, Line, Polyline, Shape, Text, Xy, normal, turned
from exports.floor_building import floor_area
from exports.floor_shapes import between, fills, outlines, readable_angle, shift
from exports.item_boxes import local, size_of
from exports.labels import BOLD_LETTER, cut, letters, wrapped
from exports.one_line import drawn
from exports.words import say
from layouts.findings import Finding
from layouts.layout import Item, LevelLayout, Route
from layouts.plan import Level, Polygon

ARROW_EVERY_MM = 4500
ARROW_MM = 420
LABELS_APART_MM = 2500
WIDTHS_TOLD_MM = 3000  # a way wider than that binds nobody
AXES_APART_MM = 400
WAITING = frozenset({"seat", "wheelchair_bay"})
FLAG_MM, RING_MM, MOST_FLAGS = 380, 150, 6  # flags of one finding
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEAST_NAME_MM = 150.0
READABLE_MM = 180.0  # height of a bank's name, below which it goes on more lines


def _area(zone: Polygon) -> shapely.Polygon:
    return shapely.Polygon(zone.outer, zone.holes)


def draw_zones(layout: LevelLayout, level: Level) -> Iterator[Shape]:
    """Public floor, staff floor, the spine's strip and the customer zones, palest first."""
    for zone in layout.public:
        yield from fills(_area(zone), "A-AREA-PUBL-PATT", "public")
    public = unary_union([_area(z) for z in layout.public]) if layout.public else floor_area(level)
    for zone in layout.staff:
        yield from fills(_area(zone), "A-AREA-STAF-PATT", "staff")
        yield from outlines(_area(zone), "A-AREA", "staff")
    if layout.spine and len(layout.spine.centreline) > 1:
        line = shapely.LineString(layout.spine.centreline)
        strip = line.buffer(layout.spine.width_mm / 2, cap_style="flat", join_style="mitre").intersection(public)
        yield from fills(strip, "A-AREA-SPIN-PATT", "spine")
    zones = [z.polygon for i in layout.items for z in i.clear_zones if z.use == "customer"]
    if zones:
        # A hair of growth lets neighbouring zones become one.
        joined = unary_union([shapely.Polygon(z).buffer(1, join_style="mitre") for z in zones])
        yield from fills(joined, "A-AREA-CUST-PATT", "customer")


def draw_clear_zones(items: Sequence[Item]) -> Iterator[Shape]:
    """Dashed outlines, joined per bank and use; turning circles as circles, each with its item's id."""
    joined: dict[tuple[str, str], list[shapely.Polygon]] = {}
    for item in items:
        for zone in item.clear_zones:
            if zone.use == "turning":
                yield _turning_circle(item, zone.polygon)
            elif zone.use != "staff":
                joined.setdefault((item.bank or item.id, zone.use), []).append(shapely.Polygon(zone.polygon))
    for (owner, use), parts in joined.items():
        merged = unary_union([p.buffer(1, join_style="mitre") for p in parts])
        yield from outlines(merged, "A-CLRN-N", use, owner)


def _turning_circle(item: Item, square: tuple[Xy, ...]) -> Circle:
    area = shapely.Polygon(square)
    side = min(math.dist(a, b) for a, b in zip(square, (*square[1:], square[0])))
    radius = side / 2 if len(square) == 4 else math.sqrt(area.area / math.pi)
    middle = (round(area.centroid.x, 1), round(area.centroid.y, 1))
    return Circle(layer="A-CLRN-TURN-N", kind="turning", id=item.id, centre=middle, radius=radius)


def draw_spine(layout: LevelLayout) -> Iterator[Shape]:
    """The spine's centreline with an arrow every few metres in the direction of the visitors."""
    if not layout.spine or len(layout.spine.centreline) < 2:
        return
    points = layout.spine.centreline
    layer = "G-PATH-SPIN-N"
    yield Polyline(layer=layer, kind="spine", points=points)
    line = shapely.LineString(points)
    count = max(1, int(line.length // ARROW_EVERY_MM))
    for i in range(count):
        along = line.length * (i + 0.5) / count
        tip, tail = line.interpolate(along), line.interpolate(max(0.0, along - 50))
        yield from _arrow((tail.x, tail.y), (tip.x, tip.y), layer)


def _arrow(tail: Xy, tip: Xy, layer: str) -> Iterator[Shape]:
    n = normal(tail, tip)
    back = (-n[1], n[0])
    for sign in (1, -1):
        wing = shift(shift(tip, back, ARROW_MM), n, sign * ARROW_MM * 0.6)
        yield Line(layer=layer, kind="flow", a=wing, b=tip)


def draw_routes(routes: Sequence[Route], language: str) -> Iterator[Shape]:
    """Accessible routes, and the clear width at the narrowest point of each (near ones are told once)."""
    told: list[Xy] = []
    for route in sorted(routes, key=lambda r: r.clear_width_mm):
        if len(route.centreline) < 2:
            continue
        id = f"{route.from_id}>{route.to_id}"
        yield Polyline(layer="G-PATH-ACCS-N", kind="route", id=id, points=route.centreline)
        if route.clear_width_mm > WIDTHS_TOLD_MM or any(math.dist(route.narrowest, p) < LABELS_APART_MM for p in told):
            continue
        told.append(route.narrowest)
        yield Circle(layer="G-PATH-IDEN-N", kind="narrowest", id=id, centre=route.narrowest, radius=90)
        text = say("drawing.clear_width", {"width": route.clear_width_mm}, language)
        at = (route.narrowest[0] + 160, route.narrowest[1] + 200)
        yield Text(layer="G-PATH-IDEN-N", kind="narrowest", id=id, at=at, lines=(text,), height=150, anchor="left")


def banks_of(items: Sequence[Item]) -> dict[str, list[Item]]:
    """Counters by bank, each bank's in order along its front."""
    found: dict[str, list[Item]] = {}
    for item in items:
        if is_counter(item.kind):
            found.setdefault(item.bank or item.id, []).append(item)
    for bank in found.values():
        lead = bank[0]
        bank.sort(key=lambda i: (round(i.rotation_deg), round(local(i.insert_mm, lead)[0])))
    return found


def posts_of(items: Sequence[Item]) -> dict[str, list[Item]]:
    """What serves visitors without being a counter, by bank: welcome desks, checks, kiosks, security."""
    found: dict[str, list[Item]] = {}
    for item in items:
        if item.bank and item.services and item.kind not in WAITING and not is_counter(item.kind):
            found.setdefault(item.bank, []).append(item)
    return found


def draw_banks(items: Sequence[Item], names: Mapping[str, str]) -> Iterator[Shape]:
    """Position numbers on the desks (their own, else 1.. along the front) and each bank's name behind them."""
    for bank, counters in banks_of(items).items():
        for number, item in enumerate(counters, start=1):
            yield _position_number(item, own_number(item) or number)
        yield _bank_name(bank, counters, names)


def bank_letters(items: Sequence[Item]) -> dict[str, str]:
    """The letter on the sign over each bank of counters, as the tickets call it."""
    banks = banks_of(items).items()
    return {bank: ALPHABET[n] for n, (bank, cs) in enumerate(banks) if n < len(ALPHABET) and is_counter(cs[0].kind)}


def own_number(item: Item) -> int:
    """The number an item's label or id ends in, so that drawing, roster and sign agree; 0 where there is none."""
    for text in (item.label, item.id):
        digits = text[len(text.rstrip("0123456789")) :]
        if digits and len(digits) < len(text):
            return int(digits)
    return 0


def _position_number(item: Item, number: int) -> Text:
    width, depth = size_of(item)
    at = turned((width * 0.03, depth * 0.62), item.insert_mm, item.rotation_deg)
    turn = readable_angle(item.rotation_deg)
    return Text(
        layer="I-FURN-IDEN-N", kind="position", id=item.id, at=at, lines=(str(number),), height=200,
        rotation_deg=turn, bold=True,
    )  # fmt: skip


def bank_name(bank: str, counters: Sequence[Item], names: Mapping[str, str]) -> str:
    """The bank's given name, else what its counters' labels share but for their numbers, else its id."""
    labels = {item.label.rstrip("0123456789 ") for item in counters}
    return drawn(names.get(bank) or (labels.pop() if len(labels) == 1 else "") or bank)


def _bank_name(bank: str, counters: Sequence[Item], names: Mapping[str, str]) -> Text:
    lead, last = counters[0], counters[-1]
    middle = between(lead.insert_mm, last.insert_mm)
    _, depth = size_of(lead)
    name = bank_name(bank, counters, names) + (f" ×{len(counters)}" if len(counters) > 1 else "")
    length = sum(size_of(item)[0] for item in counters)
    lines, height = _beside(name, length)
    at = turned((0.0, depth + 1050), middle, lead.rotation_deg)
    turn = readable_angle(lead.rotation_deg)
    return Text(layer="I-FURN-IDEN-N", kind="bank", id=bank, at=at, lines=lines, height=height, rotation_deg=turn, bold=True)


def _beside(name: str, length: float) -> tuple[tuple[str, ...], float]:
    """A bank's name on as few lines as keep it readable within the bank's length, and the height of its letters; words that no
    line of that length holds are cut."""

    def height(lines: Sequence[str]) -> float:
        return length * 0.9 / (BOLD_LETTER * max(map(letters, lines)))

    ways = [(name,), *(wrapped(name, count) for count in (2, 3))]
    best = next((w for w in ways if height(w) >= READABLE_MM), max(ways, key=height))
    if height(best) < LEAST_NAME_MM:
        best = tuple(cut(line, length / (BOLD_LETTER * LEAST_NAME_MM)) for line in best)
    return best, max(LEAST_NAME_MM, min(260.0 if len(best) == 1 else 200.0, height(best)))


def draw_findings(findings: Sequence[Finding], level: Level, layout: LevelLayout | None) -> Iterator[Shape]:
    """A numbered flag where a check failed; the number is the finding's place among the failed ones in the report. A finding
    about many things, such as all doors that should be locked, is numbered at the first, and the others have a small ring."""
    places: dict[str, Xy] = {d.id: between(d.p, d.q) for d in level.doors}
    for item in layout.items if layout else ():
        middle = shapely.Polygon(item.polygon).centroid
        places[item.id] = (middle.x, middle.y)
    failed = [f for f in findings if f.status == "fail"]
    for number, finding in enumerate(failed, start=1):
        spots = [at for place in finding.where if (at := places.get(place) or _as_point(place)) is not None]
        for k, at in enumerate(spots):
            layer, numbered = "A-ANNO-CHCK-N", k == 0 or len(spots) <= MOST_FLAGS
            yield Circle(layer=layer, kind="finding", id=finding.code, centre=at, radius=FLAG_MM if numbered else RING_MM)
            if not numbered:
                continue
            yield Text(layer=layer, kind="finding", id=finding.code, at=at, lines=(str(number),), height=300, bold=True)


def _as_point(place: str) -> Xy | None:
    """A place written as "x,y" in millimetres; anything else is the id of something not drawn here."""
    x, comma, y = place.partition(",")
    if not comma or not _is_number(x) or not _is_number(y):
        return None
    return float(x), float(y)


def _is_number(text: str) -> bool:
    return text.strip().lstrip("-").replace(".", "", 1).isdecimal()
