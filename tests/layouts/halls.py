"""Small halls known by heart, for the checks' tests."""

from __future__ import annotations

from layouts.layout import ClearZone, Item, LevelLayout
from layouts.plan import Column, Door, Level, Polygon, Ring


def box(x0: int, y0: int, x1: int, y1: int) -> Ring:
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def area(x0: int, y0: int, x1: int, y1: int) -> Polygon:
    return Polygon(outer=box(x0, y0, x1, y1))


def door(id: str, use: str, p: tuple[int, int], q: tuple[int, int], **more: object) -> Door:
    width = round(((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2) ** 0.5)
    return Door(id=id, use=use, p=p, q=q, **{"clear_mm": width, "swing": "out", **more})  # type: ignore[arg-type]


def block(id: str, ring: Ring, kind: str = "partition") -> Item:
    """A solid that is nothing else."""
    return Item(id=id, kind=kind, polygon=ring, insert_mm=ring[0], rotation_deg=0)


def kiosk(id: str, x: int, y: int, rotation: int = 0, size: int = 600) -> Item:
    """A square machine with the middle of its front at (x, y), facing -y turned by a multiple of 90 degrees."""
    half = size // 2
    rings = {
        0: box(x - half, y, x + half, y + size),
        90: box(x - size, y - half, x, y + half),
        180: box(x - half, y - size, x + half, y),
        270: box(x, y - half, x + size, y + half),
    }
    return Item(id=id, kind="self_service_kiosk", polygon=rings[rotation], insert_mm=(x, y), rotation_deg=rotation)


def a_corridor(width: int = 2000, length: int = 20_000, items: tuple[Item, ...] = ()) -> tuple[Level, LevelLayout]:
    """A corridor along x with its entrance at the left end and its exit at the right."""
    level = Level(
        id="0",
        name="",
        elevation_mm=0,
        outline=box(0, 0, length, width),
        doors=(
            door("in", "entrance", (0, width // 2 - 500), (0, width // 2 + 500)),
            door("out", "exit", (length, width // 2 - 500), (length, width // 2 + 500)),
        ),
    )
    return level, LevelLayout(level="0", items=items, public=(Polygon(outer=level.outline),), staff=())


def a_column(id: str, x: int, y: int, size: int) -> Column:
    return Column(id=id, outline=box(x - size // 2, y - size // 2, x + size // 2, y + size // 2))


def zone(use: str, ring: Ring) -> ClearZone:
    return ClearZone(use=use, polygon=ring)
