"""Where a bank that runs along a slanted wall may stand: its layers measured off that wall, near the place it is posed at.

Read anew from the wall and the counters drawn. Walks are counted as if the bank stood square at its pose; so it may stand no
farther from there than OFF_MM and ALONG_MM, seen from where its visitors stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from shapely.geometry import Polygon

from layouts.layout import Item
from layouts.plan import Level
from solvers.placement.check_places import Layers, wall_of
from solvers.placement.problem import DM, Pose

OFF_MM, ALONG_MM = 600.0, 300.0  # how far from its pose it may stand, off its wall and along it
ROUNDING_MM = 60.0  # poses lie on decimetres, counters in the middle of theirs
SQUARE_DEG = 0.01


@dataclass(frozen=True, slots=True)
class Leaning:
    """A bank along a wall: where its length begins, how far off its back is, and whether it is too far from its pose."""

    at: tuple[float, float]
    along: tuple[float, float]
    inward: tuple[float, float]
    span: tuple[float, float]
    back: float
    astray: tuple[float, float] | None

    def floor(self, v0: float, v1: float) -> Polygon:
        """The floor of its whole length between two of its v, dm."""

        def put(s: float, off: float) -> tuple[float, float]:
            return (
                self.at[0] + s * self.along[0] + off * self.inward[0],
                self.at[1] + s * self.along[1] + off * self.inward[1],
            )  # fmt: skip

        low, high = self.back + v0 * DM, self.back + v1 * DM
        return Polygon([put(self.span[0], low), put(self.span[1], low), put(self.span[1], high), put(self.span[0], high)])


def leaning(level: Level, pose: Pose, desks: list[Item], cut: Layers) -> Leaning | None:
    """How a bank's desks run along its slanted wall; None where they stand square, or the wall does."""
    if not any(min(i.rotation_deg % 90, -i.rotation_deg % 90) > SQUARE_DEG for i in desks):
        return None
    a, b = wall_of(level, pose)
    long = hypot(b[0] - a[0], b[1] - a[1])
    along = ((b[0] - a[0]) / long, (b[1] - a[1]) / long)
    inward = (-along[1], along[0])

    def local(p: tuple[float, float]) -> tuple[float, float]:
        dx, dy = p[0] - a[0], p[1] - a[1]
        return dx * along[0] + dy * along[1], dx * inward[0] + dy * inward[1]

    corners = [local(p) for i in desks for p in i.polygon]
    middle = (min(s for s, _ in corners) + max(s for s, _ in corners)) / 2
    back = min(off for _, off in corners) - cut.body[0] * DM
    half = pose.length_dm * DM / 2
    u, v = pose.u_dm * DM + half, (pose.back_dm + pose.sign * cut.front) * DM
    s, off = local((u, v) if pose.axis == "x" else (v, u))
    aside, beside = abs(back + cut.front * DM - off), abs(middle - s)
    astray = None
    if aside > OFF_MM + ROUNDING_MM:
        astray = (aside, OFF_MM)
    elif beside > ALONG_MM + ROUNDING_MM:
        astray = (beside, ALONG_MM)
    return Leaning((float(a[0]), float(a[1])), along, inward, (middle - half, middle + half), back, astray)
