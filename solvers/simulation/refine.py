"""Positions through the day found by simulation, from the formula's plan on: what the formulas leave on the table.

All banks change one interval a round and are then judged each for itself, since a bank hardly feels what happens
at another; the last look at all of them together is on days that the search never saw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from solvers.capacity import CapacityPlan, CapacityQuestion, OpenedDay, plan_capacity
from solvers.effort import Cancel, Progress, Report
from solvers.simulation.centre import SimulationWishes, centre_problem
from solvers.simulation.estimates import Estimate
from solvers.simulation.outcome import BankShare, SimulatedBankOutcome, SimulationOutcome, bank_shares, summarise
from solvers.simulation.problem import SimulationProblem
from solvers.simulation.run import simulate
from solvers.simulation.tight import Tight, tightened

BY_DAY, BY_INTERVAL = "day", "interval"
UNLIMITED = 1_000_000
UNSEEN, SEARCHED, NEWER = 0x5EED, 0x10C4, 100
"""Added to the seed for the days on which the answer is judged, and for those of the search: who simulates the answer
under the same seed later lives through other days than either."""
FEW_VISITS = 0.5
"""Intervals with fewer visits a day than this are judged with the whole day only."""
MOST_REPAIRS = 8
"""A search picks what was lucky on its days: what unseen days do not bear out gets a position back, then newer days judge."""

SEARCH_SHARE = 0.5
"""The search lives through this share of the days that judge it: what it overlooks is mended where it is judged."""

Opened = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefinedPlan:
    """Positions open per bank and interval, the hours on post before and after, and the unseen days that judged them.

    `misses` names the banks whose share in time, or an interval's, is below the standard by more than its interval; `tight`
    says of every bank why it has no less (empty where positions were judged only, or the search was cancelled).
    """

    definition: str
    opened: Opened
    hours_before: float
    hours_after: float
    rounds: int
    judged: SimulationOutcome
    misses: tuple[str, ...]
    cancelled: bool
    tight: tuple[Tight, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefinedWeek:
    """Every kind of day refined, the one the building is planned for first; `opened` is what a plan takes over."""

    definition: str
    days: tuple[tuple[str, RefinedPlan], ...]

    @property
    def opened(self) -> tuple[OpenedDay, ...]:
        return tuple(
            OpenedDay(day_type=day, bank=bank, open=row) for day, refined in self.days for bank, row in refined.opened.items()
        )

    @property
    def cancelled(self) -> bool:
        return any(refined.cancelled for _, refined in self.days)


def refine_week(
    question: CapacityQuestion,
    *,
    definition: str = BY_DAY,
    days: int = 300,
    seed: int = 1,
    wishes: SimulationWishes | None = None,
    workers: int = 0,
    report: Report | None = None,
    cancel: Cancel | None = None,
) -> RefinedWeek:
    """The kinds of day one by one; what the first needs of each bank is what the others may open at most.

    Starts from the exact line through the day, which knows how rates change but takes service times as exponential.
    A cancel leaves the positions found by then, those of the formula where the search had not begun.
    """
    exact = replace(question, staffing="transient", opened=())
    design = plan_capacity(exact).design_day_type
    found: list[tuple[str, RefinedPlan]] = []
    limits = dict(question.limits)
    for day in sorted((each.id for each in question.day_types), key=lambda each: each != design):
        asked = replace(exact, design_day_type=day, limits=tuple(limits.items()))
        refined = refine_plan(
            asked,
            plan_capacity(asked),
            definition=definition,
            days=days,
            seed=seed,
            wishes=wishes,
            workers=workers,
            report=report,
            cancel=cancel,
        )
        found.append((day, refined))
        if day == design:
            limits = {bank: max(row) for bank, row in refined.opened.items()}
    return RefinedWeek(definition=definition, days=tuple(found))


def judge_week(
    question: CapacityQuestion,
    opened: tuple[OpenedDay, ...],
    *,
    definition: str = BY_DAY,
    days: int = 300,
    seed: int = 1,
    wishes: SimulationWishes | None = None,
    workers: int = 0,
) -> RefinedWeek:
    """Positions found earlier, or by hand, lived through as they are: nothing is searched and nothing mended."""
    asked = replace(question, opened=opened)
    found = []
    for day in question.day_types:
        plan = plan_capacity(replace(asked, design_day_type=day.id))
        search = _Search(asked, plan, definition, days, seed, wishes or SimulationWishes(), workers)
        judged = search.outcome(search.opened, seed + UNSEEN)
        misses = tuple(bank.id for bank in judged.banks if search.misses(bank))
        hours = search.hours()
        found.append(
            (
                day.id,
                RefinedPlan(
                    definition=definition,
                    opened=dict(search.opened),
                    hours_before=hours,
                    hours_after=hours,
                    rounds=0,
                    judged=judged,
                    misses=misses,
                    cancelled=False,
                ),
            )
        )
    return RefinedWeek(definition=definition, days=tuple(found))


def refine_plan(
    question: CapacityQuestion,
    plan: CapacityPlan,
    *,
    definition: str = BY_DAY,
    days: int = 300,
    seed: int = 1,
    most_rounds: int = 120,
    wishes: SimulationWishes | None = None,
    workers: int = 0,
    report: Report | None = None,
    cancel: Cancel | None = None,
) -> RefinedPlan:
    """Adds a position where a standard is missed, takes one away where it is kept with one less.

    `definition`: the standard holds over the day, or in every interval. Who leaves or is never served counts as late.
    """
    search = _Search(question, plan, definition, days, seed, wishes or SimulationWishes(), workers)
    rounds = 0
    while rounds < most_rounds and not cancel and search.step():
        rounds += 1
        if report:
            report(Progress(stage="refining", objective=search.hours(), done=rounds / most_rounds))
    judged, _ = search.judge(seed + UNSEEN)
    tight: tuple[Tight, ...] = ()
    if not cancel:
        judged, tight = tightened(search, judged, seed + UNSEEN + NEWER)
    return RefinedPlan(
        definition=definition,
        opened=dict(search.opened),
        hours_before=_hours({each.bank.id: each.day.open for each in plan.banks}, plan.interval_min),
        hours_after=search.hours(),
        rounds=rounds,
        judged=judged,
        misses=tuple(bank.id for bank in judged.banks if search.misses(bank)),
        cancelled=bool(cancel),
        tight=tight,
    )


class _Search:
    """The positions kept so far, and per bank the intervals that still may lose one."""

    def __init__(
        self,
        question: CapacityQuestion,
        plan: CapacityPlan,
        definition: str,
        days: int,
        seed: int,
        wishes: SimulationWishes,
        workers: int,
    ) -> None:
        self.question, self.plan, self.definition = question, plan, definition
        self.days, self.seed, self.wishes, self.workers = days, seed, wishes, workers
        self.standards = {each.bank.id: each.standards[0] for each in plan.banks}
        self.opened: Opened = {each.bank.id: each.day.open for each in plan.banks}
        self.untried = {bank: set(range(len(row))) for bank, row in self.opened.items()}
        self.limits = dict(question.limits)
        self.now: tuple[BankShare, ...] = ()

    def step(self) -> bool:
        """One round: a change at every bank that has one left to try; False when none has."""
        trial = dict(self.opened)
        added, taken = {}, {}
        self.now = self.now or self.banks(self.opened)
        for bank in self.now:
            if not self.keeps(bank):
                at = self._worst(bank)
                if self.opened[bank.id][at] < self.limits.get(bank.id, UNLIMITED):
                    added[bank.id] = at
                    trial[bank.id] = _changed(trial[bank.id], at, +1)
            elif (slack := self._slackest(bank)) is not None:
                taken[bank.id] = slack
                trial[bank.id] = _changed(trial[bank.id], slack, -1)
        if not added and not taken:
            return False
        tried = self.banks(trial)
        by_name = {bank.id: bank for bank in tried}
        for name, at in taken.items():
            self.untried[name].discard(at)
            if self.keeps(by_name[name]):
                self.untried[name].add(at)
            else:
                trial[name] = self.opened[name]
        # A bank that got its position back stands as it did: it hardly feels that others kept theirs away.
        undone = {name for name in taken if trial[name] == self.opened[name]}
        self.now = tuple(was if was.id in undone else by_name[was.id] for was in self.now)
        self.opened = trial
        return True

    def judge(self, seed: int) -> tuple[SimulationOutcome, tuple[str, ...]]:
        """Unseen days, and what they do not bear out mended, each time judged on newer days."""
        for repair in range(MOST_REPAIRS + 1):
            judged = self.outcome(self.opened, seed + repair)
            missing = [bank for bank in judged.banks if self.misses(bank)]
            if not missing or repair == MOST_REPAIRS:
                break
            for bank in missing:
                at = self._worst(bank)
                if self.opened[bank.id][at] < self.limits.get(bank.id, UNLIMITED):
                    self.opened = {**self.opened, bank.id: _changed(self.opened[bank.id], at, +1)}
        return judged, tuple(bank.id for bank in missing)

    def keeps(self, bank: BankShare | SimulatedBankOutcome) -> bool:
        """The standard is met by the estimates themselves, and nobody is used beyond the limit."""
        standard = self.standards[bank.id]
        if bank.utilisation is not None and bank.utilisation.value > standard.max_utilisation:
            return False
        return self.over(bank) >= 0.0

    def over(self, bank: BankShare | SimulatedBankOutcome) -> float:
        """The least share in time minus the promise."""
        return self.least(bank).value - self.standards[bank.id].share_within

    def least(self, bank: BankShare | SimulatedBankOutcome) -> Estimate:
        """The share in time over the day; where every interval counts, the least of theirs."""
        shares = [bank.p_within]
        if self.definition == BY_INTERVAL:
            shares += [each.p_within for each in bank.periods if each.visits_per_day >= FEW_VISITS]
        return min(shares, key=lambda each: each.value)

    def misses(self, bank: BankShare | SimulatedBankOutcome) -> bool:
        """Below the standard by more than the interval of the estimate."""
        shares = [bank.p_within]
        if self.definition == BY_INTERVAL:
            shares += [each.p_within for each in bank.periods if each.visits_per_day >= FEW_VISITS]
        return any(each.high < self.standards[bank.id].share_within for each in shares)

    def slack(self, bank: str) -> list[int]:
        """The bank's intervals, that one first whose visitors suffer least from one position less."""
        day = self.plan.bank(bank).day
        row, visits = self.opened[bank], day.load.visits
        return sorted(range(len(row)), key=lambda i: (visits[i] / max(1, row[i]), i))

    def outcome(self, opened: Opened, seed: int) -> SimulationOutcome:
        run = simulate(self._problem(opened), days=self.days, seed=seed, workers=self.workers)
        return summarise(run)

    def banks(self, opened: Opened) -> tuple[BankShare, ...]:
        """The banks on the days of the search."""
        return self.lived(opened, max(2, round(SEARCH_SHARE * self.days)), self.seed + SEARCHED)

    def lived(self, opened: Opened, days: int, seed: int) -> tuple[BankShare, ...]:
        return bank_shares(simulate(self._problem(opened), days=days, seed=seed, workers=self.workers))

    def hours(self) -> float:
        return _hours(self.opened, self.plan.interval_min)

    def _problem(self, opened: Opened) -> SimulationProblem:
        banks = tuple(replace(each, day=replace(each.day, open=opened[each.bank.id])) for each in self.plan.banks)
        return centre_problem(self.question, replace(self.plan, banks=banks), wishes=self.wishes)

    def _worst(self, bank: BankShare | SimulatedBankOutcome) -> int:
        """The interval in which most visitors are late; where every interval counts, the one with the least share."""
        if self.definition == BY_INTERVAL:
            shares = [each.p_within.value if each.visits_per_day >= FEW_VISITS else 1.0 for each in bank.periods]
            return shares.index(min(shares))
        late = [(1.0 - each.p_within.value) * each.visits_per_day for each in bank.periods]
        return late.index(max(late))

    def _slackest(self, bank: BankShare | SimulatedBankOutcome) -> int | None:
        """Of the intervals still to try, the one whose visitors suffer least from one position less."""
        row = self.opened[bank.id]
        at = [i for i in self.untried[bank.id] if row[i] > 1]
        return min(at, key=lambda i: (bank.periods[i].visits_per_day / row[i], i), default=None)


def _changed(row: tuple[int, ...], at: int, by: int) -> tuple[int, ...]:
    return tuple(each + by if i == at else each for i, each in enumerate(row))


def _hours(opened: Opened, interval_min: int) -> float:
    return sum(map(sum, opened.values())) * interval_min / 60.0
