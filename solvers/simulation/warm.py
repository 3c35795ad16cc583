"""Compiles what is compiled, so that nobody waits for it later: `python -m solvers.simulation.warm` after installing."""

from __future__ import annotations

from layouts.compiled import lies_on_disk
from solvers.queueing.transient import Followed, Period, share_late
from solvers.services import ServiceTime
from solvers.simulation.problem import Entry, Line, Server, SimulatedBank, SimulationProblem, Span, Stop
from solvers.simulation.run import simulate


def warm_up() -> None:
    """One short day, and one period of the transient line; a second time this takes no time at all."""
    simulate(
        SimulationProblem(
            day_type="warm",
            open_min=0.0,
            close_min=60.0,
            interval_min=60.0,
            banks=(SimulatedBank(id="bank"),),
            services=("service",),
            lines=(Line(bank=0),),
            stops=(Stop(lines=(0,), time=ServiceTime(mean_min=5.0)),),
            entries=(Entry(service=0, first=((0, 1.0),), persons=(10.0,)),),
            servers=(Server(id="server", spans=(Span(start_min=0.0, end_min=90.0, lines=(0,)),)),),
        ),
        days=1,
    )
    period = Period(arrivals_per_min=0.2, mean_service_min=5.0, positions=2, length_min=30.0)
    share_late(Followed((period,)), 0, 10.0)


def is_warm() -> bool:
    """Whether the compiled day lies on disk for this file as it is now; False where that cannot be told."""
    from solvers.simulation import kernel

    return lies_on_disk(kernel.simulate_days)


if __name__ == "__main__":
    warm_up()
