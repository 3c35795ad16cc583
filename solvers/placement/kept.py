"""What was laid out on a ground is kept for the next question on it: with a pin, all modules but one have the same modes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from solvers.placement.modes import Ground

T = TypeVar("T")


def kept(ground: Ground, name: tuple[str, ...], made_of: object, make: Callable[[], T], *, keep: bool = True) -> T:
    """What `make` gives, made once for the very object `made_of`. Of several under one name the first stays, if to `keep`."""
    known = ground.laid.get(name)
    if known is not None and known[0] is made_of:
        return known[1]  # type: ignore[return-value]
    made = make()
    if known is None and keep:
        ground.laid[name] = (made_of, made)
    return made
