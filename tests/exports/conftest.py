"""The sample hall and its drawing, once for all tests of the exports."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from sample_layout import sample_layout, sample_plan

from exports.drawing import Drawing
from exports.floor_drawing import draw_floor


@pytest.fixture(scope="session")
def drawing() -> Drawing:
    return draw_floor(sample_plan(), sample_layout(), title="Sample centre")
