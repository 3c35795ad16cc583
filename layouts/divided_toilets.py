"""How a block of toilets is divided: women, an accessible one and men, each with a door of its own to the public.

side by side : a wheelchair turns behind every door, cubicles stand along the back wall, basins on the side wall between both.
behind       : on a short front the accessible one lies between two passages that lead behind it to the women's and the men's.

Who looks in at a door sees doors of cubicles at the most. Axes: x along the front from its middle, y from it inwards; mm.
"""

from __future__ import annotations

from layouts.compartment import DOOR_MM, JAMB_MM, PUSHED_MM, WALL_MM, Box, Compartment, Outline, corners

BESIDE_WIDE_MM = 1700.0  # an accessible one as deep as the block (AD M 5.10, from memory: 1700 x 2200): the circle lies first
BETWEEN_WIDE_MM, BETWEEN_DEEP_MM = 2000.0, 2300.0  # circle of 1525 clear of WC and basin: as the catalogue's accessible toilet
CUBICLE_WIDE_MM, CUBICLE_DEEP_MM = 900.0, 1500.0
BASIN_DEEP_MM, BASIN_WIDE_MM = 450.0, 550.0
BEFORE_MM = 1540.0  # behind a door: 1525 to pull it open from the front (ADA 404.2.4.1) and to turn in, and rounding
PASSAGE_MM = DOOR_MM + 2 * JAMB_MM
WASHING_MM = 1700.0  # behind the passages: 1220 before a basin, and the circle beside it
LEAST_PER_SEX = 2
MEN_SHARE = 1 / 3  # of the cubicles: one for 65 women, one for 125 men (IPC-2018 table 403.1)
LEAST_BESIDE_MM = (
    BESIDE_WIDE_MM + 2 * LEAST_PER_SEX * CUBICLE_WIDE_MM + 4 * WALL_MM,
    BEFORE_MM + BASIN_WIDE_MM + CUBICLE_DEEP_MM + 2 * WALL_MM,
)
LEAST_BEHIND_MM = (
    BETWEEN_WIDE_MM + 2 * PASSAGE_MM + 4 * WALL_MM,
    BETWEEN_DEEP_MM + WASHING_MM + CUBICLE_DEEP_MM + 3 * WALL_MM,
)
WOMEN, ACCESSIBLE, MEN = KINDS = ("toilets_women", "toilet_accessible", "toilets_men")


def toilets(width: float, depth: float) -> tuple[Compartment, ...]:
    """The rooms of a block of that size, from left to right; none where it is too small."""
    if width >= LEAST_BESIDE_MM[0] and depth >= LEAST_BESIDE_MM[1]:
        return _side_by_side(width, depth)
    return _behind(width, depth) if width >= LEAST_BEHIND_MM[0] and depth >= LEAST_BEHIND_MM[1] else ()


def cubicles_in(width: float, depth: float) -> int:
    """How many common cubicles a divided block of that size has."""
    return sum(len(room.cubicles) for room in toilets(width, depth))


def _side_by_side(width: float, depth: float) -> tuple[Compartment, ...]:
    left, low, high = -width / 2 + WALL_MM, WALL_MM, depth - WALL_MM
    common = width - 4 * WALL_MM - BESIDE_WIDE_MM
    cubicles = int(common // CUBICLE_WIDE_MM)
    men = max(LEAST_PER_SEX, round(cubicles * MEN_SHARE))
    middle = left + common * (cubicles - men) / cubicles + WALL_MM
    right = middle + BESIDE_WIDE_MM + WALL_MM
    return (
        _bay(WOMEN, (left, low, middle - WALL_MM, high), cubicles - men),
        _accessible((middle, low, middle + BESIDE_WIDE_MM, high)),
        _bay(MEN, (right, low, width / 2 - WALL_MM, high), men),
    )


def _bay(kind: str, box: Box, count: int) -> Compartment:
    """The door at the left, basins on the right-hand wall beyond the circle."""
    x0, y0, x1, y1 = box
    front = y1 - CUBICLE_DEEP_MM
    tops = [front - k * BASIN_WIDE_MM for k in range(int((front - y0 - BEFORE_MM) // BASIN_WIDE_MM))]
    return Compartment(
        kind=kind, floor=corners(box), door_mm=x0 + PASSAGE_MM / 2, out=False, cubicles=_row(x0, x1, y1, count),
        basins=tuple((x1 - BASIN_DEEP_MM, y - BASIN_WIDE_MM, x1, y) for y in tops),
    )  # fmt: skip


def _behind(width: float, depth: float) -> tuple[Compartment, ...]:
    half, y0, y1 = width / 2 - WALL_MM, WALL_MM, depth - WALL_MM
    inner, back, parting = half - PASSAGE_MM, WALL_MM + BETWEEN_DEEP_MM + WALL_MM, WALL_MM / 2
    women: Outline = ((-half, y0), (-inner, y0), (-inner, back), (-parting, back), (-parting, y1), (-half, y1))
    basin = (-parting - BASIN_DEEP_MM - 50, back, -parting, back + BASIN_DEEP_MM)
    count = int((half - parting) // CUBICLE_WIDE_MM)
    between = (-inner + WALL_MM, y0, inner - WALL_MM, y0 + BETWEEN_DEEP_MM)
    return (
        Compartment(kind=WOMEN, floor=women, door_mm=-half + PASSAGE_MM / 2, out=True,
                    cubicles=_row(-half, -parting, y1, count), basins=(basin,)),
        _accessible(between),
        Compartment(kind=MEN, floor=tuple((-x, y) for x, y in reversed(women)), door_mm=half - PASSAGE_MM / 2, out=True,
                    cubicles=_row(parting, half, y1, count), basins=((-basin[2], basin[1], -basin[0], basin[3]),)),
    )  # fmt: skip


def _accessible(box: Box) -> Compartment:
    """WC in the back corner, basin at the other side before it, off the floor from which the door is pushed; the door opens
    outwards, so that help can come in."""
    x0, y0, x1, y1 = box
    low = max(y1 - 1250, y0 + PUSHED_MM)
    basin = (x0, low, x0 + 430, low + BASIN_WIDE_MM)
    return Compartment(
        kind=ACCESSIBLE, floor=corners(box), door_mm=x0 + PASSAGE_MM / 2, out=True, basins=(basin,),
        pan=(x1 - 690, y1 - 585, x1 - 310, y1),
    )  # fmt: skip


def _row(x0: float, x1: float, back: float, count: int) -> tuple[Box, ...]:
    step = (x1 - x0) / count
    return tuple((x0 + k * step, back - CUBICLE_DEEP_MM, x0 + (k + 1) * step, back) for k in range(count))
