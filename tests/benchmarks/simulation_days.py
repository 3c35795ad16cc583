"""The days that are timed: a four-stage day, also in SimPy and Ciw, and a full centre with skills, breaks and priorities."""

from __future__ import annotations

import random
from math import log, sqrt

from solvers.services import ServiceTime, VisitorClass
from solvers.simulation.problem import Entry, Line, Server, SimulatedBank, SimulationProblem, Span, Stop

SHAPE = (0.6, 0.9, 1.2, 1.4, 1.3, 1.1, 1.0, 0.9, 1.0, 1.2, 1.3, 1.1, 0.9, 0.8, 0.7, 0.6, 0.9, 1.1, 1.0, 1.0)
VISITORS = 1000
PERSONS = tuple(VISITORS * each / sum(SHAPE) for each in SHAPE)
INTERVAL_MIN, LENGTH_MIN, LATEST_MIN = 30.0, 600.0, 2000.0
MEANS_MIN, SERVERS, CV = (1.0, 7.0, 1.2, 0.9), (3, 18, 4, 3), 0.7
SIGMA = sqrt(log(1.0 + CV**2))


def four_stages() -> SimulationProblem:
    stages = range(len(SERVERS))
    return SimulationProblem(
        day_type="day", open_min=0.0, close_min=LENGTH_MIN, interval_min=INTERVAL_MIN,
        banks=tuple(SimulatedBank(id=str(n)) for n in stages),
        services=("visit",),
        lines=tuple(Line(bank=n) for n in stages),
        stops=tuple(
            Stop(lines=(n,), time=ServiceTime(mean_min=MEANS_MIN[n], cv=CV), onward=((n + 1, 1.0),)[: n + 1 < len(SERVERS)])
            for n in stages
        ),
        entries=(Entry(service=0, first=((0, 1.0),), persons=PERSONS),),
        servers=tuple(
            Server(id=f"{n}.{k}", spans=(Span(start_min=0.0, end_min=LATEST_MIN, lines=(n,)),))
            for n in stages for k in range(SERVERS[n])
        ),
    )  # fmt: skip


def full_centre() -> SimulationProblem:
    """Six services of three or four steps, 28 clerks of several skills with a lunch break each, three classes."""
    banks = ("reception", "check", "a", "b", "c", "cashier")
    times = (0.9, 2.0, 8.0, 7.0, 9.0, 1.5)
    journeys = ((0, 1, 2, 5), (0, 2, 5), (0, 1, 3, 5), (0, 3, 5), (0, 1, 4, 5), (0, 4, 5))
    stops: list[Stop] = []
    entries = []
    for number, journey in enumerate(journeys):
        entries.append(Entry(service=number, first=((len(stops), 1.0),), persons=tuple(each / 6 for each in PERSONS)))
        for k, bank in enumerate(journey):
            onward = ((len(stops) + 1, 0.95),) if k + 1 < len(journey) else ()
            stops.append(Stop(lines=(bank,), time=ServiceTime(mean_min=times[bank], cv=CV), onward=onward))
    skills = [(0,)] * 3 + [(1,), (1, 0)] * 2 + [(2,), (2, 3), (3,), (3, 4), (4,), (4, 2)] * 3 + [(5,)] * 2 + [(5, 1)]
    servers = []
    for number, lines in enumerate(skills):
        lunch = 180.0 + 30.0 * (number % 6)
        spans = (Span(start_min=0.0, end_min=lunch, lines=lines), Span(start_min=lunch + 30, end_min=LATEST_MIN, lines=lines))
        servers.append(Server(id=f"clerk {number}", spans=spans))
    return SimulationProblem(
        day_type="day", open_min=0.0, close_min=LENGTH_MIN, interval_min=INTERVAL_MIN,
        banks=tuple(SimulatedBank(id=bank) for bank in banks),
        services=tuple(f"service {n}" for n in range(6)),
        lines=tuple(Line(bank=n) for n in range(6)),
        stops=tuple(stops),
        entries=tuple(entries),
        servers=tuple(servers),
        classes=tuple(
            VisitorClass(id=str(n), name="", share=share, priority=n, companions=0.4) for n, share in enumerate((0.2, 0.5, 0.3))
        ),
    )  # fmt: skip


def in_simpy(days: int) -> list[float]:
    """Mean waits at the stages of the four-stage day, by SimPy."""
    waits, came = [0.0] * len(SERVERS), 0
    for day in range(days):
        came += _simpy_day(random.Random(day), waits)
    return [each / came for each in waits]


def _simpy_day(chance: random.Random, waits: list[float]) -> int:
    """One day; adds to the waits and returns how many came."""
    import simpy

    env = simpy.Environment()
    stages = [simpy.Resource(env, count) for count in SERVERS]
    places = [log(mean) - SIGMA**2 / 2 for mean in MEANS_MIN]
    came = 0

    def visit():
        for n, stage in enumerate(stages):
            joined = env.now
            with stage.request() as request:
                yield request
                waits[n] += env.now - joined
                yield env.timeout(chance.lognormvariate(places[n], SIGMA))

    def arrivals():
        nonlocal came
        for i, persons in enumerate(PERSONS):
            at = i * INTERVAL_MIN
            while (at := at + chance.expovariate(persons / INTERVAL_MIN)) < (i + 1) * INTERVAL_MIN:
                yield env.timeout(at - env.now)
                came += 1
                env.process(visit())

    env.process(arrivals())
    env.run()
    return came


def in_ciw(days: int) -> list[float]:
    """The same by Ciw; its arrivals are drawn when the network is made, so that every day has a network of its own."""
    import ciw

    waits: list[list[float]] = [[] for _ in SERVERS]
    for day in range(days):
        ciw.seed(day)
        simulation = ciw.Simulation(_ciw_network())
        simulation.simulate_until_max_time(LATEST_MIN)
        for record in simulation.get_all_records():
            waits[record.node - 1].append(record.waiting_time)
    return [sum(each) / len(each) for each in waits]


def _ciw_network() -> object:
    import ciw

    stages = range(len(SERVERS))
    arrivals = ciw.dists.PoissonIntervals(
        rates=[each / INTERVAL_MIN for each in PERSONS],
        endpoints=[(i + 1) * INTERVAL_MIN for i in range(len(PERSONS))],
        max_sample_date=LENGTH_MIN,
    )
    return ciw.create_network(
        arrival_distributions=[arrivals, *[None] * (len(SERVERS) - 1)],
        service_distributions=[ciw.dists.Lognormal(log(mean) - SIGMA**2 / 2, SIGMA) for mean in MEANS_MIN],
        number_of_servers=list(SERVERS),
        routing=[[float(j == i + 1) for j in stages] for i in stages],
    )
