"""Where our millimetres lie in a drawing file, and back."""

from __future__ import annotations

from dataclasses import dataclass

from exports.drawing import Xy, turned
from layouts.plan import Frame

INSUNITS = {"in": 1, "ft": 2, "mm": 4, "cm": 5, "m": 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """File = turn(-rotation) (ours + origin) / mm_per_unit: the frame of an import, turned round."""

    mm_per_unit: float = 1.0
    origin_mm: Xy = (0.0, 0.0)
    rotation_deg: float = 0.0

    def point(self, ours: Xy) -> Xy:
        x, y = turned((ours[0] + self.origin_mm[0], ours[1] + self.origin_mm[1]), (0.0, 0.0), -self.rotation_deg)
        return x / self.mm_per_unit, y / self.mm_per_unit

    def length(self, mm: float) -> float:
        return mm / self.mm_per_unit

    def angle(self, degrees: float) -> float:
        return (degrees - self.rotation_deg) % 360

    def ours(self, point: Xy) -> Xy:
        """A point of the file in the project's millimetres."""
        x, y = turned((point[0] * self.mm_per_unit, point[1] * self.mm_per_unit), (0.0, 0.0), self.rotation_deg)
        return x - self.origin_mm[0], y - self.origin_mm[1]

    def our_angle(self, degrees: float) -> float:
        return (degrees + self.rotation_deg) % 360


def place_in_source(frame: Frame) -> Place:
    """For an overlay: the source's own unit, origin and direction."""
    return Place(mm_per_unit=frame.scale_to_mm, origin_mm=frame.origin_mm, rotation_deg=frame.rotation_deg)


def place_in_millimetres(frame: Frame) -> Place:
    """For a file of its own: millimetres, on the source's origin and direction, so that it lies over the source."""
    return Place(mm_per_unit=1.0, origin_mm=frame.origin_mm, rotation_deg=frame.rotation_deg)
