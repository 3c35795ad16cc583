"""Whether refined positions could be fewer: every bank stands within 2 % of its promise, or one position less breaks it.

A position is a whole one, open for a whole interval: a bank of two loses half its hands with it, so that no plan can stand
at 0.80 everywhere. What can be asked is that nothing is left over, and that is tried out here, on the days that judged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from solvers.simulation.estimates import Estimate
from solvers.simulation.outcome import BankShare, SimulatedBankOutcome, SimulationOutcome

NEAR = 0.02
"""So far above its promise a bank needs no proof."""
FIRST_LOOK = 1.0 / 3.0
"""Share of the days lived through first: where all banks miss by more than their interval there is nothing to add."""
MOST_TRIMS = 6

WITHIN = "within_2_percent"
ONE_LESS_MISSES = "one_less_misses"
ONE_LESS_TOO_BUSY = "one_less_too_busy"
ONE_POSITION = "one_position"
SPARE = "spare"
MISSES = "misses"

Row = tuple[int, ...]
Shares = tuple[BankShare, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tight:
    """Why a bank has no less: `over` is its share in time minus the promise; `one_less` the best share that it is left with
    by one position fewer in any interval, None where that was not tried. Where the promise holds in every interval, the
    share is that of the worst interval."""

    bank: str
    because: str
    over: float
    one_less: Estimate | None = None


class Refinement(Protocol):
    """What is tried out: positions, and how they are judged (`refine._Search`)."""

    opened: Mapping[str, Row]
    days: int

    def keeps(self, bank: BankShare | SimulatedBankOutcome) -> bool: ...
    def misses(self, bank: BankShare | SimulatedBankOutcome) -> bool: ...
    def least(self, bank: BankShare | SimulatedBankOutcome) -> Estimate: ...
    def over(self, bank: BankShare | SimulatedBankOutcome) -> float: ...
    def slack(self, bank: str) -> list[int]: ...
    def lived(self, opened: Mapping[str, Row], days: int, seed: int) -> Shares: ...
    def outcome(self, opened: Mapping[str, Row], seed: int) -> SimulationOutcome: ...
    def judge(self, seed: int) -> tuple[SimulationOutcome, tuple[str, ...]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OneLess:
    """A bank's positions, and how it would stand with one less in the interval that this hurts least."""

    row: Row
    at: int
    over: float
    share: Estimate
    keeps: bool


def tightened(search: Refinement, judged: SimulationOutcome, newer_seed: int) -> tuple[SimulationOutcome, tuple[Tight, ...]]:
    """What the search left over taken away, one position a bank and round, each round judged on newer days, which give back
    what they do not bear out; then every bank's reason."""
    proven: dict[str, OneLess] = {}
    for trim in range(MOST_TRIMS + 1):
        far = [bank.id for bank in judged.banks if search.over(bank) > NEAR and max(search.opened[bank.id]) > 1]
        proven |= one_less(search, [name for name in far if not _stands(search, proven, name)], judged.seed)
        spare = {name: proven[name] for name in far if proven[name].keeps}
        if not spare or trim == MOST_TRIMS:
            break
        before = search.opened
        search.opened = {**before, **{name: lean(each.row, each.at) for name, each in spare.items()}}
        seen = search.outcome(search.opened, newer_seed + 100 * trim)
        for bank in seen.banks:
            if bank.id in spare and search.misses(bank):
                search.opened = {**search.opened, bank.id: before[bank.id]}
                at = spare[bank.id].at
                proven[bank.id] = OneLess(
                    row=before[bank.id], at=at, over=search.over(bank), share=search.least(bank), keeps=False
                )
        judged, _ = search.judge(newer_seed + 100 * trim + 10)
    return judged, tuple(_told(search, bank, proven) for bank in judged.banks)


def one_less(search: Refinement, names: Sequence[str], seed: int) -> dict[str, OneLess]:
    """For every bank named, the slackest interval first: one position less, on the judge's own days, until one keeps.

    All of them lose theirs together, since a bank hardly feels what happens at another.
    """
    left = {name: [at for at in search.slack(name) if search.opened[name][at] > 1] for name in names}
    best: dict[str, OneLess] = {}
    while trial := {name: order.pop(0) for name, order in left.items() if order and not (name in best and best[name].keeps)}:
        opened = {**search.opened, **{name: lean(search.opened[name], at) for name, at in trial.items()}}
        banks = _of(search.lived(opened, max(2, round(FIRST_LOOK * search.days)), seed), trial)
        if not all(search.misses(bank) for bank in banks):
            banks = _of(search.lived(opened, search.days, seed), trial)
        for bank in banks:
            row, at = search.opened[bank.id], trial[bank.id]
            found = OneLess(row=row, at=at, over=search.over(bank), share=search.least(bank), keeps=search.keeps(bank))
            if bank.id not in best or (found.keeps, found.over) > (best[bank.id].keeps, best[bank.id].over):
                best[bank.id] = found
    return best


def _stands(search: Refinement, proven: Mapping[str, OneLess], name: str) -> bool:
    """Whether unseen days have shown before that these very positions can lose none."""
    return name in proven and proven[name].row == search.opened[name] and not proven[name].keeps


def lean(row: Row, at: int) -> Row:
    return tuple(each - (i == at) for i, each in enumerate(row))


def _of(banks: Sequence[BankShare], wanted: Mapping[str, object]) -> list[BankShare]:
    return [bank for bank in banks if bank.id in wanted]


def _told(search: Refinement, bank: SimulatedBankOutcome, proven: Mapping[str, OneLess]) -> Tight:
    over = search.over(bank)
    less = proven.get(bank.id)
    if less is not None and less.row != search.opened[bank.id]:
        less = None
    return Tight(bank=bank.id, because=_because(search, bank, over, less), over=over, one_less=less.share if less else None)


def _because(search: Refinement, bank: SimulatedBankOutcome, over: float, less: OneLess | None) -> str:
    if search.misses(bank):
        return MISSES
    if over <= NEAR:
        return WITHIN
    if less is None:
        return ONE_POSITION if max(search.opened[bank.id]) <= 1 else SPARE
    if less.keeps:
        return SPARE
    return ONE_LESS_MISSES if less.over < 0.0 else ONE_LESS_TOO_BUSY
