"""Which failures deserve a second try, alone."""

from __future__ import annotations

from tests.again import MOST, to_try_again


def test_a_browser_test_that_failed_is_tried_again():
    assert to_try_again(["tests/ui/test_day.py::test_a"]) == ["tests/ui/test_day.py::test_a"]


def test_nothing_is_tried_again_where_any_other_test_failed():
    assert to_try_again(["tests/ui/test_day.py::test_a", "tests/solvers/test_demand.py::test_b"]) == []


def test_a_file_that_cannot_be_read_is_not_tried_again():
    assert to_try_again(["tests/ui/test_day.py"]) == []


def test_many_failures_are_no_chance():
    assert to_try_again([f"tests/ui/test_day.py::test_{n}" for n in range(MOST + 1)]) == []
    assert to_try_again([]) == []
