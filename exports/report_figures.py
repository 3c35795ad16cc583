"""How the report tells a figure: shares as per cent, minutes to a tenth, everything else as it comes."""

from __future__ import annotations

from typing import Any

SHARES = frozenset(("p_within", "utilisation", "not_served"))


def is_share(key: str) -> bool:
    """Whether a figure of this name is a part of one."""
    return key in SHARES or key.endswith("_share")


def told(value: Any, key: str) -> Any:
    """The figure as people read it; what is no number stays as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if is_share(key):
        return f"{per_cent(value)} %"
    return round(value, 1) if key.endswith("_min") else value


def told_interval(value: float, high: float | None, key: str) -> str:
    """A mean with half the width of its interval, both to the same place."""
    half = None if high is None else high - value
    if is_share(key):
        return f"{per_cent(value)} %" if half is None else f"{100 * value:.1f} ± {100 * half:.1f} %"
    return f"{value:.1f}" if half is None else f"{value:.2f} ± {half:.2f}"


def per_cent(share: float) -> str:
    """A share of one as per cent to a tenth, without a useless tail."""
    return f"{100 * share:.1f}".removesuffix(".0")
