"""Charts of simulated days: well-formed, the same twice, safe with any name."""

from xml.etree import ElementTree

import pytest

from exports.charts import charts
from exports.charts_axes import ticks
from exports.simulation_json import simulation_to_json
from solvers.capacity import plan_capacity
from solvers.simulation.centre import centre_problem
from solvers.simulation.outcome import summarise
from solvers.simulation.run import simulate
from tests.example_project import question_of, read_example


@pytest.fixture(scope="module")
def answer() -> dict:
    question = question_of(read_example("dahuk"))
    problem = centre_problem(question, plan_capacity(question))
    return simulation_to_json(summarise(simulate(problem, days=60, seed=1)), problem.day_type)


def test_every_chart_is_one_well_formed_picture(answer: dict) -> None:
    drawn = charts(answer)
    assert set(drawn) == {"waits", "in_time", "lines", "utilisation", "occupancy"}
    for svg in drawn.values():
        root = ElementTree.fromstring(svg)
        assert root.tag.endswith("svg")
        assert len(list(root)) > 10
    assert drawn == charts(answer)


def test_bars_are_as_long_as_their_values(answer: dict) -> None:
    bars = [
        float(each.get("width", "0"))
        for each in ElementTree.fromstring(charts(answer)["utilisation"]).iter("{http://www.w3.org/2000/svg}rect")
    ][1:]
    values = [each["utilisation"]["value"] for each in answer["banks"]]
    assert [bar / bars[0] for bar in bars] == pytest.approx([value / values[0] for value in values], rel=0.01)


def test_a_name_stays_a_name(answer: dict) -> None:
    names = {each["id"]: '<script>"&\x00' for each in answer["banks"]}
    for svg in charts(answer, names).values():
        assert "<script>" not in svg
        ElementTree.fromstring(svg)


def test_ticks_are_round_and_reach_the_top() -> None:
    assert ticks(7.3) == [0.0, 2.0, 4.0, 6.0, 8.0]
    assert ticks(1.0) == pytest.approx([0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
    assert ticks(480)[-1] == 500.0
    assert ticks(0.0) == [0.0, 1.0]
