"""Gates of the staff's partitions open clear of the building's doors."""

from shapely.geometry import Polygon

from exports.floor_fittings import gate_swings
from layouts.plan import Door, Level
from solvers.placement.barriers import barriers_between
from solvers.placement.leaves import door_leaves

STRIP = Polygon([(0, 0), (1200, 0), (1200, 2800), (0, 2800)])  # the staff's, behind their door
HALL = Polygon([(1200, 0), (9000, 0), (9000, 6000), (1200, 6000)])


def leaves_of(low: int, high: int, swing: str = "in"):
    door = Door(id="s", use="staff", p=(0, low), q=(0, high), clear_mm=950, swing=swing)
    outline = ((0, 0), (9000, 0), (9000, 6000), (0, 6000))
    return door_leaves(Level(id="l", name="", elevation_mm=0, outline=outline, doors=(door,)), Polygon(outline))


def gates(leaves, staff=STRIP):
    return [i for i in barriers_between(HALL, staff, (), None, leaves) if i.kind == "staff_gate"]


def test_a_gate_opens_beside_the_leaf_of_the_staff_s_door_across_their_corridor() -> None:
    leaves = leaves_of(1300, 2300)
    (before,), (gate,) = gates(Polygon()), gates(leaves)
    assert gate_swings([before]).intersection(leaves).area > 10_000
    assert gate_swings([gate]).intersection(leaves).area < 1
    assert gate.insert_mm[1] == 800, "no farther from the middle than it must be"


def test_a_gate_stays_in_the_middle_where_no_leaf_comes() -> None:
    for leaves in (leaves_of(1300, 2300, "out"), leaves_of(1300, 2300, "slide")):
        assert leaves.is_empty and gates(leaves) == gates(Polygon())


def test_another_partition_has_the_gate_where_the_longest_is_taken_up_by_leaves() -> None:
    staff = STRIP.union(Polygon([(1200, 0), (2700, 0), (2700, 1200), (1200, 1200)]))
    hall = HALL.difference(staff)

    def gate(leaves):
        (found,) = (i for i in barriers_between(hall, staff, (), None, leaves) if i.kind == "staff_gate")
        return found.insert_mm

    assert gate(Polygon()) == (1200, 2000) and gate(leaves_of(1300, 2300)) == (1950, 1200)


def test_where_none_is_clear_of_leaves_the_longest_still_has_a_gate() -> None:
    (gate,) = gates(STRIP.buffer(2000))
    assert gate.insert_mm == (1200, 1400)


def test_a_gate_stands_off_floor_that_visitors_stand_on_where_its_partition_lets_it() -> None:
    staff = Polygon([(0, 0), (1200, 0), (1200, 6000), (0, 6000)])
    waiting = Polygon([(1200, 0), (3000, 0), (3000, 4000), (1200, 4000)])

    def at(fronts):
        (found,) = (i for i in barriers_between(HALL, staff, (), None, Polygon(), fronts) if i.kind == "staff_gate")
        return found.insert_mm[1]

    assert at(Polygon()) == 3000 and 4460 <= at(waiting) <= 4600
    assert at(HALL) == 3000, "people are everywhere: in the middle, as ever"
