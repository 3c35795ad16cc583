"""A network with feedback and priorities, ours and Ciw's."""

from __future__ import annotations

import pytest

from solvers.services import VisitorClass
from solvers.simulation.outcome import summarise
from solvers.simulation.problem import Entry, Line, SimulatedBank, SimulationProblem, Stop
from solvers.simulation.run import simulate
from tests.solvers.simulation.builders import always, exponential

RATE, SHARES = 0.5, (0.3, 0.7)
ROUTING = ((0.0, 0.6, 0.3), (0.0, 0.0, 0.7), (0.15, 0.0, 0.0))
MEANS, SERVERS = (3.0, 7.0, 4.0), (3, 3, 3)
LENGTH, WARM_UP = 6000.0, 600.0


def network() -> SimulationProblem:
    stops = range(len(MEANS))
    return SimulationProblem(
        day_type="day", open_min=0.0, close_min=LENGTH, interval_min=LENGTH, warm_up_min=WARM_UP, sample_min=600.0,
        banks=tuple(SimulatedBank(id=str(n)) for n in stops),
        services=("visit",),
        lines=tuple(Line(bank=n) for n in stops),
        stops=tuple(
            Stop(lines=(n,), time=exponential(MEANS[n]), onward=tuple((j, p) for j, p in enumerate(ROUTING[n]) if p > 0))
            for n in stops
        ),
        entries=(Entry(service=0, first=((0, 1.0),), persons=(RATE * LENGTH,)),),
        servers=tuple(server for n in stops for server in always(SERVERS[n], (n,), f"{n}.")),
        classes=tuple(VisitorClass(id=str(k), name="", share=share, priority=k) for k, share in enumerate(SHARES)),
    )  # fmt: skip


def in_ciw(runs: int) -> tuple[list[float], list[float]]:
    """Mean waits by bank and by class."""
    import ciw

    classes = [f"Class {k}" for k in range(len(SHARES))]
    made = ciw.create_network(
        arrival_distributions={name: [ciw.dists.Exponential(RATE * share), None, None] for name, share in zip(classes, SHARES)},
        service_distributions={name: [ciw.dists.Exponential(1 / mean) for mean in MEANS] for name in classes},
        routing={name: [list(row) for row in ROUTING] for name in classes},
        priority_classes={name: k for k, name in enumerate(classes)},
        number_of_servers=list(SERVERS),
    )
    by_bank: list[list[float]] = [[] for _ in MEANS]
    by_class: list[list[float]] = [[] for _ in SHARES]
    for run in range(runs):
        ciw.seed(run)
        simulation = ciw.Simulation(made)
        simulation.simulate_until_max_time(LENGTH)
        for record in simulation.get_all_records():
            if record.arrival_date >= WARM_UP:
                by_bank[record.node - 1].append(record.waiting_time)
                by_class[classes.index(record.original_customer_class)].append(record.waiting_time)
    return [sum(w) / len(w) for w in by_bank], [sum(w) / len(w) for w in by_class]


def test_ciw_agrees_on_a_network_with_routing_and_priorities() -> None:
    pytest.importorskip("ciw", reason="peers are installed with the extra 'bench'")
    outcome = summarise(simulate(network(), days=1000))
    ours = [each.wait_mean_min.value for each in outcome.banks], [each.wait_mean_min.value for each in outcome.classes]
    theirs = in_ciw(40)
    print(f"\nmean waits by bank: ours {[round(x, 3) for x in ours[0]]}, Ciw {[round(x, 3) for x in theirs[0]]}")
    print(f"mean waits by class: ours {[round(x, 3) for x in ours[1]]}, Ciw {[round(x, 3) for x in theirs[1]]}")
    assert theirs[0] == pytest.approx(ours[0], rel=0.05)
    assert theirs[1] == pytest.approx(ours[1], rel=0.05)
