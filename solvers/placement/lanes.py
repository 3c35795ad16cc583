"""What runs in the race: one lane for each spine in each typology, and the layouts that were found on them."""

from __future__ import annotations

from dataclasses import dataclass, field

from solvers.placement.detail import Drawn
from solvers.placement.hubs import HubTree
from solvers.placement.model import Cut, same_mode
from solvers.placement.prepare import Prepared, frontage
from solvers.placement.problem import PlacementProblem, Pose, SpineLine, Weights
from solvers.placement.quick import QuickSearch
from solvers.placement.typologies import Typology
from solvers.placement.variables import Question
from solvers.placement.zone_tree import ZoneTree
from solvers.placement.zoning import least_at_a_glance

Arcs = tuple[tuple[str, int, int], ...]

MANY = 17  # modules: boxes of hubs tell something at once
WIDE = 420  # modes, from which on the tree of zones takes seconds for its first turn, whatever is rated
LARGE = 20  # modules; the whole model finds or disproves smaller ones sooner than a longer quick search
ROOMY = 1.8  # staff arcs this many times as long as what staff stand along; with less hardly a layout is found


@dataclass(slots=True)
class Lane:
    """One spine in one typology in the race: its question on the level as built (`problem`, `ready`), its proven bound so
    far (person-metres), its cuts, and how many slices it has had."""

    index: int
    typology: Typology
    problem: PlacementProblem
    ready: Prepared
    spine: SpineLine
    question: Question
    bound: float = 0.0
    relaxation: float = 0.0
    cuts: list[Cut] = field(default_factory=list)
    aside: list[Cut] = field(default_factory=list)  # of the cuts, those of layouts laid aside for a rule about ways
    slices: int = 0
    hubs: HubTree | None = None
    tree: ZoneTree | None = None
    closed: bool = False
    asked: bool = False  # for any layout at whatever cost (refuting.py)
    quick: QuickSearch | None = None
    fills: bool = False  # do compiled rounds make room in the quick search, as a first one found none?
    quick_cost: float = float("inf")
    last: tuple[tuple[Pose, ...], Arcs] = ((), ())

    def take_back(self) -> None:
        """Layouts that were laid aside may be found again."""
        self.cuts = [cut for cut in self.cuts if cut not in self.aside]
        self.aside = []
        if self.quick is not None:
            self.quick.forbid_only(self.cuts)

    def is_large(self) -> bool:
        return len(self.question.modes) > LARGE

    def by_hubs(self) -> bool:
        """Is its bound raised by boxes of hubs? They leave most of nearness out, and serve many modules in a second. A tree at
        its end leaves the spine to the tree of zones; of fewer modules, where its steps tell little more: that one's first turn
        takes as long as fifty of these."""
        if self.hubs is not None and (self.hubs.done if self.is_large() else self.hubs.tells_little()):
            return False
        soon = not self.question.near or sum(map(len, self.question.modes.values())) >= WIDE
        return self.is_large() or (len(self.question.modes) >= MANY and soon)


@dataclass(slots=True)
class Best:
    """A layout that was drawn and is right: its cost by terms, its poses and arcs, and the lane it was found on."""

    objective: float
    poses: tuple[Pose, ...]
    arcs: Arcs
    lane: int
    terms: dict[str, float]
    drawn: Drawn


def lane_on(index: int, typology: Typology, problem: PlacementProblem, ready: Prepared, k: int, weights: Weights) -> Lane:
    """The k-th spine of what is prepared, with the bound that a glance gives."""
    question = ready.questions[k]
    closed = any(not modes for modes in question.modes.values())
    bound = float("inf") if closed else least_at_a_glance(question, weights)
    return Lane(index, typology, problem, ready, ready.spines[k], question, bound, bound, closed=closed)


def known_places(question: Question, poses: tuple[Pose, ...]) -> int:
    """How many of the poses are places of this question."""

    def stands(pose: Pose) -> bool:
        modes = (mode for mode in question.modes.get(pose.element, ()) if same_mode(mode, pose))
        return any(run.lo <= pose.u_dm <= run.hi for mode in modes for run in mode.runs)

    return sum(stands(pose) for pose in poses)


def places_in(question: Question) -> int:
    """How many positions all modules have together."""
    return sum(run.hi - run.lo + 1 for modes in question.modes.values() for mode in modes for run in mode.runs)


def room_along(lane: Lane) -> float:
    """How many times as long the staff arcs are as what must stand along them, corners and depths left out."""
    need, offered = frontage(lane.problem, lane.ready.walls, lane.question.ground.arcs)
    return offered / need if need else float("inf")


def without_place(lane: Lane) -> int:
    """How many modules the quick search could not place so far; all where it has not begun."""
    return lane.quick.without_place() if lane.quick is not None else len(lane.question.modes)
