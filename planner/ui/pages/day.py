"""The page *Day*: simulate the day planned for, hold it against the promise, watch one of the days on the plan."""

from __future__ import annotations

import re
from typing import Any

from layouts.findings import BadInput
from planner.source import ROSTER, layout_in_force
from planner.ui import kit
from planner.ui.day.charts import people_chart, use_chart, waits_chart, within_chart
from planner.ui.day.player import DayPlayer
from planner.ui.day.tables import bank_rows, hour_rows, scenario_rows, service_rows
from planner.ui.day.work import KIND, REPLAY, asked_of, replay_work, simulation_work
from planner.ui.demand.cells import WHOLE
from planner.ui.editor.levels import levels_of
from planner.ui.jobs import Snap, Work
from planner.ui.pictures import picture
from planner.ui.running import JobBar
from planner.ui.session import Action, Session
from planner.ui.states import SIMULATION

BANK_COLUMNS = ("name", "visits", "within", "promise", "kept", "mean", "p90", "use", "line")
SERVICE_COLUMNS = ("name", "visitors", "within", "mean", "p90", "time")
SCENARIO_COLUMNS = ("name", "visitors", "mean", "more", "within", "within_more", "apart", "unserved", "needs")
PLAYER_WORDS = (
    "play", "pause", "time", "speed", "times", "walking", "waiting", "served", "late", "queue", "alt", "density", "storey",
)  # fmt: skip
BUSY_SHARE = 2
"""The place of 95 % in the simulation's quantiles."""
M2 = 1e6
MOST_DAYS = 20_000
NARROW_CELLS = (
    ".tabulator-cell, .tabulator-col-title { font-size: 13px; } .tabulator-row .tabulator-cell { padding-inline: 5px; }"
)


