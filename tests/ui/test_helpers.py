"""What a process that calculates for the page tells while it makes itself ready."""

from __future__ import annotations

import gc

import pytest

from planner.ui.helpers import _keep_loaded, _load


@pytest.mark.parametrize(("lies_ready", "stages"), [(True, []), (False, ["preparing", ""])])
def test_a_helper_tells_whoever_waits_that_it_compiles_and_when_that_has_ended(
    lies_ready: bool, stages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("solvers.placement.warm.is_warm", lambda: lies_ready)
    told: list[str] = []
    _load(told.append)
    assert told == stages


def test_what_a_helper_has_loaded_is_not_looked_through_for_garbage() -> None:
    loaded = len(gc.get_objects())
    _keep_loaded()
    try:
        assert gc.get_freeze_count() > loaded / 2
        assert len(gc.get_objects()) < loaded / 2  # those that are still looked through
    finally:
        gc.unfreeze()
