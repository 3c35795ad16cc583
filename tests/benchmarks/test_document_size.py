"""The claim of the project file: 5,000 gestures on a plan of 2,000 walls stay under 50 MB."""

from __future__ import annotations

import time
from pathlib import Path

from planner.storage import create_document, open_document
from tests.planner.test_document_size import a_plan_of_walls, gestures


def test_5000_gestures_on_2000_walls_stay_under_50_mb(tmp_path: Path) -> None:
    path = tmp_path / "long.centreline"
    document = create_document(path, a_plan_of_walls(2000))
    begun = time.perf_counter()
    slowest = 0.0
    for label, project in gestures(document.project, 5000):
        start = time.perf_counter()
        document.save(project, label)
        slowest = max(slowest, time.perf_counter() - start)
    saving = time.perf_counter() - begun
    expected = document.project
    document.close()
    start = time.perf_counter()
    document = open_document(path)
    opening = time.perf_counter() - start
    assert document.project == expected
    start = time.perf_counter()
    document.undo()
    undoing = time.perf_counter() - start
    document.close()
    size = path.stat().st_size
    print(
        f"\n5000 gestures on 2000 walls: {size / 1e6:.1f} MB; a save {saving / 5:.2f} ms, slowest "
        f"{slowest * 1e3:.0f} ms; opening {opening * 1e3:.0f} ms, undo {undoing * 1e3:.0f} ms"
    )
    assert size < 50e6
