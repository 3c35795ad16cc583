"""The page *Checks*: every finding on the layout in force, worst first; a click shows the place."""

from __future__ import annotations

from typing import Any

from exports.layout_json import finding_from_json
from layouts.findings import BadInput
from planner.source import PLACEMENT
from planner.ui import kit
from planner.ui.checking import KIND, checking_work
from planner.ui.editor.levels import LEVEL, LevelSwitch
from planner.ui.jobs import Snap
from planner.ui.names import Names, known_of_layout
from planner.ui.pictures import picture
from planner.ui.running import JobBar
from planner.ui.session import Session
from planner.ui.zoom import Box, box_of_finding, level_of_finding, zoomed

SHOWN = ("problems", "not_checked", "passed", "all")
COLUMNS = ("state", "sentence", "measured", "required", "clause", "profile")
WIDTHS = {"state": "14%", "sentence": "29%", "measured": "15%", "required": "15%", "clause": "13%"}
RANK = {("fail", "error"): 0, ("fail", "warning"): 1, ("fail", "info"): 2, ("not_checked", ""): 3, ("pass", ""): 4}


class ChecksPage:
    """Checks again whenever the layout or the project has changed."""

    id = "checks"

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        self._job = JobBar(session, KIND, words("page.checks.again"), self._work, self._ended, keeps=lambda: False)
        self._filter = kit.one_of(
            {words(f"page.checks.show.{s}"): s for s in SHOWN}, "problems", css_classes=["cl-filter"], width=460
        )
        self._filter.param.watch(lambda _: self._paint(), "value")
        self._levels = LevelSwitch(session, self._show_all)
        self._summary = kit.row(gap="28px")
        self._trouble = kit.column()
        self._table = kit.column()
        self._picture = kit.column()
        self._asked: Any = None
        self._result: dict[str, Any] | None = None
        self._rows: list[dict[str, Any]] = []
        self._names = Names(words.language, {})

    def view(self) -> Any:
        words = self._session.words
        return kit.page(
            kit.heading(words("page.checks.title"), 1),
            kit.text(words("page.checks.told"), kind="quiet"),
            kit.row(self._filter, self._job.start_button, self._levels.view()),
            self._job.bar,
            self._job.told,
            self._trouble,
            self._summary,
            kit.sides(self._table, self._picture, 64),
        )

    def refresh(self) -> None:
        """Ask anew where the answer is about another state."""
        workspace = self._session.workspace
        self._levels.refresh()
        state = (workspace.rev, workspace.answers_rev)
        snap = self._job.refresh()
        if self._asked != state and not snap.running:
            self._asked = state
            lacking = self._lacking()
            self._job.start_button.disabled = bool(lacking)
            if lacking:
                self._tell(BadInput(lacking, file=workspace.path.name))
            else:
                self._job.start()
        self._job.told.visible = snap.running

    def _lacking(self) -> str:
        """The code of what there is not yet and checks are about: told at once, not after a helper has begun."""
        workspace = self._session.workspace
        if workspace.project.plan is None:
            return "layout.no_plan"
        return "" if workspace.project.accepted or workspace.answers.all_of(PLACEMENT) else "layout.none_yet"

    def _work(self) -> Any:
        return checking_work(self._session.workspace)

    def _ended(self, snap: Snap) -> None:
        if snap.error is not None:
            self._tell(snap.error)
            return
        self._trouble.objects = []
        self._result = snap.result
        self._paint()
        self._show_all()

    def _tell(self, error: BadInput) -> None:
        """Why there is nothing to show, and the way to where that is settled."""
        self._result = None
        self._trouble.objects = [
            kit.note(self._session.words.of_input(error)),
            kit.row(self._way_on("plan" if error.code == "layout.no_plan" else "layout")),
        ]
        self._summary.objects, self._table.objects, self._picture.objects = [], [], []

    def _way_on(self, page: str) -> Any:
        """To the page where what is missing comes from."""
        label = self._session.words("page.action.go", page=self._session.words(f"page.{page}.title"))
        return kit.button(label, lambda: self._session.go_to(page, None), kind="outlined")

    def _paint(self) -> None:
        if self._result is None:
            return
        words = self._session.words
        found = [*self._result["findings"], *self._result["not_checked"]]
        counts = {name: sum(1 for f in found if shown(f, name)) for name in ("problems", "not_checked", "passed")}
        self._summary.objects = [kit.figure_of(words(f"page.checks.count.{n}"), words.number(c)) for n, c in counts.items()]
        self._rows = sorted((f for f in found if shown(f, self._filter.value)), key=rank)
        known = known_of_layout(self._session.project, self._result["layout"], words.language)
        self._names = Names(words.language, known)
        rows = [self._row(f) for f in self._rows]
        columns = {name: words(f"page.checks.col.{name}") for name in COLUMNS}
        none = "page.checks.none_fails" if self._filter.value == "problems" else "page.checks.nothing"
        empty = kit.note(words(none), "success")
        self._table.objects = [
            kit.table(columns, rows, on_click=self._clicked, layout="fit_columns", wrap=COLUMNS,
                      widths=WIDTHS) if rows else empty
        ]  # fmt: skip

    def _row(self, finding: dict[str, Any]) -> dict[str, Any]:
        words = self._session.words
        unit = finding.get("unit") or ""
        status = finding["status"] if finding["status"] != "fail" else f"fail_{finding['severity']}"
        return {
            "state": words(f"page.checks.state.{status}"),
            "sentence": words.of_finding(finding, self._names),
            "measured": words.measure(finding.get("measured"), unit),
            "required": words.measure(finding.get("required"), unit),
            "clause": finding.get("clause") or "",
            "profile": finding.get("profile") or "",
        }

    def _clicked(self, row: int) -> None:
        """Show the place of a finding."""
        if self._result is None or row >= len(self._rows):
            return
        words, project = self._session.words, self._session.project
        finding = self._rows[row]
        sentence = words.of_finding(finding, self._names)
        box = box_of_finding(project.plan, self._result["layout"], finding) if project.plan else None
        if box is None:
            self._session.notify(words("page.checks.no_place"), "info")
            return
        level = level_of_finding(project.plan, self._result["layout"], finding) if project.plan else None
        svg = zoomed(picture(project, self._result["layout"], [finding_from_json(finding)], level), box)
        back = kit.button(words("page.checks.whole"), self._show_all, kind="text", icon="zoom_out_map")
        ways = [back, self._to_drawing(box, level)] if project.accepted is not None else [back]
        shown_there = kit.image(svg, sentence, tall="66vh", css_classes=["cl-zoomed"])
        self._picture.objects = [kit.text(sentence), shown_there, kit.row(*ways)]

    def _to_drawing(self, box: Box, level: str | None) -> Any:
        """The same place where it can be mended."""
        label = self._session.words("page.checks.mend")

        def go() -> None:
            if level is not None:
                self._session.shared[LEVEL] = level
            self._session.go_to("layout", box)

        return kit.button(label, go, kind="text", icon="edit", css_classes=["cl-mend"])

    def _show_all(self) -> None:
        if self._result is None:
            return
        failed = [finding_from_json(f) for f in self._result["findings"] if f["status"] == "fail"]
        svg = picture(self._session.project, self._result["layout"], failed, self._levels.level)
        self._picture.objects = [kit.image(svg, self._session.words("page.checks.picture"), tall="70vh")]


def shown(finding: dict[str, Any], what: str) -> bool:
    """Whether a filter lets a finding through."""
    status = finding["status"]
    return what == "all" or {"problems": "fail", "not_checked": "not_checked", "passed": "pass"}[what] == status


def rank(finding: dict[str, Any]) -> tuple[int, str]:
    """Errors first, then warnings, then what could not be checked."""
    status = finding["status"]
    return RANK.get((status, finding["severity"] if status == "fail" else ""), 5), str(finding["code"])
