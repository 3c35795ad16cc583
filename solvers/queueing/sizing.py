"""The least number of positions that keeps a service standard."""

from __future__ import annotations

from dataclasses import replace
from math import floor

from solvers.queueing import mgc, mmc
from solvers.queueing.station import Station
from solvers.services import ServiceStandard

EXACT_BELOW_CV = 1.0
"""Up to this cv, M/M/c overstates the wait (the safe side) and is used as it stands; above it M/G/c is."""


def share_within(station: Station, minutes: float) -> float:
    """P(W <= t), on the safe side for service times steadier than exponential."""
    tail = mmc.share_waiting_longer if station.cv <= EXACT_BELOW_CV else mgc.share_waiting_longer
    return 1.0 - tail(station, minutes)


def waiting_quantile(station: Station, share: float) -> int:
    """The number in line not exceeded with `share`, by the formula that told the wait."""
    quantile = mmc.waiting_quantile if station.cv <= EXACT_BELOW_CV else mgc.waiting_quantile
    return quantile(station, share)


def keeps(station: Station, standard: ServiceStandard) -> bool:
    """True when enough visitors wait at most the standard's minutes and nobody is used beyond its limit."""
    return (
        station.utilisation <= standard.max_utilisation + mmc.ROUNDING
        and station.is_stable
        and share_within(station, standard.within_min) >= standard.share_within - mmc.ROUNDING
    )


def least_positions(
    arrivals_per_min: float, mean_service_min: float, standards: tuple[ServiceStandard, ...], cv: float = 1.0
) -> int:
    """The least c whose station keeps every standard; 0 where nobody comes. P(W <= t) grows with c: the first is it."""
    if arrivals_per_min == 0:
        return 0
    first = max(1, floor(arrivals_per_min * mean_service_min))
    station = Station(arrivals_per_min=arrivals_per_min, mean_service_min=mean_service_min, positions=first, cv=cv)
    while not all(keeps(station, standard) for standard in standards):
        station = replace(station, positions=station.positions + 1)
    return station.positions
