"""One layout of several that are sought, told of as soon as it is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from layouts.layout import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFound:
    """`make` walks and checks it and gives its answer; that takes a while, which need not be the search's."""

    layout: Layout
    make: Callable[[], dict[str, Any]]
