"""Failed checks are flagged in the drawing where they are; a finding about very many things does not cover the plan."""

from __future__ import annotations

from exports.drawing import Circle, Text
from exports.floor_marks import MOST_FLAGS, draw_findings
from layouts.findings import Finding
from layouts.plan import Door, Level


def flags(doors: int) -> tuple[list[Circle], list[Text]]:
    """The flags of a finding about so many doors, and of one about the first alone."""
    names = tuple(f"d{k}" for k in range(doors))
    level = Level(
        id="l", name="", elevation_mm=0, outline=((0, 0), (90_000, 0), (90_000, 9000), (0, 9000)),
        doors=tuple(
            Door(id=n, use="internal", p=(2000 * k, 0), q=(2000 * k + 1000, 0), clear_mm=950) for k, n in enumerate(names)
        ),
    )  # fmt: skip
    found = [
        Finding(code=code, status="fail", severity="warning", certainty="read", profile="p", where=where)
        for code, where in (("one", names[:1]), ("many", names))
    ]
    shapes = list(draw_findings(found, level, None))
    many = [s for s in shapes if s.id == "many"]
    return [s for s in many if isinstance(s, Circle)], [s for s in many if isinstance(s, Text)]


def test_each_of_a_few_places_bears_the_findings_number() -> None:
    circles, numbers = flags(MOST_FLAGS)
    assert len(circles) == MOST_FLAGS and [n.lines for n in numbers] == [("2",)] * MOST_FLAGS


def test_of_very_many_places_the_first_is_numbered_and_the_others_have_a_small_ring() -> None:
    circles, numbers = flags(45)
    assert len(circles) == 45 and [n.at for n in numbers] == [(500.0, 0.0)]
    assert max(c.radius for c in circles[1:]) < circles[0].radius / 2
