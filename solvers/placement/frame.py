"""From a module's local frame (u along its baseline, v from back to front, mm) to the project's frame."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import atan2, degrees

from layouts.plan import Point, Ring
from solvers.placement.problem import DM, Pose


@dataclass(frozen=True, slots=True)
class Lean:
    """How a frame stands off the axes: where u = v = 0 lies (mm), and the directions of u and of v (unit vectors)."""

    origin: tuple[float, float]
    along: tuple[float, float]
    forward: tuple[float, float]

    def point(self, u: float, v: float) -> Point:
        (x, y), (ux, uy), (vx, vy) = self.origin, self.along, self.forward
        return (round(x + u * ux + v * vx), round(y + u * uy + v * vy))

    def local(self, p: Point) -> tuple[float, float]:
        dx, dy = p[0] - self.origin[0], p[1] - self.origin[1]
        return dx * self.along[0] + dy * self.along[1], dx * self.forward[0] + dy * self.forward[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaningPose(Pose):
    """A pose that is drawn off the axes; to the model it is what it was."""

    lean: Lean


@dataclass(frozen=True, slots=True)
class LocalFrame:
    """`u0`: world coordinate (mm) of u = 0 along `axis`; `back`: world coordinate of v = 0 across it; `sign`: the way of v.

    With a `lean` it is that instead; axis and sign then tell what is left of it when the wall is straightened.
    """

    axis: str
    u0: int
    back: int
    sign: int
    lean: Lean | None = None

    def point(self, u: int, v: int) -> Point:
        if self.lean is not None:
            return self.lean.point(u, v)
        along, across = self.u0 + u, self.back + self.sign * v
        return (along, across) if self.axis == "x" else (across, along)

    def box(self, u0: int, v0: int, u1: int, v1: int) -> Ring:
        """A counter-clockwise rectangle."""
        if self.lean is not None:
            corners = tuple(self.point(u, v) for u, v in ((u0, v0), (u1, v0), (u1, v1), (u0, v1)))
            (ax, ay), (bx, by) = self.lean.along, self.lean.forward
            return corners if ax * by > ay * bx else corners[::-1]
        a, b = self.point(u0, v0), self.point(u1, v1)
        x0, x1, y0, y1 = min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1])
        return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))

    def facing(self, *, towards_v: bool) -> float:
        """Rotation of a block whose front looks along +v (or -v): its local +y points away from its front."""
        if self.lean is not None:
            x, y = self.lean.forward if towards_v else (-self.lean.forward[0], -self.lean.forward[1])
            return round(degrees(atan2(-x, y)) + 180.0, 3) % 360.0
        forward = self.sign if towards_v else -self.sign
        if self.axis == "x":  # v runs along world y
            return 180.0 if forward > 0 else 0.0
        return 90.0 if forward > 0 else 270.0


    def onwards(self, v: int) -> LocalFrame:
        """The same frame with its back `v` farther on."""
        lean = None if self.lean is None else replace(self.lean, origin=self._ahead(self.lean, v))
        return LocalFrame(self.axis, self.u0, self.back + self.sign * v, self.sign, lean)

    @staticmethod
    def _ahead(lean: Lean, v: int) -> tuple[float, float]:
        return (lean.origin[0] + v * lean.forward[0], lean.origin[1] + v * lean.forward[1])


def frame_of(pose: Pose) -> LocalFrame:
    lean = pose.lean if isinstance(pose, LeaningPose) else None
    return LocalFrame(pose.axis, pose.u_dm * DM, pose.back_dm * DM, pose.sign, lean)


def across_frame(pose: Pose) -> LocalFrame:
    """The frame of the waiting rows on the far side of the spine: v = 0 at the spine's far edge."""
    if pose.across_dm is None:
        raise ValueError(f"{pose.element} does not wait across the spine")
    return LocalFrame(pose.axis, pose.u_dm * DM, pose.across_dm * DM, pose.sign)
