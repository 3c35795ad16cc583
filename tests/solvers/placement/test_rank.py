"""Which of nearly equal layouts is shown: a straighter one may cost a little more, and no more than its points are worth."""

from __future__ import annotations

import pytest

from solvers.placement import rank
from tests.builders_placement import small_placement


@pytest.mark.parametrize(
    ("others", "shown"),
    [
        ([(1000.0, 80.0), (1003.0, 82.0)], 1),  # two points are worth 0.4 per cent
        ([(1000.0, 80.0), (1005.0, 82.0)], 0),
        ([(1000.0, 80.0), (1000.0, 80.0)], 0),
        ([(1000.0, 80.0), (1001.0, 80.2), (1010.0, 86.0)], 2),
    ],
)
def test_a_straighter_layout_may_cost_what_its_points_are_worth(
    others: list[tuple[float, float]], shown: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, placement = small_placement()
    indices = iter(index for _, index in others)
    monkeypatch.setattr(rank, "real_linearity", lambda *_: next(indices))

    class One:
        layout = placement.layout

    drawn = [(cost, One(), problem.level) for cost, _ in others]
    assert rank.straightest(drawn, problem.programme, lambda: True) == shown  # type: ignore[arg-type]
