"""Variants: layouts kept under names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.findings import BadInput
from layouts.layout import Item, Layout, LevelLayout
from planner.folder import read_folder, write_folder
from planner.kept_variants import copy_variant, drop_variant, rename_variant, save_variant, take_up_variant
from planner.project import Accepted, Pin
from tests.planner.small_centre import a_small_centre


def a_layout(x=0):
    item = Item(
        id="n1", kind="counter", bank="notary", polygon=((x, 0), (x + 1500, 0), (x + 1500, 700), (x, 700)),
        insert_mm=(x + 750, 0), rotation_deg=0.0,
    )  # fmt: skip
    return Layout(levels=(LevelLayout(level="L0", items=(item,), public=(), staff=()),))


@pytest.fixture
def project():
    return a_small_centre(accepted=Accepted(candidate="a" * 64, layout=a_layout()))


def names(project):
    return [v.name for v in project.variants]


def test_a_variant_stays_as_it_was_when_the_accepted_layout_goes_on(project):
    kept = save_variant(project, " By the   window ")
    moved = replace(kept, accepted=Accepted(candidate="a" * 64, layout=a_layout(500)))
    assert names(moved) == ["By the window"]
    assert take_up_variant(moved, "v1").accepted == project.accepted


def test_a_variant_is_renamed_copied_and_let_go(project):
    kept = rename_variant(save_variant(project, "one"), "v1", "first")
    twice = copy_variant(copy_variant(kept, "v1", "first"), "v1", "first")
    assert names(twice) == ["first", "first 2", "first 3"]
    assert names(drop_variant(twice, "v2")) == ["first", "first 3"]
    assert save_variant(drop_variant(twice, "v2"), "again").variants[-1].id == "v2"


def test_names_are_refused_where_they_are_none_or_taken(project):
    kept = save_variant(project, "one")
    for name, code in (("  ", "variant.no_name"), ("x" * 81, "variant.no_name"), ("one", "variant.name_taken")):
        with pytest.raises(BadInput, match=code):
            save_variant(kept, name)
    with pytest.raises(BadInput, match=r"variant\.unknown"):
        rename_variant(kept, "v9", "two")
    with pytest.raises(BadInput, match=r"variant\.nothing_accepted"):
        save_variant(replace(project, accepted=None), "two")


def test_taking_up_a_variant_lets_go_of_pins_on_what_it_lacks(project):
    kept = replace(save_variant(project, "one"), pins=(Pin(id="notary"), Pin(id="registry")))
    assert [p.id for p in take_up_variant(kept, "v1").pins] == ["notary"]


def test_a_folder_keeps_variants(project, tmp_path):
    write_folder(save_variant(project, "one"), tmp_path / "kept")
    assert read_folder(tmp_path / "kept").variants == save_variant(project, "one").variants
