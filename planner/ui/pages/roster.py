"""The page *Roster*: who works when; what is short; somebody ill; changes by hand with their price told at once."""

from __future__ import annotations

from typing import Any

from planner.chain.mending import to_mend, with_leave
from planner.digest import digest
from planner.source import ROSTER
from planner.ui import kit
from planner.ui.carried import chain_work
from planner.ui.demand.services import unlike
from planner.ui.jobs import Snap
from planner.ui.roster.cover import cover_chart, cover_days, skills_of
from planner.ui.roster.grid import RosterGrid
from planner.ui.roster.names import skill_names
from planner.ui.roster.people import People
from planner.ui.roster.tables import broken_rules, fairness_rows, shortage_rows
from planner.ui.roster.week import dates_of, day_name, week_grid
from planner.ui.running import JobBar
from planner.ui.session import Action, Session
from planner.ui.shown import DRAWN, all_but
from solvers.effort import Cancel, Effort, Report
from solvers.rostering.edit import DutyMove
from solvers.rostering.repair import Absence

KIND = "roster"
EFFORTS = {"quick": 10.0, "standard": 30.0}
MOST_SHORTAGES = 200


class RosterPage:
    """Draws a roster up, shows its weeks, mends it when somebody is ill, takes changes by hand."""

    id = "roster"

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        self._effort = kit.select(
            words("page.layout.effort"), {words(f"page.layout.effort.{e}"): e for e in EFFORTS}, "standard",
            width=260, sizing_mode=None,
        )  # fmt: skip
        self._job = JobBar(session, KIND, words("page.roster.draw_up"), self._work, self._ended)
        self._week = kit.one_of({"1": 0}, 0, css_classes=["cl-week"])
        self._week.param.watch(lambda _: self._paint_week(), "value")
        self._back = kit.button(words("page.roster.back"), self._go_back, icon="undo", kind="outlined", visible=False)
        self._grid = RosterGrid(self._move, words={"held": words("page.roster.held", duty="{duty}")}, css_classes=["cl-grid"])
        self._trouble = kit.column()
        self._figures = kit.row(gap="28px")
        self._body = kit.column(visible=False)
        self._day = kit.select(words("page.roster.day"), {}, width=220, sizing_mode=None)
        self._skill = kit.select(words("page.roster.skill"), {}, width=260, sizing_mode=None)
        for box in (self._day, self._skill):
            box.param.watch(lambda _: self._paint_cover(), "value")
        self._cover = kit.column()
        self._tables = kit.column()
        self._person = kit.select(words("page.roster.who"), {}, width=280, sizing_mode=None, css_classes=["cl-who"])
        self._ill_on = kit.select(words("page.roster.when"), {}, width=220, sizing_mode=None, css_classes=["cl-when"])
        self._ill = kit.button(
            words("page.roster.mend"), self._sick_call, icon="sick", kind="outlined", css_classes=["cl-sick"]
        )
        self._people = People(session)
        self._answer: Any = None
        self._mend: Any = None
        self._seen: Any = None
        self._shown: tuple[Any, ...] = ()
        self._painted: Any = None
        self._painting = False

    def view(self) -> Any:
        words = self._session.words
        group = words("page.roster.title")
        start = Action(id="roster.draw_up", label=words("page.roster.draw_up"), run=self._job.start, group=group)
        self._session.add_actions([start])
        self._body.objects = [
            kit.card(words("page.roster.week"), kit.row(self._week, self._back), self._grid),
            kit.card(words("page.roster.cover"), kit.row(self._day, self._skill), self._cover),
            kit.card(words("page.roster.sick"), kit.text(words("page.roster.sick_told"), kind="quiet"),
                     kit.row(self._person, self._ill_on, self._ill)),
            self._tables,
        ]  # fmt: skip
        return kit.page(
            kit.heading(words("page.roster.title"), 1),
            kit.card("", kit.row(self._effort, self._job.start_button, self._job.cancel_button), self._job.bar, self._job.told,
                     self._figures),
            self._trouble,
            self._body,
            self._people.view(),
        )  # fmt: skip

    def refresh(self) -> None:
        """The run as it stands; the newest roster where there is a new one."""
        snap = self._job.refresh()
        self._grid.locked = snap.running or self._session.workspace.read_only
        workspace = self._session.workspace
        state = (workspace.rev, workspace.answers_rev)
        if state != self._seen:
            self._seen = state
            with kit.hold():
                if (shown := all_but(workspace.project, *DRAWN)) != self._shown:
                    self._shown = shown
                    self._people.refresh()
                self._paint()

    fill = refresh

    # -- work -------------------------------------------------------------------------------------------------------

    def _work(self) -> Any:
        earlier, self._mend = self._mend, None
        return chain_work(self._session.workspace, draw_up, earlier, Effort(seconds=EFFORTS[self._effort.value]))

    def _ended(self, snap: Snap) -> None:
        words = self._session.words
        self._seen = None
        answer = snap.result or {}
        if snap.error is not None:
            self._trouble.objects = [kit.note(words.of_input(snap.error), "error")]
        elif answer.get("assignments"):
            self._trouble.objects = []
        else:
            reasons = [words(part["code"], **part["values"]) for part in answer.get("explanation") or ()]
            self._trouble.objects = [kit.note(words("page.roster.none"), "warning"), kit.bullets(reasons)]

    def _sick_call(self) -> None:
        """Leave enters the project as a decision; then the roster in force is mended with as few changes as possible."""
        project, person, date = self._session.project, self._person.value, self._ill_on.value
        if self._answer is None or not person or not date:
            return
        ill = [Absence(person=person, dates=(date,))]
        self._mend = to_mend(self._answer, ill)
        if self._session.change(with_leave(project, ill), "leave"):
            self._job.start()

    def _move(self, move: DutyMove) -> None:
        from planner.chain.rostering import edit_roster

        workspace = self._session.workspace
        with self._session.told():
            answer = edit_roster(workspace.project, self._answer, [move], file=workspace.path.name)
            workspace.answers.put(digest({"edited": answer["assignments"]}), ROSTER, answer)
            self._session.notify(self._session.words("page.roster.moved"), "info")

    def _go_back(self) -> None:
        """The roster before this one becomes the newest again."""
        kept = self._session.workspace.answers.all_of(ROSTER)
        if len(kept) > 1:
            self._session.workspace.answers.put(kept[1].digest, ROSTER, kept[1].body)

    # -- painting ---------------------------------------------------------------------------------------------------

    def _paint(self) -> None:
        words = self._session.words
        kept = self._session.workspace.answers.all_of(ROSTER)
        self._answer = kept[0].body if kept else None
        painted = (self._shown, [(each.digest, each.at_ns) for each in kept[:2]])
        if painted == self._painted:  # a step that changed nothing of it
            return
        self._painted = painted
        self._back.visible = len(kept) > 1
        self._body.visible = self._answer is not None
        if self._answer is None:
            self._figures.objects = [kit.text(words("page.roster.none_yet"), kind="quiet")]
            return
        answer = self._answer
        record = answer["solution"]
        missing = sum(s["missing"] for s in answer["shortages"]) * answer["interval_min"] / 60
        self._figures.objects = [
            kit.figure_of(words("page.roster.duties"), words.number(len(answer["assignments"]))),
            kit.figure_of(words("page.roster.missing"), words.number(missing, 1)),
            kit.figure_of(words("page.roster.lowest"), words.share(answer["fairness"]["lowest_share"])),
            kit.figure_of(words("page.roster.highest"), words.share(answer["fairness"]["highest_share"])),
            kit.figure_of(words("page.layout.gap"), words.share(record["gap"], 1)),
        ]
        self._fill_choices()
        self._paint_week()
        self._paint_cover()
        self._paint_tables()

    def _fill_choices(self) -> None:
        words, answer = self._session.words, self._answer
        self._painting = True
        weeks = {words("roster_file.sheet.week", number=n + 1): n for n in range(answer["weeks"])}
        if self._week.options != weeks:
            self._week.param.update(options=weeks, value=0)
            self._week.param.trigger("value")  # the same number under a new name would leave no week marked
        days = cover_days(answer)
        named = {day_name(day, words): day for day in days}
        self._refill(self._day, named)
        self._refill(self._skill, {words("page.roster.all_skills"): ""} | skill_names(self._session.project, skills_of(answer)))
        self._refill(self._person, unlike({p.id: p.name for p in self._session.project.staff}))
        self._refill(self._ill_on, named)
        self._painting = False

    def _refill(self, box: Any, options: dict[str, str]) -> None:
        if box.options != options:
            keep = box.value if box.value in options.values() else next(iter(options.values()), None)
            kit.refill(box, options, keep)

    def _paint_week(self) -> None:
        if self._answer is None:
            return
        kept = self._session.workspace.answers.all_of(ROSTER)
        before = kept[1].body if len(kept) > 1 and same_horizon(kept[1].body, self._answer) else None
        week = self._week.value or 0
        self._grid.data = week_grid(self._session.project, self._answer, week, self._session.words, before)
        dates = dates_of(self._answer, week)
        if self._day.value not in dates:
            self._day.value = next((d for d in dates if d in self._day.options.values()), self._day.value)

    def _paint_cover(self) -> None:
        if self._answer is not None and not self._painting and self._day.value:
            chart = cover_chart(self._answer, self._day.value, self._skill.value or "", self._session.words)
            self._cover.objects = [kit.plot(chart)]

    def _paint_tables(self) -> None:
        words, answer = self._session.words, self._answer
        broken = broken_rules(self._session.project, answer, words)
        short, more = shortage_rows(self._session.project, answer, words, MOST_SHORTAGES)
        parts: list[Any] = []
        if broken:
            parts.append(kit.card(words("page.roster.broken"), kit.note(words("page.roster.broken_told"), "error"),
                                  kit.bullets(broken)))  # fmt: skip
        names = ("date", "time", "skill", "missing", "reason", "available")
        columns = {n: words(f"roster_file.label.{n}") for n in names}
        narrow = {"numbers": ("missing", "available"), "wrap": ("reason",), "widths": {"skill": "22%", "reason": "34%"}}
        shown: Any = (
            kit.table(columns, short, **narrow, **kit.EVEN)
            if short
            else kit.note(words("roster_file.label.none_missing"), "success")
        )
        parts.append(kit.card(words("roster_file.sheet.shortages"), shown, *([kit.text(more, kind="quiet")] if more else [])))
        fields = ("name", "contract", "worked", "share", "duties", "early", "late", "unmet")
        titles = {n: words(f"roster_file.label.{n}") for n in fields}
        rows = fairness_rows(self._session.project, answer, words)
        parts.append(
            kit.card(
                words("roster_file.sheet.fairness"),
                kit.table(titles, rows, numbers=fields[1:], widths={"name": "26%"}, **kit.EVEN),
            )
        )
        self._tables.objects = parts


def same_horizon(one: Any, other: Any) -> bool:
    """Whether two rosters are of the same days, so that one can be held against the other."""
    return isinstance(one, dict) and all(one.get(k) == other.get(k) for k in ("start_date", "weeks"))


def draw_up(source: Any, earlier: Any, effort: Effort, report: Report, cancel: Cancel) -> Any:
    """`centreline roster`, or `--repair` where an earlier roster is to be mended; its answer is kept."""
    from planner.chain import draw_up_roster

    answer = draw_up_roster(source.project, effort, None, earlier, report, cancel)
    if answer.get("assignments"):
        source.answers.put(answer["solution"]["question_digest"], ROSTER, answer)
    return answer
