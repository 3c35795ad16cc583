"""What a reader hands back: the plan, how it was read, and an account of every entity of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from layouts.findings import Value
from layouts.plan import FloorPlan, Frame

PARTS = ("unit", "walls", "outline", "doors", "spaces")  # of a reading, each with its own confidence

@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something the reader was not sure of: a code, named values and, where it has one, a place in our millimetres."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)
    at: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChoice:
    """One reading of the scale: its likelihood (all shares sum to one) and what the plan would measure."""

    unit: str
    scale_to_mm: float
    share: float
    length_m: float
    width_m: float
    door_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Entities that were left: type, layer, why, how many."""

    entity: str
    layer: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """Every entity of the drawing once: `read` by what it was used as, `skipped` by type, layer and reason."""

    read: Mapping[str, int]
    skipped: tuple[Skipped, ...]

    @property
    def total(self) -> int:
        """All entities met, blocks opened."""
        return sum(self.read.values()) + sum(line.count for line in self.skipped)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningEdit:
    """A door told by people: `add` one at `at` (drawing units), `remove` the nearest there, or `change` it.

    `use`: entrance | exit | entrance_exit | staff | internal; `swing`: in | out | slide | none. Empty and 0: left as read.
    `storey`: the name of the storey where it is, `at` in the units of that storey's drawing; empty: the one that is planned.
    """

    action: str
    at: tuple[float, float]
    use: str = ""
    width_mm: int = 0
    swing: str = ""
    storey: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomEdit:
    """The room round `at` (drawing units) is called `name` and is of `kind`; of kind `hall` it is the floor to plan."""

    at: tuple[float, float]
    name: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What people decided about a drawing, over the reader's own guesses.

    `layers`: layer name -> class (wall, door, window, column, stair, furniture, name, ignore).
    `crop`: (left, low, right, high) in drawing units; only what touches it is read.
    `hall`: the name of the room that is planned. `hidden`: read layers that are off or frozen too.
    `scale_to_mm`: millimetres in one drawing unit, from two points and their true distance; 0 where not calibrated.
    `storey`: the level of a building model that is planned, by its name. `origin_mm`: our origin in the scaled drawing,
    so that a revision lies where its forerunner lay; None: the outline's lower left corner.
    `boundary`: the floor to plan as people drew it, drawing units, over any outline found. `openings`, `rooms`: doors and
    rooms told. `confirmed`: parts of the reading (PARTS) that people looked at and found right. `all_storeys`: every storey
    of a model, or every drawing in the model space, becomes a level; the one that is planned comes first.
    `page`: of a PDF, from 1; 0: the one with most lines. `turn_deg`: by how much the drawing is turned before it is read,
    counter-clockwise (0: as drawn); None: so that most of its walls run along our axes, where one direction clearly leads.
    """

    layers: Mapping[str, str] = field(default_factory=dict)
    crop: tuple[float, float, float, float] | None = None
    hall: str = ""
    gap_mm: int = 2600
    encoding: str = ""
    hidden: bool = False
    scale_to_mm: float = 0.0
    storey: str = ""
    origin_mm: tuple[int, int] | None = None
    boundary: tuple[tuple[float, float], ...] = ()
    openings: tuple[OpeningEdit, ...] = ()
    rooms: tuple[RoomEdit, ...] = ()
    confirmed: tuple[str, ...] = ()
    all_storeys: bool = False
    page: int = 0
    turn_deg: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A read drawing. `confidence` is 0-1 for unit, walls, outline, doors and spaces.

    `choices` are the readings of the scale, the likeliest first; `ask` says that people must choose among them before
    the plan may be used. `hidden` counts what is drawn on layers that are off or frozen. `written` are the areas
    written in rooms beside the measured ones, m². `storeys` are all levels of a building model. `drawings` are the boxes
    (left, low, right, high, drawing units) of further drawings beside the one that was read. `layers`: layer -> what it was
    taken for (a class, or nothing) and how many things are drawn on it. `frames`: level id -> how a storey's own drawing
    maps onto our millimetres, where that is not the plan's frame.
    """

    plan: FloorPlan
    unit: str
    scale_to_mm: float
    outline_m2: float
    confidence: Mapping[str, float]
    warnings: tuple[Doubt, ...]
    census: Census
    choices: tuple[UnitChoice, ...] = ()
    ask: bool = False
    hidden: Mapping[str, int] = field(default_factory=dict)
    written: tuple[tuple[float, float], ...] = ()
    storeys: tuple[str, ...] = ()
    drawings: tuple[tuple[float, float, float, float], ...] = ()
    layers: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    frames: Mapping[str, Frame] = field(default_factory=dict)
