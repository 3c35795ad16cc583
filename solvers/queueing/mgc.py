"""M/G/c: Poisson arrivals, any service time by its coefficient of variation, c positions. Approximations.

Wm, Wd: mean waits of M/M/c and M/D/c at the same rates; k = cv^2 of the service time.
"""

from __future__ import annotations

from math import ceil, exp, inf, log, sqrt

from solvers.queueing import mmc
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


def line_ratio(station: Station) -> float:
    """s of the geometric line P(Nq > n) = C s^(n+1) that keeps the chance of waiting and, by Little's law, the mean line:
    C s / (1 - s) = lambda Wq. Of exponential services it is rho."""
    waiting, line = chance_of_waiting(station), station.arrivals_per_min * mean_wait_min(station)
    return line / (waiting + line) if waiting > 0.0 else 0.0


def waiting_quantile(station: Station, share: float) -> int:
    """The least n with P(Nq <= n) >= share under that line. ValueError where rho >= 1."""
    if not 0.0 <= share < 1.0:
        raise ValueError(f"a share must lie in [0, 1), not {share}")
    if not station.is_stable:
        raise ValueError(f"no line length holds at utilisation {station.utilisation:.3f}")
    waiting, ratio = chance_of_waiting(station), line_ratio(station)
    if waiting * ratio <= 1.0 - share + ROUNDING:
        return 0
    return max(0, ceil(log((1.0 - share) / waiting) / log(ratio) - 1.0 - ROUNDING))


def mean_present(station: Station) -> float:
    """L = lambda Wq + a: the mean number in line and in service."""
    return station.arrivals_per_min * mean_wait_min(station) + station.load


def present_chances(station: Station, most: int) -> tuple[float, ...]:
    """P(N = 0), …, P(N = most): as of exponential services while positions are free, then C (1 - s) s^(n - c)."""
    c, ratio = station.positions, line_ratio(station)
    full = chance_of_waiting(station) * (1.0 - ratio)
    free = mmc.present_chances(station, min(most, c))[:c]
    return free + tuple(full * ratio ** (n - c) for n in range(c, most + 1))
