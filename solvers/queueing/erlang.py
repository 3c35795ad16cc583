"""Erlang's two loss and delay formulas for `servers` fed with an offered load (arrival rate x mean service time)."""

from __future__ import annotations


def erlang_b(servers: int, load: float) -> float:
    """Chance that all servers are busy where nobody waits, M/M/c/c.

    B(0) = 1, B(k) = a B(k-1) / (k + a B(k-1)) (Erlang 1917, in the recursion that never overflows).
    """
    _refuse_nonsense(servers, load)
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """Chance that an arrival waits, M/M/c: C = B / (1 - rho (1 - B)), rho = a / c (Erlang 1917); 1 when rho >= 1."""
    _refuse_nonsense(servers, load)
    if load >= servers:
        return 1.0
    blocked = erlang_b(servers, load)
    return blocked / (1.0 - load / servers * (1.0 - blocked))


def _refuse_nonsense(servers: int, load: float) -> None:
    if servers < 0 or not 0.0 <= load < float("inf"):
        raise ValueError(f"Erlang needs servers >= 0 and a finite load >= 0, not {servers} and {load}")
