"""Pooled counters against counters of one service each, and clerks of several skills between the two.

Pooled: one line for the sum of the loads. Dedicated: each service its own line and positions. With skills the truth lies
between: no clerk could serve less than in the one case or more than in the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, inf, sqrt

import numpy as np

from solvers.queueing.mgc import mean_wait_min
from solvers.queueing.sizing import least_positions
from solvers.queueing.station import Station
from solvers.services import ServiceStandard


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolingFigures:
    """Positions and mean wait over all visitors, both ways."""

    dedicated_positions: int
    pooled_positions: int
    dedicated_wait_min: float
    pooled_wait_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkGroup:
    """`clerks` who each can serve any of `services`."""

    services: tuple[str, ...]
    clerks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillLoad:
    """The least greatest utilisation that any sharing out of the work gives; `tightest` are the services that set it."""

    utilisation: float
    tightest: tuple[str, ...]


def pooled_station(stations: Sequence[Station], positions: int | None = None) -> Station:
    """One line for all: rates add up, the service time is the mixture (mean and second moment weighted by rates)."""
    rate = fsum(s.arrivals_per_min for s in stations)
    mean = fsum(s.arrivals_per_min * s.mean_service_min for s in stations) / rate
    square = fsum(s.arrivals_per_min * s.mean_service_min**2 * (1.0 + s.cv**2) for s in stations) / rate
    return Station(
        arrivals_per_min=rate,
        mean_service_min=mean,
        positions=sum(s.positions for s in stations) if positions is None else positions,
        cv=sqrt(max(0.0, square / mean**2 - 1.0)),
    )


def pooling_figures(stations: Sequence[Station], standard: ServiceStandard) -> PoolingFigures:
    """Waits at the positions given, and the least positions that keep the standard, in one line and in several.

    Pooling helps by any load (Smith and Whitt 1981 for equal service times); a quick service mixed with a long one may
    lose by it, and then the figures say so.
    """
    one = pooled_station(stations)
    rate = one.arrivals_per_min

    def least(station: Station) -> int:
        return least_positions(station.arrivals_per_min, station.mean_service_min, (standard,), station.cv)

    return PoolingFigures(
        dedicated_positions=sum(least(s) for s in stations),
        pooled_positions=least(one),
        dedicated_wait_min=fsum(s.arrivals_per_min / rate * mean_wait_min(s) for s in stations),
        pooled_wait_min=mean_wait_min(one),
    )


def skill_load(loads: Mapping[str, float], groups: Sequence[ClerkGroup]) -> SkillLoad:
    """min rho with sum_g x_gs = a_s and sum_s x_gs <= rho n_g, x only where the group has the skill: the static planning
    problem of Harrison and Lopez (1999). Below 1 the lines have a long run under some rule, at 1 or above under none.

    By duality rho is the greatest of sum a_S / (clerks able to serve any of S) over sets S of services (Hall 1935);
    `tightest` is that set. A service nobody can serve: rho is infinite.
    """
    from scipy.optimize import linprog

    services = [name for name, load in loads.items() if load > 0.0]
    helpless = tuple(s for s in services if not any(s in g.services and g.clerks > 0 for g in groups))
    if helpless or not services:
        return SkillLoad(utilisation=inf if helpless else 0.0, tightest=helpless)
    pairs = [(g, s) for g, group in enumerate(groups) for s in group.services if s in services]
    width = len(pairs) + 1  # the last variable is rho
    equal = np.zeros((len(services), width))
    most = np.zeros((len(groups), width))
    for column, (g, s) in enumerate(pairs):
        equal[services.index(s), column] = 1.0
        most[g, column] = 1.0
    most[:, -1] = [-group.clerks for group in groups]
    cost = np.zeros(width)
    cost[-1] = 1.0
    found = linprog(cost, A_ub=most, b_ub=np.zeros(len(groups)), A_eq=equal, b_eq=[loads[s] for s in services], method="highs")
    if found.fun is None:  # every service has a group, so that some rho always does
        raise RuntimeError(found.message)
    prices = found.eqlin.marginals
    tight = tuple(s for s, price in zip(services, prices) if price > max(prices) * 0.5)
    return SkillLoad(utilisation=float(found.fun), tightest=tight)
