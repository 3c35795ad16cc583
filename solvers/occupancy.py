"""How many people are in the hall and on its seats. Companions come with visitors and wait beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, fsum

import numpy as np
from numpy.typing import NDArray

from solvers.bank_plan import BankDay
from solvers.bank_transient import follow_open
from solvers.queueing import mgc, mmc
from solvers.queueing.sizing import EXACT_BELOW_CV, waiting_quantile
from solvers.queueing.station import Station
from solvers.services import VisitorClass

STATES_CUT = 1e-9
CEILING_SLACK = 1e-9
MOST_STATES = 4096


def companions_per_visitor(classes: tuple[VisitorClass, ...]) -> float:
    """Mean companions, classes weighted by their share."""
    return fsum(each.share * each.companions for each in classes)


def seats_for(waiting: int, companions: float, seated_share: float) -> int:
    """ceil(quantile of the number waiting x (1 + companions) x share who sit) (domain table V9)."""
    return ceil(waiting * (1.0 + companions) * seated_share - CEILING_SLACK)


def wheelchair_share(classes: tuple[VisitorClass, ...]) -> float:
    """Share of visitors in a wheelchair, classes weighted by their share."""
    return fsum(each.share * each.wheelchair_share for each in classes)


def wheelchair_bays_for(seats: int, share: float, *, waiting: int = 0, in_wheelchair: float = 0.0) -> int:
    """max(1, ceil(share x seats), ceil(quantile of those waiting x share in a wheelchair)) where there are seats at all."""
    wanted = max(share * seats, in_wheelchair * waiting)
    return max(1, ceil(wanted - CEILING_SLACK)) if seats else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Visitors of one bank in line and in service in an interval: the mean, and the chances of 0, 1, … at its worst."""

    mean: float
    chances: NDArray[np.float64]


NOBODY = Presence(mean=0.0, chances=np.ones(1))


def presences(day: BankDay, interval_min: int) -> tuple[Presence, ...]:
    """One per interval, by the way the bank was planned."""
    if day.staffing == "transient":
        return _followed_presences(day, interval_min)
    return tuple(_stationary_presence(day, i, interval_min) for i in range(len(day.open)))


def present_quantile(banks: Sequence[Presence], share: float) -> int:
    """Least n with P(visitors present <= n) >= share: the banks' distributions convolved, as in a product-form network
    (Jackson 1957)."""
    whole = np.ones(1)
    for bank in banks:
        whole = np.convolve(whole, bank.chances)
    return int(np.searchsorted(np.cumsum(whole), share * whole.sum() - CEILING_SLACK))


def _stationary_presence(day: BankDay, i: int, interval_min: int) -> Presence:
    """L = Lq + a and the long run's chances; a line that grows is taken as certain."""
    line = max(day.backlog[max(0, i - 1) : i + 1])
    if line > 0.0:
        persons = ceil(line) + day.open[i]
        return Presence(mean=float(persons), chances=np.eye(1, persons + 1, persons)[0])
    if day.load.visits[i] == 0.0 or day.open[i] == 0:
        return NOBODY
    station = Station(
        arrivals_per_min=day.load.visits[i] / interval_min,
        mean_service_min=day.load.mean_min[i],
        positions=day.open[i],
        cv=day.load.cv[i],
    )
    most = min(MOST_STATES, station.positions + waiting_quantile(station, 1.0 - STATES_CUT))
    if station.cv <= EXACT_BELOW_CV:
        return Presence(mean=mmc.mean_present(station), chances=np.array(mmc.present_chances(station, most)))
    return Presence(mean=mgc.mean_present(station), chances=np.array(mgc.present_chances(station, most)))


def _followed_presences(day: BankDay, interval_min: int) -> tuple[Presence, ...]:
    """The mean over the interval; the chances at the minute with most people."""
    followed = follow_open(day.load, day.open, interval_min)
    found = []
    for i in range(len(day.open)):
        states = followed.states(i)
        means = states @ np.arange(states.shape[1])
        found.append(Presence(mean=float(np.trapezoid(means) / (means.size - 1)), chances=states[int(np.argmax(means))]))
    return tuple(found)
