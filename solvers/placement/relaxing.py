"""What would let a programme fit: changes that are tried, one at a time and then two together; none is guessed.

Which tests bind says what is tried first: columns before counters, toilets that are far, one staff door, a hall without depth
or wall enough. A change alone comes before any pair, and what is cheaper to make before what is dearer.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations

from layouts.standing import has_rooms
from solvers.effort import Cancel
from solvers.placement.changes import Change, changes_of
from solvers.placement.clash import TEST_SECONDS, Asked, Fits, Reason, fits
from solvers.placement.halls import halls_for
from solvers.placement.problem import PlacementProblem
from solvers.placement.sites import HALL_SPINES, in_hall

ALONE_SHARE = 0.75  # of the time for changes alone
EACH_SHARE, EACH_SECONDS = 0.25, 3.5  # of the time at most for one test, and no less: a layout at ease takes two seconds
HALLS_SHARE = 0.4  # of the time for one test in a building with rooms
LEAST_SECONDS = 0.3  # a test with less tells nothing

# Which changes ease what a reason tells.
EASES = {
    "placement.columns_in_the_way": ("staff_zone", "split"), "placement.columns_in_the_aisle": ("staff_zone", "split"),
    "placement.fits_nowhere": ("staff_zone", "split"), "placement.fits_nowhere_many": ("staff_door", "staff_zone"),
    "placement.left_out_many": ("growth", "longer", "deeper", "staff_zone", "spine"),
    "placement.one_toilet_place": ("toilets",),
    "placement.left_out": ("growth", "staff_zone", "spine", "longer", "deeper", "split", "leaving"),
    "placement.fuller_than_drawn": ("growth", "longer", "deeper", "leaving"), "placement.frontage": ("staff_door", "longer"),
    "placement.one_side_only": ("staff_door",), "placement.one_staff_door": ("staff_door",),
    "placement.too_shallow": ("spine", "seats", "staff_zone", "deeper"), "placement.no_spine": ("spine",),
}  # fmt: skip


def what_would_relax(
    problem: PlacementProblem, *, seconds: float, reasons: Sequence[Reason] = (), cancel: Cancel | None = None,
    test: Fits | None = None, known: Collection[Asked] = (), clashing: Collection[Asked] = (), more: Iterable[Change] = (),
) -> tuple[tuple[Reason, ...], ...]:  # fmt: skip
    """Changes with which a layout was found, each alone; where none is enough, two together. `reasons`: why nothing fits.
    `known`: wishes and pins of which it is found already that a layout exists without the one; they are told first. Those
    that are `clashing` are tried before others. `more`: changes of what the question was made of."""

    def turn(change: Change) -> tuple[bool, bool, int, int]:
        asked = change.kind in ("wish", "pin")  # what people asked for beyond the programme comes first
        return not asked, not change.is_of(clashing), change.step, -_eased((change,), reasons)

    left_out = next((str(values["modules"]).split(", ") for code, values in reasons if code == "placement.left_out"), [])
    more = tuple(more)
    changes = sorted([*more, *changes_of(problem, left_out)], key=turn)
    test = test or partial(found, cancel=cancel, of=problem)
    rooms = has_rooms(problem.level)  # several halls take their time
    share, most = (HALLS_SHARE, seconds) if rooms else (EACH_SHARE, TEST_SECONDS)
    begun, each = time.monotonic(), min(most, max(EACH_SECONDS, share * seconds))
    told = [change for change in changes if change.is_of(known)]
    vain: set[str] = set()  # kinds of which the most that could be asked for did not help
    for change in changes:
        if change.is_of(known) or (change.step and change.kind in vain):
            continue
        left = begun + (1 if told else ALONE_SHARE) * seconds - time.monotonic()
        if left <= LEAST_SECONDS or cancel:
            break
        if test(change.make(problem), min(each, left)):
            told = [other for other in told if not change.step or other.kind != change.kind] + [change]
        else:
            vain.add(change.kind)
    if told:
        return tuple((change.reason(),) for change in sorted(told, key=lambda change: change.step > 0))
    changes = [change for change in changes if not change.step]
    changes.sort(key=lambda change: change not in more)  # what makes the question anew is made first
    pairs = [pair for pair in combinations(changes, 2) if pair[0].kind != pair[1].kind]
    pairs.sort(key=lambda pair: (-_eased(pair, reasons), -sum(_eased((change,), reasons) for change in pair)))
    for one, other in pairs:
        left = begun + seconds - time.monotonic()
        if left <= LEAST_SECONDS or cancel:
            break
        if test(other.make(one.make(problem)), min(each, left)):
            return ((one.reason(), other.reason()),)
    return ()


def found(
    problem: PlacementProblem, seconds: float, cancel: Cancel | None = None, of: PlacementProblem | None = None
) -> bool:
    """Is a layout found beside the narrowest main aisle allowed? It leaves room where wider ones do, and each test of all of
    them takes three times as long. What is not found is not disproven.

    `of`: the question that was changed. In the same building with rooms it is tried in the halls of that one: to grow others
    takes longer than the test.
    """
    if of is not None and of.hall is None and problem.level is of.level and has_rooms(of.level):
        end, fewer = time.monotonic() + seconds, replace(problem, max_spines=HALL_SPINES)
        halls = (in_hall(fewer, hall) for hall in halls_for(of))
        return any(found(each, left, cancel) for each in halls if (left := end - time.monotonic()) > LEAST_SECONDS)
    rules = problem.programme.rules
    narrow = replace(rules, spine_widths_mm=(min(rules.spine_widths_mm),))
    return fits(replace(problem, programme=replace(problem.programme, rules=narrow)), seconds, cancel) is True


def _eased(changes: tuple[Change, ...], reasons: Sequence[Reason]) -> int:
    """How many of the reasons are eased by some of the changes."""
    kinds = {change.kind for change in changes}
    return sum(bool(kinds.intersection(EASES.get(code, ()))) for code, _ in reasons)
