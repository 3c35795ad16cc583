"""M/G/c: Poisson arrivals, any service time by its coefficient of variation, c positions. Approximations.

Wm, Wd: mean waits of M/M/c and M/D/c at the same rates; k = cv^2 of the service time.
"""

from __future__ import annotations

from math import exp, inf, log, sqrt

from solvers.queueing.mmc import ROUNDING, chance_of_waiting
from solvers.queueing.mmc import mean_wait_min as mmc_wait_min
from solvers.queueing.station import Station


def constant_service_wait_min(station: Station) -> float:
    """Mean wait of M/D/c: Wm/2 [1 + (1-rho)(c-1)(sqrt(4+5c)-2) / (16 rho c)] (Cosmetatos 1976), never above Wm."""
    wait = mmc_wait_min(station)
    rho, c = station.utilisation, station.positions
    if not station.is_stable or rho == 0.0:
        return wait
    return min(wait, wait / 2.0 * (1.0 + (1.0 - rho) * (c - 1) * (sqrt(4 + 5 * c) - 2) / (16 * rho * c)))


def mean_wait_min(station: Station) -> float:
    """Mean wait of M/G/c.

    k <= 1: (1 + k) / (2k/Wm + (1-k)/Wd) (Kimura 1986). k > 1: k Wm + (1-k) Wd (Tijms), which overstates the wait of
    lognormal services by up to a fifth (safe side).
    """
    wait = mmc_wait_min(station)
    k = station.cv**2
    if wait in (0.0, inf) or k == 1.0:
        return wait
    constant = constant_service_wait_min(station)
    if k <= 1.0:
        return (1.0 + k) / (2.0 * k / wait + (1.0 - k) / constant)
    return k * wait + (1.0 - k) * constant


def share_waiting_longer(station: Station, minutes: float) -> float:
    """P(W > t) ~ C exp(-C t / Wq): an exponential tail that keeps the chance and the mean of waiting."""
    waiting, wait = chance_of_waiting(station), mean_wait_min(station)
    if wait == inf:
        return 1.0
    return waiting * exp(-waiting * minutes / wait) if wait > 0.0 else 0.0


def wait_percentile_min(station: Station, share: float) -> float:
    """The t with P(W <= t) = share under the tail of `share_waiting_longer`: Wq/C ln(C / (1 - share))."""
    if not 0.0 <= share < 1.0:
        raise ValueError(f"a share must lie in [0, 1), not {share}")
    waiting, wait = chance_of_waiting(station), mean_wait_min(station)
    if wait == inf:
        return inf
    return wait / waiting * log(waiting / (1.0 - share)) if waiting > 1.0 - share + ROUNDING else 0.0
