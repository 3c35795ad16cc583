"""A whole centre as a simulation: journeys from its services, servers from the capacity plan or from a roster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from layouts.findings import BadInput
from solvers.bank_plan import BankDay
from solvers.capacity import BEHIND_THE_SCENES, CapacityPlan, CapacityQuestion, standards_at
from solvers.demand import Demand
from solvers.demand_bookings import booked_times_min, walk_in_share
from solvers.rostering.roster import SPARE, Duty
from solvers.services import Service
from solvers.simulation.problem import Entry, Line, Server, SimulatedBank, SimulationProblem, Span, Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationWishes:
    """What the project file does not say; each default is ours and stands in the answer.

    `walk_min[(from, to)]` between banks, "" being the entrance; `call_min[bank]` from seat to position. Servers on duty
    at closing stay up to `grace_min` for those inside.
    """

    patience_min: float = 0.0
    balk_min: float = 0.0
    ageing_min: float = 1e6
    grace_min: float = 240.0
    sample_min: float = 5.0
    warm_up_min: float = 0.0
    walk_min: Mapping[tuple[str, str], float] = field(default_factory=dict)
    call_min: Mapping[str, float] = field(default_factory=dict)


def centre_problem(
    question: CapacityQuestion,
    plan: CapacityPlan,
    *,
    duties: Sequence[Duty] | None = None,
    wishes: SimulationWishes | None = None,
) -> SimulationProblem:
    """The plan's design day. With `duties` (one date of a roster) people serve as rostered; machines as planned."""
    wishes = wishes or SimulationWishes()
    day = next(each for each in question.day_types if each.id == plan.design_day_type)
    lines = _line_ids(question.services)
    until = day.close_min + wishes.grace_min
    banks = [bank.id for bank in question.banks]
    return SimulationProblem(
        day_type=day.id,
        open_min=day.open_min,
        close_min=day.close_min,
        interval_min=plan.interval_min,
        banks=tuple(_bank(question, bank.id, bank.kind) for bank in question.banks),
        services=tuple(service.id for service in question.services),
        lines=tuple(_line(banks, bank, skill, wishes) for bank, skill in lines),
        stops=_stops(question.services, lines),
        entries=tuple(
            entry for number in range(len(question.services)) for entry in _entries(question, plan.demand, number)
        ),
        servers=(
            *_planned_servers(plan, lines, until, staffed=duties is None),
            *(() if duties is None else rostered_servers(duties, lines, day.close_min, until)),
        ),
        classes=question.visitor_classes,
        walk_min=_walks(banks, wishes),
        ageing_min=wishes.ageing_min,
        warm_up_min=wishes.warm_up_min,
        sample_min=wishes.sample_min,
        grace_min=wishes.grace_min,
    )


def planned_spans(
    opened: Sequence[int], open_min: float, interval_min: float, until_min: float
) -> list[list[tuple[float, float]]]:
    """For the first, second, … position the stretches in which it is open; who is open at closing stays `until_min`."""
    positions: list[list[tuple[float, float]]] = []
    for number in range(max(opened, default=0)):
        stretches: list[tuple[float, float]] = []
        for i, count in enumerate(opened):
            if count <= number:
                continue
            start = open_min + i * interval_min
            end = start + interval_min if i + 1 < len(opened) else until_min
            if stretches and stretches[-1][1] == start:
                stretches[-1] = (stretches[-1][0], end)
            else:
                stretches.append((start, end))
        positions.append(stretches)
    return positions


def bank_servers(
    bank_id: str, opened: Sequence[int], lines: tuple[int, ...], open_min: float, interval_min: float, until_min: float
) -> tuple[Server, ...]:
    """Like positions that all call from the bank's lines, one pool: a plan says how many are open, not which."""
    return tuple(
        Server(
            id=f"{bank_id} {number + 1}",
            pool=bank_id,
            spans=tuple(Span(start_min=start, end_min=end, lines=lines) for start, end in stretches),
        )
        for number, stretches in enumerate(planned_spans(opened, open_min, interval_min, until_min))
    )


