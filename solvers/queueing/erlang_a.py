"""Erlang A: M/M/c with visitors who leave the line after an exponential patience (Palm 1957; Garnett et al. 2002)."""

from __future__ import annotations

from dataclasses import dataclass

from solvers.queueing.station import Station

NEGLIGIBLE = 1e-14
"""The tail of states is cut where the next one weighs less than this beside the heaviest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithAbandonment:
    """Long-run figures of a line that people leave. `mean_wait_min` is over all arrivals, those who leave included."""

    chance_of_waiting: float
    share_leaving: float
    mean_waiting: float
    mean_wait_min: float
    utilisation: float


def erlang_a(station: Station, patience_min: float) -> WithAbandonment:
    """Birth-death chain with births lambda and deaths min(n, c) mu + (n - c)+ theta, theta = 1 / patience.

    Share leaving = theta Lq / lambda, wait by Little's law Lq / lambda. Stable at any load.
    """
    if patience_min <= 0:
        raise ValueError(f"patience_min must be positive, not {patience_min}")
    if station.arrivals_per_min == 0:
        return WithAbandonment(chance_of_waiting=0.0, share_leaving=0.0, mean_waiting=0.0, mean_wait_min=0.0, utilisation=0.0)
    weights = _state_weights(station, patience_min)
    total = sum(weights)
    c = station.positions
    in_line = sum((n - c) * w for n, w in enumerate(weights) if n > c) / total
    busy = sum(min(n, c) * w for n, w in enumerate(weights)) / total
    return WithAbandonment(
        chance_of_waiting=sum(weights[c:]) / total,
        share_leaving=in_line / patience_min / station.arrivals_per_min,
        mean_waiting=in_line,
        mean_wait_min=in_line / station.arrivals_per_min,
        utilisation=busy / c,
    )


def _state_weights(station: Station, patience_min: float) -> list[float]:
    """Unnormalised chances of n = 0, 1, …, rescaled on the way so that heavy loads do not overflow."""
    c, mu, theta = station.positions, 1.0 / station.mean_service_min, 1.0 / patience_min
    weights, heaviest, n = [1.0], 1.0, 0
    while n <= c or weights[-1] > NEGLIGIBLE * heaviest:
        n += 1
        weights.append(weights[-1] * station.arrivals_per_min / (min(n, c) * mu + max(0, n - c) * theta))
        heaviest = max(heaviest, weights[-1])
        if heaviest > 1e200:
            weights = [w / heaviest for w in weights]
            heaviest = 1.0
    return weights
