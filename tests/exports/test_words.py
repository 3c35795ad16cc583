"""Codes become sentences; unknown and doubled codes are faults that show."""

from __future__ import annotations

import pytest

from exports.blocks import SYMBOLS
from exports.layers import layer_table
from exports.words import UnknownCode, direction, knows, merge_tables, say, sentence_for, sentence_for_input
from layouts.findings import BadInput, Finding


def test_values_are_filled_in_and_a_name_with_braces_stays_a_name():
    assert say("drawing.source_unreadable", {"file": "{why}.dxf", "why": "torn"}).startswith("{why}.dxf cannot be read")


def test_an_unknown_code_is_a_fault():
    with pytest.raises(UnknownCode):
        say("no.such.code")


def test_a_missing_value_is_a_fault():
    with pytest.raises(KeyError):
        say("drawing.area", {})


def test_a_code_in_two_tables_is_refused_with_both_files():
    with pytest.raises(ValueError, match=r"a\.b stands in one\.toml and again in two\.toml"):
        merge_tables([("one.toml", {"a.b": "x"}), ("two.toml", {"a.b": "y"})])


def test_a_code_without_quotes_is_refused():
    with pytest.raises(ValueError, match="quotes"):
        merge_tables([("one.toml", {"a": {"b": "x"}})])


def test_a_language_nobody_has_translated_falls_back_to_english():
    assert say("drawing.legend", {}, "xx") == "Legend"


def test_findings_and_bad_input_find_their_sentence():
    finding = Finding(
        code="drawing.clear_width",
        status="fail",
        severity="error",
        certainty="read",
        profile="p",
        values={"width": 1234.0},
    )
    assert sentence_for(finding) == "clear 1234"
    assert "house.dxf" in sentence_for_input(BadInput("drawing.not_ours", file="house.dxf"))


def test_all_kinds_and_layers_have_words():
    assert [k for k in SYMBOLS if not knows(f"drawing.kind.{k}")] == []
    assert [name for name in layer_table() if not knows(f"drawing.layer.{name}")] == []


def test_arabic_runs_from_right_to_left():
    assert (direction("ar"), direction("ar-IQ"), direction("en")) == ("rtl", "rtl", "ltr")


def test_an_area_is_told_in_square_metres() -> None:
    finding = Finding(
        code="access.clear_floor_free", status="fail", severity="error", certainty="read", profile="p", measured=1_210_000.0,
        required=0.0, unit="mm2", where=("c1",),
    )  # fmt: skip
    assert "1.21 m²" in sentence_for(finding) and "mm2" not in sentence_for(finding)
