"""What the placement's tests share."""

from __future__ import annotations

import pytest

from tests.builders_placement import small_placement
from tests.solvers.placement.tampered import Answer


@pytest.fixture(scope="module")
def sound() -> Answer:
    return small_placement()
