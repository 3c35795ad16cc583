"""A station: like positions behind one line, fed at a constant rate."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """lambda = `arrivals_per_min`, 1/mu = `mean_service_min`, c = `positions`; `cv` of the service time.

    A cv of 1 is exponential service.
    """

    arrivals_per_min: float
    mean_service_min: float
    positions: int
    cv: float = 1.0

    def __post_init__(self) -> None:
        if not (isfinite(self.arrivals_per_min) and self.arrivals_per_min >= 0):
            raise ValueError(f"arrivals_per_min must be finite and not negative, not {self.arrivals_per_min}")
        if not (isfinite(self.mean_service_min) and self.mean_service_min > 0):
            raise ValueError(f"mean_service_min must be finite and positive, not {self.mean_service_min}")
        if self.positions < 1 or not (isfinite(self.cv) and self.cv >= 0):
            raise ValueError(f"a station needs a position and cv >= 0, not {self.positions} and {self.cv}")

    @property
    def load(self) -> float:
        """Offered load a = lambda / mu, in Erlang: the mean number of busy positions."""
        return self.arrivals_per_min * self.mean_service_min

    @property
    def utilisation(self) -> float:
        """rho = a / c."""
        return self.load / self.positions

    @property
    def is_stable(self) -> bool:
        """True when rho < 1; otherwise the line grows as long as the rate holds."""
        return self.load < self.positions

    @property
    def spare_rate_per_min(self) -> float:
        """c mu - lambda: the rate at which a line melts."""
        return self.positions / self.mean_service_min - self.arrivals_per_min
