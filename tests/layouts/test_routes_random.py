"""Walks in random halls against a second way of finding them: a raster that knows nothing of corners."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from layouts.layout import LevelLayout
from layouts.plan import Column, Level
from layouts.programme import Flow
from layouts.routes import find_routes, public_ways
from tests.layouts.halls import a_corridor, kiosk

CLEAR = 1200


def a_random_hall(seed: int) -> tuple[Level, LevelLayout]:
    """A hall of 20 x 12 m with slanted pillars of many sizes and one machine at the far wall."""
    random = np.random.default_rng(seed)
    level, layout = a_corridor(width=12_000, length=20_000, items=(kiosk("k", 18_000, 11_000),))
    columns = []
    for k in range(14):
        x, y, half = random.uniform(2500, 16_500), random.uniform(500, 11_500), random.uniform(150, 900)
        turn = random.uniform(0, 90)
        square = shapely.affinity.rotate(shapely.box(x - half, y - half, x + half, y + half), turn)
        columns.append(Column(id=f"c{k}", outline=tuple((round(a), round(b)) for a, b in square.exterior.coords[:-1])))
    return replace(level, columns=tuple(columns)), layout


@pytest.mark.parametrize("seed", range(12))
def test_a_route_is_as_short_as_the_raster_s_and_keeps_its_distance(seed: int) -> None:
    level, layout = a_random_hall(seed)
    ways = public_ways(level, layout, clear_width_mm=CLEAR)
    flows = (Flow(service="s", visitors_per_day=1, stops=("k",)),)
    routes = find_routes(level, layout, flows, clear_width_mm=CLEAR)
    if not routes:
        assert not ways.reached.buffer(1).covers(shapely.Point(18_000, 10_400))
        return
    line = LineString(routes[0].centreline)
    assert ways.floor.boundary.distance(line) >= CLEAR / 2 - 8
    assert line.length == pytest.approx(routes[0].length_mm, abs=5)
    assert routes[0].clear_width_mm >= CLEAR - 2
    on_raster = raster_walk_mm(ways.reached, line.coords[0], line.coords[-1])
    # It keeps its distance, so it is a walk; it is no longer than any other, here those over cells.
    assert line.length <= on_raster * 1.001 + 100


def raster_walk_mm(area: BaseGeometry, start: tuple[float, float], end: tuple[float, float], cell: int = 100) -> float:
    """Shortest walk over cells in sixteen directions."""
    left, low, right, high = area.bounds
    gx, gy = np.meshgrid(np.arange(left, right, cell), np.arange(low, high, cell))
    free = shapely.contains_xy(area, gx, gy)
    number = np.full(free.shape, -1)
    number[free] = np.arange(free.sum())
    rows, columns, lengths = [], [], []
    h, w = free.shape
    for dx, dy in ((1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2)):
        a = number[max(0, -dy) : h - max(0, dy), : w - dx]
        b = number[max(0, dy) : h + min(0, dy), dx:]
        joined = (a >= 0) & (b >= 0)
        rows.append(a[joined])
        columns.append(b[joined])
        lengths.append(np.full(joined.sum(), math.hypot(dx, dy) * cell))
    size = int(free.sum())
    graph = coo_array((np.concatenate(lengths), (np.concatenate(rows), np.concatenate(columns))), shape=(size, size))
    cells = np.column_stack([gx[free], gy[free]])
    first, last = (int(np.argmin(np.hypot(*(cells - p).T))) for p in (start, end))
    return float(dijkstra(graph.tocsr(), directed=False, indices=first)[last])
