"""How many people are in the hall and on its seats. Companions come with visitors and wait beside them."""

from __future__ import annotations

from math import ceil, fsum

import numpy as np

from solvers.bank_plan import BankDay
from solvers.queueing import mmc
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


def wheelchair_bays_for(seats: int, share: float) -> int:
    """max(1, ceil(share x seats)) where there are seats at all."""
    return max(1, ceil(share * seats - CEILING_SLACK)) if seats else 0


def present_mean(days: tuple[BankDay, ...], i: int, interval_min: int) -> float:
    """Visitors in line and in service over all banks in interval `i`: sum of L = Lq + a; backlog where a line grows."""
    return fsum(_mean_at(day, i, interval_min) for day in days)


def present_quantile(days: tuple[BankDay, ...], i: int, interval_min: int, share: float) -> int:
    """Least n with P(visitors present <= n) >= share: the banks' distributions convolved, as in a product-form network
    (Jackson 1957), plus the backlog of banks whose line grows."""
    whole = np.ones(1)
    backlog = 0.0
    for day in days:
        station = station_at(day, i, interval_min)
        if station is None:
            continue
        if not station.is_stable or day.backlog[i] > 0.0:
            backlog += _mean_at(day, i, interval_min)
            continue
        most = min(MOST_STATES, station.positions + mmc.waiting_quantile(station, 1.0 - STATES_CUT))
        whole = np.convolve(whole, np.array(mmc.present_chances(station, most)))
    return int(np.searchsorted(np.cumsum(whole), share * whole.sum() - CEILING_SLACK)) + ceil(backlog - CEILING_SLACK)


def station_at(day: BankDay, i: int, interval_min: int) -> Station | None:
    """The bank in interval `i`; None where nobody comes or nobody serves."""
    if day.load.visits[i] == 0.0 or day.open[i] == 0:
        return None
    return Station(
        arrivals_per_min=day.load.visits[i] / interval_min,
        mean_service_min=day.load.mean_min[i],
        positions=day.open[i],
        cv=day.load.cv[i],
    )


def _mean_at(day: BankDay, i: int, interval_min: int) -> float:
    station = station_at(day, i, interval_min)
    if station is None:
        return day.backlog[i]
    if not station.is_stable or day.backlog[i] > 0.0:
        return day.backlog[i] + day.open[i]
    return mmc.mean_present(station)
