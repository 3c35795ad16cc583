"""Small centres known by heart."""

from __future__ import annotations

from solvers.services import ServiceTime, VisitorClass
from solvers.simulation.problem import Entry, Line, Server, SimulatedBank, SimulationProblem, Span, Stop, TimeLaw

EVER = 1e7


def exponential(mean: float) -> ServiceTime:
    return ServiceTime(mean_min=mean, distribution="exponential")


def always(count: int, lines: tuple[int, ...] = (0,), name: str = "s") -> tuple[Server, ...]:
    return tuple(Server(id=f"{name}{n}", spans=(Span(start_min=0.0, end_min=EVER, lines=lines),)) for n in range(count))


def one_bank(
    *,
    per_min: float,
    time: TimeLaw,
    servers: int,
    length_min: float,
    warm_up_min: float = 0.0,
    classes: tuple[VisitorClass, ...] = (),
    patience_min: float = 0.0,
    within_min: float = 10.0,
    sample_min: float = 60.0,
) -> SimulationProblem:
    """Visitors of one service at one bank, at a constant rate."""
    return SimulationProblem(
        day_type="day",
        open_min=0.0,
        close_min=length_min,
        interval_min=length_min,
        banks=(SimulatedBank(id="bank", within_min=within_min),),
        services=("service",),
        lines=(Line(bank=0, patience_min=patience_min),),
        stops=(Stop(lines=(0,), time=time),),
        entries=(Entry(service=0, first=((0, 1.0),), persons=(per_min * length_min,)),),
        servers=always(servers),
        classes=classes,
        warm_up_min=warm_up_min,
        sample_min=sample_min,
    )
