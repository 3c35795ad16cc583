"""Charts of simulated days: well-formed, the same twice, safe with any name."""

from xml.etree import ElementTree

import pytest

from exports.capacity_json import capacity_to_json
from exports.charts import charts
from exports.charts_axes import BLUE, PALE, ticks
from exports.charts_planning import frontier_chart, scenarios_chart, staffing_chart
from exports.simulation_json import simulation_to_json
from solvers.capacity import plan_capacity
from solvers.simulation.centre import centre_problem
from solvers.simulation.outcome import summarise
from solvers.simulation.run import simulate
from tests.example_project import question_of, read_example

SVG = "{http://www.w3.org/2000/svg}"


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


def test_open_positions_stand_beside_the_work_that_comes_in() -> None:
    capacity = capacity_to_json(plan_capacity(question_of(read_example("dahuk"))))
    root = ElementTree.fromstring(staffing_chart(capacity))
    bars = [each for each in root.iter(f"{SVG}rect") if each.find(f"{SVG}title") is not None]
    told = [int(each.find(f"{SVG}title").text) for each in bars]
    assert told == [count for bank in capacity["banks"] for count in bank["open"]]
    assert len(list(root.iter(f"{SVG}polyline"))) == len(capacity["banks"])


def test_the_frontier_falls_as_hours_grow() -> None:
    rows = [
        {
            "within_min": within,
            "staff_hours_per_week": hours,
            "wait_p90_min": wait,
            "simulated_p90_min": {"value": 0.8 * wait, "low": 0.7 * wait, "high": None},
        }
        for within, hours, wait in ((5, 700.0, 4.0), (10, 650.0, 9.0), (20, 600.0, 18.0))
    ]
    root = ElementTree.fromstring(frontier_chart(rows))
    lines = [each.get("points") for each in root.iter(f"{SVG}polyline")]
    assert len(lines) == 2
    for points in lines:
        xs, ys = zip(*(map(float, point.split(",")) for point in points.split()))
        assert list(xs) == sorted(xs, reverse=True), "most hours first"
        assert list(ys) == sorted(ys, reverse=True), "and the shortest wait lowest on the page"
    assert frontier_chart(rows).count("≤ ") == 3


def test_a_scenario_that_cannot_be_told_apart_is_pale() -> None:
    def row(name: str, tie: bool) -> dict:
        return {"name": name, "p_within": {"value": 0.9, "low": 0.88, "high": 0.92}, "tie": tie}

    svg = scenarios_chart([row("base", True), row("peak", True), row("<b>", False)])
    bars = [each for each in ElementTree.fromstring(svg).iter(f"{SVG}rect") if each.find(f"{SVG}title") is not None]
    fills = [each.get("fill") for each in bars]
    assert fills == [BLUE, PALE, BLUE]
    assert "<b>" not in svg