class DayPage:
    """Runs the days, paints the newest answer, plays one day."""

    id = "day"

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        self._days = kit.text_field(words("page.day.days"), "200", width=150, sizing_mode=None, css_classes=["cl-days"])
        self._seed = kit.text_field(words("page.day.seed"), "1", width=150, sizing_mode=None)
        self._rostered = kit.checkbox(words("page.day.rostered"), False)
        self._job = JobBar(session, KIND, words("page.day.run"), self._work, self._ended)
        self._trouble = kit.column()
        self._stale = kit.note(words("page.stale.simulation"), "warning", visible=False)
        self._figures = kit.row(gap="28px")
        self._bank = kit.select(words("page.day.bank"), {}, width=300, sizing_mode=None, css_classes=["cl-day-bank"])
        self._bank.param.watch(lambda _: self._paint_bank(), "value")
        self._one_bank = kit.column()
        self._charts = kit.column()
        self._tables = kit.column()
        self._day = kit.text_field(words("page.day.which"), "1", width=150, sizing_mode=None)
        self._watch = JobBar(session, REPLAY, words("page.day.watch"), self._replay_work, self._replayed, keeps=lambda: False)
        told = {name: words(f"page.day.player.{name}", **PLACES.get(name, {})) for name in PLAYER_WORDS}
        self._player = DayPlayer(words=told | {"dir": words.direction}, css_classes=["cl-day-player"])
        self._hours = kit.column()
        self._body = kit.column(visible=False)
        self._seen: Any = None
        self._painted: Any = None
        self._answer: Any = None
        self._painting = False

    def view(self) -> Any:
        words = self._session.words
        group = words("page.day.title")
        self._session.add_actions(
            [
                Action(id="day.run", label=words("page.day.run"), run=self._job.start, group=group),
                Action(id="day.watch", label=words("page.day.watch"), run=self._watch.start, group=group),
            ]
        )
        self._body.objects = [
            kit.card(words("page.day.promise_title"), self._charts, self._bank, self._one_bank),
            self._tables,
        ]
        animated = kit.card(
            words("page.day.animated"), kit.text(words("page.day.animated.told"), kind="quiet"),
            kit.row(self._day, self._watch.start_button, self._watch.cancel_button), self._watch.bar, self._watch.told,
            self._player, self._hours,
        )  # fmt: skip
        run = kit.card(
            "", kit.row(self._days, self._seed, self._rostered, self._job.start_button, self._job.cancel_button),
            self._job.bar, self._job.told, self._figures,
        )  # fmt: skip
        return kit.page(kit.heading(words("page.day.title"), 1), run, self._stale, self._trouble, animated, self._body)

    def refresh(self) -> None:
        """The runs as they stand; the newest answer where it is new."""
        with kit.hold():
            self._job.refresh()
            self._watch.refresh()
            workspace = self._session.workspace
            state = (workspace.rev, workspace.answers_rev)
            if state != self._seen:
                self._seen = state
                self._paint()

    fill = refresh

    # -- work -------------------------------------------------------------------------------------------------------

    def _work(self) -> Work:
        self._trouble.objects = []
        days = self._typed(self._days, "page.day.days", 10, MOST_DAYS)
        return simulation_work(self._session.workspace, days, self._seed_typed(), self._rostered.value)

    def _replay_work(self) -> Work:
        self._trouble.objects = []
        day = self._typed(self._day, "page.day.which", 1, MOST_DAYS) - 1
        return replay_work(self._session.workspace, self._seed_typed(), day, self._rostered.value)

    def _seed_typed(self) -> int:
        return self._typed(self._seed, "page.day.seed", 0, 999_999)

    def _typed(self, field: Any, label: str, low: int, high: int) -> int:
        """A whole number in a field; BadInput names the field."""
        place = self._session.words(label)
        value: int = WHOLE.read(field.value, place)
        if not low <= value <= high:
            raise BadInput("page.day.range", place=place, given=value, low=low, high=high)
        return value

    def _ended(self, snap: Snap) -> None:
        words = self._session.words
        if snap.error is not None:
            self._trouble.objects = [kit.note(words.of_input(snap.error), "error")]
            return
        self._seen = None
        told = (snap.result or {}).get("roster_in_force")
        if told and not told["used"]:
            self._trouble.objects = [kit.note(words("page.day.roster_not_used"), "warning")]

    def _replayed(self, snap: Snap) -> None:
        words = self._session.words
        if snap.error is not None:
            self._trouble.objects = [kit.note(words.of_input(snap.error), "error")]
            return
        if snap.result is None:
            return
        replay = snap.result
        shown = [self._storey(level) for level in replay["storeys"]] if replay["people"] else []
        self._player.data = replay | {"shown": shown}
        columns = {"at": words("page.day.hour"), "inside": words("page.day.inside")}
        columns |= {f"b{n}": bank["name"] for n, bank in enumerate(replay["banks"])}
        parts = [
            kit.heading(words("page.day.by_hour"), 3),
            kit.table(
                columns,
                hour_rows(replay, words),
                numbers=list(columns)[1:],
                css_classes=["cl-hours"],
                sortable=False,
                **kit.EVEN,
            ),
        ]
        if not replay["people"]:
            parts.insert(0, kit.note(words("page.day.no_layout")))
        self._hours.objects = parts

    def _storey(self, level: str) -> dict[str, Any]:
        """A storey as the player shows it."""
        project, force = self._session.project, layout_in_force(self._session.workspace.frozen())
        svg = picture(project, force.layout if force else None, level=level)
        names = {ident: name for name, ident in levels_of(project).items()}
        return {"name": names.get(level, level), "picture": kit.svg_uri(svg), "frame": frame_of(svg)}

    # -- painting ---------------------------------------------------------------------------------------------------

    def _paint(self) -> None:
        words, workspace, project = self._session.words, self._session.workspace, self._session.project
        kept = next(iter(workspace.answers.all_of(SIMULATION)), None)
        self._answer = kept.body if kept else None
        self._rostered.visible = bool(workspace.answers.all_of(ROSTER))
        self._body.visible = self._answer is not None
        self._stale.visible = self._answer is not None and self._answer.get("asked") != asked_of(workspace.frozen())
        floor = self._floor_m2() if kept else 0.0
        painted = (kept.digest, kept.at_ns, floor, project.banks, project.services) if kept else ()
        if painted == self._painted:  # a step that changed nothing of it
            return
        self._painted = painted
        if self._answer is None:
            self._figures.objects = [kit.text(words("page.day.none_yet"), kind="quiet")]
            return
        answer = self._answer
        names = {b.id: b.name for b in project.banks}
        self._figures.objects = self._totals(answer, floor)
        self._charts.objects = [
            kit.plot(waits_chart(answer, names, words)),
            kit.plot(people_chart(answer, words)),
            kit.plot(use_chart(answer, names, words)),
        ]
        self._painting = True
        banks = {names.get(b["id"], b["id"]): b["id"] for b in answer["banks"]}
        keep = self._bank.value if self._bank.value in banks.values() else self._worst(answer)
        kit.refill(self._bank, banks, keep)
        self._painting = False
        self._paint_bank()
        self._paint_tables()

    def _worst(self, answer: dict[str, Any]) -> str:
        """The bank that misses its promise by most."""
        banks = [b for b in answer["banks"] if b["p_within"] and b["p_within"]["value"] is not None]
        worst = min(banks, key=lambda b: b["p_within"]["value"] - b["standard"]["share_within"], default=answer["banks"][0])
        return str(worst["id"])

    def _totals(self, answer: dict[str, Any], floor: float) -> list[Any]:
        words = self._session.words
        visitors = answer["visitors_per_day"]["value"]
        missed = [b for b in answer["banks"] if _missed(b)]
        busy = answer["occupancy"]["peak"][BUSY_SHARE]
        figures = [
            (words("page.day.figure.days"), words.number(answer["days"])),
            (words("page.day.figure.visitors"), words.number(visitors)),
            (words("page.day.figure.missed"), words.part(len(missed), len(answer["banks"]))),
            (words("page.day.figure.busy"), words.number(busy)),
        ]
        if floor and busy:
            figures.append((words("page.day.figure.density"), words("page.unit.square", value=words.number(floor / busy, 1))))
        last = answer["closing"]["last_exit_min"]
        if last and last["value"]:
            figures.append((words("page.day.figure.last"), words.clock(last["value"])))
        return [kit.figure_of(label, value) for label, value in figures]

    def _floor_m2(self) -> float:
        """The public's floor in the layout in force; 0 without one."""
        from shapely import Polygon

        force = layout_in_force(self._session.workspace.frozen())
        if force is None:
            return 0.0
        return sum(Polygon(p.outer, p.holes).area for level in force.layout.levels for p in level.public) / M2

    def _paint_bank(self) -> None:
        if self._painting or self._answer is None:
            return
        bank = next((b for b in self._answer["banks"] if b["id"] == self._bank.value), None)
        self._one_bank.objects = [kit.plot(within_chart(bank, self._session.words))] if bank else []

    def _paint_tables(self) -> None:
        words, project, answer = self._session.words, self._session.project, self._answer
        titles = {n: words(f"page.day.bank.{n}") for n in BANK_COLUMNS}
        parts = [
            kit.card(
                words("page.day.banks"),
                _wide(titles, bank_rows(project, answer, words), css_classes=["cl-day-banks"]),
            )
        ]
        titles = {n: words(f"page.day.service.{n}") for n in SERVICE_COLUMNS}
        parts.append(kit.card(words("page.day.services"), _wide(titles, service_rows(project, answer, words))))
        if rows := scenario_rows(answer, words):
            titles = {n: words(f"page.day.scenario.col.{n}") for n in SCENARIO_COLUMNS}
            table = _wide(titles, rows, css_classes=["cl-day-scenarios"])
            parts.append(kit.card(words("page.day.scenarios"), kit.text(words("page.day.scenarios.told"), kind="quiet"), table))
        self._tables.objects = parts


def _wide(titles: dict[str, str], rows: Any, **options: Any) -> Any:
    """A table of figures with their intervals, which may take two lines rather than room that is not there."""
    widths = {"name": "17%", "within": "12%"}
    return kit.table(titles, rows, wrap=list(titles), widths=widths, stylesheets=[NARROW_CELLS], **kit.EVEN, **options)


PLACES = {"times": {"speed": "{speed}"}, "queue": {"waiting": "{waiting}", "served": "{served}"}}


def _missed(bank: dict[str, Any]) -> bool:
    share = bank["p_within"]
    return share is not None and share["value"] is not None and share["value"] < bank["standard"]["share_within"]


def frame_of(svg: str) -> list[float]:
    """Left, upper edge, width and height of a picture of ours."""
    found = re.search(r'viewBox="([-\d. ]+)"', svg)
    return [float(part) for part in found[1].split()] if found else [0.0, 0.0, 1.0, 1.0]