def rostered_servers(
    duties: Sequence[Duty], lines: Sequence[tuple[str, str]], close_min: float, until_min: float
) -> tuple[Server, ...]:
    """People as their duties say: each segment serves the lines of its skill. Who works at closing stays `until_min`."""
    if len({duty.date for duty in duties}) > 1:
        raise BadInput("simulation.several_dates", place="duties")
    servers = []
    for duty in duties:
        spans = [
            Span(
                start_min=segment.start_min,
                end_min=until_min if segment.end_min >= close_min else segment.end_min,
                lines=tuple(n for n, (_, skill) in enumerate(lines) if skill == segment.skill),
            )
            for segment in duty.segments
            if segment.skill != SPARE and segment.start_min < close_min
        ]
        servers.append(Server(id=duty.person, spans=tuple(sorted(spans, key=lambda span: span.start_min))))
    return tuple(servers)


def _bank(question: CapacityQuestion, bank_id: str, kind: str) -> SimulatedBank:
    standard = standards_at(bank_id, question.standards)[0]
    return SimulatedBank(
        id=bank_id,
        within_min=standard.within_min,
        share_within=standard.share_within,
        behind_the_scenes=kind in BEHIND_THE_SCENES,
    )


def _line_ids(services: Sequence[Service]) -> tuple[tuple[str, str], ...]:
    """(bank, skill) in the order in which the services name them."""
    return tuple(dict.fromkeys((step.bank, step.skill) for service in services for step in service.journey))


def _line(banks: list[str], bank: str, skill: str, wishes: SimulationWishes) -> Line:
    return Line(
        bank=banks.index(bank),
        skill=skill,
        call_min=wishes.call_min.get(bank, 0.0),
        patience_min=wishes.patience_min,
        balk_min=wishes.balk_min,
    )


def _stops(services: Sequence[Service], lines: Sequence[tuple[str, str]]) -> tuple[Stop, ...]:
    """All steps of all services, one behind the other; each goes on to the later steps of its own service."""
    stops: list[Stop] = []
    for service in services:
        first = len(stops)
        for k, step in enumerate(service.journey):
            stops.append(
                Stop(
                    lines=(lines.index((step.bank, step.skill)),),
                    time=step.time,
                    onward=_next_steps(service, k + 1, first),
                )
            )
    return tuple(stops)


def _next_steps(service: Service, after: int, first: int) -> tuple[tuple[int, float], ...]:
    """P(next is j) = p_j x product of (1 - p_k) over the steps in between."""
    rows, passed = [], 1.0
    for j in range(after, len(service.journey)):
        share = service.journey[j].probability
        rows.append((first + j, passed * share))
        passed *= 1.0 - share
    return tuple(row for row in rows if row[1] > 0.0)


def _entries(question: CapacityQuestion, demand: Demand, number: int) -> tuple[Entry, ...]:
    """Walk-ins and, where visitors book, those who do: `booked_share` of all before any stays away."""
    service = question.services[number]
    wanted = demand.wanted.get(service.id)
    if wanted is None:
        return ()
    first = sum(len(each.journey) for each in question.services[:number])
    start = _next_steps(service, 0, first)
    bookings = [each for each in question.appointments if each.service == service.id]
    walk_in = walk_in_share(bookings)
    return (
        Entry(service=number, first=start, persons=tuple(each * walk_in for each in wanted)),
        *(
            Entry(
                service=number,
                first=start,
                slots_min=booked_times_min(wanted, demand.starts_min, demand.interval_min, each),
                show_share=1.0 - each.no_show_share,
                early_min=each.early_min,
                punctuality_min=each.punctuality_min,
            )
            for each in bookings
            if each.booked_share > 0.0
        ),
    )


def _planned_servers(
    plan: CapacityPlan, lines: Sequence[tuple[str, str]], until_min: float, *, staffed: bool
) -> tuple[Server, ...]:
    days: list[tuple[str, BankDay]] = [(each.bank.id, each.day) for each in plan.banks if staffed or not each.bank.staffed]
    return tuple(
        server
        for bank, day in days
        for server in bank_servers(
            bank,
            day.open,
            tuple(n for n, (at, _) in enumerate(lines) if at == bank),
            plan.starts_min[0],
            plan.interval_min,
            until_min,
        )
    )


def _walks(banks: list[str], wishes: SimulationWishes) -> tuple[tuple[float, ...], ...]:
    unknown = {place for pair in wishes.walk_min for place in pair} - {"", *banks}
    if unknown:
        raise BadInput("simulation.walk_to_nowhere", place="walk_min", bank=sorted(unknown)[0])
    return tuple(tuple(wishes.walk_min.get((start, end), 0.0) for end in banks) for start in ["", *banks])
