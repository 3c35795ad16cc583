"""Every source that our figures name can be looked up."""

from __future__ import annotations

from pathlib import Path

import pytest

from layouts.sources import ID, cited, sources

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("examples", "planner/templates", "layouts/area_standards")
SHIPPED = [p for folder in FOLDERS for p in sorted((ROOT / folder).rglob("*.toml"))]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_source_named_in_shipped_figures_is_in_the_list(file):
    named = set(ID.findall(file.read_text("utf-8")))
    assert named <= {s.id for s in sources()}


def test_texts_cite_the_sources_they_name_in_order_of_number():
    assert [s.id for s in cited(["DMV triage < 1 min (S84)", "routine services (S50), S84 again"])] == ["S50", "S84"]


def test_an_id_that_is_in_no_list_cites_nothing():
    assert cited(["room S999", "MS84 is no id"]) == ()
