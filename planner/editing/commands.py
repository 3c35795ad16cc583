"""The vocabulary of edits: frozen, whole millimetres, degrees counter-clockwise, parts by key.

`OPS` maps the name a browser sends to the command; `planner.editing.apply` says what each one does.
"""

from __future__ import annotations

from dataclasses import dataclass

from layouts.plan import Point, Ring


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What every edit has: the level it happens on."""

    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Command):
    """Shift parts. Openings slide along their walls; what is joined to a moved wall follows unless `alone`."""

    keys: tuple[str, ...]
    dx_mm: int
    dy_mm: int
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotate(Command):
    """Turn parts about a point (none: the middle of them all)."""

    keys: tuple[str, ...]
    degrees: float
    about: Point | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete(Command):
    """Take parts away; the openings of a deleted inner wall go with it."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate(Command):
    """Copy parts, shifted."""

    keys: tuple[str, ...]
    dx_mm: int
    dy_mm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Array(Command):
    """Repeat parts in `columns` x `rows` (the first stands already) with gaps between them; negative runs left or down."""

    keys: tuple[str, ...]
    columns: int
    rows: int
    gap_x_mm: int
    gap_y_mm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Align(Command):
    """Bring parts to one line: left | right | top | bottom | middle (one y) | centre (one x) of them all."""

    keys: tuple[str, ...]
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribute(Command):
    """Equal gaps along `axis` x | y between the outermost two; with `gap_mm` that gap, from the first on."""

    keys: tuple[str, ...]
    axis: str
    gap_mm: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddWalls(Command):
    """A chain of walls through `points`. A closed chain on a level without an outline gives it its inner face."""

    points: tuple[Point, ...]
    thickness_mm: int = 200
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetWall(Command):
    """A wall from `a` to `b`; joined walls, corners and openings follow."""

    key: str
    a: Point
    b: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLength(Command):
    """A wall's length, keeping its end `fixed` a | b."""

    key: str
    length_mm: int
    fixed: str = "a"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAngle(Command):
    """A wall's direction from a to b, or an item's rotation."""

    key: str
    degrees: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SetThickness(Command):
    """A wall's thickness."""

    key: str
    thickness_mm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStructural(Command):
    """Whether a wall has to stay (true), may go for a hall made of rooms (false), or its thickness tells (null)."""

    key: str
    structural: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSize(Command):
    """Width and depth of an item, column, obstacle or space that is a rectangle; an opening's width (depth 0)."""

    key: str
    width_mm: int
    depth_mm: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlace(Command):
    """The left lower corner of a part's bounding box."""

    key: str
    x_mm: int
    y_mm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawOutline(Command):
    """The inner face of the envelope, drawn anew. A project without a plan gets one."""

    points: Ring


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCorner(Command):
    """Corner `index` of the outline, or of a space, column or obstacle; openings on its edges follow."""

    key: str
    index: int
    to: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class InsertCorner(Command):
    """A new corner after corner `index`."""

    key: str
    index: int
    to: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveCorner(Command):
    """Take corner `index` away."""

    key: str
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddDoor(Command):
    """A door on the wall nearest to `near`. `use` as in layouts.plan.Door."""

    near: Point
    use: str = "internal"
    width_mm: int = 1000
    swing: str = "in"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddWindow(Command):
    """A window on the outline's edge nearest to `near`."""

    near: Point
    width_mm: int = 1200
    sill_mm: int = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOpening(Command):
    """A door or window slides, or goes to another wall: to the place nearest to `near`."""

    key: str
    near: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipDoor(Command):
    """Hang the leaf at the other side (`what` hinge), or let it open the other way (`what` swing)."""

    key: str
    what: str = "hinge"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetypeDoor(Command):
    """What a door is for, and how it opens (empty: as before)."""

    key: str
    use: str = ""
    swing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetEntranceShare(Command):
    """How much of all who come takes this entrance (0 to 1); the others share the rest as they did."""

    key: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AddColumn(Command):
    """A column by its outline."""

    outline: Ring


@dataclass(frozen=True, slots=True, kw_only=True)
class AddObstacle(Command):
    """Something solid that stays; `kind` keep_out is floor that nothing may use."""

    outline: Ring
    kind: str = "keep_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddFree(Command):
    """Floor that every proposed layout shall keep free of anything solid: a wish, where people may walk."""

    outline: Ring


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFree(Command):
    """What an area is kept free of: one module, or anything solid ("")."""

    key: str
    module: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSpace(Command):
    """A room of the building."""

    outline: Ring
    name: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddItem(Command):
    """A fitting of the catalogue with its front's middle at `at`."""

    kind: str
    at: Point
    rotation_deg: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename(Command):
    """The name of a space or the label of an item."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPinned(Command):
    """Pin items or banks for the optimiser, or let them go."""

    keys: tuple[str, ...]
    pinned: bool


ALL = (
    Move, Rotate, Delete, Duplicate, Array, Align, Distribute, AddWalls, SetWall, SetLength, SetAngle, SetThickness,
    SetStructural, SetSize, SetPlace, DrawOutline, MoveCorner, InsertCorner, RemoveCorner, AddDoor, AddWindow,
    PlaceOpening, FlipDoor, RetypeDoor, SetEntranceShare, AddColumn, AddObstacle, AddFree, SetFree, AddSpace, AddItem, Rename,
    SetPinned,
)  # fmt: skip


def op_of(command: type[Command]) -> str:
    """`SetPinned` as `set_pinned`."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in command.__name__).lstrip("_")


OPS: dict[str, type[Command]] = {op_of(command): command for command in ALL}
