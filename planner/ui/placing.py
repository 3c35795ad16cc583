"""The placement as work for a job: in a process of its own, its incumbents drawn and checked on the way, its answer kept.

Every better layout is walked and checked as it comes, beside the search. So stopping does not wait for that: the best one
checked so far is kept at once, and one found in the last moment follows when it has been checked too.
"""

from __future__ import annotations

import contextlib
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from layouts.findings import BadInput
from layouts.layout import Layout
from layouts.plan import Ring
from planner.found import OneFound
from planner.project import Project
from planner.source import PLACEMENT, ProjectSource, check_plan_of
from planner.ui.carried import chain_work
from planner.ui.jobs import Switch, Work
from planner.ui.thumbs import keep_picture
from planner.ui.workspace import Workspace
from solvers.effort import Cancel, Effort, Progress, Report

KIND = "place"
WHAT = ("one", "alternatives", "pareto")
ALTERNATIVES = 3
AT_ONCE_S = 0.05  # that the search has to end by itself when it is stopped
NOTHING_YET_S = 0.1  # the same where nothing is checked yet: what it still comes with is kept when it comes
LOOK_S = 0.02
KEEP_EVERY_S = 5.0  # the best so far goes to the disk no oftener
LEAST_LEFT_S = 1.0
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incumbent:
    """The best layout so far as a picture and by outlines, and the best that was checked, as an answer (None: none yet)."""

    svg: str
    checked: Json | None = None
    outlines: tuple[tuple[str, tuple[Ring, ...]], ...] = ()
    found: tuple[tuple[Json, str], ...] = ()
    """Of several layouts that are sought the answers so far, each with its picture; see `is_whole`."""

    def on(self, level: str) -> tuple[Ring, ...]:
        """The outlines of what stands on a level."""
        return next((rings for ident, rings in self.outlines if ident == level), ())


def outlines_of(layout: Layout) -> tuple[tuple[str, tuple[Ring, ...]], ...]:
    """Level by level what a layout sets up, to be drawn over what stands."""
    return tuple((level.level, tuple(item.polygon for item in level.items)) for level in layout.levels)


def placement_work(workspace: Workspace, effort: Effort, what: str = "one") -> Work:
    """Propose layouts for the project as it stands now, and keep them as candidates. `what`: one of `WHAT`."""
    check_plan_of(workspace.frozen())
    return stopping_at_once(workspace, chain_work(workspace, place_and_draw, what, effort))


def stopping_at_once(workspace: Workspace, inner: Work) -> Work:
    """The work, but stopped it ends with the best layout checked so far; what `inner` still finds is kept when it comes.

    Where nothing is checked yet it ends with that: "late" where a layout was seen, which may still be kept, else "cancelled".
    """
    project = workspace.project

    def work(report: Report, cancel: Cancel) -> Any:
        run = _Run(inner, report, cancel)
        run.thread.start()
        stopped_at, kept_at, aside = None, -KEEP_EVERY_S, None
        while run.thread.is_alive():
            run.thread.join(LOOK_S)
            if run.checked is not aside and not cancel and time.monotonic() - kept_at > KEEP_EVERY_S:
                aside, kept_at = run.checked, time.monotonic()
                keep_aside(workspace, as_stopped(run.checked, run.bound))
            if cancel and stopped_at is None:
                stopped_at = time.monotonic()
            waited = 0.0 if stopped_at is None else time.monotonic() - stopped_at
            if run.checked is not None and waited > AT_ONCE_S:
                run.left = True
                kept = as_stopped(run.checked, run.bound)
                keep_picture(workspace, project, *run.picture)
                workspace.answers.put(kept["candidate"], PLACEMENT, kept)
                keep_aside(workspace, {})
                return kept
            if run.found and waited > AT_ONCE_S:
                run.left = True
                return _keep_found(workspace, project, run.found)
            if run.checked is None and waited > NOTHING_YET_S:
                run.left = True
                return {"solution": {"status": "late" if run.seen else "cancelled"}}
        if aside is not None:
            keep_aside(workspace, {})
        if run.error is not None:
            raise run.error
        keep_picture(workspace, project, *run.picture)
        return run.result

    return work


def keep_aside(workspace: Workspace, body: Json) -> None:
    """For the case that this program dies before the search has ended."""
    with contextlib.suppress(BadInput):  # a full disk: the search goes on, and the putting of its answer tells of it
        workspace.set_aside(body)


