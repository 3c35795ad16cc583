"""A search that is stopped ends at once with what has been checked; one that rests goes on; nothing found is lost."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from dataclasses import replace
from types import SimpleNamespace

import pytest

from planner.found import OneFound
from planner.ui import placing
from planner.ui.jobs import Snap, Switch, start_job
from planner.ui.placing import Incumbent, StoppedOrResting, Watching, as_stopped, better_of, stopping_at_once
from planner.ui.run_card import record_of
from planner.ui.shell import Shell
from planner.ui.workspace import ASIDE, open_workspace
from solvers.effort import Progress
from tests.ui.conftest import a_project
from tests.ui.waiting import until


def answer(objective, bound=50.0, spines=("s1",), status="feasible", name="a"):
    record = {
        "objective": objective, "bound": bound, "gap": (objective - bound) / objective, "status": status,
        "freedom": {"spines": list(spines)}, "question_digest": "q",
    }  # fmt: skip
    return {"candidate": name * 64, "layout": {"levels": []}, "solution": record}


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(a_project(tmp_path, "small"))
    yield opened
    opened.close()


def test_stopping_keeps_what_is_checked_and_then_what_comes_late(workspace):
    go_on = threading.Event()

    def slow(report, cancel):
        report(Progress(stage="search", bound=60.0, answer=Incumbent(svg="", checked=answer(100.0))))
        go_on.wait(20)  # a search that does not look at the switch
        workspace.answers.put("b" * 64, "placement", answer(90.0, name="b"))

    job = start_job(workspace, "place", stopping_at_once(workspace, slow))
    until(lambda: job.snap.answer is not None)
    job.cancel()
    snap = job.wait(10)
    assert snap.state == "cancelled" and snap.result["solution"]["status"] == "cancelled"
    assert snap.result["solution"]["bound"] == 60.0 and snap.result["solution"]["gap"] == pytest.approx(0.4)
    assert [a.digest[0] for a in workspace.answers.all_of("placement")] == ["a"]
    go_on.set()
    until(lambda: [a.digest[0] for a in workspace.answers.all_of("placement")] == ["b", "a"])


def test_seconds_go_on_while_the_work_says_nothing(workspace):
    go_on = threading.Event()
    job = start_job(workspace, "place", lambda report, cancel: go_on.wait(20))
    job._began -= 5
    before = job.snap.version
    job.tick()
    job.tick()
    assert job.snap.seconds >= 5 and job.snap.version == before + 1
    go_on.set()
    ended = job.wait(10)
    job.tick()
    assert job.snap is ended


def test_the_best_so_far_of_a_search_that_died_with_the_program_is_a_candidate_of_the_next_start(tmp_path):
    path, go_on = a_project(tmp_path, "small"), threading.Event()
    before = open_workspace(path)

    def slow(report, cancel):
        report(Progress(stage="search", bound=60.0, answer=Incumbent(svg="", checked=answer(100.0))))
        go_on.wait(20)
        return answer(90.0, name="b")

    job = start_job(before, "place", stopping_at_once(before, slow))
    until(lambda: before.answers.get(ASIDE))
    assert before.answers.all_of("placement") == ()
    died = tmp_path / "died.centreline"
    died.write_bytes(path.read_bytes())  # as the disk has it at this moment
    go_on.set()
    assert job.wait(10).state == "done"
    before.close()
    after, well = open_workspace(died), open_workspace(path)
    (kept,) = after.answers.all_of("placement")
    assert kept.body["solution"]["status"] == "cancelled" and kept.body["solution"]["bound"] == 60.0
    assert [n.code for n in after.notices] == ["page.search_was_cut"] and well.notices == ()
    after.close()
    well.close()


def test_stopped_before_anything_is_checked_the_search_ends_by_itself(workspace, monkeypatch):
    monkeypatch.setattr(placing, "NOTHING_YET_S", 10.0)  # as long as a loaded machine may need
    def polite(report, cancel):
        until(lambda: cancel)
        return answer(100.0)

    job = start_job(workspace, "place", stopping_at_once(workspace, polite))
    job.cancel()
    assert job.wait(10).result["solution"]["objective"] == 100.0


def test_stopped_with_nothing_checked_it_ends_all_the_same_and_what_comes_late_is_kept(workspace):
    go_on = threading.Event()

    def slow(report, cancel):
        report(Progress(stage="search", answer=Incumbent(svg="<svg/>")))
        go_on.wait(20)
        workspace.answers.put("b" * 64, "placement", answer(90.0, name="b"))

    job = start_job(workspace, "place", stopping_at_once(workspace, slow))
    until(lambda: job.snap.answer is not None)
    job.cancel()
    snap = job.wait(10)
    assert snap.state == "cancelled" and snap.result == {"solution": {"status": "late"}}
    go_on.set()
    until(lambda: [a.digest[0] for a in workspace.answers.all_of("placement")] == ["b"])


def test_the_picture_of_what_is_kept_is_its_own_not_that_of_a_newer_layout(workspace):
    def inner(report, cancel):
        for svg, checked in (("<a>", None), ("<a>", answer(100.0)), ("<b>", answer(100.0))):
            report(Progress(stage="search", answer=Incumbent(svg=svg, checked=checked)))
        until(lambda: cancel)
        threading.Event().wait(0.5)

    job = start_job(workspace, "place", stopping_at_once(workspace, inner))
    until(lambda: job.snap.answer is not None and job.snap.answer.svg == "<b>")
    job.cancel()
    assert job.wait(10).result["candidate"] == "a" * 64
    assert workspace.looked_up["thumbnails"] == {"a" * 64: "<a>"}


def test_of_several_layouts_those_found_before_a_stop_are_kept_the_first_as_the_newest(workspace):
    def inner(report, cancel):
        found = ((answer(100.0), "<a>"), (answer(90.0, name="b"), "<b>"))
        report(Progress(stage="alternatives", answer=Incumbent(svg="<b>", found=found)))
        threading.Event().wait(20)  # a search that does not look at the switch

    job = start_job(workspace, "place", stopping_at_once(workspace, inner))
    until(lambda: job.snap.answer is not None)
    job.cancel()
    assert job.wait(10).result["candidate"] == "a" * 64
    assert [a.digest[0] for a in workspace.answers.all_of("placement")] == ["a", "b"]


def test_each_layout_of_several_is_checked_as_it_is_found_and_none_is_passed_over(monkeypatch):
    told = []
    monkeypatch.setattr("planner.ui.pictures.all_storeys", lambda project, layout: f"<svg>{layout}</svg>")
    monkeypatch.setattr("planner.ui.placing.outlines_of", lambda layout: ())
    with Watching(None, told.append, None) as watching:  # type: ignore[arg-type]
        for name in "abc":
            found = OneFound(layout=name, make=lambda name=name: answer(100.0, name=name))  # type: ignore[arg-type]
            watching.report(Progress(stage="alternatives", answer=found))
        until(lambda: told[-1].answer and len(told[-1].answer.found) == 3)
    assert [(body["candidate"][0], svg) for body, svg in told[-1].answer.found] == [(n, f"<svg>{n}</svg>") for n in "abc"]


def test_what_was_found_for_one_storey_gives_way_to_whole_buildings_and_is_never_kept(monkeypatch, workspace):
    told = []
    monkeypatch.setattr("planner.ui.pictures.all_storeys", lambda project, layout: layout)
    monkeypatch.setattr("planner.ui.placing.outlines_of", lambda layout: ())
    choices = {"a": {"level": "L0"}, "b": {"level": "L0"}, "c": {"differs_on": ["L1"]}, "d": {"differs_on": ["L1"]}}

    def shown():
        return "".join(svg for _, svg in told[-1].answer.found) if told and told[-1].answer else ""

    with Watching(None, told.append, None) as watching:  # type: ignore[arg-type]
        for names in ("ab", "cd"):
            for name in names:
                found = OneFound(layout=name, make=lambda n=name: answer(100.0, name=n) | {"choice": choices[n]})  # type: ignore[arg-type]
                watching.report(Progress(stage="alternatives", answer=found))
            until(lambda names=names: shown() == names)

    def one_storey_alone(report, cancel):
        found = ((answer(100.0) | {"choice": {"level": "L0"}}, "<a>"),)
        report(Progress(stage="alternatives", answer=Incumbent(svg="<a>", found=found)))
        until(lambda: cancel)
        threading.Event().wait(20)

    job = start_job(workspace, "place", stopping_at_once(workspace, one_storey_alone))
    until(lambda: job.snap.answer is not None)
    job.cancel()
    assert job.wait(10).result["solution"]["status"] == "late" and workspace.answers.all_of("placement") == ()


def test_a_job_rests_and_goes_on_and_rest_is_no_work(workspace):
    seen = []

    def work(report, cancel):
        until(lambda: cancel.resting)
        seen.append("rests")
        until(lambda: not cancel.resting)
        seen.append("goes on")

    job = start_job(workspace, "place", work)
    job.pause()
    assert job.snap.state == "paused" and job.snap.running
    until(lambda: seen == ["rests"])
    rested = job._worked_s()
    until(lambda: job._worked_s() == pytest.approx(rested, abs=1e-6))
    job.resume()
    assert job.wait(10).state == "done" and seen == ["rests", "goes on"]


def test_a_job_that_rests_can_be_stopped(workspace):
    job = start_job(workspace, "place", lambda report, cancel: until(lambda: cancel and not cancel.resting))
    job.pause()
    job.cancel()
    assert job.wait(10).state == "cancelled"


def test_to_a_solver_rest_is_an_end():
    switch = Switch()
    seen = StoppedOrResting(switch)
    assert not seen
    switch.pause.set()
    assert seen and switch.resting and not switch
    switch.set()
    assert seen and not switch.resting


def test_of_two_runs_the_better_layout_is_kept_with_the_higher_bound():
    first, second = answer(100.0, bound=70.0), answer(90.0, bound=60.0)
    assert better_of(None, first) is first
    both = better_of(first, second)["solution"]
    assert (both["objective"], both["bound"]) == (90.0, 70.0) and both["gap"] == pytest.approx(20 / 90)
    assert better_of(second, first)["solution"]["objective"] == 90.0
    assert better_of(first, {"solution": {"status": "unknown"}}) is first


def test_the_end_tells_cost_and_bound_of_the_layout_that_is_kept():
    kept = {"objective": 26_493.3, "bound": 24_728.4, "gap": 0.0666}
    told = Snap(state="running", objective=26_409.0, bound=24_728.4)
    assert record_of(told)["objective"] == 26_409.0
    assert record_of(replace(told, state="done", result={"solution": kept})) == kept
    assert record_of(replace(told, state="failed"))["gap"] == told.gap


def test_bounds_of_another_freedom_are_not_mixed():
    first, second = answer(100.0, bound=70.0), answer(90.0, bound=60.0, spines=("s1", "s2"))
    assert better_of(first, second)["solution"]["bound"] == 60.0


def test_after_a_rest_a_layout_that_keeps_the_rules_about_ways_is_not_given_away_for_a_cheaper_one_that_breaks_one():
    kept, breaking = answer(100.0, bound=95.0), answer(90.0, bound=60.0)
    breaking["findings"] = [{"code": "placement.no_layout_keeps_egress", "status": "fail"}]
    breaking["solution"]["freedom"]["rules_given_up"] = ["egress.dead_end"]
    for both in (better_of(breaking, kept), better_of(kept, breaking)):
        assert (both["solution"]["objective"], both["solution"]["bound"]) == (100.0, 95.0)


def test_a_bound_never_stands_above_what_was_found():
    assert as_stopped(answer(100.0), 101.0)["solution"]["bound"] == 100.0


def test_layouts_are_drawn_and_checked_beside_the_search_and_nothing_is_told_after_the_end(monkeypatch):
    told = []
    monkeypatch.setattr("planner.ui.pictures.all_storeys", lambda project, layout: f"<svg>{layout}</svg>")
    monkeypatch.setattr("planner.ui.placing.outlines_of", lambda layout: ())
    with Watching(None, told.append, lambda layout: answer(float(layout))) as watching:  # type: ignore[arg-type]
        watching.report(Progress(stage="layout", objective=3.0, answer="7"))
        until(lambda: any(p.answer and p.answer.checked for p in told))
    count = len(told)
    assert told[0].answer is None and told[0].objective == 3.0
    assert told[-1].answer.svg == "<svg>7</svg>" and told[-1].answer.checked["solution"]["objective"] == 7.0
    assert len(told) == count


def test_the_end_of_a_stopped_search_is_painted_before_what_it_changes_elsewhere(workspace):
    """Readiness of all pages is read from all answers: on a busy machine that took longer than the end itself."""
    order, go_on = [], threading.Event()
    shell = Shell.__new__(Shell)
    ticks = SimpleNamespace(add_timeout_callback=lambda what, _: order.append(what))
    page = SimpleNamespace(refresh=lambda: order.append(workspace.jobs["place"].snap.state))
    shell.workspace, shell.session, shell._document = workspace, SimpleNamespace(told=nullcontext), ticks
    shell._here, shell._pages, shell._filled = "layout", {"layout": page}, {}
    shell._asks_for_rest, shell._paint_fresh = True, lambda: order.append("state")

    def slow(report, cancel):
        report(Progress(stage="search", bound=60.0, answer=Incumbent(svg="", checked=answer(100.0))))
        go_on.wait(20)

    shell._seen = ("layout", workspace.rev, workspace.answers_rev, 0, 0, ())
    job = start_job(workspace, "place", stopping_at_once(workspace, slow))
    until(lambda: job.snap.answer is not None)
    job._set(state="cancelling")  # pressed, and its answer is put
    workspace.answers.put("a" * 64, "placement", answer(100.0))
    shell._look()
    job.cancel()
    assert job.wait(10).state == "cancelled"
    shell._look()
    assert order == ["cancelling", "cancelled", shell._paint_fresh]
    shell._look()
    assert len(order) == 3, "nothing is new"
    workspace.answers.put("c" * 64, "placement", answer(100.0, name="c"))
    shell._look()
    assert order[3:] == ["state", "cancelled"]
    go_on.set()
