"""M/M/c in the long run: Poisson arrivals, exponential service, c positions, one line, first come first served.

Letters: a = lambda/mu, rho = a/c, C = Erlang C(c, a). Where rho >= 1 there is no long run: means are infinite,
shares 1.
Formulas as in Gross and Harris, Fundamentals of Queueing Theory, section on M/M/c.
"""

from __future__ import annotations

from math import ceil, exp, inf, log

from solvers.queueing.erlang import erlang_c
from solvers.queueing.station import Station

ROUNDING = 1e-9
"""Slack for floating point where a bound is met exactly."""


def chance_of_waiting(station: Station) -> float:
    """P(W > 0) = C(c, a)."""
    return erlang_c(station.positions, station.load)


def chance_empty(station: Station) -> float:
    """P0, nobody in the station. From B = (a^c / c!) / sum_k a^k / k!: P0 = 1 / (S + a^c/c! * rho/(1-rho))."""
    if not station.is_stable:
        return 0.0
    term = total = 1.0
    for k in range(1, station.positions + 1):
        term *= station.load / k
        total += term
    return 1.0 / (total + term * station.utilisation / (1.0 - station.utilisation))


def mean_waiting(station: Station) -> float:
    """Lq = C rho / (1 - rho): the mean number in line."""
    if not station.is_stable:
        return inf
    return chance_of_waiting(station) * station.utilisation / (1.0 - station.utilisation)


def mean_wait_min(station: Station) -> float:
    """Wq = C / (c mu - lambda)."""
    if not station.is_stable:
        return inf
    return chance_of_waiting(station) / station.spare_rate_per_min


def mean_time_min(station: Station) -> float:
    """W = Wq + 1/mu: waiting and service."""
    return mean_wait_min(station) + station.mean_service_min


def mean_present(station: Station) -> float:
    """L = Lq + a: the mean number in line and in service."""
    return mean_waiting(station) + station.load


def share_waiting_longer(station: Station, minutes: float) -> float:
    """P(W > t) = C exp(-(c mu - lambda) t)."""
    if not station.is_stable:
        return 1.0
    return chance_of_waiting(station) * exp(-station.spare_rate_per_min * minutes)


def wait_percentile_min(station: Station, share: float) -> float:
    """The t with P(W <= t) = share: max(0, ln(C / (1 - share)) / (c mu - lambda))."""
    _refuse_share(share)
    if not station.is_stable:
        return inf
    waiting = chance_of_waiting(station)
    return log(waiting / (1.0 - share)) / station.spare_rate_per_min if waiting > 1.0 - share + ROUNDING else 0.0


def chance_more_waiting(station: Station, persons: int) -> float:
    """P(Nq > n) = C rho^(n+1)."""
    if not station.is_stable:
        return 1.0
    return chance_of_waiting(station) * station.utilisation ** (persons + 1)


def waiting_quantile(station: Station, share: float) -> int:
    """The least n with P(Nq <= n) >= share, from P(Nq > n) = C rho^(n+1). ValueError where rho >= 1."""
    _refuse_share(share)
    if not station.is_stable:
        raise ValueError(f"no line length holds at utilisation {station.utilisation:.3f}")
    if chance_more_waiting(station, 0) <= 1.0 - share + ROUNDING:
        return 0
    least = log((1.0 - share) / chance_of_waiting(station)) / log(station.utilisation) - 1.0
    return max(0, ceil(least - ROUNDING))


def present_chances(station: Station, most: int) -> tuple[float, ...]:
    """P(N = 0), …, P(N = most): p(n) = p(n-1) a / min(n, c), started from Erlang B so that nothing overflows."""
    if not station.is_stable:
        raise ValueError(f"no long run at utilisation {station.utilisation:.3f}")
    c, load = station.positions, station.load
    full = (1.0 - station.utilisation) * erlang_c(c, load)  # P(N = c)
    chances = [0.0] * (max(most, c) + 1)
    chances[c] = full
    for n in range(c, 0, -1):
        chances[n - 1] = chances[n] * n / load if load > 0 else 0.0
    if full == 0.0:  # a load so small that P(N = c) underflows
        chances[0] = chance_empty(station)
        for n in range(1, c + 1):
            chances[n] = chances[n - 1] * load / n
    for n in range(c + 1, most + 1):
        chances[n] = chances[n - 1] * station.utilisation
    return tuple(chances[: most + 1])


def _refuse_share(share: float) -> None:
    if not 0.0 <= share < 1.0:
        raise ValueError(f"a share must lie in [0, 1), not {share}")