class _Run:
    """The inner work on a thread of its own, with the best that it told of."""

    def __init__(self, inner: Work, report: Report, cancel: Cancel) -> None:
        self._inner, self._report, self._cancel = inner, report, cancel
        self.checked: Json | None = None
        self.picture = ("", "")  # of which candidate, and the picture
        self.seen = False  # a layout, checked or not
        self.found: tuple[tuple[Json, str], ...] = ()
        self.bound: float | None = None
        self.result: Any = None
        self.error: BaseException | None = None
        self.left = False  # nobody waits for it any more
        self.thread = threading.Thread(target=self._go, name="place", daemon=True)

    def _go(self) -> None:
        with contextlib.suppress(BadInput):  # the project was closed meanwhile: nothing is left to keep
            try:
                self.result = self._inner(self._hear, self._cancel)
            except BaseException as error:
                self.error = error
                if self.left:
                    raise

    def _hear(self, progress: Progress) -> None:
        if isinstance(progress.answer, Incumbent):
            self.seen, checked = True, progress.answer.checked
            self.found = tuple(one for one in progress.answer.found if is_whole(one[0]))
            if checked is not None:
                self.checked = checked
                if checked["candidate"] != self.picture[0]:  # the picture is of the newest layout, checked or not yet
                    self.picture = checked["candidate"], progress.answer.svg
        if progress.bound is not None:
            self.bound = progress.bound
        if not self.left:
            self._report(progress)


def is_whole(answer: Json) -> bool:
    """Whether this is a layout of the whole centre, not of one storey of several."""
    return "level" not in (answer.get("choice") or {})


def _keep_found(workspace: Workspace, project: Project, found: tuple[tuple[Json, str], ...]) -> Json:
    """All that were found before people stopped; the first is put last, so that it is the newest, and given."""
    for answer, svg in reversed(found):
        keep_picture(workspace, project, answer["candidate"], svg)
        workspace.answers.put(answer["candidate"], PLACEMENT, answer)
    return found[0][0]


def as_stopped(answer: Json, bound: float | None) -> Json:
    """An answer checked while the search went on, with the bound proven since."""
    record = answer["solution"]
    return answer | {"solution": _with_bound(record, max(record["bound"], bound or record["bound"])) | {"status": "cancelled"}}


def _with_bound(record: Json, bound: float) -> Json:
    bound = min(bound, record["objective"])
    gap = (record["objective"] - bound) / max(abs(record["objective"]), 1e-9)
    return record | {"bound": bound, "gap": gap}


# -- in the other process -----------------------------------------------------------------------------------------------------


def place_and_draw(source: ProjectSource, what: str, effort: Effort, report: Report, cancel: Switch) -> Any:
    """`centreline place` with pictures; with `--alternatives` or `--pareto` where several layouts are wanted."""
    from planner.chain import choose_alternatives, choose_pareto, earlier_poses

    earlier = earlier_poses(source)
    if what in ("alternatives", "pareto"):
        with Watching(source.project, report, None) as watching:
            if what == "pareto":
                choice = choose_pareto(source.project, effort, watching.report, cancel, earlier)
            else:
                choice = choose_alternatives(source.project, effort, ALTERNATIVES, watching.report, cancel, earlier)
        told = {one["candidate"]: one for one in choice.told.get("pareto", choice.told.get("alternatives", ()))}
        for answer in reversed(choice.answers):  # the best is put last, so that it is the newest
            name = answer["candidate"]
            source.answers.put(name, PLACEMENT, answer | {"choice": chosen_for(told[name])})
        return choice.told
    answer = place_with_rests(source.project, effort, report, cancel, earlier)
    if answer.get("layout"):
        source.answers.put(answer["candidate"], PLACEMENT, answer)
    return answer


def chosen_for(told: Json) -> Json:
    """What sets one layout of several apart."""
    return {k: told[k] for k in ("leaning", "comfort", "new_walls_m", "sought", "differs_in", "differs_on") if k in told}


def place_with_rests(project: Project, effort: Effort, report: Report, switch: Switch, earlier: Any) -> Json:
    """One layout. While people have it rest nothing is calculated; then the search goes on from the best with the time left."""
    from planner.chain.asked import ask
    from planner.chain.placement_question import as_it_stood, by_hand_too, placement_problem
    from planner.chain.placing import checked_incumbent, place

    asked = ask(project)
    check = None
    if not asked.others:  # of several floors, one alone is no answer
        problem = placement_problem(asked, by_hand_too(asked, earlier), stood=as_it_stood(asked, earlier))

        def check(placement: Any) -> Json:
            return checked_incumbent(asked, problem, placement, earlier)

    best: Json | None = None
    left = effort.seconds
    with Watching(project, report, check) as watching:
        while True:
            began = time.monotonic()
            share = replace(effort, seconds=max(left, LEAST_LEFT_S))
            found = place(asked, share, watching.report, StoppedOrResting(switch), earlier, best)
            left -= time.monotonic() - began
            best = better_of(best, found.answer)
            if not switch.resting:
                return best
            while switch.resting:
                time.sleep(LOOK_S)
            if switch or left < LEAST_LEFT_S:
                return best


