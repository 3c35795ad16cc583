"""From a module's local frame (u along its baseline, v from back to front, mm) to the project's frame."""

from __future__ import annotations

from dataclasses import dataclass

from layouts.plan import Point, Ring
from solvers.placement.problem import DM, Pose


@dataclass(frozen=True, slots=True)
class LocalFrame:
    """`u0`: world coordinate (mm) of u = 0 along `axis`; `back`: world coordinate of v = 0 across it; `sign`: the way of v."""

    axis: str
    u0: int
    back: int
    sign: int

    def point(self, u: int, v: int) -> Point:
        along, across = self.u0 + u, self.back + self.sign * v
        return (along, across) if self.axis == "x" else (across, along)

    def box(self, u0: int, v0: int, u1: int, v1: int) -> Ring:
        """A counter-clockwise rectangle."""
        a, b = self.point(u0, v0), self.point(u1, v1)
        x0, x1, y0, y1 = min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1])
        return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))

    def facing(self, *, towards_v: bool) -> float:
        """Rotation of a block whose front looks along +v (or -v): its local +y points away from its front."""
        forward = self.sign if towards_v else -self.sign
        if self.axis == "x":  # v runs along world y
            return 180.0 if forward > 0 else 0.0
        return 90.0 if forward > 0 else 270.0


def frame_of(pose: Pose) -> LocalFrame:
    return LocalFrame(pose.axis, pose.u_dm * DM, pose.back_dm * DM, pose.sign)


def across_frame(pose: Pose) -> LocalFrame:
    """The frame of the waiting rows on the far side of the spine: v = 0 at the spine's far edge."""
    if pose.across_dm is None:
        raise ValueError(f"{pose.element} does not wait across the spine")
    return LocalFrame(pose.axis, pose.u_dm * DM, pose.across_dm * DM, pose.sign)
