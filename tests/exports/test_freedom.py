"""What an optimiser was free to choose is told in a reader's words, never as a program's lists."""

from __future__ import annotations

from exports.freedom import freedom_rows

ONE = {
    "spines": ["door-1-door-7/3000/1", "door-1-door-7/3000/5"], "spine_bounds": [24747.406, None],
    "typologies": ["perimeter", "core", "hall-2"], "built": [["core", "door-1-door-7/3000/5", 27428.4]],
    "typology": "hall-2", "setbacks_mm": [0, 1200], "layouts_refused_by_check": 0,
}  # fmt: skip


def test_spines_are_counted_and_their_bounds_told_as_a_range():
    told = dict(freedom_rows(ONE | {"spine_bounds": [24747.406, 33219.5]}, "en"))
    assert told["Spines"] == 2
    assert told["Proven bounds of the spines"] == "24,747 to 33,220"
    assert not any("door-1" in str(value) for value in told.values())


def test_a_spine_without_any_layout_has_no_bound_to_tell():
    assert dict(freedom_rows(ONE, "en"))["Proven bounds of the spines"] == "24,747"
    assert dict(freedom_rows(ONE | {"spine_bounds": [None]}, "en"))["Proven bounds of the spines"] == "no layout stands there"


def test_typologies_have_names_in_both_languages():
    assert dict(freedom_rows(ONE, "en"))["Typologies raced"] == "perimeter, built core, hall of rooms 2"
    assert "نواة مبنية" in str(dict(freedom_rows(ONE, "ar")))


def test_each_storey_tells_its_own():
    told = dict(freedom_rows({"levels": {"L0": ONE, "L1": ONE | {"spines": ["x"]}}}, "en"))
    assert (told["Spines · L0"], told["Spines · L1"]) == (2, 1)