class StoppedOrResting(Cancel):
    """To a solver both are an end: it comes with what it has."""

    def __init__(self, switch: Switch) -> None:
        super().__init__(event=switch.event)
        self._switch = switch

    def __bool__(self) -> bool:
        return bool(self._switch) or self._switch.resting


def better_of(first: Json | None, second: Json) -> Json:
    """The better of two answers to one question, with the higher of their bounds where both are proofs for the same freedom.

    One that keeps more rules about ways is better, whatever it costs."""
    if first is None or not first.get("layout"):
        return second
    if not second.get("layout"):
        return first
    one, other = first["solution"], second["solution"]
    chosen = first if (_given_up(first), one["objective"]) < (_given_up(second), other["objective"]) else second
    record = chosen["solution"]
    if _proven_for(one) == _proven_for(other) and one["question_digest"] == other["question_digest"]:
        record = _with_bound(record, max(one["bound"], other["bound"]))
    return chosen | {"solution": record | {"status": other["status"]}}


def _given_up(answer: Json) -> int:
    """How many rules about ways no layout was found to keep."""
    return sum(f["code"].startswith("placement.no_layout_keeps") for f in answer.get("findings", ()))


def _proven_for(record: Json) -> list[tuple[Any, ...]]:
    """Spines and halls that a bound holds for, and the rules about ways that may be broken, floor by floor."""
    floors = record["freedom"].get("levels") or {"": record["freedom"]}
    return [(each.get("spines"), each.get("halls"), each.get("rules_given_up", [])) for each in floors.values()]


class Watching:
    """Draws and checks the newest layout on a thread of its own; those that come while it is busy with one are passed over.

    `check` makes an answer of a placement; None where layouts come without their question and are only drawn.
    """

    def __init__(self, project: Project, report: Report, check: Callable[[Any], Json] | None) -> None:
        self._project, self._report, self._check = project, report, check
        self._stage = ""
        self._newest: Any = None
        self._waiting: list[OneFound] = []  # none of these is passed over
        self._found: tuple[tuple[Json, str], ...] = ()
        self._checked: Json | None = None
        self._wanted = threading.Condition()
        self._over = False
        self._thread = threading.Thread(target=self._work, name="watching", daemon=True)

    def __enter__(self) -> Watching:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._wanted:
            self._over = True
            self._wanted.notify()
        self._thread.join()  # nothing may be told after the answer

    def report(self, progress: Progress) -> None:
        """As a solver's `report`."""
        self._stage = progress.stage
        if progress.answer is not None:
            with self._wanted:
                if isinstance(progress.answer, OneFound):
                    self._waiting.append(progress.answer)
                else:
                    self._newest = progress.answer
                self._wanted.notify()
        self._report(replace(progress, answer=None))

    def _work(self) -> None:
        while True:
            with self._wanted:
                while self._newest is None and not self._waiting and not self._over:
                    self._wanted.wait()
                if self._over:
                    return
                if self._waiting:
                    placement = self._waiting.pop(0)
                else:
                    placement, self._newest = self._newest, None
            try:
                self._show(placement)
            except Exception:  # a fault of ours: told on the console; the next layout is shown all the same
                traceback.print_exc()

    def _show(self, found: Any) -> None:
        from planner.ui.pictures import all_storeys

        layout = getattr(found, "layout", found)
        svg, outlines = all_storeys(self._project, layout), outlines_of(layout)
        if isinstance(found, OneFound):
            answer = found.make()
            before = [one for one in self._found if is_whole(one[0]) or not is_whole(answer)]  # storeys give way to buildings
            self._found = (*before, (answer, svg))
        self._tell(svg, outlines)
        if self._check is not None and not self._over:
            self._checked = self._check(found)
            self._tell(svg, outlines)

    def _tell(self, svg: str, outlines: Any) -> None:
        incumbent = Incumbent(svg=svg, checked=self._checked, outlines=outlines, found=self._found)
        self._report(Progress(stage=self._stage, answer=incumbent))
