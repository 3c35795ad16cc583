"""Figures of a roster, from its duties alone: cover, sums per person, unmet requests, points by goal.

The optimiser's answer, the screen and the sheets quote these functions; check.py recomputes them by other means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from solvers.rostering.contract import contract_min, horizon_contract_min
from solvers.rostering.problem import FAIR_STEPS, History, RosterDay, RosterProblem
from solvers.rostering.roster import SPARE, CoverLine, Duty, Fairness, PersonSum, UnmetRequest

Duties = Sequence[Duty]


def cover_lines(problem: RosterProblem, duties: Duties) -> tuple[CoverLine, ...]:
    """Needed against rostered, for every need of the question."""
    working = Counter((duty.date, start, skill) for duty in duties for start, skill in slots_worked(problem, duty))
    return tuple(
        CoverLine(date=n.date, start_min=n.start_min, skill=n.skill, needed=n.needed,
                  rostered=working[n.date, n.start_min, n.skill])
        for n in problem.needs
    )  # fmt: skip


def slots_worked(problem: RosterProblem, duty: Duty) -> Iterator[tuple[int, str]]:
    """(start of interval, skill) for every interval of the duty's segments."""
    for segment in duty.segments:
        for start in range(segment.start_min, segment.end_min, problem.interval_min):
            yield start, segment.skill


def worked_min(problem: RosterProblem, duty: Duty) -> int:
    """Minutes that count: the duty less its break unless breaks are paid."""
    return duty.end_min - duty.start_min - (0 if problem.rules.break_paid else duty.break_min)


def is_early(problem: RosterProblem, day: RosterDay, duty: Duty) -> bool:
    """Starts less than edge_min after opening."""
    return duty.start_min - day.open_min < problem.edge_min


def is_late(problem: RosterProblem, day: RosterDay, duty: Duty) -> bool:
    """Ends less than edge_min before closing."""
    return day.close_min - duty.end_min < problem.edge_min


def fairness(problem: RosterProblem, duties: Duties) -> Fairness:
    """Sums per person and the spread of worked hours over contract hours (persons without contract hours left out)."""
    day = {d.date: d for d in problem.days}
    sums = []
    for person in problem.staff:
        own = [duty for duty in duties if duty.person == person.id]
        sums.append(
            PersonSum(
                person=person.id,
                contract_min=round(horizon_contract_min(problem, person)),
                worked_min=sum(worked_min(problem, duty) for duty in own),
                duties=len(own),
                weekends=sum(day[duty.date].weekday in problem.weekend for duty in own),
                early=sum(is_early(problem, day[duty.date], duty) for duty in own),
                late=sum(is_late(problem, day[duty.date], duty) for duty in own),
            )
        )
    shares = [s.worked_min / s.contract_min for s in sums if s.contract_min] or [0.0]
    return Fairness(persons=tuple(sums), lowest_share=min(shares), highest_share=max(shares),
                    mean_share=sum(shares) / len(shares))  # fmt: skip


def unmet_requests(problem: RosterProblem, duties: Duties) -> tuple[UnmetRequest, ...]:
    """Wishes not granted; wishes on closed days and during leave count as granted."""
    at = {(duty.person, duty.date): duty for duty in duties}
    day = {d.date: d for d in problem.days if d.day_type}
    unmet = []
    for person in problem.staff:
        for wish in person.requests:
            if wish.date not in day or wish.date in person.leave:
                continue
            duty = at.get((person.id, wish.date))
            refused = wish.wish == "on" if duty is None else _against(problem, day[wish.date], duty, wish.wish)
            if refused:
                unmet.append(UnmetRequest(person=person.id, date=wish.date, wish=wish.wish, weight=wish.weight))
    return tuple(unmet)


def points(problem: RosterProblem, duties: Duties) -> dict[str, float]:
    """Weighted points by goal; their sum is the objective."""
    hour = problem.interval_min / 60
    sums = fairness(problem, duties).persons
    spare = sum(skill == SPARE for duty in duties for _, skill in slots_worked(problem, duty))
    amounts = {
        "under_cover": hour * sum(max(0, c.needed - c.rostered) for c in cover_lines(problem, duties)),
        "over_cover": hour * spare,
        "contract_hours": _below_contract(problem, duties),
        "fair_hours": _beyond_steps(problem, sums),
        "fair_weekends": _beyond_share(problem, [(s.person, s.weekends) for s in sums], "weekends"),
        "fair_early": _beyond_share(problem, [(s.person, s.early) for s in sums], "early"),
        "fair_late": _beyond_share(problem, [(s.person, s.late) for s in sums], "late"),
        "requests": float(sum(r.weight for r in unmet_requests(problem, duties))),
        "cost": _relative_cost(problem, sums),
        "changes": float(len(changed_days(problem, duties))),
    }
    return {name: amount * problem.weights[name] for name, amount in amounts.items()}


def changed_days(problem: RosterProblem, duties: Duties) -> tuple[tuple[str, str], ...]:
    """(person, date) that differ from the known roster; none outside a repair."""
    if problem.known is None:
        return ()
    old = {(k.person, k.date): (k.start_min, k.end_min) for k in problem.known}
    new = {(duty.person, duty.date): (duty.start_min, duty.end_min) for duty in duties}
    return tuple(key for key in sorted({*old, *new}) if old.get(key) != new.get(key))


def remembered(problem: RosterProblem, person_id: str) -> History:
    """What the person brings from before the horizon."""
    return next((h for h in problem.history if h.person == person_id), History(person=person_id))


def _against(problem: RosterProblem, day: RosterDay, duty: Duty, wish: str) -> bool:
    late, early = is_late(problem, day, duty), is_early(problem, day, duty)
    return wish == "off" or (wish == "early" and late) or (wish == "late" and early)


def _below_contract(problem: RosterProblem, duties: Duties) -> float:
    week_of = {day.date: day.week for day in problem.days}
    worked: Counter[tuple[str, int]] = Counter()
    for duty in duties:
        worked[duty.person, week_of[duty.date]] += worked_min(problem, duty)
    weeks = sorted(set(week_of.values()))
    return sum(max(0.0, contract_min(problem, p, week) - worked[p.id, week]) / 60 for p in problem.staff for week in weeks)


def _beyond_steps(problem: RosterProblem, sums: Sequence[PersonSum]) -> float:
    contract = {p.id: horizon_contract_min(problem, p) for p in problem.staff}
    return sum(max(0.0, (1 - step) * contract[s.person] - s.worked_min) / 60 for s in sums for step in FAIR_STEPS)


def _beyond_share(problem: RosterProblem, counts: Sequence[tuple[str, int]], memory: str) -> float:
    contract = {p.id: horizon_contract_min(problem, p) for p in problem.staff}
    whole = sum(contract.values())
    counted: dict[str, int] = {person: count + getattr(remembered(problem, person), memory) for person, count in counts}
    if whole <= 0:
        return 0.0
    total = sum(counted.values())
    return sum(max(0.0, float(count) - 1 - total * contract[person] / whole) for person, count in counted.items())


def _relative_cost(problem: RosterProblem, sums: Sequence[PersonSum]) -> float:
    mean = sum(p.cost_per_hour for p in problem.staff) / max(len(problem.staff), 1)
    rate = {p.id: p.cost_per_hour for p in problem.staff}
    return sum(s.worked_min / 60 * rate[s.person] / mean for s in sums) if mean > 0 else 0.0
