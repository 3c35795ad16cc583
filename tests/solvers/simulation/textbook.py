"""The two textbook centres of the project's validation set (V6, V7), as simulation problems."""

from __future__ import annotations

from solvers.simulation.problem import Entry, Line, SimulatedBank, SimulationProblem, Stop, Triangular, Uniform
from tests.solvers.simulation.builders import always, exponential

HOURLY = (22.0, 35.0, 40.0, 31.0, 35.0, 43.0, 29.0, 22.0)


def exam_centre() -> SimulationProblem:
    """V6: five testers EXPO(8), 13 % fail and leave, two photo booths with lines of their own, the shorter is joined."""
    return SimulationProblem(
        day_type="day", open_min=0.0, close_min=480.0, interval_min=60.0,
        banks=(SimulatedBank(id="testers"), SimulatedBank(id="booths")),
        services=("licence",),
        lines=(Line(bank=0), Line(bank=1), Line(bank=1)),
        stops=(
            Stop(lines=(0,), time=exponential(8.0), onward=((1, 0.87),)),
            Stop(lines=(1, 2), time=Triangular(low_min=2.5, mode_min=3.6, high_min=4.3), counts_served=False),
        ),
        entries=(Entry(service=0, first=((0, 1.0),), persons=HOURLY),),
        servers=(*always(5, (0,), "t"), *always(1, (1,), "l"), *always(1, (2,), "r")),
    )  # fmt: skip


def plate_office(*, pooled: bool) -> SimulationProblem:
    """V7: three streams EXPO(10), own clerk UNIF(8, 10) (or three clerks for all), then one clerk UNIF(2.66, 3.33)."""
    last = Stop(lines=(3,), time=Uniform(low_min=2.66, high_min=3.33))
    return SimulationProblem(
        day_type="day", open_min=0.0, close_min=5000.0, interval_min=500.0, warm_up_min=500.0, sample_min=500.0,
        banks=(SimulatedBank(id="clerks"), SimulatedBank(id="last")),
        services=("a", "b", "c"),
        lines=(Line(bank=0), Line(bank=0), Line(bank=0), Line(bank=1)),
        stops=(
            *(Stop(lines=(n,), time=Uniform(low_min=8.0, high_min=10.0), onward=((3, 1.0),)) for n in range(3)),
            last,
        ),
        entries=tuple(Entry(service=n, first=((n, 1.0),), persons=(50.0,) * 10) for n in range(3)),
        servers=(
            *(always(3, (0, 1, 2), "p") if pooled else [each for n in range(3) for each in always(1, (n,), f"c{n}")]),
            *always(1, (3,), "last"),
        ),
    )  # fmt: skip
