"""The arrays that the compiled rounds of the quick search read (Tables) and write (State)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solvers.placement.near import APART_DM, doors
from solvers.placement.places import Ints, Places
from solvers.placement.problem import Weights
from solvers.placement.quick_access import Access
from solvers.placement.quick_costs import Costs
from solvers.placement.taken import Spots
from solvers.placement.toilets import Toilets
from solvers.placement.variables import Question

Small = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]

ENTRANCE, EXIT = -1, -2  # instead of a module's number in a rating
ROOM = 1 << 25  # bytes for what places exclude


class Tables(NamedTuple):
    """One question as arrays: the modules' places one after the other. `base`, `word`: where a module's places and its bits
    begin; `box`: whole box and rows across the spine, `side`: the same turned over; `at`: t, lat, side; `alone`: bits of
    places that can be taken at all. `leg`: other module, persons, onward; `near`: other module or door, held apart. `strip`:
    perimeter dm, cell of corridors.
    """

    base: Ints
    word: Ints
    box: Small
    side: Small
    space: Small
    alone: Words
    last: Small
    first: Small
    start: Small
    end: Small
    at: Small
    heart: Small
    cost: Floats
    line: Small
    arc: Small
    low: Small
    high: Small
    leg_of: Ints
    leg: Ints
    near_of: Ints
    near: Ints
    share: Floats
    doors: Ints
    door: Ints
    order: Ints
    toilets: Ints
    public: Bytes
    distance: int
    floor: Bytes
    strip_of: Ints
    strip: Small
    begin: Ints
    built: Small
    rows: Small
    front: Small
    backtrack: float
    lateral: float
    frontline: float
    staff_arc: float
    always: float
    apart: int


class State(NamedTuple):
    """What the rounds change: the layout in hand (`now`) and its cost, what is kept costs less than, and the least of the cycle
    (`costs`); the rounds of the cycle that are over (`turn`); good layouts (`pool`); what places exclude, in rows of `bits`
    (`slot`: a place's row, `tag`: a row's place, `rows`: which is taken next); and scratch paper."""

    now: Ints
    new: Ints
    key: Floats
    gone: Bytes
    free: Words
    mark: Bytes
    crowd: Floats
    slot: Small
    tag: Ints
    rows: Ints
    known: Bytes
    bits: Words
    opened: Bytes
    ends: Ints
    shut: Bytes
    wide: Bytes
    stack: Ints
    pool: Ints
    pool_cost: Floats
    pooled: Ints
    costs: Floats
    turn: Ints
    dice: Words
    cut: Bytes
    cut_of: Bytes
    cuts: int


def tables_of(
    q: Question, weights: Weights, places: Mapping[str, Places], spots: Mapping[str, Spots], costs: Costs, access: Access,
    toilets: Toilets, order: Iterable[str],
) -> Tables:  # fmt: skip
    """The tables of one question; modules are numbered in the question's order."""
    names = list(q.modes)
    number = {e: k for k, e in enumerate(names)}
    counts = np.array([len(places[e].u) for e in names], dtype=np.int64)
    leg_of, legs = _listed([[(number[f], n, int(onward)) for f, n, onward in costs.legs_of[e]] for e in names], 3)
    near_of, near = _listed(
        [
            [(number.get(f, ENTRANCE if f == "entrance" else EXIT), int(apart)) for f, _, apart in costs.near_of[e]]
            for e in names
        ],
        2,
    )
    points = doors(q.ground.spine.points)
    strips = [np.stack(strip, axis=1) for strip in access.corridors]
    built, front, rows = (np.ascontiguousarray(np.concatenate(each)) for each in zip(*(access.parts(e) for e in names)))

    def joined(of: Callable[[Places], Ints], kind: type = np.int32) -> npt.NDArray[np.int32]:
        return np.ascontiguousarray(np.concatenate([of(places[e]) for e in names]).astype(kind))

    def barred(of: Callable[[Spots], tuple[npt.NDArray[np.int32] | Ints, ...]]) -> Small:
        arcs = len(q.ground.arcs)
        by_arc = [np.concatenate([of(spots[e])[d] for e in names]) for d in range(arcs)]
        return np.array(by_arc, dtype=np.int32).reshape(arcs, int(counts.sum()))

    box = joined(lambda p: np.concatenate([p.full, p.across], axis=1))
    return Tables(
        base=_starts(counts), word=_starts(-(-counts // 64)), box=box, side=np.ascontiguousarray(box.T),
        space=joined(lambda p: p.space), alone=np.concatenate([_bits(spots[e].alone) for e in names]),
        last=barred(lambda s: s.last), first=barred(lambda s: s.first), start=barred(lambda s: s.start),
        end=barred(lambda s: s.end), at=joined(lambda p: np.stack([p.t, p.lat, p.side], axis=1)),
        heart=joined(lambda p: np.stack([p.mx, p.my], axis=1)), cost=np.concatenate([costs.alone[e] for e in names]),
        line=joined(lambda p: p.line), arc=joined(lambda p: p.arc), low=joined(lambda p: p.low), high=joined(lambda p: p.high),
        leg_of=leg_of, leg=legs, near_of=near_of, near=near,
        share=np.array([w for e in names for _, w, _ in costs.near_of[e]], dtype=np.float64),
        doors=np.array([points["entrance"], points["exit"]], dtype=np.int64),
        door=np.array(costs.doors, dtype=np.int64).reshape(len(costs.doors), 2),
        order=np.array([number[e] for e in order], dtype=np.int64),
        toilets=np.array([number[e] for e in toilets.toilets], dtype=np.int64),
        public=np.array([e in toilets.public for e in names], dtype=np.uint8), distance=toilets.distance,
        floor=np.ascontiguousarray(access.floor.astype(np.uint8)), strip_of=_starts(np.array([len(s) for s in strips])),
        strip=np.ascontiguousarray(np.concatenate([np.zeros((0, 3), dtype=np.int64), *strips]).astype(np.int32)),
        begin=np.array(access.start, dtype=np.int64), built=built, front=front, rows=rows,
        backtrack=float(weights.backtrack), lateral=float(weights.lateral), frontline=weights.frontline * 10.0 * q.visitors,
        staff_arc=float(weights.staff_arc * q.visitors), always=float(costs.always()), apart=APART_DM,
    )  # fmt: skip


def state_of(t: Tables, pool: int, seed: int) -> State:
    """An empty state, with as many rows for what places exclude as there is room for."""
    n, words = len(t.base) - 1, int(t.word[-1])
    rows = int(max(n, min(t.base[-1], ROOM // max(1, 8 * words))))
    widest = int(np.diff(t.word).max())
    shape = t.floor.shape

    def zeros(*shape: int) -> Ints:
        return np.zeros(shape, dtype=np.int64)

    def octets(*shape: int) -> Bytes:
        return np.zeros(shape, dtype=np.uint8)

    return State(
        now=zeros(n), new=zeros(n), key=np.zeros(n), gone=octets(n), free=np.zeros(widest, dtype=np.uint64),
        mark=octets(64 * widest),
        crowd=np.zeros(64 * widest), slot=np.full(int(t.base[-1]), -1, dtype=np.int32), tag=zeros(rows) - 1, rows=zeros(1),
        known=octets(rows, n), bits=np.zeros((rows, words), dtype=np.uint64),
        opened=octets(int(t.line.max(initial=-1)) + 1), ends=zeros(len(t.door), 2), shut=octets(*shape), wide=octets(*shape),
        stack=zeros(t.floor.size), pool=zeros(pool, n), pool_cost=np.zeros(pool), pooled=zeros(1), costs=np.full(3, np.inf),
        turn=zeros(1), dice=np.array([seed], dtype=np.uint64), cut=octets(0, int(t.base[-1])), cut_of=octets(0, n), cuts=0,
    )  # fmt: skip


def _starts(counts: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _listed(rows: list[list[tuple[int, ...]]], width: int) -> tuple[Ints, Ints]:
    """Where each module's rows begin, and all of them."""
    flat = np.array([each for row in rows for each in row], dtype=np.int64).reshape(-1, width)
    return _starts(np.array([len(row) for row in rows])), flat


def _bits(mask: npt.NDArray[np.bool_]) -> Words:
    """A mask in words of 64, the first place lowest."""
    padded = np.zeros(-(-len(mask) // 64) * 64, dtype=np.uint8)
    padded[: len(mask)] = mask
    return np.packbits(padded, bitorder="little").view("<u8").astype(np.uint64)
