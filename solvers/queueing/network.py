"""Open networks of stations along the journey: what each receives, how even its arrivals are, what visitors wait in all.

Rates: lambda_j = gamma_j + sum_i lambda_i p_ij (Jackson 1957); a p_ij back to an earlier station is feedback. With Poisson
arrivals and exponential service every station waits as M/M/c alone. Otherwise the evenness of the streams is followed by
Whitt's network analyser (QNA: Whitt 1983, Bell System Technical Journal 62), an approximation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, inf, sqrt

import numpy as np
from numpy.typing import NDArray

from solvers.queueing.mmc import mean_wait_min
from solvers.queueing.station import Station

ROUNDING = 1e-9
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkStop:
    """Like positions with one line: mean and cv of the service time; who comes from outside, and how evenly (cv)."""

    id: str
    mean_service_min: float
    positions: int
    cv: float = 1.0
    outside_per_min: float = 0.0
    outside_cv: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StopFigures:
    """`visits` per visitor of the network; `arrival_cv` of the merged stream; wait and time in line and service."""

    id: str
    arrivals_per_min: float
    visits: float
    utilisation: float
    arrival_cv: float
    mean_wait_min: float
    mean_waiting: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFigures:
    """`mean_time_min` in the whole network per visitor, by Little's law: sum of those present / sum of those who come."""

    stops: tuple[StopFigures, ...]
    mean_wait_min: float
    mean_time_min: float


def network_figures(stops: Sequence[NetworkStop], routing: Sequence[Sequence[float]]) -> NetworkFigures:
    """`routing[i][j]` is the share of those who leave i for j; what is left of 1 goes home."""
    p = _checked(stops, routing)
    rates = arrival_rates(stops, p)
    outside = fsum(stop.outside_per_min for stop in stops)
    stations = [
        Station(arrivals_per_min=float(rate), mean_service_min=stop.mean_service_min, positions=stop.positions, cv=stop.cv)
        for stop, rate in zip(stops, rates)
    ]
    squares = arrival_scv(stops, p, rates)
    waits = [
        mean_wait_min(station) * (square + station.cv**2) / 2.0 if station.is_stable else inf
        for station, square in zip(stations, squares)
    ]
    figures = tuple(
        StopFigures(
            id=stop.id,
            arrivals_per_min=station.arrivals_per_min,
            visits=station.arrivals_per_min / outside if outside > 0 else 0.0,
            utilisation=station.utilisation,
            arrival_cv=sqrt(square),
            mean_wait_min=wait,
            mean_waiting=station.arrivals_per_min * wait if station.arrivals_per_min > 0 else 0.0,
        )
        for stop, station, square, wait in zip(stops, stations, squares, waits)
    )
    whole_wait = fsum(each.visits * each.mean_wait_min for each in figures if each.visits > 0)
    served = fsum(each.visits * stop.mean_service_min for each, stop in zip(figures, stops))
    return NetworkFigures(stops=figures, mean_wait_min=whole_wait, mean_time_min=whole_wait + served)


def arrival_rates(stops: Sequence[NetworkStop], p: Floats) -> Floats:
    """lambda = (I - P^T)^-1 gamma."""
    gamma = np.array([stop.outside_per_min for stop in stops])
    return np.asarray(np.linalg.solve(np.eye(len(stops)) - p.T, gamma))


def arrival_scv(stops: Sequence[NetworkStop], p: Floats, rates: Floats) -> Floats:
    """Squared cv of every stop's arrivals: c2_j = a_j + sum_i b_ij c2_i, linear, so solved at once.

    Departures of i: 1 + (1 - rho^2)(c2_i - 1) + rho^2 (max(cs2, 0.2) - 1) / sqrt(c). A share p of a stream (thinning):
    p c2 + 1 - p. Merged: weighted by rates, with Whitt's w_j towards Poisson where many thin streams meet a calm stop.
    """
    n = len(stops)
    a, b = np.ones(n), np.zeros((n, n))
    for j in range(n):
        if rates[j] <= 0.0:
            continue
        stream = np.array([*(rates[i] * p[i, j] for i in range(n)), stops[j].outside_per_min]) / rates[j]
        rho = min(1.0, float(rates[j]) * stops[j].mean_service_min / stops[j].positions)
        w = 1.0 / (1.0 + 4.0 * (1.0 - rho) ** 2 * (1.0 / float((stream**2).sum()) - 1.0))
        a[j] = 1.0 - w + w * stream[n] * stops[j].outside_cv ** 2
        for i in range(n):
            rho_i = min(1.0, float(rates[i]) * stops[i].mean_service_min / stops[i].positions)
            steady = rho_i**2 * (max(stops[i].cv ** 2, 0.2) - 1.0) / sqrt(stops[i].positions)
            a[j] += w * stream[i] * (1.0 - p[i, j] + p[i, j] * (rho_i**2 + steady))
            b[j, i] = w * stream[i] * p[i, j] * (1.0 - rho_i**2)
    return np.asarray(np.linalg.solve(np.eye(n) - b, a))


def _checked(stops: Sequence[NetworkStop], routing: Sequence[Sequence[float]]) -> Floats:
    p = np.array([list(row) for row in routing], dtype=float).reshape(len(stops), -1)
    if p.shape != (len(stops), len(stops)) or (p < 0.0).any() or (p.sum(axis=1) > 1.0 + ROUNDING).any():
        raise ValueError(f"routing must be {len(stops)} rows of shares that add up to at most 1")
    if abs(np.linalg.eigvals(p)).max(initial=0.0) >= 1.0 - ROUNDING:
        raise ValueError("routing keeps visitors in the network for ever")
    return p
