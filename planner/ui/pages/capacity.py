"""The page *Capacity*: positions, seats and staff against demand, the promise kept, scenarios and their costs."""

from __future__ import annotations

from typing import Any

from planner.project import Project
from planner.scenarios import CapacityStudy, ScenarioLine, study_capacity
from planner.ui import charts, kit
from planner.ui.demand.services import unlike
from planner.ui.jobs import Snap, job_snap, start_job
from planner.ui.names import Names, known_of_project
from planner.ui.session import Session

KIND = "capacity"
ALL = "*"
"""All banks with people at them, in the list of banks."""
BANK_COLUMNS = ("name", "positions", "accessible_positions", "seats", "wheelchair_bays", "visits", "use", "within")
SERVICE_COLUMNS = ("name", "visitors", "within", "wait", "wait90", "time")
EVEN = kit.EVEN | {"widths": {"name": "22%"}}
SCENARIO_COLUMNS = ("name", "visitors", "positions", "seats", "people", "hours", "capital", "staff")


class CapacityPage:
    """Works itself out whenever the demand has changed."""

    id = "capacity"

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked: Any = None
        self._heard: Any = None
        self._painted: Any = None
        words = session.words
        self._told = kit.text(words("page.capacity.working"), kind="quiet")
        self._trouble = kit.column()
        self._figures = kit.row(gap="28px")
        self._body = kit.column()
        self._bank = ""

    def view(self) -> Any:
        words = self._session.words
        return kit.page(kit.heading(words("page.capacity.title"), 1), self._told, self._trouble, self._figures, self._body)

    def refresh(self) -> None:
        """Ask anew when what capacity depends on has changed; paint the newest answer."""
        project, asked = self._session.project, self._question()
        snap = job_snap(self._session.workspace, KIND)
        if not snap.running and (self._asked != asked or snap.state == "idle"):
            self._asked = asked
            if not project.services or not project.arrivals:
                self._tell_missing()
                return
            job = start_job(self._session.workspace, KIND, lambda report, cancel: study_capacity(project, lambda: bool(cancel)))
            snap = job.snap
        self._paint(snap)

    def fill(self) -> None:
        """What was found for today's question; nothing is asked for."""
        snap = job_snap(self._session.workspace, KIND)
        if snap.state in ("done", "failed") and self._asked == self._question():
            self._paint(snap)

    def _question(self) -> tuple[Any, ...]:
        """What capacity depends on."""
        project = self._session.project
        return (
            project.banks, project.services, project.day_types, project.arrivals, project.visitor_classes,
            project.appointments, project.standards, project.growth, project.planning, project.staff, project.costs,
            project.plan,
        )  # fmt: skip

    def _tell_missing(self) -> None:
        words = self._session.words
        kit.say(self._told, "")
        self._painted = None
        self._figures.objects, self._body.objects = [], []
        go = kit.button(words("page.capacity.to_demand"), lambda: self._session.go_to("demand", None), kind="outlined")
        self._trouble.objects = [kit.note(words("page.missing.arrivals")), go]

    def _paint(self, snap: Snap) -> None:
        if snap is self._heard:
            return
        self._heard = snap
        words = self._session.words
        if snap.running:
            kit.say(self._told, words("page.capacity.working"))
            return
        kit.say(self._told, "")
        known = known_of_project(self._session.project)
        painted = (snap.result, snap.error, known, self._session.project.costs)
        if painted == self._painted:  # a step that changed nothing of it
            return
        self._painted = painted
        if snap.error is not None:
            self._trouble.objects = [kit.note(words.of_input(snap.error), "error")]
            self._figures.objects, self._body.objects = [], []
            return
        study: CapacityStudy = snap.result
        names = Names(words.language, known)
        self._trouble.objects = [
            kit.note(words.of_finding(f, names), "warning") for f in study.capacity["findings"] if f["status"] == "fail"
        ]
        self._figures.objects = self._totals(study.capacity)
        self._body.objects = [
            kit.card(words("page.capacity.banks"), self._bank_table(study.capacity)),
            self._bank_charts(study.capacity),
            kit.card(words("page.capacity.people"), kit.plot(self._people(study.capacity))),
            kit.card(words("page.capacity.services"), self._service_table(study.capacity)),
            kit.card(words("page.capacity.scenarios"), *self._scenarios(study.scenarios)),
        ]

    def _totals(self, capacity: dict[str, Any]) -> list[Any]:
        words, totals = self._session.words, capacity["totals"]
        return [
            kit.figure_of(words(f"page.capacity.total.{name}"), words.number(value))
            for name, value in (*totals.items(), ("peak", capacity["occupancy"]["peak"]))
        ]

    def _bank_table(self, capacity: dict[str, Any]) -> Any:
        words = self._session.words
        rows = [
            {
                **{k: bank[k] for k in ("name", "positions", "accessible_positions", "seats", "wheelchair_bays")},
                "visits": words.number(bank["visits_per_day"]),
                "use": words.share(max((u or 0 for u in bank["utilisation"]), default=None)),
                "within": words.share(min((p for p in bank["p_within"] if p is not None), default=None)),
            }
            for bank in capacity["banks"]
        ]
        columns = {name: words(f"page.capacity.bank.{name}") for name in BANK_COLUMNS}
        return kit.table(columns, rows, numbers=BANK_COLUMNS[1:], wrap=("name",), **EVEN)

    def _bank_charts(self, capacity: dict[str, Any]) -> Any:
        words = self._session.words
        banks = {bank["id"]: bank for bank in capacity["banks"]}
        chosen = self._bank if self._bank in banks else ALL
        choices = {words("page.capacity.all_staffed"): ALL} | unlike({i: bank["name"] for i, bank in banks.items()})
        holder = kit.column()
        choice = kit.select(
            words("page.capacity.bank.name"), choices, chosen, width=320, sizing_mode=None, css_classes=["cl-capacity-bank"]
        )

        def paint(bank: str) -> None:
            self._bank = bank
            if bank in banks:
                holder.objects = [kit.plot(self._open(capacity, banks[bank])), kit.plot(self._level(capacity, banks[bank]))]
            else:
                holder.objects = [kit.plot(self._open(capacity, all_staffed(self._session.project, capacity)))]

        choice.param.watch(lambda e: paint(e.new), "value")
        if banks:
            paint(chosen)
        return kit.card(words("page.capacity.through_the_day"), choice, holder)

    def _open(self, capacity: dict[str, Any], bank: dict[str, Any]) -> Any:
        """Positions open and needed against the work that arrives, interval by interval."""
        words = self._session.words
        starts = [i["start_min"] for i in capacity["intervals"]]
        width = capacity["interval_min"]
        made = charts.chart(words("page.capacity.chart.open"), y=words("page.capacity.chart.positions"))
        charts.bars(made, starts, width, bank["open"], words("page.capacity.chart.staffed"), charts.BLUE)
        charts.steps(made, starts, width, bank["load_erlang"], words("page.capacity.chart.load"), charts.ORANGE)
        if bank["positions"]:
            charts.level(made, bank["positions"], charts.GREY)
        charts.hours(made, starts[0], starts[-1] + width)
        charts.legend_above(made)
        return made

    def _level(self, capacity: dict[str, Any], bank: dict[str, Any]) -> Any:
        """The share served within the promise, against the promise."""
        words = self._session.words
        starts = [i["start_min"] for i in capacity["intervals"]]
        width = capacity["interval_min"]
        standard = (bank["standards"] or [{"share_within": 0.8, "within_min": 10.0}])[0]
        title = words("page.capacity.chart.within", minutes=f"{standard['within_min']:g}")
        made = charts.chart(title, height=220, y="%")
        values = [100 * (p or 0.0) for p in bank["p_within"]]
        charts.steps(made, starts, width, values, words("page.capacity.chart.share"), charts.GREEN)
        charts.steps(
            made, starts, width, [100 * standard["share_within"]] * len(starts), words("page.capacity.chart.promise"),
            charts.RED, "dashed",
        )  # fmt: skip
        made.y_range.end = 105
        charts.hours(made, starts[0], starts[-1] + width)
        charts.legend_above(made)
        return made

    def _people(self, capacity: dict[str, Any]) -> Any:
        """People in the hall, mean and busy day, against the seats."""
        words = self._session.words
        starts = [i["start_min"] for i in capacity["intervals"]]
        width = capacity["interval_min"]
        made = charts.chart(words("page.capacity.chart.people"), height=250)
        people = capacity["occupancy"]
        charts.bars(made, starts, width, people["people_mean"], words("page.capacity.chart.mean"), charts.BLUE)
        charts.steps(made, starts, width, people["people_quantile"], words("page.capacity.chart.busy"), charts.ORANGE)
        charts.steps(
            made, starts, width, [capacity["totals"]["seats"]] * len(starts), words("page.capacity.total.seats"), charts.GREY,
            "dashed",
        )  # fmt: skip
        charts.hours(made, starts[0], starts[-1] + width)
        charts.legend_above(made)
        return made

    def _service_table(self, capacity: dict[str, Any]) -> Any:
        words = self._session.words
        rows = [
            {
                "name": s["name"],
                "visitors": words.number(s["visitors_per_day"]),
                "within": words.share(s["p_within"]),
                "wait": words.minutes(s["wait_mean_min"]),
                "wait90": words.minutes(s["wait_p90_min"]),
                "time": words.minutes(s["time_mean_min"]),
            }
            for s in capacity["services"]
        ]
        columns = {name: words(f"page.capacity.service.{name}") for name in SERVICE_COLUMNS}
        return kit.table(columns, rows, numbers=SERVICE_COLUMNS[1:], wrap=("name",), **EVEN | {"widths": {"name": "30%"}})

    def _scenarios(self, lines: tuple[ScenarioLine, ...]) -> list[Any]:
        words = self._session.words
        rows = [
            {
                "name": words(f"page.capacity.scenario.{each.id}", factor=f"{each.factor:.2f}"),
                "visitors": words.number(each.visitors_per_day),
                "positions": each.positions,
                "seats": each.seats,
                "people": each.peak_people,
                "hours": words.number(each.staff_hours_per_week),
                "capital": words.money(each.capital, each.currency),
                "staff": words.money(each.staff_per_year, each.currency),
            }
            for each in lines
        ]
        columns = {name: words(f"page.capacity.scenario.col.{name}") for name in SCENARIO_COLUMNS}
        source = self._session.project.costs.source
        told = words("page.capacity.rates", source=words.source(source)) if source else words("page.capacity.no_rates")
        table = kit.table(columns, rows, numbers=SCENARIO_COLUMNS[1:], wrap=("name",), **EVEN)
        return [table, kit.row(*self._costs(lines), gap="16px"), kit.text(told, kind="small")]

    def _costs(self, lines: tuple[ScenarioLine, ...]) -> list[Any]:
        """What each scenario costs to build and to run, side by side."""
        words = self._session.words
        names = [words(f"page.capacity.scenario.{each.id}", factor=f"{each.factor:.2f}") for each in lines]
        kinds = {"capital": (charts.BLUE, "capital"), "staff": (charts.GREEN, "staff_per_year")}
        found = []
        for column, (colour, money) in kinds.items():
            values = [getattr(each, money) for each in lines]
            if any(values):
                title = words(f"page.capacity.scenario.col.{column}")
                chart = charts.side_by_side(title, names, [value or 0.0 for value in values], lines[0].currency, colour)
                found.append(kit.column(kit.plot(chart), styles={"flex": "1 1 360px", "min-width": "0"}))
        return found


def all_staffed(project: Project, capacity: dict[str, Any]) -> dict[str, Any]:
    """Every bank with people at it as one: who is needed through the day. Its positions are not one another's."""
    staffed = {bank.id for bank in project.banks if bank.staffed}
    rows = [bank for bank in capacity["banks"] if bank["id"] in staffed]
    summed = {name: [sum(values) for values in zip(*(row[name] for row in rows))] for name in ("open", "load_erlang")}
    return {"positions": 0, **summed}
